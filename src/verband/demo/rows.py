"""The embedded policy tables in the shape that the rooms take. Titles of sources stand in the place of their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verband.demo import tables
from verband.demo.tables import Commitment, Source, Statement, Theme
from verband.rooms.measures.services import CommitmentRow
from verband.rooms.risk.services import Place, StatementRow, ThemeTextRow, ThreatLevelRow, TrendRow

EDITION = "midterm-review-2021"
#: How a text on the threat of a theme begins where it gives what the horizon scan found.
_SCAN = "Horizon scan 2020: "
_LOWERED = re.compile(r"level lowered from \d to (\d)")


def source(key: str) -> Source:
    """One of the policy texts by its key."""
    return next(row for row in tables.load("sources") if row.key == key)


def titles() -> dict[str, tuple[str, str, str]]:
    """Title in Dutch and English and parliamentary number of each policy text, by its key."""
    return {row.key: (row.title_nl, row.title_en, row.kamerstuk) for row in tables.load("sources")}


def commitments() -> Iterator[CommitmentRow]:
    """Every commitment; a measure where its kind is one."""
    return (_commitment(row) for row in tables.load("commitments"))


def known_later() -> Iterator[dict[str, str]]:
    """What the note of a commitment itself says became of it; no other later knowledge is among the data."""
    yield {
        "commitment": "COM-021",
        "state": "fulfilled",
        "text": "Verschenen op 7 juni 2019.",
        "source": "Notitie bij COM-021: openbare vindplaats; de midterm review 2021 noemt de zomer van 2019",
        "day": "2019-06-07",
    }


def statements() -> Iterator[StatementRow]:
    """Every statement about an actor, an interest and a means."""
    return (_statement(row) for row in tables.load("statements"))


def theme_texts() -> Iterator[ThemeTextRow]:
    """The four parts of each theme, then trend and verdict as we read them."""
    return (text for row in tables.load("themes") for text in _theme_texts(row))


def trends() -> Iterator[TrendRow]:
    """What the review tells as found by the horizon scan of 2020; other sentences on threats are no trend."""
    for row in tables.load("themes"):
        if row.threat_development.startswith(_SCAN):
            yield TrendRow(
                key=f"{EDITION}-{row.key}",
                scan="Horizonscan 2020",
                theme=row.key,
                title="Horizon scan 2020",
                text=_sentence(row.threat_development.removeprefix(_SCAN)),
                observed="2020",
                marking=row.marking,
                place=place(row.source, "", row.line_threat, ""),
            )


def threat_levels() -> Iterator[ThreatLevelRow]:
    """The threat level that the review states; its time is the year of the review, as the text gives no day."""
    for row in tables.load("themes"):
        if found := _LOWERED.search(row.threat_development):
            yield ThreatLevelRow(
                key=f"{EDITION}-{row.key}",
                theme=row.key,
                level=found[1],
                stated_on="2021",
                text=row.threat_development,
                marking=row.marking,
                place=place(row.source, "", row.line_threat, ""),
            )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _commitment(row: Commitment) -> CommitmentRow:
    text = source(row.source)
    return CommitmentRow(
        key=row.id,
        kind=row.type,
        title_nl=row.title_nl,
        title_en=row.title_en,
        owner=row.owner,
        owner_basis=row.owner_basis,
        co_owners=row.co_owners,
        owed_to_parliament=row.owed_to_parliament,
        papers=row.kamerstuk,
        stated_on=row.date_stated,
        due_as_stated=row.due_as_stated,
        status_as_stated=row.status_as_stated,
        theme=row.theme_key,
        theme_verified=row.theme_verified,
        accent=row.accent,
        accent_verified=row.accent_verified,
        marking=row.marking,
        source_nl=text.title_nl,
        source_en=text.title_en,
        source_number=text.kamerstuk,
        section=row.section,
        line=row.line,
        anchor_nl=row.anchor_nl,
        note=row.note,
    )


def _statement(row: Statement) -> StatementRow:
    return StatementRow(
        key=row.id,
        actor_en=row.actor_en,
        actor_nl=row.actor_nl,
        actor_kind=row.actor_kind,
        interests=_interests(row.interests),
        sub_interest=row.sub_interest,
        instrument_en=row.instrument_en,
        instrument_nl=row.instrument_nl,
        domain=row.domain,
        theme=row.theme_key,
        target=row.target,
        intent_as_read=row.intent_as_read,
        effect_as_read=row.effect_as_read,
        certainty_as_stated=row.certainty_as_stated,
        horizon=row.horizon,
        marking=row.marking,
        place=place(row.source, row.section, row.line, row.anchor_nl),
    )


def _interests(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that the words of the column mean; `all` is each of them."""
    mapping = tables.load_mapping("interest_word_to_interest")
    return tuple(dict.fromkeys(key for word in words for key in mapping[word].keys))


def _theme_texts(row: Theme) -> Iterator[ThemeTextRow]:
    parts = (
        ("summary", row.summary_nvs2019, row.line_summary, False),
        ("threat", row.threat_development, row.line_threat, False),
        ("resilience", row.resilience_development, row.line_resilience, False),
        ("approach", row.approach_development, row.line_approach, False),
        ("trend", row.trend_as_read, row.line_threat, True),
        ("verdict", row.approach_verdict_as_read, row.line_approach, True),
    )
    for part, text, line, as_read in parts:
        if text:
            yield ThemeTextRow(
                theme=row.key,
                edition=EDITION,
                part=part,
                text=text,
                as_read=as_read,
                marking=row.marking,
                place=place(row.source, "", line, ""),
            )


def place(key: str, section: str, line: int, anchor_nl: str) -> Place:
    """Where a row stands, with the title of its text in the place of the text's key."""
    text = source(key)
    return Place(
        source_nl=text.title_nl,
        source_en=text.title_en,
        source_number=text.kamerstuk,
        section=section,
        line=line,
        anchor_nl=anchor_nl,
    )
