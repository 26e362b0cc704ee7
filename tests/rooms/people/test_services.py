"""Powers follow from the registered task, and nobody gives himself any (P4, P9, R105)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import ladder
from verband.rooms.people import services as people
from verband.rooms.people.models import Community, Mandate, Organisation, Person
from verband.rooms.response import machine

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
#: Every power of every role, written out: a change of the list is a decision, not a slip.
MAY = {
    "analyst": (
        "read search upload resolve connect judge_campaign assess write_report export "
        "prepare_response advise_response carry_out_response observe_response"
    ),
    "desk": "read search take_in grade route carry_out_response",
    "decider": "read search decide release lower_marking export",
    "oversight": "read search read_audit verify_audit export_audit",
    "administrator": ("read search manage_users manage_organisations register_mandates change_settings verify_audit"),
}
POWERS = sorted({power for powers in MAY.values() for power in powers.split()})
APPROVING = ("decide", "release", "lower_marking", "judge_campaign", "assess", "resolve")


def organisation(profile: str = "coordinator", key: str = "home") -> Organisation:
    return people.add_organisation(
        key, name_nl="Thuis", name_en="Home", legal_task="task", source="test", actor="test", profile=profile
    )


def person(role: str = "analyst", *, profile: str = "coordinator", tlp: str = "AMBER") -> Person:
    return people.add_person("ann", role=role, organisation=organisation(profile), actor="test", tlp=tlp)


@pytest.mark.requirement("P4")
@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("role", sorted(MAY))
def test_a_role_may_do_what_the_list_says_and_no_more(role: str, power: str) -> None:
    who = people.reader(person(role))

    if power in MAY[role].split():
        people.demand(who, power)
        assert who.may(power)
    else:
        with pytest.raises(RefusedError) as caught:
            people.demand(who, power)
        dutch = (catalogue("roles").get(role).nl, catalogue("powers").get(power).nl)
        assert caught.value.message("nl") == "De rol '{}' mag dit niet ({}).".format(*dutch)
        assert [(entry.action, entry.object) for entry in audit.entries(action="refused")] == [("refused", power)]


@pytest.mark.requirement("P4")
def test_the_list_of_roles_is_the_one_that_is_tested() -> None:
    assert set(catalogue("roles").keys()) == set(MAY)
    assert all(set(catalogue("roles").get(role).strings("may")) == set(MAY[role].split()) for role in MAY)


def test_every_power_of_a_mandate_has_a_word() -> None:
    authorities = {f"decide_{entry.key}" for entry in catalogue("own_law_routes").entries}
    levels = {f"attribute_{key}" for key in ladder.MANDATED}

    assert authorities | levels | {machine.POLITICAL_POWER} <= set(catalogue("powers").keys())


@pytest.mark.requirement("P9")
def test_the_administrator_approves_nothing() -> None:
    who = people.reader(person("administrator"))

    assert not who.powers & set(APPROVING)
    assert not who.methods
    for power in APPROVING:
        with pytest.raises(RefusedError):
            people.demand(who, power)


@pytest.mark.requirement("P4")
def test_without_a_profile_there_is_no_method_and_no_room() -> None:
    who = people.reader(person(profile=""))

    assert (who.methods, who.rooms) == (frozenset(), frozenset())
    for method in ("connect", "resolve", "depend", "weigh", "own", "coordinate"):
        with pytest.raises(RefusedError, match="profile"):
            people.demand_method(who, method)


@pytest.mark.requirement("P4")
@pytest.mark.parametrize("profile", catalogue("profiles").keys())
def test_a_method_follows_from_the_profile_and_the_role(profile: str) -> None:
    stated = set(catalogue("profiles").get(profile).strings("methods"))

    analyst = people.reader(person(profile=profile))
    Person.objects.update(role="desk")
    desk = people.reader(Person.objects.get())

    assert analyst.methods == stated
    assert desk.methods == frozenset()


@pytest.mark.requirement("P4")
def test_looking_for_coordinated_accounts_is_off_for_every_government() -> None:
    government = [entry for entry in catalogue("profiles").entries if entry.fields["government"]]

    assert government
    assert all("coordinate" not in entry.strings("methods") for entry in government)


def test_a_link_signs_in_once() -> None:
    token = people.make_link(person(), actor="test", now=NOW)

    assert people.use_link(token, now=NOW).username == "ann"
    with pytest.raises(RefusedError) as caught:
        people.use_link(token, now=NOW)
    assert caught.value.code == "people.link_spent"


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(minutes=10) - timedelta(seconds=1), True), (timedelta(minutes=10), False)]
)
def test_a_link_works_for_ten_minutes(after: timedelta, works: bool) -> None:
    token = people.make_link(person(), actor="test", now=NOW)

    if works:
        assert people.use_link(token, now=NOW + after).username == "ann"
    else:
        with pytest.raises(RefusedError):
            people.use_link(token, now=NOW + after)


def test_a_link_of_a_closed_account_and_a_made_up_one_sign_nobody_in() -> None:
    ann = person()
    token = people.make_link(ann, actor="test", now=NOW)
    Person.objects.update(is_active=False)

    for tried in (token, "made-up"):
        with pytest.raises(RefusedError):
            people.use_link(tried, now=NOW)


def test_the_token_of_a_link_is_kept_nowhere() -> None:
    token = people.make_link(person(), actor="test", now=NOW)

    link = people.person("ann").signinlink_set.get()
    assert token not in str(vars(link))
    assert token not in str([entry.detail for entry in audit.entries()])


@pytest.mark.requirement("R105")
@pytest.mark.parametrize(("source", "basis"), [("", "act"), ("  ", "act"), ("register", ""), ("", "")])
def test_a_mandate_needs_a_source_and_a_basis(source: str, basis: str) -> None:
    with pytest.raises(InputError) as caught:
        _mandate(person("decider"), source=source, basis=basis)

    assert caught.value.code == "people.no_source"
    assert not Mandate.objects.exists()


@pytest.mark.requirement("R105")
def test_a_mandate_holds_for_its_holder_from_its_first_to_its_last_day() -> None:
    ann = person("decider")
    _mandate(ann, source="register", basis="act")

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [people.holds(ann, "decide", on=day) for day in days] == [False, True, True, False]
    assert not people.holds(ann, "release", on=days[1])


@pytest.mark.requirement("R105")
def test_a_mandate_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        _mandate(person("decider"), source="register", basis="act", until=date(2025, 1, 1))

    assert caught.value.code == "people.dates_reversed"


def test_an_organisation_needs_a_source() -> None:
    with pytest.raises(InputError) as caught:
        people.add_organisation("x", name_nl="X", name_en="X", legal_task="task", source=" ", actor="test")

    assert caught.value.code == "people.no_source"


def test_nobody_reads_above_the_installation(settings: object) -> None:
    settings.VERBAND_CEILING_TLP = "GREEN"  # type: ignore[attr-defined]

    assert people.reader(person(tlp="RED")).ceiling.tlp == "GREEN"


def test_a_community_that_has_ended_opens_nothing() -> None:
    ann = person()
    for key, ends in (("ended", date(2020, 1, 1)), ("open", None)):
        ann.communities.add(Community.objects.create(key=key, name=key, purpose="test", basis="test", ends_on=ends))

    assert people.reader(ann).ceiling == Ceiling("AMBER", "ongerubriceerd", frozenset({"open"}))


def test_an_account_exists_once_and_an_unknown_one_not_at_all() -> None:
    ann = person()

    with pytest.raises(InputError) as taken:
        people.add_person("ann", role="desk", organisation=ann.organisation, actor="test")
    with pytest.raises(NotFoundError):
        people.person("bob")
    assert taken.value.code == "people.taken"
    assert not ann.has_usable_password()


def _mandate(holder: Person, *, source: str, basis: str, until: date = date(2026, 6, 30)) -> Mandate:
    return people.add_mandate(
        holder.organisation,
        function="director",
        power="decide",
        legal_basis=basis,
        source=source,
        valid_from=date(2026, 1, 1),
        valid_until=until,
        actor="test",
        holder=holder,
    )
