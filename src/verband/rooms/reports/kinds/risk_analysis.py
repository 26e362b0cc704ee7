"""The risk analysis: what the scenarios come to, as intervals, who judged what, and who sees it otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verband.language.markings import Marking, highest
from verband.rooms.reports.document import Block, Bullets, Chart, Document, Paragraph, Section, Span, Table, Text, say
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.heading import headed
from verband.rooms.reports.kinds.picture import marking_words
from verband.rooms.reports.words import Words
from verband.rooms.risk.scenarios import services as risk
from verband.rooms.risk.scenarios.services import Judged, Risk, ScenarioView


def document(basis: Basis) -> Document:
    """All scenarios that the reader may see; every page says so while a part of the method is not verified."""
    words, (views, risks) = basis.words, _found(basis)
    cells = risk.unverified(risks, words.language)
    sections = (_overview(views, risks, basis), *_ranks(views, risks, basis))
    sections += tuple(_scenario(view, risks.get(view.key), basis) for view in views)
    sections += (_how(views, words), *_cells(cells, words))
    return headed(
        basis,
        "risk-analysis",
        title=words("risk_analysis.title"),
        subtitle="risk_analysis.subtitle",
        what=words("risk_analysis.what_text"),
        marking=marking(basis),
        summary=_summary(views, risks, len(cells), words),
        sections=sections if views else (),
        notice=words("risk_analysis.notice") if cells else "",
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of the scenarios and of what they rest on."""
    return highest([view.marking for view in _found(basis)[0]])


def numbers(basis: Basis) -> dict[str, object]:
    """One row for each scenario, and how many parts of the method are not verified."""
    rows = risk.scenario_rows(basis.who, basis.words.language, now=basis.now, known_on=basis.known_on)
    return {"scenarios": rows, "unverified": len(risk.unverified(_found(basis)[1], basis.words.language))}


def _found(basis: Basis) -> tuple[Sequence[ScenarioView], Mapping[str, Risk]]:
    return risk.scenarios(basis.who, now=basis.now, known_on=basis.known_on)


def _summary(views: Sequence[ScenarioView], risks: Mapping[str, Risk], cells: int, words: Words) -> tuple[Block, ...]:
    if not views:
        return (Paragraph(say(words("risk_analysis.none")), "lead"),)
    lead = words(
        "risk_analysis.lead",
        n=len(views),
        weighed=len(risks),
        missing=sum(bool(one.missing) for one in risks.values()),
        dissents=sum(one.dissents for one in risks.values()),
    )
    caution = (Paragraph(say(words("risk_analysis.unverified", n=cells)), "caution"),) if cells else ()
    return (Paragraph(say(lead), "lead"), *caution)


def _overview(views: Sequence[ScenarioView], risks: Mapping[str, Risk], basis: Basis) -> Section:
    words = basis.words
    head = tuple(words(f"risk_analysis.{name}") for name in ("scenario", "theme", "impact", "chance", "experts"))
    rows = tuple(_row(number, view, risks.get(view.key), words) for number, view in enumerate(views, start=1))
    table = Table(words("risk_analysis.overview"), head, rows, (5, 4, 4, 4, 2))
    blocks: tuple[Block, ...] = (table,)
    if risks:
        figure = risk.risk_diagram(views, risks, words.language, basis.who)
        alt = words("risk_analysis.diagram_alt", n=len(risks))
        drawn = Table(
            words("risk_analysis.diagram"),
            tuple(figure.table["head"]),
            tuple(tuple(say(str(cell)) for cell in row) for row in figure.table["rows"]),
        )
        blocks = (Chart(words("risk_analysis.diagram"), alt, figure.spec, drawn), table)
    return Section("overview", words("risk_analysis.overview"), blocks=blocks)


def _row(number: int, view: ScenarioView, found: Risk | None, words: Words) -> tuple[Text, ...]:
    head = (say(f"{number}. {view.title(words.language)}"), say(words.label("themes", view.theme)))
    if found is None:
        return (*head, say(words("risk_analysis.not_scored")), say("–"), say("–"))
    return (*head, say(_impact(found, words)), say(_chance(found, words)), say(str(found.experts)))


def _ranks(views: Sequence[ScenarioView], risks: Mapping[str, Risk], basis: Basis) -> tuple[Section, ...]:
    words, found = basis.words, risk.scenario_order(views, risks)
    if not found:
        return ()
    titles = {view.key: view.title(words.language) for view in views}
    head = (words("risk_analysis.scenario"), *(words("risk_analysis.rank", base=one.base) for one in found))
    rows = tuple(
        (say(titles[key]), *(say(f"{one.low[at]} – {one.median[at]} – {one.high[at]}") for one in found))
        for at, key in enumerate(found[0].scenarios)
    )
    lead = Paragraph(say(words("risk_analysis.ranks_lead")), "small")
    title = words("risk_analysis.ranks")
    return (Section("ranks", title, blocks=(lead, Table(title, head, rows))),)


def _scenario(view: ScenarioView, found: Risk | None, basis: Basis) -> Section:
    words = basis.words
    blocks: list[Block] = [Paragraph(say(Span(view.text, lang=_other(view.language, words))))]
    if found is not None:
        lead = f"{words('risk_analysis.impact')}: {_impact(found, words)}. "
        lead += f"{words('risk_analysis.chance')}: {_chance(found, words)}."
        blocks.append(Paragraph(say(lead), "lead"))
        blocks.append(Paragraph(say(_basis(found, words)), "small"))
        if found.missing:
            names = ", ".join(risk.criterion_name(view, key, words.language) for key in found.missing)
            blocks.append(Paragraph(say(words("risk_analysis.missing", criteria=names)), "caution"))
        session = risk.judged(view, found, basis.who, words.language, known_on=basis.known_on)
        blocks += _judged(session, words)
    else:
        blocks.append(Paragraph(say(words("risk_analysis.not_scored")), "caution"))
    blocks += _rests(view, words)
    return Section(
        f"scenario-{view.key}", view.title(words.language), marking_words(view.marking, words), tuple(blocks)
    )


def _basis(found: Risk, words: Words) -> str:
    if found.basis == "experts":
        return words("risk_analysis.basis_experts", n=found.experts, session=found.session)
    before = found.of_experts.boxes[found.base]
    impact = _spread(before.impact_low, before.impact_median, before.impact_high, words)
    return words("risk_analysis.basis_agreed", n=found.experts, session=found.session, impact=impact)


def _judged(judged: Sequence[Judged], words: Words) -> list[Block]:
    head = tuple(words(f"risk_analysis.{name}") for name in ("criterion", "given", "agreed"))
    rows = tuple((say(one.name), say(one.given or "–"), say(one.agreed or "–")) for one in judged)
    lines = [
        say(
            words(
                "risk_analysis.dissent_line",
                who=who or words("risk_analysis.expert", letter=letter),
                criterion=one.name,
                lower=lower,
                expected=expected,
                upper=upper,
            ),
            f"“{text}”",
        )
        for one in judged
        for who, letter, (lower, expected, upper), text in one.dissents
    ]
    blocks: list[Block] = [Table(words("risk_analysis.scores"), head, rows, (4, 7, 2))]
    if lines:
        blocks += [Paragraph(say(Span(words("risk_analysis.dissent"), style="strong"))), Bullets(tuple(lines))]
    return blocks


def _rests(view: ScenarioView, words: Words) -> list[Block]:
    lines = []
    for link in view.standing_links:
        old = f" ({words('risk_analysis.old', day=link.valid_until.isoformat())})" if link.old else ""
        lines.append(say(Span(link.title or link.kind, style="strong"), f": {link.text}{old}"))
    title = Paragraph(say(Span(words("risk_analysis.rests"), style="strong")))
    return [title, Bullets(tuple(lines))] if lines else [Paragraph(say(words("risk_analysis.rests_none")), "small")]


def _how(views: Sequence[ScenarioView], words: Words) -> Section:
    base = views[0].method.bases[0].value if views else 3
    text = Paragraph(say(words("risk_analysis.how_text", base=base)))
    return Section("how", words("risk_analysis.how"), blocks=(text,))


def _cells(cells: Sequence[tuple[str, str]], words: Words) -> tuple[Section, ...]:
    if not cells:
        return ()
    title = words("risk_analysis.cells")
    head = (words("risk_analysis.part"), words("risk_analysis.source"))
    rows = tuple((say(name), say(Span(source, lang=_other("en", words)))) for name, source in cells)
    return (Section("cells", title, blocks=(Table(title, head, rows, (2, 3)),)),)


def _impact(found: Risk, words: Words) -> str:
    return _spread(found.box.impact_low, found.box.impact_median, found.box.impact_high, words)


def _chance(found: Risk, words: Words) -> str:
    box = found.box
    if box.chance_low is None or box.chance_high is None or box.chance_median is None:
        return words("risk_analysis.unknown")
    return " – ".join(words.percent(share) for share in (box.chance_low, box.chance_median, box.chance_high))


def _spread(low: float, middle: float | None, high: float, words: Words) -> str:
    ends = words.decimal(low, 3), words.decimal(high, 3)
    if middle is None:
        return f"{ends[0]} – {ends[1]} ({words('risk_analysis.no_middle')})"
    return f"{ends[0]} – {words.decimal(middle, 3)} – {ends[1]}"


def _other(language: str, words: Words) -> str:
    return "" if language == words.language else language
