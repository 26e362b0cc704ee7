"""The tabs of judging as rows that a template shows: cells with who judged them, and the records behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.methods.connecting import hypotheses as method
from verband.methods.connecting.hybrid import Element
from verband.rooms.campaigns import judging_words, wording
from verband.rooms.campaigns.hybrid import Checklist
from verband.rooms.campaigns.hypotheses import Table
from verband.rooms.campaigns.models import CellJudgement, ElementFinding, EvidenceItem, Said
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.campaigns.together import Row

_SAID = "said_"


@dataclass(frozen=True)
class ElementRow:
    """One element with its word, what the data say, the finding that stands, older ones, and the records behind it."""

    element: Element
    word: str
    facts: str
    standing: ElementFinding | None
    history: tuple[ElementFinding, ...]
    overtaken: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class CellView:
    """One cell: how the item fits, in a word, and whether a person or the tool says so."""

    hypothesis: str
    consistency: str
    word: str
    likelihood: float | None
    said: CellJudgement | None


@dataclass(frozen=True)
class ItemRow:
    """One item with its cells in the order of the ranking, and the records or the source behind it."""

    key: str
    text: str
    added: EvidenceItem | None
    weight: float
    diagnosticity: float | None
    cells: tuple[CellView, ...]
    rows: tuple[Row, ...]


def elements(found: Checklist, view: CampaignView, language: str) -> list[ElementRow]:
    """A row for each element, in the order of the definition."""
    words = catalogue("hybrid_elements").labels(language)
    changed = {row.pk for row in found.overtaken}
    rows = []
    for element in found.result.elements:
        standing = found.standing.get(element.key)
        history = tuple(row for row in found.findings if row.element == element.key and row is not standing)
        rows.append(
            ElementRow(
                element=element,
                word=words[element.key],
                facts=_facts(element, view, language),
                standing=standing,
                history=history,
                overtaken=standing is not None and standing.pk in changed,
                rows=_records(view, element.records, "means" if element.key == "several_means" else "interest"),
            )
        )
    return rows


def matrix(found: Table, view: CampaignView, language: str) -> list[ItemRow]:
    """A row for each item, cells in the order of the ranking."""
    words = catalogue("consistency").labels(language)
    order = [score.hypothesis for score in found.result.scores]
    rows = []
    for item in found.items:
        added = found.added.get(item.key)
        cells = []
        for name in order:
            cell = item.cells.get(name, method.Cell())
            said = found.judged.get((item.key, name))
            cells.append(CellView(name, cell.consistency, words.get(cell.consistency, ""), cell.likelihood, said))
        rows.append(
            ItemRow(
                key=item.key,
                text=item_text(item, found, language),
                added=added,
                weight=item.weight,
                diagnosticity=found.result.diagnosticity[item.key],
                cells=tuple(cells),
                rows=_records(view, item.records, "actor_kind") if item.key.startswith(_SAID) else (),
            )
        )
    return rows


def item_text(item: method.Item, found: Table, language: str) -> str:
    """What an item says: a person's own words, else the tool's."""
    return found.added[item.key].text if item.key in found.added else judging_words.item_words(item, language)


def hinges(found: Table, language: str) -> list[dict[str, str]]:
    """The items without which another explanation comes first, and which that is."""
    labels = catalogue("hypotheses").labels(language)
    texts = {item.key: item_text(item, found, language) for item in found.items}
    return [{"item": texts[key], "then": labels.get(name, _("not decided"))} for key, name in found.result.hinges]


def stated(view: CampaignView) -> list[dict[str, Any]]:
    """What the records state about who did it: kind and certainty as stated, with the source. No step of the ladder."""
    rows = []
    for incident in view.incidents:
        for record in incident.records:
            kinds = [value for value in record.values if value.name == "actor_kind"]
            if kinds:
                rows.append({"incident": incident, "record": record, "kind": kinds[0].value})
    return rows


def history(found: Table, language: str) -> list[dict[str, Any]]:
    """Everything that persons said about the table, newest first, withdrawn or not."""
    labels = catalogue("hypotheses").labels(language)
    words = catalogue("consistency").labels(language)
    texts = {item.key: item_text(item, found, language) for item in found.items}
    texts |= {key: row.text for key, row in found.added.items()}
    rows: list[tuple[Said, str, str]] = []
    for cell in found.judgements:
        cell_text = f"{labels[cell.hypothesis]}: {words[cell.consistency]}. {texts.get(cell.item, cell.item)}"
        rows.append((cell, "cell", cell_text))
    rows += [(one, "evidence", one.text) for one in found.added.values()]
    rows += [(one, "assumption", one.text) for one in found.assumptions]
    rows += [(one, "indicator", one.text) for one in found.indicators]
    for sign in found.sign_offs:
        rows.append((sign, "signature", judging_words.first_words(sign.first, labels.get(sign.first, ""))))
    kinds = {
        "cell": _("cell judged"),
        "evidence": _("evidence added"),
        "assumption": _("assumption stated"),
        "indicator": _("indicator set"),
        "signature": _("table signed"),
    }
    rows.sort(key=lambda row: (-row[0].said_at, -row[0].pk))
    return [{"row": row, "kind": kind, "word": kinds[kind], "text": text} for row, kind, text in rows]


def _facts(element: Element, view: CampaignView, language: str) -> str:
    """What the data say about an element, in a sentence; empty where they say nothing."""
    facts = element.facts
    if element.key == "several_means" and facts["means"]:
        return _("The records name %(means)s, in %(domains)s.") % {
            "means": _labels("means", facts["means"], language),
            "domains": _labels("domains", facts["domains"], language) or _("no domain"),
        }
    if element.key == "national_security" and facts["interests"]:
        return _("Interests that the records name: %(interests)s.") % {
            "interests": _labels("interests", facts["interests"], language)
        }
    if element.key == "coordinated":
        share = wording.percent(view.row.p, language)
        return _("How often a group like this arises by chance in this collection: %(share)s.") % {"share": share}
    if element.key == "state_actor":
        kinds = dict.fromkeys(value for one in view.incidents for value in one.values("actor_kind"))
        if kinds:
            return _("Kinds of actor that sources state: %(kinds)s. That is their statement.") % {
                "kinds": _labels("actor_kinds", kinds, language)
            }
    return ""


def _labels(name: str, keys: Iterable[str], language: str) -> str:
    found = [(catalogue(name).find(key), key) for key in keys]
    return wording.listed([entry.label(language) if entry else key for entry, key in found], language)


def _records(view: CampaignView, numbers: Iterable[str], feature: str) -> tuple[Row, ...]:
    wanted = set(numbers)
    rows = []
    for incident in view.incidents:
        for record in incident.records:
            if str(record.id) in wanted:
                words = dict.fromkeys(value.stated for value in record.values if value.name == feature)
                rows.append(Row(incident, record, "; ".join(words)))
    return tuple(rows)
