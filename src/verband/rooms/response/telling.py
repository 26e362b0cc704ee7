"""An error as a page tells it: states, gates and roles in the words of the page, where the error names their keys."""

from __future__ import annotations

from collections.abc import Mapping

from verband.language.catalogues import catalogue
from verband.language.errors import VerbandError
from verband.rooms.asking import page_language
from verband.rooms.response import machine

#: Error -> parameter -> the catalogue whose key it is.
_CATALOGUES: Mapping[str, Mapping[str, str]] = {
    "response.move": {"state": "response_states"},
    "response.not_decider": {"role": "roles"},
    "mode.move": {"state": "incident_states", "to": "incident_states"},
    "mode.too_early": {"state": "incident_states"},
    "evaluation.framework_move": {"state": "framework_states", "from": "framework_states"},
}
#: How the powers of the levels of attribution begin.
_LEVEL = "attribute_"
_OF_A_MANDATE = ("response.wrong_gate", "response.no_mandate")


def told(error: VerbandError) -> VerbandError:
    """The same error in the words of the page's language; one that names no key is as it was."""
    words = page_language()
    for name, of in _CATALOGUES.get(error.code, {}).items():
        labels = catalogue(of).labels(words)
        error.params[name] = labels.get(str(error.params[name]), error.params[name])
    if error.code in _OF_A_MANDATE:
        error.params["power"] = _power(str(error.params["power"]), words)
    if error.code == "mode.gate":
        labels = catalogue("incident_gates").labels(words)
        error.params["known"] = "; ".join(labels[key] for key in str(error.params["gates"]).split())
    return error


def _power(power: str, words: str) -> str:
    """What a mandate has to be for: the political decision, the own law by its name, or the level of attribution."""
    if power == machine.POLITICAL_POWER:
        return catalogue("response_gates").get(machine.POLITICAL).label(words)
    for of, begins in (("own_law_routes", machine.mandate_power(machine.COMPETENT)), ("attribution_levels", _LEVEL)):
        label = catalogue(of).labels(words).get(power.removeprefix(begins))
        if label and power.startswith(begins):
            return label
    return power
