"""Read a round's completed sheet: columns may be moved, headings reworded, rows sorted, added or removed."""

import difflib
import re

from recommendations.domain.rounds.sheets import FILLED, HEADINGS, MARK, OF_DELAY, OUTCOMES, RowIn
from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.workbook import TableCell, TableRow, Workbook
from recommendations.periods import say

NO_REFERENCE = (
    "No table in this file has a column “Reference” and a column “What was done since”. "
    "Bring in the sheet that was downloaded from this round."
)
# Alternative headings that people use.
ALSO = {
    "reference": ("ref", "our reference", "wm ref", "recommendation reference"),
    "deadline_words": ("source deadline words",),
    "deadline_on": ("source deadline",),
    "done": ("done since", "update", "what was done", "force update", "response", "answer"),
    "no_change": ("no change", "no change yes no", "unchanged"),
    "forecast": ("forecast date", "expected", "expected by"),
    "said_by": ("by", "author", "who"),
    "delay_cause": ("reason for delay", "delay"),
    "mitigation": ("mitigating action",),
    "closure_outcome": ("ask to close", "closure", "outcome"),
    "closure_reason": ("closure reason", "why close", "reason for closure"),
}
ALIKE = 0.8
YES = {"yes", "y", "x", "true", "1", "ja", "no change", "✓", "✔"}
NO = {"", "no", "n", "false", "0", "-"}


def read_round_sheet(workbook: Workbook) -> list[RowIn]:
    """Return the rows of the sheet with the answers. Raises Unreadable if no table has the required columns."""
    for sheet in workbook.sheets:
        columns = columns_of(sheet.headings)
        if {"reference", "done"} <= set(columns):
            rows = [_row(row, columns) for row in sheet.rows]
            return [row for row in rows if row.reference or any(row.values.values())]
    raise Unreadable(NO_REFERENCE)


def columns_of(headings: tuple[str, ...]) -> dict[str, int]:
    """Return the position of each known column, by key: by its heading, an alternative, or a similar one."""
    plain = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for exact in (True, False):
        for key, heading in (HEADINGS | OF_DELAY).items():
            known = [_plain(heading), *ALSO.get(key, ())]
            free = [words for place, words in enumerate(plain) if place not in found.values() and words]
            match = next((words for words in known if words in free), None)
            if match is None and not exact:
                match = next(iter(difflib.get_close_matches(known[0], free, n=1, cutoff=ALIKE)), None)
            if key not in found and match:
                found[key] = next(p for p, words in enumerate(plain) if words == match and p not in found.values())
    return found


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


def _row(row: TableRow, columns: dict[str, int]) -> RowIn:
    def cell(key: str) -> TableCell:
        return row.cells[columns[key]] if key in columns else TableCell()

    values, wrong = {}, []
    for key in (*FILLED, *(key for key in OF_DELAY if key in columns)):
        values[key], problem = READ.get(key, _text)(cell(key))
        if problem:
            wrong.append(f"{HEADINGS[key]}: {problem}")
    return RowIn(row.number, cell("reference").text.strip(), cell(MARK).text, values, tuple(wrong))


def _text(cell: TableCell) -> tuple[str, str]:
    return cell.text.replace("\r\n", "\n").replace("\x00", "").strip(), ""


def _day(cell: TableCell) -> tuple[str, str]:
    """Return a day in words, or the text as typed, to be checked later."""
    return (say(cell.day) if cell.day else cell.text.strip()[:60]), ""


def _yes(cell: TableCell) -> tuple[bool, str]:
    word = cell.text.strip().casefold().rstrip(".")
    return word in YES, "" if word in YES | NO else f"“{cell.text.strip()[:40]}”: write yes, or leave it empty."


def _outcome(cell: TableCell) -> tuple[str, str]:
    word = _plain(cell.text)
    found = next((key for key, label in OUTCOMES.items() if word in (_plain(label), _plain(key))), "")
    choices = ", ".join(OUTCOMES.values())
    return found, "" if found or not word else f"“{cell.text.strip()[:40]}” is not one of: {choices}."


READ = {"no_change": _yes, "forecast": _day, "closure_outcome": _outcome}
