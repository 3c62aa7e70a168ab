"""An update round as a spreadsheet that a force circulates, fills in and returns.
Given cells are locked and grey, cells to fill in are white; nothing in it executes, and nothing needs a password.
"""

import datetime
import io

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from recommendations.documents.formats.reproducible_zip import for_xml, pack_reproducibly
from recommendations.domain.register.sheet_columns import PLANNED, UPDATE_TEXT_KEYS
from recommendations.domain.rounds.sheets import FILLED, MARK, OF_DELAY, OUTCOMES, SheetLine, headings_of
from recommendations.domain.text.csv_safety import escape_formula
from recommendations.models import UpdateRound
from recommendations.periods import say

WIDTHS = {
    "reference": 12, "report": 16, "number": 10, "text": 48, "deadline_words": 20, "deadline_on": 13, "target_on": 13,
    PLANNED: 36,
    "last": 44, "last_on": 13, "asks": 32, "done": 60, "no_change": 11, "forecast": 16, "said_by": 18,
    **dict.fromkeys(UPDATE_TEXT_KEYS, 30), "delay_cause": 20, "delay_words": 30, "mitigation": 36,
    "closure_outcome": 18, "closure_reason": 36, "mark": 8,
}  # fmt: skip
HEAD_ROW = 2
INK, DEEP, LINE, WASH = "15232B", "0D3B46", "C3D0D3", "E2ECEE"
MOST_OF_A_LIST = 255  # letters of a drop-down list
MOST_LETTERS = 32_767  # the limit of a spreadsheet cell
MOST_LINES, LINE_HEIGHT = 12, 13.5
FONT = Font(name="Calibri", size=10, color=INK)
EDGE = Border(*(Side(style="thin", color=LINE) for _ in range(4)))
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
SAID_FILL, FILLED_FILL = PatternFill("solid", fgColor=WASH), PatternFill("solid", fgColor="FFFFFF")


def as_sheet(round: UpdateRound, lines: list[SheetLine], *, office: str, at: datetime.datetime) -> bytes:
    """The workbook of a round's lines. The same lines and moment always produce the same bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Answers"
    book.properties.title = for_xml(f"Updates for {office}, {round.name}")
    book.properties.creator, book.properties.language = for_xml(office), "en-GB"
    book.properties.created = at.replace(tzinfo=None)
    headings = headings_of(lines)
    _frame(sheet, round, office, lines, headings)
    for row, line in enumerate(lines, start=HEAD_ROW + 1):
        _line(sheet, row, line, headings)
    out = io.BytesIO()
    book.save(out)
    return pack_reproducibly(out.getvalue(), at)


def _frame(sheet: Worksheet, round: UpdateRound, office: str, lines: list[SheetLine], headings: dict[str, str]) -> None:
    """The first two rows, column widths, protection and drop-down lists."""
    count, keys = len(lines), list(headings)
    about = _write_cell(sheet, 1, 1, about_words(round, office))
    about.alignment, about.font = Alignment(vertical="center"), Font(name="Calibri", size=12, bold=True, color=INK)
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEAD_ROW].height = 24, 32
    for place, (key, heading) in enumerate(headings.items(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[key]
        cell = _write_cell(sheet, HEAD_ROW, place, heading)
        cell.font = Font(name="Calibri", size=10, bold=True, color="FFFFFF")
        cell.fill, cell.alignment = PatternFill("solid", fgColor=DEEP), Alignment(vertical="center", wrap_text=True)
    sheet.column_dimensions[_letter(keys, MARK)].hidden = True
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(keys))}{HEAD_ROW + count}"
    _protect(sheet)
    if count:
        _choices(sheet, _letter(keys, "no_change"), ["yes"], count)
        _choices(sheet, _letter(keys, "closure_outcome"), list(OUTCOMES.values()), count)
        if causes := next((list(line.causes) for line in lines if line.causes), []):
            _choices(sheet, _letter(keys, "delay_cause"), causes, count)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def about_words(round: UpdateRound, office: str) -> str:
    """The text of the first row: what the sheet is, until when to fill it in, and where to send it."""
    return (
        f"{round.force.name}, updates for {office}: {round.name}. Fill in the white columns until {say(round.due_on)}; "
        f"your inspection lead brings the sheet back into Oversight, or sends it to {office}."
    )


def _protect(sheet: Worksheet) -> None:
    """Lock the given cells; sorting, filtering, resizing and adding rows stay allowed. There is no password."""
    sheet.protection.sheet = True
    for allowed in ("sort", "autoFilter", "formatColumns", "formatRows", "formatCells", "insertRows", "deleteRows"):
        setattr(sheet.protection, allowed, False)  # False: not forbidden


def _choices(sheet: Worksheet, column: str, words: list[str], count: int) -> None:
    """Add a drop-down list to a column. Such lists cannot contain commas or quotes, or more than 255 letters."""
    if len(",".join(words)) > MOST_OF_A_LIST or any(mark in word for word in words for mark in ',"'):
        return
    choices = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    choices.error = f"Choose {' or '.join(words)}, or leave it empty."
    choices.add(f"{column}{HEAD_ROW + 1}:{column}{HEAD_ROW + count}")
    sheet.add_data_validation(choices)


def _letter(keys: list[str], key: str) -> str:
    return str(get_column_letter(keys.index(key) + 1))


def _line(sheet: Worksheet, row: int, line: SheetLine, headings: dict[str, str]) -> None:
    for place, key in enumerate(headings, start=1):
        value = line.filled[key] if key in FILLED | OF_DELAY else getattr(line, key)
        cell = _write_cell(sheet, row, place, value)
        is_open = line.is_open and (key in FILLED or (key in OF_DELAY and bool(line.causes)))
        cell.fill, cell.protection = FILLED_FILL if is_open else SAID_FILL, Protection(locked=not is_open)
    sheet.row_dimensions[row].height = _height(line)


def _write_cell(sheet: Worksheet, row: int, place: int, value: object) -> Cell:
    """A cell with a day, or with a text that is stored as text, whatever it begins with."""
    cell = sheet.cell(row, place)
    cell.font, cell.border, cell.alignment = FONT, EDGE, TOP
    if isinstance(value, datetime.date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    elif value:
        text = for_xml(str(value))[:MOST_LETTERS]
        cell.value, cell.data_type, cell.quotePrefix = text, "s", escape_formula(text) != text
    return cell


def _height(line: SheetLine) -> float:
    """The height that the longest text of the row needs, up to a limit."""
    texts = {"text": line.text, PLANNED: line.planned_action, "last": line.last, "asks": line.asks} | line.filled
    lines = max(sum(1 + len(part) // WIDTHS[key] for part in text.split("\n")) for key, text in texts.items())
    return min(lines, MOST_LINES) * LINE_HEIGHT + 4
