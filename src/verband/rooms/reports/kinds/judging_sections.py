"""What a report says of judging a campaign: the hybrid test, the competing hypotheses, the attribution ladder."""

from __future__ import annotations

from django.utils.translation import override

from verband.language.catalogues import catalogue
from verband.methods.connecting.hypotheses import HYPOTHESES, NOT_DECIDED, Item
from verband.rooms.campaigns import hybrid, hypotheses, judging_words, ladder
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.reports.document import Block, Bullets, Paragraph, Section, Table, Text, say
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.words import Words


def sections(view: CampaignView, basis: Basis) -> list[Section]:
    """The three sections of one campaign, as its reader sees them."""
    with override(basis.words.language):
        return [_hybrid(view, basis), _hypotheses(view, basis), _ladder(view, basis)]


def _hybrid(view: CampaignView, basis: Basis) -> Section:
    """A row for each element, with who says so; unknown elements stay in it (R012)."""
    words = basis.words
    found = hybrid.checklist(view, basis.who, known_on=basis.known_on)
    states = judging_words.state_words()
    rows: list[tuple[Text, ...]] = []
    for element in found.result.elements:
        said = found.standing.get(element.key) if element.says == "person" else None
        by = f"{said.said_by}, {words.day(said.said_at)}: {said.reason} ({said.source})" if said else ""
        rows.append(
            (
                say(words.label("hybrid_elements", element.key)),
                say(states[element.state]),
                say(by or words(f"judging.says_{element.says}")),
            )
        )
    head = tuple(words(f"judging.{name}") for name in ("element", "state", "says"))
    blocks: list[Block] = [
        Paragraph(say(judging_words.label_words(found.result))),
        Table(_caption("judging.hybrid_table", view, words), head, tuple(rows), (7, 3, 12)),
    ]
    if found.overtaken:
        blocks.append(Paragraph(say(words("judging.overtaken", n=len(found.overtaken))), "caution"))
    return Section(f"campaign-{view.row.uuid}-hybrid", words("judging.hybrid"), blocks=tuple(blocks))


def _caption(key: str, view: CampaignView, words: Words) -> str:
    """The name of a table with its campaign: a report has one of each for every campaign."""
    title = view.row.title_nl if words.language == "nl" else view.row.title_en
    return f"{words(key)}: {title}"


def _hypotheses(view: CampaignView, basis: Basis) -> Section:
    """The table of evidence with the ranking, what it hangs on, and the signature."""
    words = basis.words
    found = hypotheses.table(view, basis.who, known_on=basis.known_on)
    labels = catalogue("hypotheses").labels(words.language)
    head = (words("judging.evidence"), *(labels[name] for name in HYPOTHESES))
    rows = [
        (
            say(_item(item, found, words.language)),
            *(say(_cell(item, name, found) or words("judging.not_judged")) for name in HYPOTHESES),
        )
        for item in found.items
    ]
    scores = {score.hypothesis: score.against for score in found.result.scores}
    rows.append((say(words("judging.against")), *(say(words.decimal(scores[name], 2)) for name in HYPOTHESES)))
    first = found.result.first
    hinges = tuple(
        say(words("judging.hinge", item=texts[key], then=labels.get(then, words("judging.not_decided"))))
        for texts in [{item.key: _item(item, found, words.language) for item in found.items}]
        for key, then in found.result.hinges
    )
    blocks: list[Block] = [
        Paragraph(say(judging_words.first_words(first, "" if first == NOT_DECIDED else labels[first]))),
        Table(_caption("judging.hypotheses_table", view, words), head, tuple(rows), (10, 3, 3, 3, 3, 3, 3)),
        Paragraph(say(words("judging.notation")), "small"),
    ]
    if hinges:
        blocks.append(Bullets(hinges))
    signed = found.signed
    if signed is None:
        blocks.append(Paragraph(say(words("judging.unsigned"))))
    else:
        key = "judging.signed" if found.signed_as_it_stands else "judging.signed_before"
        blocks.append(Paragraph(say(words(key, by=signed.said_by, date=words.day(signed.said_at), text=signed.reason))))
    return Section(f"campaign-{view.row.uuid}-hypotheses", words("judging.hypotheses"), blocks=tuple(blocks))


def _ladder(view: CampaignView, basis: Basis) -> Section:
    """A row for each level: the statement and certainty as stated, with source, person and mandate."""
    words = basis.words
    rows: list[tuple[Text, ...]] = []
    for step in ladder.ladder(view, basis.who, known_on=basis.known_on):
        said = step.standing
        if said is None:
            rows.append(
                (say(words.label("attribution_levels", step.level.key)), say(words("judging.not_taken")), say())
            )
            continue
        confidence = words("judging.confidence", word=words.label("confidence", said.confidence))
        dissent = words("judging.dissent", text=said.dissent) if said.dissent else ""
        statement = f"“{said.statement}” – “{said.certainty}” ({said.source}). {confidence} {dissent}".strip()
        by = "; ".join(filter(None, (said.said_by, words.day(said.said_at), said.mandate, said.reason)))
        rows.append((say(words.label("attribution_levels", step.level.key)), say(statement), say(by)))
    head = tuple(words(f"judging.{name}") for name in ("level", "stated", "by"))
    table = Table(_caption("judging.ladder_table", view, words), head, tuple(rows), (4, 11, 8))
    lead = Paragraph(say(words("judging.ladder_lead")))
    return Section(f"campaign-{view.row.uuid}-attribution", words("judging.ladder"), blocks=(lead, table))


def _item(item: Item, found: hypotheses.Table, language: str) -> str:
    return found.added[item.key].text if item.key in found.added else judging_words.item_words(item, language)


def _cell(item: Item, name: str, found: hypotheses.Table) -> str:
    """The cell's notation, in brackets where it is the tool's own reading; empty where nobody judged."""
    if name not in item.cells:
        return ""
    text = item.cells[name].consistency
    return text if (item.key, name) in found.judged else f"({text})"
