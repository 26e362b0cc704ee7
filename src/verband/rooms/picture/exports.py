"""Tables as csv and json, for the rooms above: the same as every room uses."""

from verband.rooms.people.exports import FORMATS, response, wanted

__all__ = ["FORMATS", "response", "wanted"]
