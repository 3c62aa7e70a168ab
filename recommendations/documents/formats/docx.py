"""Building blocks of our Word documents: pages, headings, facts, tables with repeated heading rows. No content.
Tables are built from XML elements, as python-docx looks up each cell anew, which is slow for hundreds of rows.
"""

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from recommendations.documents.formats.export_cover import ExportCover
from recommendations.documents.formats.reproducible_zip import for_xml, pack_reproducibly
from recommendations.domain.text.markdown import TextRun
from recommendations.periods import say

SANS, SERIF = "Calibri", "Cambria"
INK, MUTED, DEEP = "16181D", "454A55", "0D3B46"
HAIR, WASH = "B9BDC6", "E2ECEE"
MARGIN, INDENT = 18, 7  # millimetres
HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK
# Our styles: name, base style, points, colour, bold, space after in points.
STYLES = (
    ("Cell", "Normal", 9, INK, False, 0),
    ("Cell strong", "Cell", 9, INK, True, 0),
    ("Cell second", "Cell", 8.5, MUTED, False, 0),
    ("Cell head", "Cell", 9, INK, True, 0),
    ("Second", "Normal", 9.5, MUTED, False, 6),
    ("Verbatim", "Normal", 10.5, INK, False, 5),
)
HEADINGS = (("Title", 20, 2), ("Heading 1", 14, 4), ("Heading 2", 11.5, 3), ("Heading 3", 10.5, 2))


class WordParagraph(NamedTuple):
    """A paragraph: its text, and the name of its style."""

    text: str
    style: str = "Cell"


type Cells = Sequence[list[WordParagraph]]  # of a row, one list for each column


class WordFile:
    """A document being written, top down. Unless `titled`, it has no title at the start."""

    def __init__(self, about: ExportCover, *, wide: bool = False, titled: bool = True, margin: float = MARGIN) -> None:
        self.about = about
        self.document: Document = docx.Document()
        _style(self.document)
        _describe(self.document, about)
        self.width = _lay_out(self.document, wide, margin)
        _margins(self.document, about, self.width)
        if titled:
            self.document.add_paragraph(for_xml(about.title), style="Title")

    def style(
        self,
        name: str,
        points: float,
        *,
        bold: bool = False,
        before: float = 0.0,
        after: float = 0.0,
        font: str = SANS,
        ruled: bool = False,
    ) -> None:
        """Add a style to this document; a `ruled` one has a line below it. Its paragraphs are kept with the next."""
        made = _add_style(self.document, name, "Normal", points, INK, bold, after)
        _letters(made, points, INK, bold, after, font)
        made.paragraph_format.space_before, made.paragraph_format.keep_with_next = Pt(before), True
        if ruled:
            line = _element("w:pBdr")
            line.append(_element("w:bottom", val="single", sz=16, space=4, color=INK))
            made.element.pPr.insert_element_before(line, "w:spacing")

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(for_xml(text), level)

    def say(self, text: str, style: str = "Normal") -> None:
        """Add a paragraph, unless the text is empty."""
        if text:
            self.document.add_paragraph(for_xml(text), style=style)

    def say_in(self, runs: Iterable[TextRun], style: str = "Normal", level: int = 0) -> None:
        """Add a paragraph of runs (domain/text/markdown.py): bold, italics, superscript marks, links. `level`
        indents it."""
        paragraph = self.document.add_paragraph(style=style)
        if level:
            paragraph.paragraph_format.left_indent = Mm(INDENT * (level + 1))
        for run in runs:
            _add_run(self.document, paragraph, run)

    def listed(self, runs: Iterable[TextRun], level: int) -> None:
        """Add a list item whose mark, the first run, is printed as it is. Nested lists are indented."""
        mark, *said = runs
        paragraph = self.document.add_paragraph(style="Normal")
        paragraph.paragraph_format.left_indent = Mm(INDENT * (level + 1))
        paragraph.paragraph_format.first_line_indent = Mm(-INDENT)
        paragraph.add_run(for_xml(f"{mark.text}\t"))
        for run in said:
            _add_run(self.document, paragraph, run)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Add labels and values in two columns; empty values are left out."""
        rows = [([WordParagraph(label, "Cell second")], [WordParagraph(said)]) for label, said in pairs if said]
        if rows:
            self._insert_table(_table([38, self.width - 38], [_row(row, [38, self.width - 38]) for row in rows]))

    def table(
        self, head: tuple[str, ...], shares: tuple[int, ...], rows: Iterable[Cells], lines: tuple[str, ...] = ()
    ) -> None:
        """Add a table whose heading row repeats on each page. `shares` divide the width; a row has a list of
        WordParagraphs for each column. `lines` are the border styles above the headings, one for each voice."""
        widths = [self.width * share / sum(shares) for share in shares]
        first = _row([[WordParagraph(text, "Cell head")] for text in head], widths, head=True, lines=lines)
        self._insert_table(_table(widths, [first, *(_row(row, widths) for row in rows)]))

    def side_by_side(self, widths: tuple[float, ...], *columns: list[WordParagraph]) -> None:
        """Columns without borders, with widths in millimetres: the addressee of a letter, and its details."""
        self._insert_table(_table(list(widths), [_row(columns, list(widths))], ruled=False))

    def _insert_table(self, table: BaseOxmlElement) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, table)  # before the section properties
        self.document.add_paragraph(style="Cell")

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return pack_reproducibly(out.getvalue(), self.about.at)


def _add_run(document: Document, paragraph: Paragraph, run: TextRun) -> None:
    """Add a run with its formatting. A link becomes a Word hyperlink."""
    made = paragraph.add_run(for_xml(run.mark or run.text))
    made.bold, made.italic = run.strong or None, run.em or None
    made.font.superscript = True if run.mark else None
    if run.link:
        made.font.underline = True
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), document.part.relate_to(for_xml(run.link), HYPERLINK, is_external=True))
        made._r.addprevious(link)
        link.append(made._r)


def _style(document: Document) -> None:
    styles = document.styles
    styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "en-GB")
    normal = styles["Normal"]
    _letters(normal, 10.5, INK, False, 5)
    for name, base, points, colour, bold, after in STYLES:
        _add_style(document, name, base, points, colour, bold, after)
    _letters(styles["Verbatim"], *STYLES[-1][2:], font=SERIF)
    styles["Verbatim"].paragraph_format.left_indent = Mm(4)
    for name, points, after in HEADINGS:
        _letters(styles[name], points, DEEP if name != "Heading 3" else INK, True, after)
        _remove_title_line(styles[name])
        styles[name].paragraph_format.space_before = Pt(0 if name == "Title" else points)


def _add_style(
    document: Document, name: str, base: str, points: float, colour: str, bold: bool, after: float
) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = document.styles[base], True
    _letters(style, points, colour, bold, after)
    return style


def _letters(style: ParagraphStyle, points: float, colour: str, bold: bool, after: float, font: str = SANS) -> None:
    style.font.name, style.font.size, style.font.bold = font, Pt(points), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # theme fonts would override named ones
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), font)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(after), 1.05


def _remove_title_line(style: ParagraphStyle) -> None:
    """Remove the line that Word's default template has below a title."""
    for line in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
        line.getparent().remove(line)


def _describe(document: Document, about: ExportCover) -> None:
    said = document.core_properties
    said.title, said.author, said.subject = for_xml(about.title), for_xml(about.office or about.by), about.marking
    said.last_modified_by, said.comments, said.language = for_xml(about.by), "", "en-GB"
    said.created = said.modified = about.at.astimezone(datetime.UTC).replace(tzinfo=None)
    said.revision = 1


def _lay_out(document: Document, wide: bool, margin: float) -> float:
    """A4, landscape if `wide`. Returns the text width in millimetres."""
    section = document.sections[0]
    width, height = (297, 210) if wide else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(margin)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(9)
    return width - 2 * margin


def _margins(document: Document, about: ExportCover, width: float) -> None:
    """Header and footer: the marking above; below, the title, its day and the page number."""
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.style = foot.style = document.styles["Cell second"]
    head.alignment = 1
    head.add_run(about.marking).bold = True
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    title = about.title if len(about.title) <= 90 else f"{about.title[:89]}…"
    foot.add_run(for_xml(f"{title}, {say(about.as_at)}\tPage "))
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = _element("w:r")
    run.append(_text("1"))
    field.append(run)
    paragraph._p.append(field)


def _element(tag: str, **attributes: object) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _text(words: str) -> BaseOxmlElement:
    text = _element("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    return text


def _twips(millimetres: float) -> int:
    return round(millimetres * 56.693)


def _table(widths: list[float], rows: list[BaseOxmlElement], ruled: bool = True) -> BaseOxmlElement:
    table, about, grid = _element("w:tbl"), _element("w:tblPr"), _element("w:tblGrid")
    about.append(_element("w:tblW", w=_twips(sum(widths)), type="dxa"))
    if ruled:
        about.append(_borders())
    about.append(_element("w:tblLayout", type="fixed"))
    about.append(_cell_margins())
    for width in widths:
        grid.append(_element("w:gridCol", w=_twips(width)))
    for part in (about, grid, *rows):
        table.append(part)
    return table


def _borders() -> BaseOxmlElement:
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz=4, space=0, color=HAIR))
    return borders


def _cell_margins() -> BaseOxmlElement:
    margins = _element("w:tblCellMar")
    for side, twips in (("top", 45), ("left", 70), ("bottom", 45), ("right", 70)):
        margins.append(_element(f"w:{side}", w=twips, type="dxa"))
    return margins


def _row(cells: Cells, widths: list[float], head: bool = False, lines: tuple[str, ...] = ()) -> BaseOxmlElement:
    """A row. Short rows do not break across pages; the heading row repeats on each."""
    row, about = _element("w:tr"), _element("w:trPr")
    if head or sum(len(piece.text) for pieces in cells for piece in pieces) < 1_500:
        about.append(_element("w:cantSplit"))
    if head:
        about.append(_element("w:tblHeader"))
    row.append(about)
    above = lines or ("",) * len(widths)
    for pieces, width, line in zip(cells, widths, above, strict=True):
        row.append(_cell(pieces, width, head, line))
    return row


def _cell(pieces: list[WordParagraph], width: float, head: bool, line: str) -> BaseOxmlElement:
    cell, about = _element("w:tc"), _element("w:tcPr")
    about.append(_element("w:tcW", w=_twips(width), type="dxa"))
    if line:
        borders = _element("w:tcBorders")
        borders.append(_element("w:top", val=line, sz=12 if line != "double" else 6, space=0, color=INK))
        about.append(borders)
    if head:
        about.append(_element("w:shd", val="clear", color="auto", fill=WASH))
    cell.append(about)
    for piece in [piece for piece in pieces if piece.text] or [WordParagraph("")]:
        cell.append(_paragraph(piece))
    return cell


def _paragraph(piece: WordParagraph) -> BaseOxmlElement:
    paragraph, about, run = _element("w:p"), _element("w:pPr"), _element("w:r")
    about.append(_element("w:pStyle", val=piece.style.replace(" ", "")))
    paragraph.append(about)
    for number, line in enumerate(for_xml(piece.text).replace("\t", " ").split("\n")):
        if number:
            run.append(_element("w:br"))
        run.append(_text(line))
    paragraph.append(run)
    return paragraph
