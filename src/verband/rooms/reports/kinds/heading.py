"""The head that the reports of the cycle share: what it is, its marking, its day, and who it was made for."""

from __future__ import annotations

from verband.language.markings import Marking
from verband.rooms.reports.document import Block, Document, Section
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.glossary import glossary
from verband.rooms.reports.kinds.picture import labels, marking_words


def headed(
    basis: Basis,
    kind: str,
    *,
    title: str,
    subtitle: str,
    what: str,
    marking: Marking,
    summary: tuple[Block, ...],
    sections: tuple[Section, ...],
    notice: str = "",
) -> Document:
    """A document of that kind with its facts on top; `subtitle` names its `text` of the cycle, filled with the day."""
    words = basis.words
    known = basis.known_on if basis.known_on is not None else basis.moment
    date = words.day(known)
    ceiling = basis.who.ceiling
    under = marking_words(Marking(ceiling.tlp, ceiling.classification), words)
    facts = (
        (words("head.what"), what),
        (words("head.marking"), words("head.marking_text", marking=marking_words(marking, words))),
        (words("head.known"), words.time(known)),
        (
            words("head.made"),
            words("head.made_text", date=words.time(basis.moment), organisation=basis.organisation, ceiling=under),
        ),
    )
    document = Document(
        kind=kind,
        language=words.language,
        title=title,
        subtitle=words(subtitle, date=date),
        marking=marking_words(marking, words),
        tlp=marking.tlp,
        made_on=words.day(basis.moment),
        known_on=date,
        facts=facts,
        summary=summary,
        sections=sections,
        labels=labels(words, date),
        notice=notice,
    )
    return glossary(document, words)
