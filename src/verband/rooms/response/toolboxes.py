"""Where the options of a case stand in the toolboxes of EU and NATO, and what a FIMI case has in each pillar.

An option through the EU has exactly one of the five types of measures of the EU hybrid toolbox (R035). A case about
information manipulation shows for each of the four pillars of the FIMI toolbox a considered measure or the reason why
there is none (R036). Which toolbox and pillar an instrument belongs to is what the catalogue says; else "not mapped".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.rooms.people.services import Reader
from verband.rooms.response import keeping, origins
from verband.rooms.response.cases import CaseView
from verband.rooms.response.models import Case, PillarReason
from verband.rooms.response.options import OptionView

#: The domain of incidents that the FIMI toolbox is about.
INFORMATION = "information"


@dataclass(frozen=True)
class Pillar:
    """A pillar of the FIMI toolbox with the options that are mapped to it, and the reasons why there is none."""

    key: str
    options: tuple[OptionView, ...]
    reasons: tuple[PillarReason, ...]

    @property
    def open(self) -> bool:
        """Whether it has neither a measure nor a reason."""
        return not self.options and not self.reasons


@dataclass(frozen=True)
class Mapped:
    """The options of a case by type and toolbox. `fimi` says whether the case is about information manipulation."""

    by_type: Mapping[str, tuple[OptionView, ...]]
    by_toolbox: Mapping[str, tuple[OptionView, ...]]
    not_mapped: tuple[OptionView, ...]
    fimi: bool
    pillars: tuple[Pillar, ...]

    @property
    def open_pillars(self) -> tuple[str, ...]:
        """The pillars of a FIMI case without a measure or reason; none for another case."""
        return tuple(one.key for one in self.pillars if one.open) if self.fimi else ()


def mapped(case: CaseView, offered: Sequence[OptionView], who: Reader, *, known_on: int | None = None) -> Mapped:
    """How the options of a case stand in the toolboxes.

    A case is about information manipulation where an incident that it is about is of the domain `information`, or where
    somebody gave the reason for an empty pillar: a gap or a scenario has no domain.
    """
    reasons = list(reversed(keeping.standing(PillarReason, who, known_on=known_on, case=case.row)))
    fimi = bool(reasons) or INFORMATION in origins.kind_of(case, who, known_on=known_on).domains
    types = catalogue("eu_hybrid_types").keys()
    toolboxes, parts = catalogue("response_toolboxes").keys(), catalogue("fimi_pillars").keys()
    boxes = {one.key: one.instrument.toolboxes if one.instrument else () for one in offered}
    return Mapped(
        by_type={key: tuple(one for one in offered if one.row.eu_type == key) for key in types},
        by_toolbox={key: tuple(one for one in offered if key in boxes[one.key]) for key in toolboxes},
        not_mapped=tuple(one for one in offered if not boxes[one.key]),
        fimi=fimi,
        pillars=tuple(
            Pillar(
                key,
                tuple(one for one in offered if one.instrument and key in one.instrument.fimi_pillars),
                tuple(row for row in reasons if row.pillar == key),
            )
            for key in parts
        ),
    )


def explain(case_key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> PillarReason:
    """Keep why a pillar has no measure: `pillar`, `reason`, `source`, `marking`.

    Raises InputError("response.pillar_explained") where a reason stands, and what `keeping` raises.
    """
    row = keeping.find_standing(Case, case_key, who)
    pillar = keeping.chosen("pillar", values.get("pillar", ""), "fimi_pillars")
    reason = keeping.filled("reason", values.get("reason", ""))
    if keeping.standing(PillarReason, who, case=row, pillar=pillar):
        raise InputError("response.pillar_explained", field="pillar")
    return keeping.keep(
        PillarReason,
        act="reason for an empty pillar kept",
        about=f"response {case_key}",
        fields={
            "case": row,
            "key": keeping.new_key("pillar", case_key, pillar, reason, who=who, now=now),
            "pillar": pillar,
            "reason": reason,
        },
        source=keeping.filled("source", values.get("source", "")),
        who=who,
        now=now,
        marking=values.get("marking", ""),
        rests_on=(row.marking.value(),),
    )


def withdraw(key: str, *, reason: str, who: Reader, now: datetime) -> PillarReason:
    """Take a reason for an empty pillar back. Raises what `keeping.withdraw` raises."""
    row = keeping.find(PillarReason, key, who)
    about = f"response {row.case.key}"
    return keeping.withdraw(
        row, act="reason for an empty pillar withdrawn", about=about, reason=reason, who=who, now=now
    )
