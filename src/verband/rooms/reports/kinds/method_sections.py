"""Sources, method and limits: what the report rests on and what it cannot say."""

from __future__ import annotations

from verband.rooms.campaigns import charts, run_words
from verband.rooms.picture import services as picture
from verband.rooms.reports.document import Block, Bullets, Chart, Paragraph, Section, Span, Table, say
from verband.rooms.reports.kinds.basis import Basis

_ALWAYS = ("chosen", "chance", "neutral", "certainty", "protest")


def method(basis: Basis) -> Section:
    """What the method is, what this data could have shown, and the settings with which the run can be made again."""
    words, run = basis.words, basis.run
    lines = [words(f"method.{name}") for name in _ALWAYS]
    blocks: list[Block] = []
    if run is not None:
        lines.insert(1, run.limits(words.language) or words("method.shown_unknown"))
        rows = [
            (words("head.run"), f"{run.pk}, {words.day(run.run_at)}"),
            (words("columns.method"), f"{words.label('methods', run.method)} {run.method_version}"),
            (words("method.worlds"), str(len(run.null_best))),
            *(_setting(str(name), value) for name, value in run.parameters.items()),
            (words("method.digest"), run.input_digest),
        ]
        head = (words("columns.part"), words("columns.value"))
        cells = tuple((say(name), say(value)) for name, value in rows)
        blocks += _null(basis)
        blocks.append(Table(words("method.table"), head, cells, (1, 3)))
    text = Bullets(tuple(say(line) for line in lines))
    return Section("method", words("method.title"), blocks=(text, *blocks))


def sources(basis: Basis) -> Section:
    """What was cited, by number, and the collections that were read. Made last: the numbers come from the rest."""
    words = basis.words
    found: list[Block] = list(basis.citations.tables())
    blocks: list[Block] = [Paragraph(say(words("sources.lead")))] if found else [Paragraph(say(words("sources.none")))]
    read = {record.source for view in basis.incidents for record in view.records}
    rows = tuple(
        (
            say(source.name),
            say(source.publisher or "–"),
            say(Span(source.address, href=source.address)) if source.address.startswith("http") else say("–"),
            say(source.licence or "–"),
        )
        for source, _ in picture.sources(basis.who.ceiling)
        if source.key in read
    )
    head = tuple(words(f"sources.{name}") for name in ("collection", "publisher", "address", "licence"))
    if rows:
        found.append(Table(words("sources.collections"), head, rows, (4, 3, 4, 3)))
    return Section("sources", words("sources.title"), blocks=(*blocks, *found))


def _null(basis: Basis) -> list[Block]:
    """The strongest group against the best group of each shuffled world."""
    words, run = basis.words, basis.run
    if run is None or not run.null_best or not basis.rows:
        return []
    figure = charts.null_strengths(run.null_best, basis.rows[0].strength, words.language, thin=run.thin)
    table = Table(
        words("method.null_table"),
        tuple(str(cell) for cell in figure.table["head"]),
        tuple(tuple(say(str(cell)) for cell in row) for row in figure.table["rows"]),
    )
    return [Chart(words("method.null"), words("method.null_alt", worlds=len(run.null_best)), dict(figure.data), table)]


def _setting(name: str, value: object) -> tuple[str, str]:
    """A setting of the run, named as on the page of a campaign."""
    text = ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)
    row = run_words.setting_row(name, "-" if value is None else text or "-")
    return row["name"], row["value"]
