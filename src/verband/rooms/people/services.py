"""Who reads and acts: readers with their ceiling, powers that follow from the registered task, accounts and links."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import CLASSIFICATION, TLP, Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.people.models import Community, Mandate, Organisation, Person, SignInLink

COMMAND_LINE = "command line"
_LINK_MINUTES = 10
#: Rooms that the role opens as well as the profile.
_ROLES_OF_ROOM = {"oversight": ("oversight",), "people": ("administrator", "oversight")}


@dataclass(frozen=True)
class Reader:
    """A person, or the command line, as every query sees it: what it may see, enter, use and do."""

    username: str
    name: str
    organisation: str
    role: str
    ceiling: Ceiling
    rooms: frozenset[str]
    methods: frozenset[str]
    powers: frozenset[str]

    @property
    def signature(self) -> str:
        """How the log names this reader."""
        return f"{self.username} ({self.role}, {self.organisation})"

    def may(self, power: str) -> bool:
        """Whether the role gives this power (`propose`, `decide_campaign`, `ingest` ...; catalogue `roles`)."""
        return power in self.powers


def reader(person: Person) -> Reader:
    """The reader that a person is: his ceiling under the installation's, the rooms of his organisation's profile."""
    organisation = person.organisation
    rooms, methods = _profile(organisation.profile)
    role = catalogue("roles").get(person.role)
    today = datetime.now(UTC).date()
    communities = person.communities.filter(Q(ends_on=None) | Q(ends_on__gte=today)).values_list("key", flat=True)
    return Reader(
        username=person.username,
        name=person.name,
        organisation=organisation.key,
        role=person.role,
        ceiling=_lower(Ceiling(person.tlp, person.classification, frozenset(communities)), installation()),
        rooms=rooms - {room for room, roles in _ROLES_OF_ROOM.items() if role.key not in roles},
        methods=methods if "connect" in role.strings("may") else frozenset(),
        powers=frozenset(role.strings("may")),
    )


def operator() -> Reader:
    """Whoever holds the workspace: the command line, under the installation's ceiling and home organisation."""
    home = Organisation.objects.order_by("pk").first()
    rooms, methods = _profile(home.profile if home else "")
    every = frozenset(Community.objects.values_list("key", flat=True))
    top = installation()
    return Reader(
        username=COMMAND_LINE,
        name=COMMAND_LINE,
        organisation=home.key if home else "",
        role="operator",
        ceiling=Ceiling(top.tlp, top.classification, every),
        rooms=rooms,
        methods=methods,
        powers=frozenset({"read", "search", "upload", "resolve", "connect", "write_report", "export"}),
    )


def installation() -> Ceiling:
    """The highest marking that this installation may hold."""
    every = frozenset(Community.objects.values_list("key", flat=True))
    return Ceiling(settings.VERBAND_CEILING_TLP, settings.VERBAND_CEILING_CLASSIFICATION, every)


def demand(who: Reader, power: str) -> None:
    """Raise RefusedError("people.no_power") and log it unless the reader has the power."""
    if not who.may(power):
        audit.note("refused", actor=who.signature, object=power)
        raise RefusedError("people.no_power", role=_word("roles", who.role), power=_word("powers", power))


def demand_method(who: Reader, method: str) -> None:
    """Raise RefusedError("people.no_method") and log it unless the organisation's profile gives the method."""
    if method not in who.methods:
        audit.note("refused", actor=who.signature, object=f"method {method}")
        raise RefusedError("people.no_method", organisation=who.organisation or "-", method=_word("methods", method))


@transaction.atomic
def add_organisation(
    key: str,
    *,
    name_nl: str,
    name_en: str,
    legal_task: str,
    source: str,
    actor: str,
    profile: str = "",
    basis: str = "",
) -> Organisation:
    """Register an organisation; its profile may be empty, and then it may use no method.

    Raises InputError("catalogue.unknown_word") for an unknown profile, InputError("people.no_source").
    """
    if not source.strip():
        raise InputError("people.no_source", what=key)
    if profile:
        profile = catalogue("profiles").resolve(profile).key
    organisation, _ = Organisation.objects.update_or_create(
        key=key,
        defaults={
            "name_nl": name_nl,
            "name_en": name_en,
            "legal_task": legal_task,
            "legal_basis": basis,
            "profile": profile,
            "source": source,
        },
    )
    audit.note("organisation registered", actor=actor, object=key, detail={"profile": profile, "source": source})
    return organisation


@transaction.atomic
def add_person(
    username: str,
    *,
    role: str,
    organisation: Organisation,
    actor: str,
    name: str = "",
    tlp: str = "CLEAR",
    classification: str = CLASSIFICATION[0],
    communities: tuple[str, ...] = (),
    language: str = "",
) -> Person:
    """Make an account without a password; it signs in by a one-time link and may set a password then.

    `language` is `nl` or `en`; empty, pages are in the language of the browser.

    Raises InputError("people.taken"), InputError("catalogue.unknown_word") for an unknown role,
    InputError("marking.unknown").
    """
    if Person.objects.filter(username=username).exists():
        raise InputError("people.taken", username=username)
    if tlp not in TLP or classification not in CLASSIFICATION:
        raise InputError("marking.unknown", word=f"{tlp} {classification}", known=", ".join(TLP + CLASSIFICATION))
    person = Person(
        username=username,
        name=name or username,
        organisation=organisation,
        role=catalogue("roles").resolve(role).key,
        tlp=tlp,
        classification=classification,
        language=language,
    )
    person.set_unusable_password()
    person.save()
    person.communities.set(Community.objects.filter(key__in=communities))
    audit.note("account made", actor=actor, object=username, detail={"role": person.role, "ceiling": tlp})
    return person


def choose_language(username: str, language: str) -> None:
    """Keep the language that a person chose, for every browser that he signs in with."""
    Person.objects.filter(username=username).update(language=language)


def make_link(person: Person, *, actor: str, now: datetime | None = None) -> str:
    """The secret token of a new link that signs this person in once, within ten minutes."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.create(
            digest=_token_digest(token),
            person=person,
            expires_at=(now or datetime.now(UTC)) + timedelta(minutes=_LINK_MINUTES),
        )
        audit.note("sign-in link made", actor=actor, object=person.username)
    return token


def use_link(token: str, *, now: datetime | None = None) -> Person:
    """The person whose link this is; the link is spent. Raises RefusedError("people.link_spent")."""
    moment = now or datetime.now(UTC)
    with transaction.atomic():
        spent = SignInLink.objects.filter(
            digest=_token_digest(token), used_at=None, expires_at__gt=moment, person__is_active=True
        ).update(used_at=moment)
        if spent:
            person = Person.objects.get(signinlink__digest=_token_digest(token))
            audit.note("signed in", actor=person.username, object="one-time link")
            return person
        audit.note("refused", actor="somebody", object="sign-in link")
    raise RefusedError("people.link_spent")


@transaction.atomic
def add_mandate(
    organisation: Organisation,
    *,
    function: str,
    power: str,
    legal_basis: str,
    source: str,
    valid_from: date,
    actor: str,
    holder: Person | None = None,
    valid_until: date | None = None,
) -> Mandate:
    """Register a power. Raises InputError("people.no_source") without a source, ("people.dates_reversed")."""
    if not source.strip() or not legal_basis.strip():
        raise InputError("people.no_source", what=function)
    if valid_until is not None and valid_until < valid_from:
        raise InputError("people.dates_reversed", first=valid_from, last=valid_until)
    mandate = Mandate.objects.create(
        organisation=organisation,
        holder=holder,
        function=function,
        power=power,
        legal_basis=legal_basis,
        source=source,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    audit.note("mandate registered", actor=actor, object=f"{organisation.key}: {power}", detail={"source": source})
    return mandate


def holds(person: Person, power: str, *, on: date) -> bool:
    """Whether the person holds a registered, valid mandate for the power on that day."""
    valid = Mandate.objects.filter(holder=person, power=power, valid_from__lte=on)
    return valid.filter(Q(valid_until=None) | Q(valid_until__gte=on)).exists()


def mandates_of(person: Person) -> tuple[Mandate, ...]:
    """Every mandate that is registered for the person, whatever its days, in the order of registering."""
    return tuple(Mandate.objects.filter(holder=person).select_related("organisation").order_by("pk"))


@transaction.atomic
def set_up(key: str, *, name: str, profile: str, legal_task: str, source: str) -> bool:
    """The home organisation and the administrator's account at first use; whether they were made now."""
    if Organisation.objects.exists():
        return False
    home = add_organisation(
        key, name_nl=name, name_en=name, legal_task=legal_task, source=source, actor=COMMAND_LINE, profile=profile
    )
    add_person("admin", role="administrator", organisation=home, actor=COMMAND_LINE, name="Administrator")
    return True


def organisation(key: str = "") -> Organisation:
    """A registered organisation; the home one without a key. Raises NotFoundError("people.no_organisation")."""
    every = Organisation.objects.order_by("pk")
    found = every.filter(key=key).first() if key else every.first()
    if found is None:
        raise NotFoundError("people.no_organisation", key=key or "-")
    return found


def organisations() -> QuerySet[Organisation]:
    """All registered organisations with their mandates, by name."""
    return Organisation.objects.order_by("name_en").prefetch_related("mandates", "mandates__holder")


def persons() -> QuerySet[Person]:
    """All accounts, by name."""
    return Person.objects.order_by("username").select_related("organisation")


def person(username: str) -> Person:
    """The account of that name. Raises NotFoundError("people.unknown")."""
    found = Person.objects.filter(username=username).first()
    if found is None:
        raise NotFoundError("people.unknown", username=username)
    return found


def _word(name: str, key: str) -> Entry | str:
    """The catalogue's word for a key, or the key where it has none: the command line has no role of the list."""
    return catalogue(name).find(key) or key


def _profile(key: str) -> tuple[frozenset[str], frozenset[str]]:
    if not key:
        return frozenset(), frozenset()
    entry = catalogue("profiles").get(key)
    return frozenset(entry.strings("rooms")), frozenset(entry.strings("methods"))


def _lower(own: Ceiling, top: Ceiling) -> Ceiling:
    return Ceiling(
        min(own.tlp, top.tlp, key=TLP.index),
        min(own.classification, top.classification, key=CLASSIFICATION.index),
        own.communities & top.communities,
    )


def _token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
