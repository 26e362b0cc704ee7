"""Names of threat actors and states: which of them mean the same, and which are too ambiguous to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from verband.language.catalogues import catalogue
from verband.language.errors import StateError
from verband.language.ids import stix_id
from verband.language.words import fold, squash

_GALAXY = ("data", "misp-galaxy", "clusters", "threat-actor.json")
#: What may stand before a name in a column of actors; the certainty itself is kept as stated elsewhere.
_HEDGE = re.compile(
    r"^(?:(?:widely )?(?:believed|suspected|thought|assessed|alleged) to be (?:the work of|by|linked to)|possibly"
    r"|probably|allegedly|reportedly|presumably|suspected|cluster known as|group known as|the)\b[\s?]*",
    re.IGNORECASE,
)
_HEDGE_BEHIND = re.compile(r"[\s,(]*(?:possibly|allegedly|suspected|reportedly)[)\s]*$", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
#: What follows the adjective of a country where the state itself acts: an organ, what it is called, and its people.
#: `Norwegian citizen`, `French intelligence linked it to` and `Chinese state-owned` are none of it.
_ORGAN = re.compile(
    r"(?:(?:federal|foreign|main|central|national|military|state|armed|security|secret|special|internal|air|naval) )*"
    r"(?:military|intelligence|government|state|navy|army|forces?|authorities|services?|directorate|embassy|coast guard"
    r"|(?:ministry|ministries|department) (?:of|for) (?:\w+ ?){1,4}|security)"
    r"(?: (?:intelligence|security|directorate|services?|agency|apparatus|officers?|agents?|officials?|ministers?"
    r"|spies|hackers|operatives|[a-z]{3}))*"
)
#: A name shorter than this is a word like any other.
_SHORTEST = 3


class Actor(msgspec.Struct, frozen=True):
    """A threat actor or a state with every name by which sources call it. `kind` is `intrusion-set` or `country`.

    A state's `adjectives` and `words` (its people, its seat of government) point at it in a text, but do not name it.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    adjectives: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def spelled(self) -> tuple[str, ...]:
        """Everything that points at this actor in a text."""
        return (self.name, *self.aliases, *self.adjectives, *self.words)


class Actors:
    """Actors by name. Case, accents, spaces and dashes do not matter: `APT 28` and `apt28` are one name."""

    def __init__(self, groups: Iterable[Actor], countries: Iterable[Actor]) -> None:
        self._groups, self._countries = tuple(groups), tuple(countries)
        self._by_name: dict[str, tuple[Actor, ...]] = {}
        for actors in (self._groups, self._countries):
            index: dict[str, dict[str, Actor]] = {}
            for actor in actors:
                for name in (actor.name, *actor.aliases):
                    if len(squash(name)) >= _SHORTEST:
                        index.setdefault(squash(name), {})[actor.id] = actor
            # A state's name always means the state.
            self._by_name.update({name: tuple(found.values()) for name, found in index.items()})

    def resolve(self, name: str) -> Actor | None:
        """The one actor that this name means; None for an unknown or an ambiguous one.

        A name that one actor bears as its own and others only as an alias means the first.
        """
        found = self.meanings(name)
        if len(found) > 1:
            own = [actor for actor in found if squash(actor.name) == squash(name)]
            return own[0] if len(own) == 1 else None
        return found[0] if found else None

    def meanings(self, name: str) -> tuple[Actor, ...]:
        """Every actor that bears this name: more than one where it is ambiguous."""
        return self._by_name.get(squash(name), ())

    def named_in(self, text: str) -> tuple[Actor, ...]:
        """The actors that a cell names, in the order of the text, each once.

        A cell holds names between `;`, `,` or `/`, with or without brackets and hedges; or the adjective of a country
        and an organ of its state. Anything else stays text: neither `pro-Russian hackers` nor a citizen is a state.
        """
        text = text.replace("\u00a0", " ")
        found: dict[str, Actor] = {}
        for part in (text, *text.split(";")) if ";" in text else (text,):
            for actor in self._in_part(part):
                found.setdefault(actor.id, actor)
        return tuple(found.values())

    def _in_part(self, part: str) -> Iterator[Actor]:
        whole = self._part(part.strip())
        if whole is not None:
            yield whole
            return
        for piece in re.split(r"[,/<]", _PARENTHESES.sub(" ", part)):
            actor = self._part(piece.strip())
            if actor is not None:
                yield actor

    def one_of(self, names: Iterable[str]) -> Actor | None:
        """The actor that most of these names mean, where they are said to be names of one; of equals the first."""
        found = [actor for name in names if (actor := self._part(name.strip())) is not None]
        counts = {actor.id: sum(other.id == actor.id for other in found) for actor in found}
        return max(found, key=lambda actor: counts[actor.id], default=None)

    def _part(self, part: str) -> Actor | None:
        bare = _HEDGE_BEHIND.sub("", _HEDGE.sub("", part)).strip()
        for candidate in (bare, _PARENTHESES.sub("", bare).strip()):
            if (actor := self.resolve(candidate)) is not None:
                return actor
        words = fold(_PARENTHESES.sub(" ", bare)).split()
        for length in range(1, min(4, len(words))):
            state = self._adjectives().get(" ".join(words[:length]))
            if state is not None and _ORGAN.fullmatch(" ".join(words[length:])):
                return state
        return None

    @cache  # noqa: B019 - a handful of these live as long as the process
    def _adjectives(self) -> dict[str, Actor]:
        return {fold(adjective): actor for actor in self._countries for adjective in actor.adjectives}

    def spelled(self, *kinds: str) -> tuple[str, ...]:
        """Everything that points in a text at any actor of these kinds, or of all kinds where none is named."""
        actors = (actor for actor in (*self._groups, *self._countries) if not kinds or actor.kind in kinds)
        return tuple(name for actor in actors for name in actor.spelled())

    @cache  # noqa: B019
    def tokens(self) -> frozenset[str]:
        """Every folded word of every name, alias, country and adjective: what no feature of wording may read (P1)."""
        return frozenset(word for name in self.spelled() for word in (*re.findall(r"\w+", fold(name)), squash(name)))

    def spellings(self) -> tuple[str, ...]:
        """Every name, alias, country and adjective as it is spelled, each once."""
        return tuple(dict.fromkeys(name for actor in (*self._groups, *self._countries) for name in actor.spelled()))


class _Meta(msgspec.Struct):
    synonyms: list[str] = []


class _Value(msgspec.Struct):
    value: str
    meta: _Meta = msgspec.field(default_factory=_Meta)


class _Cluster(msgspec.Struct):
    values: list[_Value]


@cache
def known_actors() -> Actors:
    """The threat actors of the MISP galaxy and the states of the catalogue of countries.

    Raises StateError("actors.missing") where the package `pymispgalaxies` is not installed.
    """
    cluster = msgspec.json.decode(_galaxy().read_bytes(), type=_Cluster)
    return Actors((_group(value) for value in cluster.values), _countries())


def resolve(name: str) -> Actor | None:
    """What `Actors.resolve` of the known actors says."""
    return known_actors().resolve(name)


def actor_tokens() -> frozenset[str]:
    """What `Actors.tokens` of the known actors says."""
    return known_actors().tokens()


def actor_names() -> tuple[str, ...]:
    """What `Actors.spellings` of the known actors says."""
    return known_actors().spellings()


def _galaxy() -> Path:
    # The package itself is slow to import and only its data file is needed.
    spec = find_spec("pymispgalaxies")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder).joinpath(*_GALAXY)
        if path.is_file():
            return path
    raise StateError("actors.missing")


def _group(value: _Value) -> Actor:
    aliases = tuple(dict.fromkeys(alias.strip() for alias in value.meta.synonyms if alias.strip()))
    return Actor(stix_id("intrusion-set", fold(value.value)), value.value, aliases, "intrusion-set")


def _countries() -> Iterable[Actor]:
    fields = ("adjective_en", "adjective_nl", "adjective_nl_inflected")
    for entry in catalogue("countries").entries:
        yield Actor(
            id=stix_id("location", "country", entry.key),
            name=entry.en,
            aliases=tuple(dict.fromkeys(name for name in (entry.nl, *entry.aliases) if name != entry.en)),
            kind="country",
            adjectives=tuple(dict.fromkeys(word for field in fields for word in entry.strings(field))),
            words=entry.strings("words"),
        )
