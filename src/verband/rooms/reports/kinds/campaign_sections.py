"""Campaigns as the report tells them: why together, how often by chance, why it could be coincidence, who decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verband.rooms.campaigns import charts
from verband.rooms.campaigns import services as campaigns
from verband.rooms.picture.services import IncidentView
from verband.rooms.reports.document import Block, Bullets, Chart, Paragraph, Section, Span, Table, Text, say
from verband.rooms.reports.kinds import incidents as tables
from verband.rooms.reports.kinds import judging_sections
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.words import Words

_REASONS = 6
_INCIDENTS = 40


def title(row: campaigns.CampaignRow, words: Words) -> str:
    """The campaign's title in the document's language."""
    return row.title_nl if words.language == "nl" else row.title_en


def proposed(basis: Basis) -> Section:
    """The groups above chance: all of them in a table, the strongest told in full."""
    words, groups = basis.words, basis.groups
    if not groups:
        return Section("campaigns", words("campaigns.title"), blocks=(Paragraph(say(words("campaigns.none"))),))
    rows = tuple(_overview_row(row, basis) for row in groups)
    head = tuple(words(f"columns.{name}") for name in ("group", "incidents", "span", "chance", "state"))
    blocks: list[Block] = [
        Paragraph(say(words("campaigns.lead"))),
        Table(words("campaigns.table"), head, rows, (9, 3, 6, 4, 5)),
    ]
    if rest := len(groups) - len(basis.told):
        blocks.append(Paragraph(say(words("campaigns.rest", n=rest)), "small"))
    told = tuple(_campaign(view, basis) for view in basis.told)
    return Section("campaigns", words("campaigns.title"), blocks=tuple(blocks), sections=told)


def coincidence(basis: Basis) -> Section:
    """The strongest groups that chance could well have made."""
    words, rows = basis.words, basis.coincidences
    name = words("coincidence.title")
    if not rows:
        return Section("coincidence", name, blocks=(Paragraph(say(words("coincidence.none"))),))
    head = tuple(words(f"columns.{column}") for column in ("group", "incidents", "span", "chance"))
    cells = tuple(
        (say(title(row, words)), say(str(row.n)), say(words.span(row.start, row.end)), say(words.percent(row.p)))
        for row in rows
    )
    table = Table(words("coincidence.table"), head, cells, (10, 3, 6, 4))
    return Section("coincidence", name, blocks=(Paragraph(say(words("coincidence.lead"))), table))


def state(row: campaigns.CampaignRow, decisions: Iterable[Any], words: Words) -> str:
    """Where the decision stands, and by whom."""
    standing = next((decision for decision in decisions if decision.undone_at is None), None)
    if standing is None or row.state not in ("accepted", "rejected"):
        return words("campaigns.state_proposed")
    return words(f"campaigns.state_{row.state}", by=standing.decided_by, date=words.day(standing.decided_at))


def _overview_row(row: campaigns.CampaignRow, basis: Basis) -> tuple[Text, ...]:
    words = basis.words
    decisions = next((view.decisions for view in basis.told if view.row.uuid == row.uuid), ())
    return (
        say(title(row, words)),
        say(str(row.n)),
        say(words.span(row.start, row.end)),
        say(words.percent(row.p)),
        say(state(row, decisions, words)),
    )


def _campaign(view: campaigns.CampaignView, basis: Basis) -> Section:
    words, row = basis.words, view.row
    why = view.why.get(words.language, {})
    shown = _by_time(view.incidents)
    countries = {code for incident in view.incidents for code in incident.values("country")}
    lead = words(
        "campaigns.one",
        incidents=words.count("incident", row.n),
        countries=words.count("country", len(countries)),
        span=words.span(row.start, row.end),
        domains=words.labels("domains", row.domains),
    )
    blocks: list[Block] = [
        Paragraph(say(lead, " ", Span(words("campaigns.chance", share=words.percent(row.p)), style="strong")), "lead"),
        Paragraph(say(Span(words("campaigns.decision"), style="strong"), f": {state(row, view.decisions, words)}.")),
        *(Paragraph(say(line), "small") for line in _history(view, words)),
    ]
    key = f"campaign-{row.uuid}"
    parts = [
        Section(f"{key}-why", words("campaigns.why"), blocks=_reasons(why, basis, view)),
        Section(f"{key}-chance", words("campaigns.coincidence"), blocks=_coincidence(why)),
        Section(f"{key}-incidents", words("campaigns.incidents"), blocks=tuple(_incidents(view, shown, basis))),
    ]
    figures = "; ".join(f"{item['name']} {item['value']}" for item in why.get("method", ())[:5])
    if figures:
        parts[-1] = _with(parts[-1], Paragraph(say(words("campaigns.method", figures=figures)), "small"))
    parts += judging_sections.sections(view, basis)
    return Section(
        key, title(row, words), row.marking.words(), tuple(blocks), tuple(part for part in parts if part.blocks)
    )


def _with(section: Section, block: Block) -> Section:
    return Section(section.key, section.title, section.marking, (*section.blocks, block), section.sections)


def _history(view: campaigns.CampaignView, words: Words) -> list[str]:
    lines = []
    for decision in view.decisions:
        lines.append(words("campaigns.reason", reason=decision.reason))
        if decision.undone_at is not None:
            lines.append(
                words(
                    "campaigns.undone",
                    by=decision.undone_by,
                    date=words.day(decision.undone_at),
                    reason=decision.undone_reason,
                )
            )
    return lines


def _reasons(why: dict[str, Any], basis: Basis, view: campaigns.CampaignView) -> tuple[Block, ...]:
    """What is shared, strongest first, each with the numbers of the sources that say so."""
    of_record = {record.id: incident for incident in view.incidents for record in incident.records}
    lines: list[Text] = []
    for item in why.get("together", ())[:_REASONS]:
        cited: dict[int, IncidentView] = {}
        for number in item.get("records", ()):
            if number in of_record:
                cited[of_record[number].id] = of_record[number]
        spans = [
            span
            for incident in cited.values()
            for span in basis.citations.cite(incident)
            if span.href or span.text != " "
        ]
        unique = list(dict.fromkeys(spans))
        joined = [part for span in unique for part in (" ", span)]
        lines.append(say(item["text"], *joined))
    return (Bullets(tuple(lines)),) if lines else ()


def _coincidence(why: dict[str, Any]) -> tuple[Block, ...]:
    lines = tuple(say(line) for line in why.get("coincidence", ()))
    return (Bullets(lines),) if lines else ()


def _incidents(view: campaigns.CampaignView, shown: list[IncidentView], basis: Basis) -> list[Block]:
    """The swim lanes over the table that says the same with its sources."""
    words = basis.words
    listed = shown[:_INCIDENTS]
    caption = words("campaigns.table_of", title=title(view.row, words))
    table = tables.table(caption, listed, words=words, citations=basis.citations)
    alt = words(
        "campaigns.lanes_alt",
        incidents=words.count("incident", len(listed)),
        span=words.span(view.row.start, view.row.end),
    )
    spec = dict(charts.swim_lanes(listed, words.language).data)
    if not spec["data"]["values"]:
        return [table]
    blocks: list[Block] = [Chart(words("campaigns.lanes"), alt, spec, table)]
    if rest := len(shown) - len(listed):
        blocks.append(Paragraph(say(words("format.more", n=rest)), "small"))
    return blocks


def _by_time(incidents: Iterable[IncidentView]) -> list[IncidentView]:
    return sorted(incidents, key=lambda view: view.when.start if view.when else 2**40)
