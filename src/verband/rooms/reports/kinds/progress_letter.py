"""The progress letter to parliament: what is owed to it, by accent, as stated and as known later; all in the annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verband.language.markings import Marking
from verband.rooms.measures.progress import services as progress
from verband.rooms.measures.progress.services import Content, Entry, LetterView
from verband.rooms.picture import keeping
from verband.rooms.reports.document import Block, Bullets, Document, Paragraph, Section, Span, say
from verband.rooms.reports.kinds import progress_tables as rows
from verband.rooms.reports.kinds import statement_tables as tables
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.glossary import glossary
from verband.rooms.reports.kinds.picture import labels, marking_words
from verband.rooms.reports.words import Words


@dataclass(frozen=True)
class _Letter:
    """What the letter says, its state (`none` where nobody opened one), its marking and its digest once it is sent."""

    content: Content
    state: str
    marking: Marking
    sha256: str


def document(basis: Basis) -> Document:
    """The letter that the basis names by key, or the newest; one that nobody opened where there is none.

    Raises NotFoundError("progress.none"), StateError("progress.tampered").
    """
    found = _found(basis)
    return written(found.content, basis, state=found.state, marking=found.marking, sha256=found.sha256)


def marking(basis: Basis) -> Marking:
    """The marking of the letter: nothing in it lies above."""
    return _found(basis).marking


def numbers(basis: Basis) -> dict[str, object]:
    """The totals, equal to those of the tracker, in all and by accent; what is missing and what changed."""
    found = _found(basis)
    content = found.content
    return {
        "state": found.state,
        "day": content.day.isoformat(),
        **rows.count(content.entries),
        "by_accent": {key: rows.count(entries) for key, entries in rows.by_accent(content.entries).items()},
        "owed_to_parliament": rows.count(content.owed),
        "missing": list(content.missing),
        "changes": len(content.changes),
    }


def written(content: Content, basis: Basis, *, state: str, marking: Marking, sha256: str = "") -> Document:
    """The document of that content; it flows on as a letter, without a list of contents."""
    words = basis.words
    date = rows.day(content.day, words)
    made = Document(
        kind="progress-letter",
        language=words.language,
        title=words("letter.title"),
        subtitle=words("letter.subtitle", date=date),
        marking=marking_words(marking, words),
        tlp=marking.tlp,
        made_on=words.day(basis.moment),
        known_on=date,
        facts=(
            (words("letter.to"), words("letter.to_text")),
            (words("letter.from"), words("letter.from_text", organisation=basis.organisation)),
            (words("letter.dated"), words("letter.dated_text")),
            (words("letter.subject"), content.title),
            (words("letter.state"), words(f"letter.state_{state}", sha256=sha256)),
            (words("head.marking"), marking_words(marking, words)),
        ),
        summary=_opening(content, date, words),
        sections=(
            *_accents(content, words),
            _counts(content, words),
            _contributions(content, words),
            _changes(content, words),
            _annex(content, words),
            _terms(date, words),
            tables.sources((entry.source for entry in content.entries), words),
        ),
        labels={name: word for name, word in labels(words, date).items() if name != "contents"},
        notice=words("letter.draft_notice") if state in ("none", "draft") else "",
    )
    return glossary(made, words)


def _found(basis: Basis) -> _Letter:
    who, known_on = basis.who, basis.known_on
    if basis.about:
        return _of(progress.letter(basis.about[0], who, known_on=known_on))
    if (newest := progress.current(who, known_on=known_on)) is not None:
        return _of(newest)
    on = keeping.today(basis.now, known_on)
    title = basis.words("letter.subject_text")
    content, marking = progress.unwritten(who, title=title, on=on, known_on=known_on)
    return _Letter(content, "none", marking, "")


def _of(view: LetterView) -> _Letter:
    return _Letter(view.content, view.state, view.marking, view.sha256)


def _opening(content: Content, date: str, words: Words) -> tuple[Block, ...]:
    counted = rows.count(content.owed)
    said = words("letter.none_owed")
    if content.owed:
        said = words("letter.counted", n=len(content.owed), kinds=rows.kinds_owed(content.owed, words), **counted)
    opening = [
        Paragraph(say(words("letter.dear"))),
        Paragraph(say(words("letter.opening", date=date, n=len(content.entries)))),
        Paragraph(say(said)),
        Paragraph(say(words("letter.apart"))),
    ]
    if content.missing:
        missing = words("letter.missing", owners=words.listed(content.missing))
        opening.append(Paragraph(say(Span(missing, style="strong")), "caution"))
    return tuple(opening)


def _accents(content: Content, words: Words) -> Iterator[Section]:
    for number, (key, entries) in enumerate(rows.by_accent(content.entries).items(), start=1):
        name = words.label("accents", key)
        title = words("letter.accent", n=number, name=_capital(name))
        yield Section(key.replace("_", "-"), title, blocks=_accent(entries, name, words))


def _accent(entries: Sequence[Entry], name: str, words: Words) -> tuple[Block, ...]:
    owed = [entry for entry in entries if entry.is_owed]
    if not owed:
        return (Paragraph(say(words("letter.accent_none", n=len(entries)))),)
    counted = rows.count(owed)
    lead = words("letter.accent_lead", n=len(owed), **{**counted, "all": len(entries)})
    return (Paragraph(say(lead)), rows.owed(owed, words, caption=words("letter.owed_table", name=name)))


def _counts(content: Content, words: Words) -> Section:
    blocks = (Paragraph(say(words("letter.counts_lead"))), rows.counts(content, words))
    return Section("counts", words("letter.state_counts"), blocks=blocks)


def _contributions(content: Content, words: Words) -> Section:
    """What each owner says; one that said nothing is named as missing."""
    owners = sorted({entry.owner for entry in content.owed})
    blocks: list[Block] = [] if owners else [Paragraph(say(words("letter.contributions_none")))]
    for owner in owners:
        said = [one for one in content.contributions if one.owner == owner]
        texts = [
            f"{one.text} {words('letter.contribution_of', source=one.source, day=rows.day(one.day, words))}"
            for one in said
        ] or [words("letter.contribution_missing")]
        blocks += [Paragraph((Span(f"{owner}: ", style="strong"), Span(text))) for text in texts]
    return Section("contributions", words("letter.contributions"), blocks=tuple(blocks))


def _changes(content: Content, words: Words) -> Section:
    """What is other than in the letter sent last, then the end of the letter."""
    day = rows.day(content.since, words) if content.since else ""
    said: tuple[Block, ...]
    if content.since is None:
        said = (Paragraph(say(words("letter.changes_first"))),)
    elif not content.changes:
        said = (Paragraph(say(words("letter.changes_none", day=day))),)
    else:
        lines = tuple(rows.change(one, words) for one in content.changes)
        said = (Paragraph(say(words("letter.changes_since", day=day))), Bullets(lines))
    end = tuple(Paragraph(say(words(f"letter.{name}"))) for name in ("closing", "yours", "signature"))
    return Section("changes", words("letter.changes"), blocks=(*said, *end))


def _annex(content: Content, words: Words) -> Section:
    tables_of = tuple(
        rows.annex(entries, words, caption=words("letter.annex_table", name=name, n=len(entries)))
        for name, entries in _named(content, words)
        if entries
    )
    lead = Paragraph(say(words("letter.annex_lead")))
    title = words("letter.annex", n=len(content.entries))
    return Section("annex", title, blocks=(lead, *tables_of), new_page=True)


def _terms(date: str, words: Words) -> Section:
    lines = tuple(say(words(f"letter.terms_{number}", date=date)) for number in (1, 2, 3))
    return Section("terms-read", words("letter.terms"), blocks=(Bullets(lines),))


def _named(content: Content, words: Words) -> list[tuple[str, list[Entry]]]:
    return [(words.label("accents", key), entries) for key, entries in rows.by_accent(content.entries).items()]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
