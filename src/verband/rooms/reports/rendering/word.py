"""The document as DOCX: real headings, header rows, alternative texts, languages, its marking on every page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from verband.rooms.reports.document import Block, Bullets, Chart, Document, Paragraph, Section, Span, Table
from verband.rooms.reports.rendering import figures

_FONT = "Noto Sans"
_INK, _SOFT, _ACCENT, _WARNING = (RGBColor.from_string(code) for code in ("16202E", "566174", "1B4B8A", "A3480F"))
_TLP_INK = {"CLEAR": "FFFFFF", "GREEN": "33FF00", "AMBER": "FFC000", "RED": "FF4D4D"}
_SIZES = {
    "Title": 26,
    "Subtitle": 13,
    "Heading 1": 16,
    "Heading 2": 12.5,
    "Heading 3": 10.5,
    "Normal": 10,
    "Caption": 9,
}
_LINE_CM = 16.8


def render(document: Document, *, made_at: datetime) -> bytes:
    """The bytes of the file; the same document and moment give the same bytes."""
    file = docx.Document()
    _properties(file, document, made_at)
    _styles(file, document.language)
    _page(file, document)
    file.add_paragraph(document.title, style="Title")
    file.add_paragraph(document.subtitle, style="Subtitle")
    for name, value in document.facts:
        line = file.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.add_run(f"{name}: ").bold = True
        line.add_run(value)
    for block in document.summary:
        _block(file, block, document.language)
    for section in document.sections:
        _section(file, section, document, 1)
    return _packed(file)


def _section(file: Any, section: Section, document: Document, level: int) -> None:
    heading = file.add_heading(section.title, level=level)
    if section.new_page:
        heading.paragraph_format.page_break_before = True
    if section.marking and section.marking != document.marking:
        run = file.add_paragraph().add_run(f"{document.labels['marking']}: {section.marking}")
        run.font.size, run.font.color.rgb, run.bold = Pt(8.5), _SOFT, True
    for block in section.blocks:
        _block(file, block, document.language)
    for child in section.sections:
        _section(file, child, document, min(level + 1, 3))


def _block(file: Any, block: Block, language: str) -> None:
    if isinstance(block, Paragraph):
        paragraph = file.add_paragraph()
        _spans(paragraph, block.text)
        if block.role == "small":
            for run in paragraph.runs:
                run.font.size, run.font.color.rgb = Pt(9), _SOFT
        elif block.role == "caution":
            _bar(paragraph)
    elif isinstance(block, Bullets):
        for line in block.lines:
            _spans(file.add_paragraph(style="List Bullet"), line)
    elif isinstance(block, Table):
        _table(file, block)
    else:
        _chart(file, block, language)


def _spans(paragraph: Any, spans: Sequence[Span]) -> None:
    for span in spans:
        run = _link(paragraph, span) if span.href else paragraph.add_run(span.text)
        run.bold = True if span.style == "strong" else None
        run.italic = True if span.style == "em" else None
        if span.lang:
            _language(run._r.get_or_add_rPr(), span.lang)


def _link(paragraph: Any, span: Span) -> Any:
    from docx.text.run import Run

    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(span.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = Run(OxmlElement("w:r"), paragraph)
    run.text = span.text
    run.font.color.rgb, run.font.underline = _ACCENT, True
    element.append(run._r)
    paragraph._p.append(element)
    return run


def _table(file: Any, table: Table) -> None:
    caption = file.add_paragraph(table.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    made = file.add_table(rows=1, cols=len(table.head), style="Table Grid")
    made.autofit = False
    _described(made, table.caption)
    widths = table.widths or (1,) * len(table.head)
    for cell, words in zip(made.rows[0].cells, table.head, strict=True):
        run = cell.paragraphs[0].add_run(words)
        run.bold, run.font.size = True, Pt(8.5)
    _mark(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for row in table.rows:
        added = made.add_row()
        _mark(added._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, text in zip(added.cells, row, strict=True):
            _spans(cell.paragraphs[0], text)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8.5)
    for place, width in enumerate(widths):
        for cell in made.columns[place].cells:
            cell.width = Cm(_LINE_CM * width / sum(widths))
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _chart(file: Any, chart: Chart, language: str) -> None:
    caption = file.add_paragraph(chart.title, style="Caption")
    caption.paragraph_format.keep_with_next = True
    shape = file.add_picture(io.BytesIO(figures.png(chart, language=language)), width=Cm(_LINE_CM * chart.share / 100))
    properties = shape._inline.docPr
    properties.set("descr", chart.alt)
    properties.set("title", chart.title)
    _table(file, chart.table)


def _page(file: Any, document: Document) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.1)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.alignment = footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if document.notice:
        run = header.add_run(f"{document.notice}   ")
        run.bold, run.font.color.rgb = True, RGBColor.from_string("A3480F")
    _badge(header, document)
    footer.add_run(f"{document.labels['footer']}   ")
    _badge(footer, document)
    footer.add_run(f"   {document.labels['page']} ")
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")
    for run in (*header.runs, *footer.runs):
        run.font.size = Pt(8)


def _badge(paragraph: Any, document: Document) -> None:
    run = paragraph.add_run(f" {document.marking} ")
    run.bold = True
    run.font.color.rgb = RGBColor.from_string(_TLP_INK.get(document.tlp.partition("+")[0], "FFFFFF"))
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "000000")):
        shade.set(qn(name), value)
    run._r.get_or_add_rPr().append(shade)


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _styles(file: Any, language: str) -> None:
    for name, size in _SIZES.items():
        style = file.styles[name]
        style.font.name, style.font.size, style.font.italic = _FONT, Pt(size), False
        style.font.color.rgb = _SOFT if name in ("Subtitle", "Caption", "Heading 3") else _INK
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
    defaults = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    _language(defaults, language)
    file.styles["Normal"].paragraph_format.space_after = Pt(5)


def _properties(file: Any, document: Document, made_at: datetime) -> None:
    core = file.core_properties
    core.title, core.author, core.language = (
        f"{document.title} – {document.subtitle}"[:255],
        "Verband",
        document.language,
    )
    core.subject, core.comments = document.marking[:255], ""
    core.created = core.modified = made_at.replace(microsecond=0, tzinfo=None)
    core.last_modified_by = "Verband"


def _language(properties: Any, language: str) -> None:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), {"nl": "nl-NL", "en": "en-GB"}.get(language, language))
    properties.append(element)


def _described(table: Any, words: str) -> None:
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), words)
    table._tbl.tblPr.append(element)


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _bar(paragraph: Any) -> None:
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("w:val", "single"), ("w:sz", "16"), ("w:space", "8"), ("w:color", str(_WARNING))):
        left.set(qn(name), value)
    borders.append(left)
    paragraph._p.get_or_add_pPr().append(borders)


def _packed(file: Any) -> bytes:
    """The file as a zip whose parts carry no clock."""
    loose, packed = io.BytesIO(), io.BytesIO()
    file.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
