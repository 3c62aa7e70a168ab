"""The register as a spreadsheet, as CSV and as JSON, with the columns of `fields`, in their order.
Nothing in a file executes: a text is stored as text, whatever it begins with, and no cell is a formula or a link.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from recommendations.documents.formats.csv_file import csv_bytes
from recommendations.documents.formats.export_cover import Cover, ExportCover
from recommendations.documents.formats.reproducible_zip import for_xml, pack_reproducibly
from recommendations.documents.formats.xlsx_rows import CellXml, cell_xml, rows_xml
from recommendations.domain.register.export.lines import RegisterLine
from recommendations.domain.register.export.sheets import ABOUT, MARK, REGISTER
from recommendations.domain.register.sheet_columns import FIELDS, Holds, SheetField
from recommendations.domain.text.csv_safety import escape_formula
from recommendations.enums import Rag
from recommendations.periods import say

MOST_LETTERS = 32_767  # the limit of a spreadsheet cell
CUT = " … (cut here: a cell holds no more. The whole text is in the CSV.)"
CUT_ELSEWHERE = " … (cut here: a cell holds no more.)"
DAYS = (Holds.DAY, Holds.DERIVED_DAY)
REMEMBERED = 1_000  # different values of a column
PAGES_WIDE = 3  # side by side, each with the references: on one page so many columns would be unreadable
A3 = 8  # the code of this paper size in spreadsheets
MOST_LINES, LINE_HEIGHT = 14, 13.5  # of a row, in lines and in points: of a longer text the cell shows the beginning

INK, DEEP, LINE = "15232B", "0D3B46", "C3D0D3"
FONT, HEAD = Font(name="Calibri", size=10, color=INK), Font(name="Calibri", size=10, bold=True, color="FFFFFF")
EDGE = Border(bottom=Side(style="thin", color=LINE))
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
SMALL = 1.15  # how many more letters than the column width fit on a line at this font size


# Fill and text colour of a RAG cell; the word is in the cell too, and legible on the fill.
RAG_FILLS = {
    Rag.RED: ("B3191F", "FFFFFF"),
    Rag.AMBER: ("F2A51D", INK),
    Rag.GREEN: ("1B6B3A", "FFFFFF"),
    Rag.GREY: ("56636A", "FFFFFF"),
    Rag.BLUE: ("1F4F9C", "FFFFFF"),
}
MOST_LISTED = 255  # the limit, in letters, of a cell's drop-down list


type Fields = Sequence[SheetField]
type Dress = Callable[[WriteOnlyCell], None]


class Line(Protocol):
    """A row: a named tuple with the keys of its columns."""

    @property
    def _fields(self) -> tuple[str, ...]: ...
    def __iter__(self) -> Iterator[Any]: ...
    def _replace(self, **values: Any) -> "Line": ...


class Plain(NamedTuple):
    """A further sheet: its columns, and rows with as many values. `note` is a sentence about it on the sheet About."""

    title: str
    fields: Fields
    rows: Iterable[tuple[Any, ...]]
    note: str = ""


@dataclass(frozen=True)
class Aids:
    """Aids for editing the file: RAG word → colour, and the words of drop-down lists, by column. `mark` returns a
    row's mark, computed from the values in its cells, for a hidden column."""

    colours: Mapping[str, Rag] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mark: Callable[[Line], str] | None = None


NO_AIDS = Aids()


def as_xlsx(
    lines: Iterable[Line],
    about: Cover,
    fields: Fields = FIELDS,
    also: Sequence[Plain] = (),
    aids: Aids = NO_AIDS,
) -> bytes:
    """A workbook with the sheets Register, those of `also`, and About. Each line has all keys of `fields`; they are
    `about.rows` lines, and they and the rows of `also` are taken one after the other while the file is written.
    The same lines, `about` and `aids` always produce the same bytes.
    """
    book = Workbook(write_only=True)
    _describe(book, about)
    rows = [_register(book, lines, about, fields, aids), *(_plain_sheet(book, sheet) for sheet in also)]
    _write_about(book, about, [sheet.note for sheet in also])
    out = io.BytesIO()
    book.save(out)
    parts = {f"xl/worksheets/sheet{place}.xml": each for place, each in enumerate(rows, start=1)}
    return pack_reproducibly(out.getvalue(), about.at, parts)


def _describe(book: Workbook, about: Cover) -> None:
    book.properties.title, book.properties.creator = for_xml(about.title), for_xml(about.office)
    book.properties.subject, book.properties.language = about.marking, "en-GB"
    book.properties.lastModifiedBy = for_xml(about.by)
    book.properties.created = about.at.replace(tzinfo=None)


def _register(book: Workbook, lines: Iterable[Line], about: Cover, fields: Fields, aids: Aids) -> Iterator[str]:
    """Create the sheet with its headings; return its rows, which are generated lazily."""
    sheet = book.create_sheet(REGISTER)
    sheet.freeze_panes = "B2"
    marked = [MARK] if aids.mark else []
    last = get_column_letter(len(fields) + len(marked))
    sheet.auto_filter.ref = f"A1:{last}{about.rows + 1}"
    for place, each in enumerate((*fields, *marked), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = each.width
    sheet.column_dimensions[last].hidden = bool(marked)
    _set_print_layout(sheet, about)
    sheet.row_dimensions[1].height = 30
    sheet.append([_cell(sheet, for_xml(field.heading), _heads) for field in (*fields, *marked)])
    _drop_downs(sheet, fields, aids, about.rows)
    cells = [_cells(sheet, field, aids.colours if field.key == "rag" else {}) for field in fields]
    values_of, mark = _values(fields), aids.mark
    if mark is None:
        return rows_xml(map(values_of, lines), cells, _height_of(fields))
    rows = ((*values_of(line), mark(_cut_to_cells(line))) for line in lines)
    return rows_xml(rows, [*cells, _marks(sheet)], _height_of(fields))


def _drop_downs(sheet: WriteOnlyWorksheet, fields: Fields, aids: Aids, rows: int) -> None:
    """Add drop-down lists to these columns. Other words only cause a warning, and a question when the file is imported.
    The length of a list is limited, and its words cannot contain commas: otherwise the column has no list.
    """
    places = {each.key: get_column_letter(place) for place, each in enumerate(fields, start=1)}
    for key, words in aids.choices.items():
        listed = for_xml(",".join(words)).replace('"', '""')
        if (
            key not in places
            or not rows
            or not words
            or len(listed) > MOST_LISTED
            or any("," in word for word in words)
        ):
            continue
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning")
        rule.error, rule.errorTitle = "This is not one of the words of the list.", "Other words"
        rule.showErrorMessage = True
        rule.add(f"{places[key]}2:{places[key]}{rows + 1}")
        sheet.data_validations.append(rule)


def _set_print_layout(sheet: WriteOnlyWorksheet, about: Cover) -> None:
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = PAGES_WIDE, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddHeader.center.text = about.marking
    sheet.oddFooter.left.text = _margin_text(f"{about.title}, {say(about.as_at)}")
    sheet.oddFooter.right.text = "Page &P of &N"


def _margin_text(text: str) -> str:
    """The text of a header or footer, in which & starts a code."""
    return for_xml(text).replace("&", "&&")


def _cells(
    sheet: WriteOnlyWorksheet, field: SheetField, colours: Mapping[str, Rag] = MappingProxyType({}), cut: str = CUT
) -> CellXml:
    """What makes the cells of one column below its heading, with a workbook style for each appearance.

    A text that looks like a formula is marked as text for whoever edits it. A column without sentences has few
    different values, so its cells are cached.
    """
    styles = {
        (quoted, colour): _style(sheet, partial(_dresses, field=field, quoted=quoted, colour=colour))
        for quoted in (False, True)
        for colour in (None, *colours.values())
    }
    plain = styles[False, None]

    def cell(value: object) -> str:
        if not value or not isinstance(value, str):
            return cell_xml(plain, value)
        text = for_xml(value)
        if len(text) > MOST_LETTERS:
            text = _cut_text(text, cut)
        return cell_xml(styles[escape_formula(text) != text, colours.get(text)], text)

    return cell if field.wraps else lru_cache(REMEMBERED)(cell)


def _marks(sheet: WriteOnlyWorksheet) -> CellXml:
    """The same for the hidden column of marks."""
    return partial(cell_xml, _style(sheet, lambda cell: setattr(cell, "number_format", "@")))


def _cut_to_cells(line: Line) -> Line:
    """The line with its texts cut to the length of cells."""
    long = {
        key: value
        for key, value in zip(line._fields, line, strict=True)
        if isinstance(value, str) and len(value) > MOST_LETTERS
    }
    return line._replace(**{key: _cut_text(for_xml(value)) for key, value in long.items()}) if long else line


def _values(fields: Iterable[SheetField]) -> Callable[[Line], tuple[Any, ...]]:
    """A function that returns the values of these columns, in order. Needs two columns or more."""
    return attrgetter(*(field.key for field in fields))


def _style(sheet: WriteOnlyWorksheet, dress: Dress) -> int:
    """The workbook's number for the style of a cell formatted by `dress`."""
    number: int = _cell(sheet, None, dress).style_id
    return number


def _cell(sheet: WriteOnlyWorksheet, value: object, dress: Dress) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    dress(cell)
    return cell


def _heads(cell: WriteOnlyCell) -> None:
    cell.font, cell.fill = HEAD, PatternFill("solid", fgColor=DEEP)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _dresses(cell: WriteOnlyCell, field: SheetField, quoted: bool = False, colour: Rag | None = None) -> None:
    """Format a cell of this column. Short texts are kept from turning into dates or numbers when edited."""
    cell.font, cell.border, cell.alignment = FONT, EDGE, TOP
    if field.holds in DAYS:
        cell.number_format = "dd/mm/yyyy"
    elif field.holds == Holds.DERIVED_NUMBER:
        cell.number_format = "0"
    elif not field.wraps:
        cell.number_format = "@"
    if colour:
        fill, ink = RAG_FILLS[colour]
        cell.fill, cell.font = PatternFill("solid", fgColor=fill), Font(name="Calibri", size=10, bold=True, color=ink)
    if quoted:
        cell.quotePrefix = True


def _cut_text(text: str, cut: str = CUT) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(cut)] + cut


def _height_of(fields: Fields) -> Callable[[Sequence[Any]], float]:
    """A function that returns the height that the longest text of a row needs, up to a limit."""
    widths = [(place, int(field.width * SMALL)) for place, field in enumerate(fields) if field.wraps]

    def height(row: Sequence[Any]) -> float:
        lines = max((_lines(row[place], width) for place, width in widths if row[place]), default=1)
        return min(lines, MOST_LINES) * LINE_HEIGHT + 2

    return height


def _lines(text: str, width: int) -> int:
    return sum(1 + len(each) // width for each in text.split("\n", MOST_LINES))


def _plain_sheet(book: Workbook, plain: Plain) -> Iterator[str]:
    """Create the sheet with its headings; return its rows, which are generated lazily."""
    sheet = book.create_sheet(plain.title)
    sheet.freeze_panes = "A2"
    for place, each in enumerate(plain.fields, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = each.width
    sheet.append([_cell(sheet, for_xml(each.heading), _heads) for each in plain.fields])
    return rows_xml(plain.rows, [_cells(sheet, each, cut=CUT_ELSEWHERE) for each in plain.fields])


def _write_about(book: Workbook, about: Cover, notes: Sequence[str]) -> None:
    sheet = book.create_sheet(ABOUT)
    sheet.column_dimensions["A"].width = 100
    for place, sentence in enumerate(filter(None, (*about.sentences, *notes))):
        cell = WriteOnlyCell(sheet, for_xml(sentence))
        cell.data_type, cell.alignment = "s", TOP
        cell.font = Font(name="Calibri", size=14 if place == 1 else 11, bold=place < 2, color=INK)
        sheet.append([cell])


def as_csv(lines: Iterable[Line], fields: Fields = FIELDS) -> bytes:
    """The rows as CSV (documents/formats/csv_file.py)."""
    return csv_bytes([field.heading for field in fields], map(_values(fields), lines))


def as_json(lines: Iterable[RegisterLine], about: ExportCover, fields: Fields = FIELDS) -> bytes:
    """{"about": …, "rows": [{key: value}]}: keys of sheet_fields, days as 2026-11-07, null for no day."""
    said = {
        "office": about.office,
        "title": about.title,
        "marking": about.marking,
        "asked": list(about.asked),
        "order": about.order,
        "as_at": about.as_at,
        "known_at": about.known or None,
        "taken_out_at": about.at.isoformat(timespec="seconds"),
        "taken_out_by": about.by,
        "trail": {"entries": about.trail_count, "head": about.trail_head},
    }
    keys = [field.key for field in fields]
    rows = [{key: getattr(line, key) for key in keys} for line in lines]
    return json.dumps({"about": said, "rows": rows}, default=str, ensure_ascii=False, indent=1).encode()
