"""Tables and sentences of the progress letter: entries as stated with their place, and apart what is known later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from verband.language.catalogues import catalogue
from verband.rooms.measures.progress import services as progress
from verband.rooms.measures.progress.services import Change, Content, Entry
from verband.rooms.reports.document import Span, Table, Text, say
from verband.rooms.reports.kinds import statement_tables as tables
from verband.rooms.reports.words import Words

#: The words of the register for what is owed, and the key of their words in a letter.
OWED = {"motie": "motie", "toezegging": "toezegging", "aangekondigde brief": "brief", "rapportage": "rapportage"}
COUNTED = ("all", "owed", "overdue", *progress.STATES)


def day(at: date, words: Words) -> str:
    """A day in words."""
    return words.day(int(datetime(at.year, at.month, at.day, tzinfo=UTC).timestamp()))


def count(entries: Iterable[Entry]) -> dict[str, int]:
    """The counts of the tracker over these entries: all, owed, overdue, and by later state."""
    found = list(entries)
    states = Counter(entry.state for entry in found)
    return {
        "all": len(found),
        "owed": sum(entry.is_owed for entry in found),
        "overdue": sum(entry.overdue for entry in found),
        **{state: states[state] for state in progress.STATES},
    }


def by_accent(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries under each accent and `generic`, in the order of the catalogue."""
    found: dict[str, list[Entry]] = {key: [] for key in catalogue("accents").keys()}  # noqa: SIM118 - no dict
    for entry in entries:
        found[entry.accent].append(entry)
    return found


def kinds_owed(entries: Sequence[Entry], words: Words) -> str:
    """`6 motions, 2 undertakings and 5 reports`; a word of another register as it is written."""
    counted = Counter(entry.owed for entry in entries)
    return words.listed([_counted(kind, counted[kind], words) for kind in (*OWED, *_other(counted)) if counted[kind]])


def owed(entries: Sequence[Entry], words: Words, *, caption: str) -> Table:
    """What is owed under one accent: what, by whom, term, status as stated with its place, and known later."""
    head = tuple(words(name) for name in ("letter.what", "cycle.owner", "letter.term", "cycle.status", "letter.later"))
    rows = tuple(
        (
            (*say(Span(entry.title(words.language), style="strong")), Span(_named(entry, words))),
            say(_owner(entry, words)),
            term(entry, words),
            (*status(entry, words), Span(" · "), *_place(entry, words)),
            later(entry, words),
        )
        for entry in entries
    )
    return Table(caption, head, rows, (5, 2, 3, 6, 4))


def annex(entries: Sequence[Entry], words: Words, *, caption: str) -> Table:
    """Every entry in order of number, in the same columns, with what is owed to parliament."""
    head = tuple(
        words(name)
        for name in ("letter.what", "cycle.owner", "letter.owed", "letter.term", "cycle.status", "letter.later")
    )
    rows = tuple(
        (
            say(f"{entry.key} {entry.title(words.language)}{_papers(entry)}"),
            say(_owner(entry, words)),
            say(_kind(entry, words) if entry.is_owed else "–"),
            term(entry, words),
            (*status(entry, words), Span(" · "), *_place(entry, words)),
            later(entry, words),
        )
        for entry in entries
    )
    return Table(caption, head, rows, (5, 2, 2, 3, 6, 3))


def counts(content: Content, words: Words) -> Table:
    """How many there are, are owed, are past their term, and stand in each later state, by accent and in all."""
    head = tuple(words(f"letter.counts_{name}") for name in ("accent", "all", "owed", "overdue"))
    head += tuple(words(f"letter.later_{state}") for state in progress.STATES)
    found = [(words.label("accents", key), count(rows)) for key, rows in by_accent(content.entries).items()]
    rows = tuple((say(name), *(say(str(of[what])) for what in COUNTED)) for name, of in found)
    whole = count(content.entries)
    total = (say(Span(words("letter.total"), style="strong")), *(say(str(whole[what])) for what in COUNTED))
    return Table(words("letter.counts_table"), head, (*rows, total), (6, 3, 3, 3, 3, 3, 3, 3, 3))


def term(entry: Entry, words: Words) -> Text:
    """The term as read, then as stated; that it is past where it is."""
    read = entry.term
    match read.kind:
        case "end" if read.first is None or read.first == read.last:
            said = words("letter_term.end_by", last=_day(read.last, words))
        case "end":
            said = words("letter_term.end_from", first=_day(read.first, words), last=_day(read.last, words))
        case "earliest":
            named = "earliest" if read.first else "earliest_text"
            said = words(f"letter_term.{named}", first=_day(read.first, words))
        case "continuous":
            said = words("letter_term.continuous")
        case _:
            said = words(f"letter_term.unknown_{read.rule}")
    stated = (Span(f" ({words('letter_term.as_stated')}"), tables.as_stated(entry.due, words), Span(")"))
    past = (Span(f" – {words('letter.overdue')}", style="strong"),) if entry.overdue else ()
    return (Span(said), *(stated if entry.due else ()), *past)


def status(entry: Entry, words: Words) -> Text:
    """The status as stated, in our own words and so without quotation marks, with the day on which it was stated."""
    when = f" ({words('letter.stated_on', day=entry.stated_on)})" if entry.stated_on else ""
    return (tables.as_stated(entry.status, words), Span(when))


def later(entry: Entry, words: Words) -> Text:
    """What is known later, with its source and day; `unknown` where nothing is."""
    said = words(f"letter.later_{entry.state}")
    if entry.later is None:
        return say(said)
    text = words("letter.later_said", text=entry.later.text, source=entry.later.source, day=day(entry.later.day, words))
    return (Span(said, style="strong"), Span(f": {text}"))


def change(one: Change, words: Words) -> Text:
    """What changed, as a sentence."""
    if one.what in ("due", "status"):
        return _restated(one, words)
    if one.what == "overdue":
        return say(words(f"letter.change_overdue_{one.after}", key=one.key))
    if one.what == "later":
        before, after = (words(f"letter.later_{state}") for state in (one.before, one.after))
        name = "later_text" if before == after else "later"
        return say(words(f"letter.change_{name}", key=one.key, before=before, after=after))
    return say(words(f"letter.change_{one.what}", key=one.key))


def _restated(one: Change, words: Words) -> Text:
    """A term or a status that is other than before; each of the two keeps the mark of its language."""
    sentence = words(f"letter.change_{one.what}", key=one.key, before="\0", after="\0")
    start, middle, end = sentence.split("\0")
    none = Span(words("letter.nothing"))
    before, after = (tables.as_stated(text, words) if text else none for text in (one.before, one.after))
    return (Span(start), before, Span(middle), after, Span(end))


def _day(at: date | None, words: Words) -> str:
    return day(at, words) if at is not None else ""


def _owner(entry: Entry, words: Words) -> str:
    return words("cycle.inferred", owner=entry.owner) if entry.owner_inferred else entry.owner


def _named(entry: Entry, words: Words) -> str:
    """The kind of what is owed, with the papers that the row names, and its number."""
    return f" ({'; '.join(filter(None, (_kind(entry, words), *entry.papers, entry.key)))})"


def _papers(entry: Entry) -> str:
    return f" ({'; '.join(entry.papers)})" if entry.papers else ""


def _place(entry: Entry, words: Words) -> Text:
    """Where it says so, short: the parliamentary number stands for the title, which the list of sources gives."""
    source = entry.source
    if source.number:
        source = replace(source, title_nl=source.number, title_en=source.number, number="")
    return tables.where(source, words)


def _kind(entry: Entry, words: Words) -> str:
    return words(f"letter_owed.{OWED[entry.owed]}") if entry.owed in OWED else entry.owed


def _counted(kind: str, n: int, words: Words) -> str:
    if kind not in OWED:
        return f"{n} {kind}"
    return words(f"letter_owed.{OWED[kind]}_{'one' if n == 1 else 'more'}", n=n)


def _other(counted: Counter[str]) -> list[str]:
    return sorted(kind for kind in counted if kind not in OWED)
