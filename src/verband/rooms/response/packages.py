"""Packages: sets of options behind one gate, what they lack, how they stand, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.rooms.people import services as people
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import cases as casebook
from verband.rooms.response import completing, keeping, lacking, machine, moving, options, toolboxes
from verband.rooms.response.cases import CaseView, demand_open
from verband.rooms.response.lacking import Advice, Lack
from verband.rooms.response.models import Case, Effect, Inclusion, Indicator, Option, Package, Step
from verband.rooms.response.options import OptionView

_ENDED = frozenset({machine.CLOSED, machine.WITHDRAWN})


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
        return self.state in _ENDED

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


def make(
    case_key: str, values: Mapping[str, str], *, option_keys: Sequence[str], who: Reader, now: datetime
) -> Package:
    """Put options of a case together: `title`, and under an own law `route` and `authority`; `marking`.

    All options stand behind one gate. Raises InputError("response.empty"), ("response.two_gates"), ("response.scope"),
    ("response.authority") for an organisation that is not registered, and what `keeping` raises.
    """
    demand(who, keeping.PREPARE)
    row = keeping.find_standing(Case, case_key, who)
    demand_open(row, who)
    if not option_keys:
        raise InputError("response.empty", field="options")
    chosen = [_option_of(row, key, who) for key in dict.fromkeys(option_keys)]
    gates = {one.gate for one in chosen}
    if len(gates) > 1:
        raise InputError("response.two_gates", field="options")
    gate = gates.pop()
    title = keeping.filled("title", values.get("title", ""), most=keeping.TITLE)
    fields = {
        "case": row,
        "key": keeping.new_key("package", case_key, title, who=who, now=now),
        "title": title,
        "gate": gate,
        **(_competent(values) if gate == machine.COMPETENT else {"route": "", "authority": ""}),
    }
    refuse_contact(who, title=title)
    with transaction.atomic():
        made = keeping.keep(
            Package,
            act="response package put together",
            about=f"response {case_key}",
            fields=fields,
            source=f"options {', '.join(one.key for one in chosen)}",
            who=who,
            now=now,
            marking=values.get("marking", ""),
            rests_on=(row.marking.value(), *(one.marking.value() for one in chosen)),
        )
        for one in chosen:
            _include(made, one, who, now)
        moving.begin(made, who=who, now=now)
    return made


def withdraw_case(key: str, *, reason: str, who: Reader, now: datetime) -> Case:
    """Take a case back, with a reason, once its packages are closed or withdrawn.

    Raises InputError("response.packages_open") and what `keeping.withdraw` raises.
    """
    row = keeping.find(Case, key, who)
    if any(moving.state_of(one) not in _ENDED for one in row.packages.all()):
        raise InputError("response.packages_open", field="reason")
    about = f"response {key}"
    return keeping.withdraw(row, act="response case withdrawn", about=about, reason=reason, who=who, now=now)


def include(package_key: str, option_key: str, *, who: Reader, now: datetime) -> Inclusion:
    """Put one option more in a package that is in preparation.

    Raises InputError("response.not_prepared"), ("response.two_gates"), ("response.twice"), ("response.below_base") for
    an option that is marked higher than the package.
    """
    demand(who, keeping.PREPARE)
    row = _prepared(package_key, who)
    one = _option_of(row.case, option_key, who)
    if one.gate != row.gate:
        raise InputError("response.two_gates", field="option")
    if keeping.standing(Inclusion, who, package=row, option=one):
        raise InputError("response.twice", field="option")
    return _include(row, one, who, now)


def leave_out(package_key: str, option_key: str, *, reason: str, who: Reader, now: datetime) -> Inclusion:
    """Take an option out of a package that is in preparation. Raises as `include`, NotFoundError("response.none")."""
    row = _prepared(package_key, who)
    found = next((one for one in keeping.standing(Inclusion, who, package=row) if one.option.key == option_key), None)
    if found is None:
        raise NotFoundError("response.none")
    about = f"response {row.case.key}"
    return keeping.withdraw(found, act="option left out of a package", about=about, reason=reason, who=who, now=now)


def replace(option_key: str, values: Mapping[str, str], *, goals: Sequence[str], who: Reader, now: datetime) -> Option:
    """Write an option anew: the newer one stands, with the indicators of the older one, which is withdrawn.

    It takes the older one's place in the packages that are in preparation; one that was submitted with the older one
    has to go back first. Raises what `options.add` raises.
    """
    old = keeping.find_standing(Option, option_key, who)
    with transaction.atomic():
        made = options.add(old.case.key, values, goals=goals, who=who, now=now, replaces=old)
        for indicator in keeping.standing(Indicator, who, option=old):
            watched = {"indicator": indicator.text, "observe_on": indicator.observe_on.isoformat()}
            if not made.indicators.filter(text=indicator.text).exists():
                options.watch(made.key, watched, who=who, now=now)
        options.withdraw(old.key, reason=f"replaced by {made.key}", who=who, now=now)
        for one in keeping.standing(Inclusion, who, option=old):
            held = moving.state_of(one.package) == machine.PREPARED and one.package.gate == made.gate
            if held and made.marking.value() == old.marking.value():
                keeping.withdraw(
                    one,
                    act="option left out of a package",
                    about=f"response {old.case.key}",
                    reason=f"replaced by {made.key}",
                    who=who,
                    now=now,
                )
                _include(one.package, made, who, now)
    return made


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


def _option_of(case: Case, key: str, who: Reader) -> Option:
    found = keeping.find_standing(Option, key, who)
    if found.case.pk != case.pk:
        raise NotFoundError("response.none")
    return found


def _prepared(key: str, who: Reader) -> Package:
    row = keeping.find(Package, key, who)
    if moving.state_of(row) != machine.PREPARED:
        raise InputError("response.not_prepared", field="reason")
    return row


def _include(row: Package, one: Option, who: Reader, now: datetime) -> Inclusion:
    held, given = one.marking.value(), row.marking.value()
    if keeping.marked("", (held, given), who) != given:
        raise InputError("response.below_base", field="option", marking=given.words(), least=held.words())
    return keeping.keep(
        Inclusion,
        act="option put in a package",
        about=f"response {row.case.key}",
        fields={"package": row, "option": one},
        source=f"option {one.key}",
        who=who,
        now=now,
        rests_on=(given,),
    )


def _competent(values: Mapping[str, str]) -> dict[str, str]:
    route = keeping.chosen("route", values.get("route", ""), "own_law_routes")
    authority = keeping.filled("authority", values.get("authority", ""))
    if authority not in {one.key for one in people.organisations()}:
        raise InputError("response.authority", field="authority", authority=authority)
    return {"route": route, "authority": authority}
