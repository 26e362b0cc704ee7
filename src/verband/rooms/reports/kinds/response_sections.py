"""Sections that several documents of a response share: options side by side, like cases, toolboxes, effects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from verband.methods.responding import EUREPOC, Cell, beside_sentence
from verband.rooms.reports.document import Block, Bullets, Chart, Paragraph, Section, Table, Text, say
from verband.rooms.reports.kinds import response_content as content
from verband.rooms.reports.kinds.picture import marking_words
from verband.rooms.reports.words import Words
from verband.rooms.response import services as response
from verband.rooms.response.services import LikeCases, Mapped, OptionView, PackageView

#: Options beside each other in one table of a printed page.
_BESIDE = 3
_CATALOGUES = {"domain": "domains", "means": "means"}
_ACCENT = "#1b4b8a"
Line = tuple[str, Callable[[OptionView, Words], str]]


def _instrument_text(one: OptionView, field: str, words: Words) -> str:
    return (one.instrument.text(field, words.language) if one.instrument else "") or words("response.unknown")


#: What is said of an option, line by line.
LINES: tuple[Line, ...] = (
    ("what", lambda one, words: one.row.what),
    ("goal", lambda one, words: words.labels("response_goals", one.row.goals)),
    ("theory", lambda one, words: one.row.theory),
    ("channel", content.channel),
    ("gate", lambda one, words: words.label("response_gates", one.row.gate)),
    ("owner", lambda one, words: one.row.owner),
    ("legal_basis", content.legal_basis),
    ("proportionality", lambda one, words: one.row.proportionality),
    ("alternative", lambda one, words: one.row.alternative),
    ("downside", lambda one, words: one.row.downside),
    ("chances", lambda one, words: one.row.chances),
    ("risks", lambda one, words: one.row.risks),
    ("reaction", lambda one, words: one.row.reaction),
    ("escalation", lambda one, words: _instrument_text(one, "escalation", words)),
    ("reversibility", lambda one, words: words.label("reversibilities", one.row.reversibility)),
    (
        "rights",
        lambda one, words: (
            words.labels("touched_rights", one.instrument.rights) if one.instrument else words("response.unknown")
        ),
    ),
    ("indicators", content.indicators),
    ("rests_on", lambda one, words: one.row.source),
    ("marking", lambda one, words: marking_words(one.marking, words)),
)


def side_by_side(options: Sequence[OptionView], words: Words, *, lines: Sequence[Line] = LINES) -> Section:
    """The options beside each other, three to a table, with no score."""
    title = words("response.options")
    if not options:
        return Section("options", title, blocks=(Paragraph(say(words("response.no_options"))),))
    blocks = []
    for start in range(0, len(options), _BESIDE):
        held = options[start : start + _BESIDE]
        caption = words("response.options_part", first=start + 1, last=start + len(held), n=len(options))
        head = (words("response.part"), *(content.name(start + at, one, words) for at, one in enumerate(held, 1)))
        rows = tuple(
            (say(words(f"response.{key}")), *(content.cell(said(one, words), words) for one in held))
            for key, said in lines
        )
        blocks.append(Table(caption, head, rows, (2, *(4 for _ in held))))
    return Section("options", title, blocks=tuple(blocks))


def dialogue(options: Sequence[OptionView], words: Words) -> Section:
    """Whether talks and dialogue are among the options (P11)."""
    found = content.dialogue(options)
    text = words("response.dialogue_no")
    if found:
        text = words("response.dialogue_yes", what="; ".join(one.row.what for one in found))
    role = "" if found else "caution"
    return Section("dialogue", words("response.dialogue"), blocks=(Paragraph(say(text), role),))


def before(options: Sequence[OptionView], found: LikeCases, words: Words) -> Section:
    """Counts of coded incidents like this one for each option, with what they do not say."""
    title = words("response.before")
    cautions = Bullets(
        tuple(
            say(text)
            for text in (
                *response.like_cases_cautions(words.language),
                beside_sentence(EUREPOC, language=words.language),
            )
        )
    )
    if not found.coded:
        return Section("before", title, blocks=(Paragraph(say(words("response.before_none"))), cautions))
    names = {one.row.instrument: one.name(words.language) for one in options if one.instrument}
    cells = [(name, cell) for key, name in names.items() for cell in found.before[key].cells]
    lead = words("response.before_counted", stated=found.stated, unstated=found.unstated)
    blocks: list[Block] = [Paragraph(say(lead)), cautions]
    head = tuple(words(f"response.{key}") for key in ("instrument", "group", "figure"))
    rows = tuple((say(name), say(_group(cell, words)), say(_figure(cell, words))) for name, cell in cells)
    table = Table(words("response.before_table"), head, rows, (3, 3, 5))
    drawn = [(name, cell) for name, cell in cells if cell.shown]
    if drawn:
        alt = words("response.before_alt", n=len(drawn))
        blocks.append(Chart(words("response.before_chart"), alt, _intervals(drawn, words), table))
    elif rows:
        blocks.append(table)
    return Section("before", title, blocks=tuple(blocks))


def toolboxes(found: Mapped, words: Words, *, pillars: bool, empty: str = "missing") -> Section:
    """How many options stand in each type, toolbox and, where asked for, pillar; what no list maps is not mapped.

    `empty` names what is said of a pillar with neither option nor reason.
    """
    types = [(words.label("eu_hybrid_types", key), held) for key, held in found.by_type.items()]
    boxes = [(words.label("response_toolboxes", key), held) for key, held in found.by_toolbox.items()]
    boxes.append((words("response.not_mapped"), found.not_mapped))
    blocks: list[Block] = [
        _counted(words("response.by_type"), "type", types, words),
        _counted(words("response.by_toolbox"), "toolbox", boxes, words),
    ]
    if pillars:
        rows = tuple(
            (
                say(words.label("fimi_pillars", one.key)),
                say(str(len(one.options))),
                say(
                    _names(one.options, words)
                    or "; ".join(words("response.no_measure", reason=row.reason) for row in one.reasons)
                    or words(f"response.{empty}")
                ),
            )
            for one in found.pillars
        )
        head = tuple(words(f"response.{key}") for key in ("pillar", "n", "which"))
        blocks.append(Table(words("response.by_pillar"), head, rows, (3, 1, 5)))
    return Section("toolboxes", words("response.toolboxes"), blocks=tuple(blocks))


def effects(package: PackageView, words: Words) -> Section:
    """What was seen of each indicator against what was expected (R040)."""
    title = words("response.effects")
    rows = tuple(
        (
            say(f"{one.indicator.text} ({one.option.name(words.language)})"),
            say(one.option.row.theory),
            _seen(one, words),
        )
        for one in package.watched
    )
    if not rows:
        return Section("effects", title, blocks=(Paragraph(say(words("response.effects_none"))),))
    head = tuple(words(f"response.{key}") for key in ("indicator", "expected", "seen"))
    limit = Paragraph(say(words("response.effect_limit")), "small")
    return Section("effects", title, blocks=(Table(title, head, rows, (3, 4, 5)), limit))


def _seen(one: Any, words: Words) -> Text:
    told = [
        words(
            "response.seen_line",
            verdict=words.label("effect_verdicts", effect.verdict),
            seen=effect.seen,
            day=content.on_day(effect.observed_on, words),
        )
        for effect in one.effects
    ]
    day = content.on_day(one.indicator.observe_on, words)
    return say("; ".join(told) or words("response.seen_open" if one.open else "response.not_seen_yet", day=day))


def _counted(caption: str, first: str, rows: Iterable[tuple[str, Sequence[OptionView]]], words: Words) -> Table:
    head = (words(f"response.{first}"), words("response.n"), words("response.which"))
    body = tuple((say(label), say(str(len(held))), say(_names(held, words) or "–")) for label, held in rows)
    return Table(caption, head, body, (3, 1, 5))


def _names(held: Sequence[OptionView], words: Words) -> str:
    return ", ".join(one.name(words.language) for one in held)


def _group(cell: Cell, words: Words) -> str:
    return words.label(_CATALOGUES[cell.grouping], cell.group) if cell.grouping else words("response.all_cases")


def _figure(cell: Cell, words: Words) -> str:
    if not cell.shown or cell.share is None or cell.low is None or cell.high is None:
        return words("response.not_shown")
    share, low, high = (f"{100 * value:.0f}" for value in (cell.share, cell.low, cell.high))
    return words("response.named", used=cell.used, cases=cell.cases, share=share, low=low, high=high)


def _intervals(drawn: Sequence[tuple[str, Cell]], words: Words) -> dict[str, Any]:
    """A line for each cell from the lower to the upper end with a dot at the share, in the order given."""
    values = [
        {
            "name": f"{name} · {_group(cell, words)}",
            "low": 100 * (cell.low or 0),
            "share": 100 * (cell.share or 0),
            "high": 100 * (cell.high or 0),
        }
        for name, cell in drawn
    ]
    axis = {"title": words("response.before_axis")}
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 320}}
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": "container",
        "height": {"step": 20},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 4, "opacity": 0.35, "color": _ACCENT},
                "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1, "color": _ACCENT},
                "encoding": {"y": y, "x": {"field": "share", **x}},
            },
        ],
    }
