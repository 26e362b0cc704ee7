"""What a case is about as incidents: their domains and means, as far as the reader may see them.

No actor is read (P1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verband.language.means import means_of
from verband.rooms.campaigns import services as campaigns
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.picture.services import IncidentView
from verband.rooms.response.cases import CaseView


@dataclass(frozen=True)
class Kind:
    """The domains and the means (keys of the catalogues) of what a case is about; empty for a scenario or a gap."""

    domains: tuple[str, ...] = ()
    means: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """Each as (grouping, key), domains first."""
        return (*(("domain", key) for key in self.domains), *(("means", key) for key in self.means))


def kind_of(case: CaseView, who: Reader, *, known_on: int | None = None) -> Kind:
    """The domains and means of the incident, or of the incidents of the campaign, that the case is about."""
    if case.subject is None:
        return Kind()
    if case.subject.kind == "campaign":
        return _of(campaigns.campaign(case.row.origin, who, known_on=known_on).incidents)
    if case.subject.kind == "incident":
        sides = picture.thing(case.row.origin, who.ceiling, known_on=known_on).sides
        held = {side.record.pk for side in sides}
        every = picture.incidents(who.ceiling, known_on=known_on)
        return _of([view for view in every if any(record.id in held for record in view.records)])
    return Kind()


def means_in(view: IncidentView) -> tuple[str, ...]:
    """The means that the words of an incident name, each once."""
    return tuple(dict.fromkeys(entry.key for word in view.stated("means") for entry in means_of(word)))


def _of(found: Sequence[IncidentView]) -> Kind:
    domains = dict.fromkeys(key for view in found for key in view.domains)
    return Kind(tuple(domains), tuple(dict.fromkeys(key for view in found for key in means_in(view))))
