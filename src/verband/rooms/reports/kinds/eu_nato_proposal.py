"""The proposal for EU and NATO: the options of those channels by the categories of their toolboxes (R031, R035, R036).

No name of an account, of an asked party or of an executing unit stands in it, and nothing of the advice.
"""

from __future__ import annotations

from verband.language.markings import Marking, highest
from verband.rooms.reports.document import Document, Section
from verband.rooms.reports.kinds import response_content as content
from verband.rooms.reports.kinds import response_sections as sections
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.words import Words
from verband.rooms.response.services import CaseView, OptionView

_CHANNELS = (content.EU, content.NATO)
#: Who decides and executes here, what it rests on, what it costs us, and the reaction that we expect.
_LEFT_OUT = frozenset({"gate", "owner", "downside", "chances", "risks", "reaction", "rests_on", "marking"})


def document(basis: Basis) -> Document:
    """The options through the EU and NATO of the case or package. Raises NotFoundError("response.none")."""
    found, words = content.of_case(basis), basis.words
    options = _options(found)
    boxes = content.toolboxes(found, options, basis)
    counts = {key: sum(one.row.channel == key for one in options) for key in _CHANNELS}
    lines = [line for line in sections.LINES if line[0] not in _LEFT_OUT]
    return content.made(
        basis,
        "eu-nato-proposal",
        name="proposal",
        title=_about(found.case, words),
        case=found.case,
        package=found.package,
        marking=marking(basis),
        lead=words("response.proposal_lead", **counts) if options else words("response.proposal_none"),
        sections=(
            _aims(found.case, words),
            sections.side_by_side(options, words, lines=lines),
            sections.toolboxes(boxes, words, pillars=boxes.fimi, empty="none_through"),
        ),
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of the case, what it is about, the options and the reasons that are told."""
    found = content.of_case(basis)
    options = _options(found)
    return highest(
        [
            found.case.marking,
            *((found.case.subject.marking,) if found.case.subject else ()),
            *((found.package.marking,) if found.package else ()),
            *content.option_markings(options),
            *content.reason_markings(content.toolboxes(found, options, basis)),
        ]
    )


def numbers(basis: Basis) -> dict[str, object]:
    """How many options go through each channel, and by type of the EU hybrid toolbox."""
    found = content.of_case(basis)
    options = _options(found)
    boxes = content.toolboxes(found, options, basis)
    return {
        "channels": {key: sum(one.row.channel == key for one in options) for key in _CHANNELS},
        "by_eu_type": {key: len(held) for key, held in boxes.by_type.items()},
        "information_manipulation": boxes.fimi,
    }


def _options(found: content.Content) -> tuple[OptionView, ...]:
    return tuple(one for one in found.options if one.row.channel in _CHANNELS and one.row.withdrawn_at is None)


def _about(case: CaseView, words: Words) -> str:
    """What happened, in its own name: the title of a case may be an internal one."""
    return case.subject.name(words.language) if case.subject else words("response.about_hidden")


def _aims(case: CaseView, words: Words) -> Section:
    title = words("response.proposed")
    rows = (
        ("about", _about(case, words)),
        ("aims", words.labels("response_goals", case.row.aims)),
        ("severity", words.label("response_severities", case.row.severity)),
    )
    return Section("proposed", title, blocks=(content.facts(title, rows, words),))
