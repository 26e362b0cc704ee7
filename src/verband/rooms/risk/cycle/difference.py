"""What each assessment says, as statements, and what differs between two of them.

The assessments themselves are not among the sources: an edition is what one text says. Absence is "not mentioned".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking, highest
from verband.language.words import fold
from verband.rooms.people.services import Reader
from verband.rooms.risk import texts
from verband.rooms.risk.cycle.editions import EditionView, edition, editions
from verband.rooms.risk.texts import StatementView

#: What may differ between two statements that match, by the name of their field.
COMPARED = ("certainty_as_stated", "horizon", "target")


@dataclass(frozen=True)
class Assessment:
    """One edition with the statements of its own text, in the order of the text."""

    edition: EditionView
    statements: tuple[StatementView, ...]


@dataclass(frozen=True)
class Pair:
    """Two statements that match, and the fields in which they differ."""

    earlier: StatementView
    later: StatementView
    differs: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What two editions say: only the later, both with something else, both alike, only the earlier.

    A statement that matches several stands in several pairs; one that matches none stands once.
    """

    earlier: Assessment
    later: Assessment
    added: tuple[StatementView, ...]
    changed: tuple[Pair, ...]
    alike: tuple[Pair, ...]
    not_mentioned: tuple[StatementView, ...]

    @property
    def marking(self) -> Marking:
        """The highest marking of everything in it."""
        every = (*self.earlier.statements, *self.later.statements)
        own = (self.earlier.edition.marking, self.later.edition.marking)
        return highest([*own, *(view.marking for view in every)])


def matches(first: StatementView, second: StatementView) -> bool:
    """Whether two statements are about the same: same actor as stated, same domain, and an interest in common.

    The actor is compared as a string, in the source's own word where we have it: no name counts for more than another.
    """
    same_actor = _actor(first) == _actor(second)
    return same_actor and first.domain == second.domain and bool(set(first.interests) & set(second.interests))


def differs(first: StatementView, second: StatementView) -> tuple[str, ...]:
    """The fields of `COMPARED` in which two statements say something else; case and accents do not matter."""
    return tuple(name for name in COMPARED if fold(getattr(first, name)) != fold(getattr(second, name)))


def statements_of(view: EditionView, who: Reader, *, known_on: int | None = None) -> tuple[StatementView, ...]:
    """The statements of an edition's own text that the reader may see, in the order of the text."""
    return _own(view, texts.statements(who, known_on=known_on))


def assessments(who: Reader, *, known_on: int | None = None) -> list[Assessment]:
    """The editions with statements, oldest first."""
    every = texts.statements(who, known_on=known_on)
    found = [Assessment(view, _own(view, every)) for view in editions(who, known_on=known_on) if view.own_text_nl]
    return sorted((item for item in found if item.statements), key=lambda item: item.edition.appeared_on)


def elsewhere(who: Reader, *, known_on: int | None = None) -> list[StatementView]:
    """Statements of texts that are no edition."""
    texts_of = {
        (item.edition.own_text_nl, item.edition.own_text_number) for item in assessments(who, known_on=known_on)
    }
    every = texts.statements(who, known_on=known_on)
    return [view for view in every if (view.source.title_nl, view.source.number) not in texts_of]


def difference(earlier: str, later: str, who: Reader, *, known_on: int | None = None) -> Difference:
    """The difference between two editions, by their keys.

    Raises NotFoundError("cycle.unknown_edition"), InputError("cycle.same").
    """
    if earlier == later:
        raise InputError("cycle.same", field="to")
    return compare(_assessment(earlier, who, known_on), _assessment(later, who, known_on))


def newest_two(who: Reader, *, known_on: int | None = None) -> tuple[str, str]:
    """The keys of the two newest editions with statements. Raises NotFoundError("cycle.no_edition")."""
    found = assessments(who, known_on=known_on)
    if len(found) < 2:
        raise NotFoundError("cycle.no_edition")
    return found[-2].edition.key, found[-1].edition.key


def compare(earlier: Assessment, later: Assessment) -> Difference:
    """Match every statement of one with every statement of the other, in the order of the texts."""
    pairs = [
        Pair(first, second, differs(first, second))
        for first in earlier.statements
        for second in later.statements
        if matches(first, second)
    ]
    before, after = {pair.earlier.key for pair in pairs}, {pair.later.key for pair in pairs}
    return Difference(
        earlier=earlier,
        later=later,
        added=tuple(view for view in later.statements if view.key not in after),
        changed=tuple(pair for pair in pairs if pair.differs),
        alike=tuple(pair for pair in pairs if not pair.differs),
        not_mentioned=tuple(view for view in earlier.statements if view.key not in before),
    )


def _own(view: EditionView, every: Sequence[StatementView]) -> tuple[StatementView, ...]:
    own = (view.own_text_nl, view.own_text_number)
    found = [item for item in every if (item.source.title_nl, item.source.number) == own] if view.own_text_nl else []
    return tuple(sorted(found, key=lambda item: item.source.line or 0))


def _assessment(key: str, who: Reader, known_on: int | None) -> Assessment:
    view = edition(key, who, known_on=known_on)
    found = Assessment(view, statements_of(view, who, known_on=known_on))
    if not found.statements:
        raise NotFoundError("cycle.unknown_edition", key=key)
    return found


def _actor(view: StatementView) -> str:
    return fold(view.actor_nl or view.actor_en)
