"""Markings: TLP 2.0, the Dutch classification and releasability, with the order that decides who may see what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verband.language.errors import InputError

#: From open to closed; the rank is the place in the list.
TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
#: Dutch classification, from none to the highest; labels and equivalents are in the catalogue `classification`.
CLASSIFICATION = (
    "ongerubriceerd",
    "departementaal_vertrouwelijk",
    "stg_confidentieel",
    "stg_geheim",
    "stg_zeer_geheim",
)


@dataclass(frozen=True)
class Marking:
    """How a record may travel.

    `releasable_to` names the communities or organisations that may see it; None means that TLP and
    classification alone decide, an empty set that nobody may.
    """

    tlp: str = "CLEAR"
    classification: str = "ongerubriceerd"
    releasable_to: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.tlp not in TLP:
            raise InputError("marking.unknown", word=self.tlp, known=", ".join(TLP))
        if self.classification not in CLASSIFICATION:
            raise InputError("marking.unknown", word=self.classification, known=", ".join(CLASSIFICATION))

    @property
    def tlp_rank(self) -> int:
        return TLP.index(self.tlp)

    @property
    def classification_rank(self) -> int:
        return CLASSIFICATION.index(self.classification)

    def words(self) -> str:
        """What stands on screen and paper, for example `TLP:AMBER` or `TLP:GREEN · stg_geheim · NL, EU`."""
        parts = [f"TLP:{self.tlp}"]
        if self.classification_rank:
            parts.append(self.classification.replace("_", " "))
        if self.releasable_to is not None:
            parts.append(", ".join(sorted(self.releasable_to)) or "-")
        return " · ".join(parts)


CLEAR = Marking()


@dataclass(frozen=True)
class Ceiling:
    """The highest marking that a reader, a run or an installation may hold, and the communities it belongs to."""

    tlp: str = "CLEAR"
    classification: str = "ongerubriceerd"
    communities: frozenset[str] = frozenset()

    def admits(self, marking: Marking) -> bool:
        """Whether something so marked may be seen under this ceiling."""
        return (
            marking.tlp_rank <= TLP.index(self.tlp)
            and marking.classification_rank <= CLASSIFICATION.index(self.classification)
            and (marking.releasable_to is None or bool(marking.releasable_to & self.communities))
        )

    def within(self, other: Ceiling) -> bool:
        """Whether everything under this ceiling is under the other one too."""
        return (
            TLP.index(self.tlp) <= TLP.index(other.tlp)
            and CLASSIFICATION.index(self.classification) <= CLASSIFICATION.index(other.classification)
            and self.communities <= other.communities
        )


def highest(markings: Iterable[Marking]) -> Marking:
    """The marking of something made from all of these: the highest of each scale, released to those whom all admit.

    Nothing at all is CLEAR.
    """
    tlp = classification = 0
    released: frozenset[str] | None = None
    for marking in markings:
        tlp = max(tlp, marking.tlp_rank)
        classification = max(classification, marking.classification_rank)
        if marking.releasable_to is not None:
            released = marking.releasable_to if released is None else released & marking.releasable_to
    return Marking(TLP[tlp], CLASSIFICATION[classification], released)
