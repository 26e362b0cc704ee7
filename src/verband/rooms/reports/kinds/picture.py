"""The threat picture: what is new, campaigns with their chance, interests at risk, gaps, sources, method and limits."""

from __future__ import annotations

from verband.language.markings import CLASSIFICATION
from verband.language.markings import Marking as MarkingValue
from verband.rooms.reports.document import Block, Bullets, Document, Paragraph, say
from verband.rooms.reports.kinds import campaign_sections, interest_sections, method_sections, new_sections
from verband.rooms.reports.kinds import incidents as tables
from verband.rooms.reports.kinds.basis import VALID_DAYS, Basis
from verband.rooms.reports.kinds.glossary import glossary
from verband.rooms.reports.words import Words

#: Trends in the order in which the summary tells them, and the sentences for where all six interests have the same.
_ORDER = ("rising", "falling", "ends_early", "no_clear_change", "too_few")
_ALIKE = frozenset({"short.interests_no_clear_change", "short.interests_too_few"})


def document(basis: Basis) -> Document:
    """The threat picture of one reader at one moment; the same workspace and moment give the same value."""
    words = basis.words
    sections = (
        new_sections.new(basis),
        campaign_sections.proposed(basis),
        campaign_sections.coincidence(basis),
        interest_sections.interests(basis),
        interest_sections.gaps(basis),
        interest_sections.same_event(basis),
        method_sections.method(basis),
        method_sections.sources(basis),
    )
    summary = _summary(basis)
    known = basis.known_on if basis.known_on is not None else basis.moment
    date = words.day(known)
    head = Document(
        kind="picture",
        language=words.language,
        title=words("head.title"),
        subtitle=words("head.subtitle" if basis.known_on is None else "head.subtitle_known", date=date),
        marking=marking_words(basis.marking, words),
        tlp=basis.marking.tlp,
        made_on=words.day(basis.moment),
        known_on=date,
        facts=_facts(basis),
        summary=summary,
        sections=sections,
        labels=labels(words, date),
    )
    return glossary(head, words)


def labels(words: Words, date: str) -> dict[str, str]:
    """The words that the formats need themselves."""
    return {
        **{name: words(f"format.{name}") for name in ("contents", "page", "marking")},
        "footer": words("format.footer_now", date=date),
    }


def marking_words(marking: MarkingValue, words: Words) -> str:
    """The marking as it stands on paper, in the document's language."""
    parts = [f"TLP:{marking.tlp}"]
    if marking.classification != CLASSIFICATION[0]:
        parts.append(words.label("classification", marking.classification))
    if marking.releasable_to is not None:
        parts.append(", ".join(sorted(marking.releasable_to)) or words("format.none"))
    return " · ".join(parts)


def _facts(basis: Basis) -> tuple[tuple[str, str], ...]:
    words, run, ceiling = basis.words, basis.run, basis.who.ceiling
    under = marking_words(MarkingValue(ceiling.tlp, ceiling.classification), words)
    if run is None:
        made_from = words("head.no_run")
    else:
        made_from = words(
            "head.run_text",
            number=run.pk,
            date=words.day(run.run_at),
            method=words.label("methods", run.method),
            version=run.method_version,
            seed=run.parameters.get("seed", 0),
            fdr=words.percent(run.fdr),
            incidents=words.count("incident", run.incidents),
            comparisons=run.comparisons,
        )
    return (
        (words("head.what"), words("head.what_text", incidents=words.count("incident", len(basis.incidents)))),
        (words("head.marking"), words("head.marking_text", marking=marking_words(basis.marking, words))),
        (words("head.known"), words.time(basis.known_on if basis.known_on is not None else basis.moment)),
        (
            words("head.made"),
            words("head.made_text", date=words.time(basis.moment), organisation=basis.organisation, ceiling=under),
        ),
        (words("head.valid"), words.day(basis.moment + VALID_DAYS * 86_400)),
        (words("head.run"), made_from),
    )


def _summary(basis: Basis) -> tuple[Block, ...]:
    words = basis.words
    if not basis.incidents:
        return (Paragraph(say(words("short.empty")), "lead"),)
    lines = [_new(basis), _campaigns(basis), _interests(basis)]
    if found := len(basis.triangle.gaps):
        lines.append(words("short.gaps", gaps=words.count("gap", found)))
    waiting = sum(row.state == "proposed" for row in basis.groups)
    if waiting or basis.same:
        pairs = words.count("pair", len(basis.same))
        lines.append(words("short.waiting", campaigns=words.count("campaign", waiting), pairs=pairs))
    blocks: list[Block] = [Bullets(tuple(say(line) for line in lines))]
    if basis.window is not None and basis.window.silent:
        date, months = words.day(basis.window.end - 1), basis.window.silent
        blocks.append(Paragraph(say(words("short.silent", date=date, months=months)), "caution"))
    return (*blocks, Paragraph(say(words("short.caution")), "caution"))


def _new(basis: Basis) -> str:
    words, all_of_them = basis.words, basis.words.count("incident", len(basis.incidents))
    values = {"recent": len(basis.new), "all": all_of_them, "domains": tables.domains(basis.new, words)}
    if basis.since is not None:
        name = "short.new_since" if basis.new else "short.new_none"
        return words(name, since=words.day(basis.since), **values)
    if basis.window is None:
        return words("short.undated", **values)
    window = basis.window
    return words(
        "short.new", days=window.days, since=words.day(window.start), until=words.day(window.end - 1), **values
    )


def _campaigns(basis: Basis) -> str:
    words, groups = basis.words, basis.groups
    if not groups:
        return words("short.campaigns_none")
    return words(
        "short.campaigns_one" if len(groups) == 1 else "short.campaigns",
        groups=words.count("group", len(groups)),
        accepted=sum(row.state == "accepted" for row in groups),
        rejected=sum(row.state == "rejected" for row in groups),
        titles=words.listed([f"“{campaign_sections.title(row, words)}”" for row in groups[:3]]),
    )


def _interests(basis: Basis) -> str:
    """What the table of interests says, by the word of its trends."""
    words, cells = basis.words, basis.triangle.interests
    if not basis.triangle.says_something:
        return words("short.interests_silent")
    found: dict[str, list[str]] = {}
    for cell in cells:
        found.setdefault(cell.trend.word, []).append(words.label("interests", cell.interest))
    if len(found) == 1 and (alike := f"short.interests_{next(iter(found))}") in _ALIKE:
        return words(alike)
    said = {cell.trend.word: cell.trend.label(words.language) for cell in cells}
    parts = [
        words("short.change", word=said[word], interests=words.listed(found[word])) for word in _ORDER if word in found
    ]
    return words("short.interests", changes="; ".join(parts))
