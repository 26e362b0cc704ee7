"""Putting options together in a package behind one gate, and changing what is in it while it is in preparation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from verband.language.errors import InputError, NotFoundError
from verband.rooms.people import services as people
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping, machine, moving, options
from verband.rooms.response.cases import demand_open
from verband.rooms.response.models import Case, Inclusion, Indicator, Option, Package


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
    if any(moving.state_of(one) not in machine.ENDED for one in row.packages.all()):
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
