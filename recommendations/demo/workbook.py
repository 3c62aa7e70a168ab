"""The demonstration's own workbook: 800 rows as an office kept them for years, with all the usual mess.

It depends only on the day and the known recommendations. All people, reports and texts are fictional.
"""

import datetime
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

FILE_NAME = "marches-hmicfrs-tracker.xlsx"
WORDS = tomllib.loads((Path(__file__).parent / "workbook.toml").read_text(encoding="utf-8"))
ROWS = {"Westmarch": 500, "Eastvale": 300}
IN_A_REPORT = 20
HAS_PARTS = 4  # the recommendation in each report with sub-recommendations in their own rows

GROUPS = (("What was asked", 6), ("Who", 2), ("When", 3), ("Where it stands", 6))
HEADINGS = (
    "Our ref",
    "Report",
    "Published",
    "Rec No",
    "Type",
    "Recommendation",
    "Exec lead",
    "Business lead",
    "Due",
    "Target date",
    "Revised date",
    "BRAG",
    "Status",
    "Force update",
    "OPCC comment",
    "HMICFRS status",
    "Notes to self",
)
WIDTHS = (11, 24, 12, 8, 7, 60, 14, 20, 14, 14, 14, 7, 22, 60, 30, 15, 20)
REPORT, BRAG, COMMENT, NOTES = 2, 12, 15, 17

RED, AMBER, GREEN, BLUE = "FFFF0000", "FFFFC000", "FF92D050", "FF0070C0"
# The office's notes beside coloured cells: one in so many rows, youngest rows first.
STANDINGS = {
    "old": (("Discharged", BLUE, "Closed"),) * 4 + (("Complete - awaiting HMIC", BLUE, "Open"),),
    "middle": (
        ("Complete - awaiting HMIC", BLUE, "Open"),
        ("On-going", RED, "Open"),
        ("On-going", AMBER, "Open"),
        ("Discharged", BLUE, "Closed"),
    ),
    "young": (
        ("On-going", GREEN, "Open"),
        ("Green", GREEN, "Open"),
        ("On-going", AMBER, ""),
        ("Not started", None, ""),
    ),
}
LEADS = {"Westmarch": ("DCC Nair", "ACC Rowe", "ACO Leckie"), "Eastvale": ("DCC Orme", "ACC Bellamy", "ACO Tait")}
BUSINESS = (
    "Supt Maud Fenner",
    "Ch Insp Anwen Hollis",
    "Det Supt Piers Rudd",
    "Head of data",
    "Insp Idris Vaughan",
    "Head of people",
)
WRONG_DAYS = {37: "31/06/{year}", 261: "11/31/{year}", 402: "05/06"}
FORMULA_ROW, FORMULA = 55, '=HYPERLINK("https://intranet.example/tracker/55","Open the file")'
KEY = (
    "Blue = HMICFRS or the board signed it off. Green = on track. Amber = slipping. Red = past its date.",
    "NB revised dates need the DCC's agreement!!",
)


@dataclass(frozen=True)
class Known:
    """A recommendation already in the register. Its row in the workbook gives another lead."""

    force: str
    reference: str
    report: str
    published_on: datetime.date
    number: str
    kind: str
    text: str


@dataclass(frozen=True)
class WorkbookRow:
    """One row of the table, as the office typed it. `fill` is the colour of its BRAG cell."""

    cells: tuple
    fill: str | None = None


def example(on: datetime.date, known: tuple[Known, ...] = ()) -> bytes:
    """The workbook as an .xlsx, dated as if it had been saved on this day."""
    book = Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = datetime.datetime.combine(on, datetime.time(9))
    book.properties.creator = "Marches OPCC"
    for force in ROWS:
        mine = [each for each in known if each.force == force]
        _fill(book.create_sheet(force), force, on, mine)
    _add_lists(book.create_sheet("Lists"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- contents of the rows


def lines_of(force: str, on: datetime.date, known: list[Known]) -> list[WorkbookRow]:
    """Return a sheet's rows, report by report, oldest first, with the known ones last."""
    left = ROWS[force] - len(known)
    lines: list[WorkbookRow] = []
    reports = -(-left // IN_A_REPORT)
    for place in range(reports):
        lines += _report(force, place, reports, on, len(lines))
    return lines[:left] + [_known_line(each, row, on) for row, each in enumerate(known)]


def _report(force: str, place: int, reports: int, on: datetime.date, before: int) -> Iterator[WorkbookRow]:
    theme = WORDS["themes"][(place + (5 if force == "Eastvale" else 0)) % len(WORDS["themes"])]
    age = 2900 - place * 2700 // max(1, reports - 1)
    published_on = on - datetime.timedelta(days=age)
    title = f"{theme['title'].format(force=force)}, {published_on:%B} {published_on.year}"
    for row, number in enumerate(_numbers()):
        yield _line(_Row(force, theme, title, published_on, age, number, row, before + row + 1, on))


def _numbers() -> Iterator[str]:
    """Yield 1, 2, 3, 4, 4a, 4b, 4c, 5 … as many as a report has rows."""
    whole = IN_A_REPORT - len(WORDS["parts"])
    for number in range(1, whole + 1):
        yield str(number)
        if number == HAS_PARTS:
            yield from (f"{number}{letter}" for letter in "abc")


@dataclass(frozen=True)
class _Row:
    force: str
    theme: dict
    title: str
    published_on: datetime.date
    age: int
    number: str
    row: int
    count: int
    on: datetime.date

    @property
    def is_part(self) -> bool:
        return self.number[-1].isalpha()

    @property
    def words(self) -> dict:
        return {
            "what": self.theme["what"][(self.row + self.count // 7) % len(self.theme["what"])],
            "who": self.theme["who"][(self.row + self.count // 11) % len(self.theme["who"])],
            "n": 40 + self.count * 13 % 58,
        }

    @property
    def standing(self) -> tuple:
        old = "old" if self.age > 1500 else "middle" if self.age > 600 else "young"
        return STANDINGS[old][self.count * 7 // 3 % len(STANDINGS[old])]

    def pick(self, words, step: int = 1):
        return words[(self.count * step + self.row) % len(words)]


def _line(row: _Row) -> WorkbookRow:
    number = int(row.number.rstrip("abc"))
    part = WORDS["parts"]["abc".index(row.number[-1])] if row.is_part else ""
    text = (part or WORDS["asks"][(number - 1 + row.age) % len(WORDS["asks"])]).format(**row.words)
    if row.is_part:
        return WorkbookRow((_reference(row), row.title, row.published_on, row.number, "", text, *[""] * 11))
    status, fill, heard = row.standing
    cells = (
        _reference(row),
        row.title,
        row.published_on,
        row.number,
        "AFI" if row.count % 9 == 0 else "Rec",
        text,
        row.pick(LEADS[row.force]),
        row.pick(BUSINESS, 3) if row.count % 6 else "",
        *_days(row),
        "",
        status,
        _updates(row),
        row.pick(WORDS["comments"]) if row.count % 4 == 0 else "",
        heard,
        row.pick(WORDS["notes"]) if row.count % 17 == 0 else "",
    )
    return WorkbookRow(_with_errors(row, cells), fill)


def _reference(row: _Row) -> str:
    """Return the reference. A sub-recommendation has that of the row that it belongs to."""
    above = "abc".index(row.number[-1]) + 1 if row.is_part else 0
    return f"HMI/{row.force[0]}/{row.count - above:03}"


def _with_errors(row: _Row, cells: tuple) -> tuple:
    """Add three unreadable days and a text that looks like a formula, all on the first sheet."""
    changed = list(cells)
    if row.force == "Westmarch" and row.count in WRONG_DAYS:
        changed[8] = WRONG_DAYS[row.count].format(year=row.published_on.year + 1)
    if row.force == "Westmarch" and row.count == FORMULA_ROW:
        changed[COMMENT - 1] = FORMULA
    return tuple(changed)


def _days(row: _Row) -> tuple:
    """Return due, target and revised date, each in one of the four forms that people used."""
    due = row.published_on + datetime.timedelta(days=row.pick((90, 180, 270, 365)))
    target = due + datetime.timedelta(days=row.pick((0, 0, 30), 7))
    revised = target + datetime.timedelta(days=row.pick((90, 150, 200), 3)) if row.count % 5 == 2 else None
    return tuple(_as_typed(day, row.count + place) for place, day in enumerate((due, target, revised)))


def _as_typed(day: datetime.date | None, form: int):
    """Return a real date, or text: 31/03/2025, 31.03.25, 31st March 2025."""
    if day is None:
        return ""
    ordinal = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    forms = (day, f"{day:%d/%m/%Y}", day, f"{day:%d.%m.%y}", day, f"{day.day}{ordinal} {day:%B %Y}")
    return forms[form % len(forms)]


def _updates(row: _Row) -> str:
    """Return nothing, one text without a day, or several dated ones in one cell, newest first."""
    if row.count % 8 == 7:
        return ""
    newest = min(row.on - datetime.timedelta(days=20 + row.count % 60), row.published_on + datetime.timedelta(days=900))
    said = []
    for place in range(1 + row.count % 3):
        day = newest - datetime.timedelta(days=place * 95)
        if day <= row.published_on:
            break
        text = WORDS["updates"][(row.count + place * 5) % len(WORDS["updates"])].format(**row.words)
        said.append(f"{_update_prefix(day, row.count + place)}{text[0].upper()}{text[1:]}")
    return "\n".join(said)


def _update_prefix(day: datetime.date, form: int) -> str:
    return (f"{day:%d/%m/%y} - ", f"{day:%d.%m.%Y}: ", f"{day.day} {day:%b %Y} – ")[form % 3]


def _known_line(each: Known, row: int, on: datetime.date) -> WorkbookRow:
    lead = LEADS[each.force][row % len(LEADS[each.force])]
    kind = "AFI" if each.kind == "area_for_improvement" else "Rec"
    cells = (each.reference, each.report, each.published_on, each.number, kind, each.text, f"T/{lead}", *[""] * 10)
    return WorkbookRow(cells)


# -- appearance of the sheet


def _fill(sheet: Worksheet, force: str, on: datetime.date, known: list[Known]) -> None:
    lines = lines_of(force, on, known)
    _add_heads(sheet, force, on)
    for number, line in enumerate(lines, start=4):
        _add_line(sheet, number, line)
    _merge_reports(sheet, lines)
    _add_key(sheet, len(lines) + 5)
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[sheet.cell(3, place).column_letter].width = width
    sheet.column_dimensions[sheet.cell(3, NOTES).column_letter].hidden = True


def _add_heads(sheet: Worksheet, force: str, on: datetime.date) -> None:
    """Add a title across the sheet, merged group headings, and the headings."""
    last = len(HEADINGS)
    sheet.cell(1, 1, f"{force} HMICFRS tracker, last saved {on:%d/%m/%Y}").font = Font(bold=True, size=14)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    column = 1
    for words, width in GROUPS:
        sheet.cell(2, column, words).font = Font(bold=True)
        sheet.merge_cells(start_row=2, start_column=column, end_row=2, end_column=column + width - 1)
        column += width
    for place, heading in enumerate(HEADINGS, start=1):
        sheet.cell(3, place, heading).font = Font(bold=True)


def _add_line(sheet: Worksheet, number: int, line: WorkbookRow) -> None:
    for place, value in enumerate(line.cells, start=1):
        if value == "":
            continue
        cell = sheet.cell(number, place, value)
        if isinstance(value, datetime.date):
            cell.number_format = "dd/mm/yyyy"
        else:
            cell.data_type = "s"  # openpyxl would turn text that looks like a formula into one
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    if line.fill:
        sheet.cell(number, BRAG).fill = PatternFill("solid", start_color=line.fill)


def _merge_reports(sheet: Worksheet, lines: list[WorkbookRow]) -> None:
    """Merge the report's cells over its rows, as people often do."""
    first = 0
    for place in range(1, len(lines) + 1):
        if place < len(lines) and lines[place].cells[REPORT - 1] == lines[first].cells[REPORT - 1]:
            continue
        if place - first > 1:
            sheet.merge_cells(start_row=first + 4, start_column=REPORT, end_row=place + 3, end_column=REPORT)
        first = place


def _add_key(sheet: Worksheet, number: int) -> None:
    sheet.cell(number, 1, "Key")
    for offset, words in enumerate(KEY):
        sheet.cell(number + 1 + offset, 1, words)


def _add_lists(sheet: Worksheet) -> None:
    """Add the choices for the columns, on a hidden sheet."""
    sheet.sheet_state = "hidden"
    for row in (("Status", "Type"), ("On-going", "Rec"), ("Discharged", "AFI"), ("Not started", "")):
        sheet.append(row)
