"""The option note of a case: what could be done, side by side, with dialogue, like cases and toolboxes (R028, R110)."""

from __future__ import annotations

from verband.language.markings import Marking, highest
from verband.rooms.reports.document import Document
from verband.rooms.reports.kinds import response_content as content
from verband.rooms.reports.kinds import response_sections as sections
from verband.rooms.reports.kinds.basis import Basis


def document(basis: Basis) -> Document:
    """The options of the case, or of the package, that the basis names. Raises NotFoundError("response.none")."""
    found, words = content.of_case(basis), basis.words
    like = content.like_cases(found, basis)
    boxes = content.toolboxes(found, found.options, basis)
    held = content.dialogue(found.options)
    lead = words(
        "response.option_lead",
        n=len(found.options),
        eu_nato=sum(one.row.channel in (content.EU, content.NATO) for one in found.options),
        dialogue=words("response.with_dialogue" if held else "response.without_dialogue"),
    )
    return content.made(
        basis,
        "option-note",
        name="option",
        title=found.package.row.title if found.package else found.case.row.title,
        case=found.case,
        package=found.package,
        marking=marking(basis),
        lead=lead if found.options else words("response.no_options"),
        sections=(
            content.asked(found.case, words),
            sections.side_by_side(found.options, words),
            sections.dialogue(found.options, words),
            sections.before(found.options, like, words),
            sections.toolboxes(boxes, words, pillars=boxes.fimi),
        ),
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of the case, its options, the incidents that were counted and the reasons that are told."""
    found = content.of_case(basis)
    boxes = content.toolboxes(found, found.options, basis)
    return highest(
        [
            *found.case.markings,
            *((found.package.marking,) if found.package else ()),
            *content.option_markings(found.options),
            *content.reason_markings(boxes),
            content.like_cases(found, basis).marking,
        ]
    )


def numbers(basis: Basis) -> dict[str, object]:
    """How many options there are by channel, type and goal, and the figures of like cases."""
    found = content.of_case(basis)
    boxes = content.toolboxes(found, found.options, basis)
    like = content.like_cases(found, basis)
    return {
        "options": [
            {"instrument": one.row.instrument, "channel": one.row.channel, "eu_type": one.row.eu_type}
            for one in found.options
        ],
        "by_eu_type": {key: len(held) for key, held in boxes.by_type.items()},
        "dialogue": bool(content.dialogue(found.options)),
        "like_cases": {
            key: [[cell.grouping, cell.group, cell.used, cell.cases] for cell in one.cells]
            for key, one in like.before.items()
        },
    }
