"""Actions from cells that were pasted from a spreadsheet, or from the file itself."""

import csv
import datetime
import io
import re

from recommendations.days import NotADay, read_day
from recommendations.domain.actions.sheets import ActionSheetLine
from recommendations.enums.actions import ActionState
from recommendations.exchange.imports.day_cells import stored_day_advice
from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.workbook import TableCell, Workbook
from recommendations.periods import say

MOST_LETTERS = 200_000
NOT_CELLS = "Paste the cells of a spreadsheet: a line for each row, with tabs between its cells."
# The columns in the order that is taken where the first row has no headings, each with the headings that it may have.
COLUMNS = {
    "references": (
        "Recommendation",
        "Recommendations",
        "Reference",
        "References",
        "Ref",
        "Our reference",
        "Office reference",
    ),
    "words": ("Action", "Agreed action", "What is to be done", "What", "Management action", "Task"),
    "owner": ("Who", "Owner", "Action owner", "Responsible", "Responsible officer", "Lead", "Done by"),
    "due": ("By", "Due", "Due date", "Date", "Target", "Target date", "Agreed date", "Implementation date", "When"),
    "state": ("How it stands", "State", "Status", "Progress"),
    "waits": ("Waits for", "Depends on", "Dependency", "Dependencies"),
}
STATES = {
    ActionState.TO_DO: {"", "to do", "not started", "open", "new", "planned"},
    ActionState.UNDER_WAY: {"under way", "underway", "in progress", "ongoing", "started"},
    ActionState.DONE: {"done", "complete", "completed", "closed", "implemented"},
}


def read_lines(text: str, today: datetime.date) -> list[ActionSheetLine]:
    """Return the rows of pasted cells; `today` (London) is what “in 3 months” counts from. Raises Unreadable."""
    if len(text) > MOST_LETTERS:
        raise Unreadable(f"This is too long: {len(text):,} characters, and {MOST_LETTERS:,} fit.")
    if "\t" not in text:
        raise Unreadable(NOT_CELLS)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t") if any(map(str.strip, row))]
    places = _places(rows[0])
    numbered = list(enumerate(rows, start=1))[1 if places else 0 :]
    found = [
        _line(number, row, places or {key: place for place, key in enumerate(COLUMNS)}, today)
        for number, row in numbered
    ]
    if not found:
        raise Unreadable("Below the headings there is no row.")
    return found


def _places(first: list[str]) -> dict[str, int]:
    """The place of each column by the headings of the first row; empty if that has no heading for the action."""
    plain = [_plain(cell) for cell in first]
    found = {}
    for key, headings in COLUMNS.items():
        known = [_plain(heading) for heading in headings]
        if matching := [place for place, cell in enumerate(plain) if cell in known]:
            found[key] = matching[0]
    return found if "words" in found else {}


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


def _line(number: int, row: list[str], places: dict[str, int], today: datetime.date) -> ActionSheetLine:
    cells = {key: row[place].strip() if place < len(row) else "" for key, place in places.items()}
    problems = []
    due_on, state = None, _state(cells.get("state", ""))
    if not cells.get("words"):
        problems.append("There is no action. Say what is to be done.")
    if not cells.get("owner"):
        problems.append("Say who does it: a name or a role.")
    if due := cells.get("due", ""):
        try:
            due_on = read_day(due, today=today)
        except NotADay:
            problems.append(stored_day_advice(due) or f"“{due[:40]}” is no day. Enter one such as 31 March 2027.")
    else:
        problems.append("Say by which day.")
    if state is None:
        problems.append(f"“{cells['state'][:40]}” is not one of these: to do, under way, done.")
    references = tuple(filter(None, re.split(r"[,;\s]+", cells.get("references", ""))))
    return ActionSheetLine(
        number,
        references,
        cells.get("words", ""),
        cells.get("owner", ""),
        due_on,
        state or ActionState.TO_DO,
        cells.get("waits", ""),
        tuple(problems),
    )


def _state(cell: str) -> str | None:
    plain = _plain(cell)
    return next((str(state) for state, known in STATES.items() if plain in known), None)


def cells_as_text(workbook: Workbook) -> str:
    """Return the first table of a file as pasted cells: its headings, and its rows that are not hidden."""
    sheet = next(each for each in workbook.sheets if each.rows)
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(sheet.headings)
    writer.writerows([[_text(cell) for cell in row.cells] for row in sheet.rows if not row.hidden])
    return out.getvalue()


def _text(cell: TableCell) -> str:
    return say(cell.day) if cell.day else cell.text
