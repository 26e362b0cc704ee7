"""Packages: sets of options behind one gate, what they lack, how they stand, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError
from verband.language.markings import Marking
from verband.rooms.people.services import Reader
from verband.rooms.response import cases as casebook
from verband.rooms.response import completing, keeping, lacking, machine, options, toolboxes
from verband.rooms.response.cases import CaseView
from verband.rooms.response.lacking import Advice, Lack
from verband.rooms.response.models import Effect, Inclusion, Indicator, Option, Package, Step
from verband.rooms.response.options import OptionView


@dataclass(frozen=True)
class Watched:
    """An indicator of a package with what was seen of it; `open` where its day has passed and nobody looked."""

    indicator: Indicator
    option: OptionView
    effects: tuple[Effect, ...]
    open: bool


@dataclass(frozen=True)
class PackageView:
    """A package as one reader sees it, with its steps, oldest first, and what it lacks while it is in preparation."""

    row: Package
    case: CaseView
    options: tuple[OptionView, ...]
    steps: tuple[Step, ...]
    lacks: tuple[Lack, ...]
    cautions: tuple[str, ...]
    watched: tuple[Watched, ...]

    @property
    def key(self) -> str:
        """Its key."""
        return self.row.key

    @property
    def marking(self) -> Marking:
        """Its marking; its steps have the same."""
        return self.row.marking.value()

    @property
    def state(self) -> str:
        """The state that the newest step gave."""
        return self.steps[-1].state

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of the package, its options and the effects that were seen."""
        of_options = (mark for one in self.options for mark in one.markings)
        seen = (effect.marking.value() for watched in self.watched for effect in watched.effects)
        return (self.marking, *of_options, *seen)

    @property
    def ended(self) -> bool:
        """Whether nothing can follow any more."""
        return self.state in machine.ENDED

    @property
    def withdrawn(self) -> bool:
        """Whether somebody took it back."""
        return self.state == machine.WITHDRAWN

    @property
    def advice(self) -> Step | None:
        """The newest advice."""
        return self._newest("advise")

    @property
    def decision(self) -> Step | None:
        """The newest decision."""
        return self._newest(machine.DECIDE)

    def _newest(self, action: str) -> Step | None:
        return next((step for step in reversed(self.steps) if step.action == action), None)


def case_of(key: str, who: Reader) -> CaseView:
    """The case of that key, or the case of the package of that key. Raises NotFoundError("response.no_case")."""
    try:
        return casebook.case(key, who)
    except NotFoundError:
        found = next(iter(keeping.rows(Package, who, key=key)), None)
    if found is None:
        raise NotFoundError("response.no_case", key=key)
    return casebook.case(found.case.key, who)


def package_of(key: str, who: Reader, *, now: datetime, known_on: int | None = None) -> PackageView:
    """One package by its key alone. Raises NotFoundError("response.none")."""
    found = keeping.find(Package, key, who, known_on=known_on)
    return package(key, casebook.case(found.case.key, who, known_on=known_on), who, now=now, known_on=known_on)


def package(key: str, case: CaseView, who: Reader, *, now: datetime, known_on: int | None = None) -> PackageView:
    """One package of a case. Raises NotFoundError("response.none")."""
    found = keeping.find(Package, key, who, known_on=known_on)
    if found.case.key != case.key:
        raise NotFoundError("response.none")
    return _view(found, case, options.options(case.row, who, known_on=known_on), who, now, known_on)


def every(case: CaseView, who: Reader, *, now: datetime, known_on: int | None = None) -> tuple[PackageView, ...]:
    """The packages of a case that the reader may see, oldest first."""
    offered = options.options(case.row, who, known_on=known_on)
    found = keeping.rows(Package, who, known_on=known_on, case=case.row)
    return tuple(_view(row, case, offered, who, now, known_on) for row in reversed(found))


def lacks_in(view: PackageView, language: str) -> list[str]:
    """What a package lacks while it is in preparation, in words of `nl` or `en`."""
    names = {one.name("en"): one.name(language) for one in view.options}
    names |= {entry.en: entry.label(language) for entry in catalogue("fimi_pillars").entries}
    return [Lack(one.key, names.get(one.option, one.option)).words(language) for one in view.lacks]


def decision_text(step: Step, language: str) -> str:
    """The text of a decision, with its conditions and, where it is done nationally only, the reasons for that (P7)."""
    parts = [step.text]
    if step.conditions:
        parts.append(f"{'Voorwaarden' if language == 'nl' else 'Conditions'}: {step.conditions}")
    if step.national_reasons:
        why = "Alleen nationaal, omdat" if language == "nl" else "Nationally only, because"
        parts.append(f"{why}: {step.national_reasons}")
    return "\n".join(parts)


def _view(
    row: Package,
    case: CaseView,
    offered: Sequence[OptionView],
    who: Reader,
    now: datetime,
    known_on: int | None,
) -> PackageView:
    inclusions = keeping.standing(Inclusion, who, known_on=known_on, package=row)
    chosen = options.ordered([options.view(one.option, who, known_on=known_on) for one in inclusions])
    steps = tuple(sorted(keeping.rows(Step, who, known_on=known_on, package=row), key=lambda step: step.number))
    live = tuple(one for one in chosen if _stands(one.row, known_on))
    prepared = steps[-1].state == machine.PREPARED
    pillars = toolboxes.mapped(case, offered, who, known_on=known_on).open_pillars if prepared else ()
    return PackageView(
        row=row,
        case=case,
        options=chosen,
        steps=steps,
        lacks=completing.lacks_of(live, offered, Advice(), case, "en", open_pillars=pillars) if prepared else (),
        cautions=lacking.cautions([one.offered("en") for one in live]),
        watched=_watched(row, chosen, steps, who, keeping.today(now, known_on), known_on),
    )


def _stands(row: Option, known_on: int | None) -> bool:
    return row.withdrawn_at is None or (known_on is not None and row.withdrawn_at > known_on)


def _watched(
    row: Package,
    chosen: Sequence[OptionView],
    steps: Sequence[Step],
    who: Reader,
    day: date,
    known_on: int | None,
) -> tuple[Watched, ...]:
    effects = list(reversed(keeping.standing(Effect, who, known_on=known_on, package=row)))
    runs = any(step.action == machine.EXECUTE for step in steps)
    found = []
    for one in chosen:
        for indicator in one.indicators:
            seen = tuple(effect for effect in effects if effect.indicator.pk == indicator.pk)
            found.append(Watched(indicator, one, seen, runs and not seen and indicator.observe_on < day))
    return tuple(found)
