"""Read Word documents (.docx) as rows: headings, paragraphs with their printed numbers, bullets, table cells, notes."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.handler import ContentHandler

import docx
from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse as parse_safely
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATED
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from recommendations.exchange.readers.docx_numbering import Numbering
from recommendations.exchange.readers.errors import TOO_COMPLICATED, Unreadable

DAMAGED = "This Word document is damaged or is not one. Open it in Word, save it again as .docx and bring that in."
MACROS = "This Word document has macros in it. Save it in Word as a .docx without macros and bring that in."
HOSTILE = "This Word document holds instructions that a document should not have. Copy the text and paste it instead."
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2_000
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LONGEST_HEADING = 100
SKIPPED = {qn(f"w:{tag}") for tag in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
STRUCK = ("strike", "dstrike", "vanish")
CONTAINERS = {qn(f"w:{tag}") for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}


def rows(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of a .docx. Raises Unreadable."""
    _check_the_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        return DocxReader(document).rows()
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever python-docx and lxml raise for a damaged package
        raise Unreadable(DAMAGED) from error


def _check_the_package(data: bytes) -> None:
    """Refuse zip bombs, macros, and XML that defines or fetches entities, before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable(TOO_COMPLICATED)
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("This Word document is protected by a password. Remove it and bring it in again.")
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise Unreadable(MACROS)
            if "word/document.xml" not in package.namelist() and "[Content_Types].xml" not in package.namelist():
                raise Unreadable(DAMAGED)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    parse_safely(package.open(part), ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(HOSTILE) from error
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # zipfile, zlib and expat each have their own
        raise Unreadable(DAMAGED) from error


type Place = tuple[int, int, int]  # a cell's table, row and column


class DocxReader:
    """Walks the document once, in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.part = document.part
        self.numbering = Numbering(document)
        self.notes: list[tuple[str, str, str]] = []  # mark, kind of note, id
        self.tables = 0
        names = {style.style_id: style.name or "" for style in document.styles}
        self.depths = {key: int(name[-1]) - 1 for key, name in names.items() if re.match(r"List \w+ [2-5]$", name)}
        self.headings = {style.style_id: self._level_of(style) for style in document.styles if style.type == 1}
        self.struck = {style.style_id for style in document.styles if _is_struck_by(style)}
        self.carried = ""  # the text before a paragraph mark that was deleted with changes tracked

    def rows(self) -> list[dict[str, Any]]:
        body = list(self._blocks(self.document.element.body))
        notes = [row for mark, kind, number in self.notes for row in self._note(mark, kind, number)]
        return [*self._margins("header"), *body, *notes, *self._margins("footer")]

    def _blocks(self, parent: Any, cell: Place | None = None, spans: int = 1) -> Iterator[dict[str, Any]]:
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                for row in self._paragraph(child):
                    yield self._cell_row(row, cell, spans)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child) if cell is None else self._nested_blocks(child, cell, spans)
            elif child.tag in CONTAINERS:
                yield from self._blocks(child, cell, spans)
            if self.carried and child.getnext() is None:
                text, self.carried = self.carried, ""
                yield self._cell_row({"kind": "paragraph", "text": text, "level": 0}, cell, spans)

    @staticmethod
    def _cell_row(row: dict[str, Any], cell: Place | None, spans: int) -> dict[str, Any]:
        if cell is None:
            return row
        kind = row["kind"] if row["kind"] == "bullet" else "cell"
        return {**row, "kind": kind, "cell": cell, "rows": spans}

    def _nested_blocks(self, table: Any, cell: Place, spans: int) -> Iterator[dict[str, Any]]:
        for inner in table.iter(qn("w:tc")):
            yield from self._blocks(inner, cell, spans)

    def _table(self, table: Any) -> Iterator[dict[str, Any]]:
        self.tables += 1
        number, rows = self.tables, [list(_cells(row)) for row in table.iter(qn("w:tr")) if _owner(row) is table]
        for row_number, row in enumerate(rows):
            for column, cell in row:
                if _merge(cell) != "continue":
                    spans = _rows_below(rows, row_number, column)
                    yield from self._blocks(cell, (number, row_number, column), spans)

    def _paragraph(self, paragraph: Any) -> Iterator[dict[str, Any]]:
        style = paragraph.style
        text, self.carried = self.carried + self._text(paragraph), ""
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            self.carried = text
            return
        label = self.numbering.label(paragraph, style)
        row = {"kind": "paragraph", "level": max(label.level, self.depths.get(style, 0)) if label else 0}
        level = self.headings.get(style)
        if level is not None or self._is_bold_line(paragraph, text):
            row = {"kind": "heading", "level": level or 0}
        elif label and label.bullet:
            row |= {"kind": "bullet", "mark": "•"}
        if label and not label.bullet and text.strip():
            text = f"{label.text} {text}"
        for part in text.split("\n"):
            yield {**row, "text": re.sub(r"\s+", " ", part)}
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(ancestor.tag in SKIPPED for ancestor in box.iterancestors()):
                yield from self._blocks(box)

    def _text(self, element: Any) -> str:
        """Return the text with links, note marks and breaks, without deleted text."""
        parts: list[str] = []
        field = ""
        for child in element.iterchildren():
            if child.tag in SKIPPED or child.tag == qn("w:txbxContent"):
                continue
            if child.tag == qn("w:r"):
                field = _address_of_field(child) or field
                ends = any(mark.get(qn("w:fldCharType")) == "end" for mark in child.iter(qn("w:fldChar")))
                parts.append(self._run(child) + (_address(field, "".join(parts)) if ends else ""))
                field = "" if ends else field
            elif child.tag == qn("w:hyperlink"):
                text = self._text(child)
                parts.append(text + _address(self._target(child), text))
            else:
                parts.append(self._text(child))
        return "".join(parts)

    def _run(self, run: Any) -> str:
        if self._is_struck(run):
            return ""
        text = "".join(self._piece(child) for child in run.iterchildren())
        raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
        if raised is not None and raised.get(qn("w:val")) == "superscript" and re.fullmatch(r"\s*\d{1,3}\s*", text):
            return text.translate(SUPERSCRIPTS)
        return text

    def _is_struck(self, run: Any) -> bool:
        """Whether the run is struck out or hidden, by itself or else by its style."""
        properties = run.find(qn("w:rPr"))
        if (own := _strikes(properties)) is not None:
            return own
        named = None if properties is None else properties.find(qn("w:rStyle"))
        paragraph = next(run.iterancestors(qn("w:p")), None)
        styles = {None if named is None else named.get(qn("w:val")), None if paragraph is None else paragraph.style}
        return bool(styles & self.struck)

    def _piece(self, child: Any) -> str:
        if child.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            mark = str(len(self.notes) + 1).translate(SUPERSCRIPTS)
            self.notes.append((mark, child.tag.removesuffix("Reference"), child.get(qn("w:id"))))
            return mark
        if child.tag == qn("w:t"):
            return re.sub(r"[\n\r\t]", " ", child.text or "")
        if child.tag == qn("w:br") and child.get(qn("w:type")) in ("page", "column"):
            return " "
        return {
            qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): " ",
        }.get(child.tag, "")  # fmt: skip

    def _target(self, link: Any) -> str:
        relation = self.part.rels.get(link.get(qn("r:id")))
        return relation.target_ref if relation is not None and relation.is_external else ""

    def _note(self, mark: str, kind: str, number: str) -> Iterator[dict[str, Any]]:
        """Yield the note's own text, from footnotes.xml or endnotes.xml, as "¹ text"."""
        relation = RELATED.FOOTNOTES if kind.endswith("footnote") else RELATED.ENDNOTES
        for part in [each.target_part for each in self.part.rels.values() if each.reltype == relation]:
            links, self.part = self.part, part
            for note in parse_xml(part.blob).iterchildren(kind):
                if note.get(qn("w:id")) == number:
                    text = " ".join(self._text(paragraph).strip() for paragraph in note.iter(qn("w:p")))
                    yield {"kind": "note", "text": f"{mark} {' '.join(text.split())}"}
            self.part = links

    def _margins(self, which: str) -> Iterator[dict[str, Any]]:
        """Yield the pages' headers or footers, each text once."""
        seen = set()
        for section in self.document.sections:
            for margin in (getattr(section, which), getattr(section, f"first_page_{which}")):
                for paragraph in [] if margin.is_linked_to_previous else margin._element.iter(qn("w:p")):
                    text = " ".join(self._text(paragraph).split())
                    if text and text not in seen:
                        seen.add(text)
                        yield {"kind": "margin", "text": text}

    @staticmethod
    def _level_of(style: Any) -> int | None:
        """Return the level of a heading style, in any language, from the styles it is based on."""
        for _ in range(20):
            if style is None:
                return None
            if match := re.fullmatch(r"heading (\d)", style.name or "", re.IGNORECASE):
                return int(match[1])
            if (style.name or "").lower() in ("title", "subtitle"):
                return 1
            style = style.base_style
        return None

    @staticmethod
    def _is_bold_line(paragraph: Any, text: str) -> bool:
        """Whether a paragraph is a short bold line, which counts as a heading whatever its style."""
        runs = [run for run in paragraph.iter(qn("w:r")) if "".join(t.text or "" for t in run.iter(qn("w:t"))).strip()]
        short = 0 < len(text.strip()) <= LONGEST_HEADING and text.strip()[-1] not in ".;,"
        return bool(runs) and short and all(_is_bold(run) for run in runs)


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and _is_on(bold)


def _is_on(setting: Any) -> bool:
    return setting.get(qn("w:val")) not in ("0", "false", "off", "none")


def _strikes(properties: Any) -> bool | None:
    """Whether these properties of a run strike it out or hide it; None if they do not say."""
    found = [properties.find(qn(f"w:{tag}")) for tag in STRUCK] if properties is not None else []
    said = [_is_on(setting) for setting in found if setting is not None]
    return any(said) if said else None


def _is_struck_by(style: Any) -> bool:
    """Whether a style, or one that it is based on, strikes out."""
    for _ in range(20):
        if style is None:
            return False
        if (own := _strikes(style.element.find(qn("w:rPr")))) is not None:
            return own
        style = getattr(style, "base_style", None)
    return False


def _address_of_field(run: Any) -> str:
    code = " ".join(code.text or "" for code in run.iter(qn("w:instrText")))
    match = re.search(r'HYPERLINK\s+"([^"]+)"', code)
    return match[1] if match else ""


def _address(target: str, text: str) -> str:
    """Return a link's address to append to its text, or "" if the text shows it."""
    shown = target.removeprefix("mailto:").rstrip("/")
    if not re.match(r"(?:https?|mailto):", target) or shown.lower() in text.lower():
        return ""
    return f" <{target}>"


def _owner(row: Any) -> Any:
    return next(row.iterancestors(qn("w:tbl")))


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the row's cells, each with its first column."""
    column = 0
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            yield column, cell
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            column += int(span.get(qn("w:val"))) if span is not None else 1


def _merge(cell: Any) -> str:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if merge is None else merge.get(qn("w:val")) or "continue"


def _rows_below(rows: list[list[tuple[int, Any]]], row_number: int, column: int) -> int:
    """Return how many rows the cell spans."""
    spans = 1
    for row in rows[row_number + 1 :]:
        if not any(at == column and _merge(cell) == "continue" for at, cell in row):
            break
        spans += 1
    return spans
