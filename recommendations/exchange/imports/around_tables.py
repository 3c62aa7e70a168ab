"""Text around a table that applies to its rows: rows in between ("PEEL 2023"), lines above, and the sheet's name.

Whatever differs from row to row becomes a column, to be shown, guessed and answered like any other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from recommendations.domain.imports.lines import normalise
from recommendations.exchange.documents_in.titles import KINDS as INSPECTIONS
from recommendations.exchange.imports.column_guessing import guess_columns
from recommendations.exchange.imports.column_values import CLOSED, KINDS, MONTH_NAME, OPEN
from recommendations.exchange.imports.own_export import is_our_own
from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.readers.spreadsheets.table import ABOVE, AGAIN, ALONE
from recommendations.exchange.readers.workbook import EMPTY, Sheet, TableCell, Workbook

BETWEEN, NAME = "rows between", "sheet’s name"
LONGEST_GROUP = 120
A_YEAR_OR_SUBJECT = re.compile(r"\b20[12]\d\b|\b(?:inspection|review) (?:of|into) ", re.IGNORECASE)
SAYS_LITTLE = re.compile(
    r"sheet ?\d*|table ?\d*|data|register|trackers?|recommendations?( register)?|actions?|all|master|main|summary"
    r"|hmicfrs|hmic|inspections?|reports?|action plan|open|closed|q[1-4].*|20\d\d([/-]\d\d(\d\d)?)?|"
    rf"{MONTH_NAME}[ -]?(20)?\d\d",
    re.IGNORECASE,
)
OF_THE_LIST = re.compile(
    r"\b(?:(?:position|as) (?:at|of)|updated|version|committee|board|panel|meeting|quarter)\b", re.IGNORECASE
)
IS_A_TRACKER = re.compile(
    r"\s*(?:[:,–—-]\s*|\b)(?:the |our )*(?:hmicfrs )?"
    r"(?:recommendations?(?: and afis?)? |action |improvement |inspection )*"
    r"(?:tracker|register|log|action plan|action list|master list)s?\b.*$",
    re.IGNORECASE,
)
BEFORE_TITLE = re.compile(
    r"^(?:(?:annex|appendix) \w{1,3}\s*[:–—-]\s*)?(?:progress (?:against|on|with)\s+)?", re.IGNORECASE
)
FIELD = re.compile(
    r"(?:(?:hmicfrs |hmic )?(?:inspection|report)(?: title| name)?|title(?: of (?:the )?(?:inspection|report))?"
    r"|thematic)\s*:\s*(?P<title>\S.*)|(?:inspection|report) (?:title|name) (?P<named>\S.*)",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"[(,;:–—-]?\s*(?:date )?(?:of )?(?:report )?(?:published|publication)(?: on| date)?\s*:?\s*"
    r"(?P<day>(?:\d|[a-z]{3,9} (?:19|20)\d\d).*)$",
    re.IGNORECASE,
)


def read_register(data: bytes, name: str) -> Workbook:
    """Return the tables of a register, with the text around each as columns. Raises Unreadable."""
    workbook = read_workbook(data, name)
    several = len(workbook.sheets) > 1
    return replace(workbook, sheets=tuple(_with_columns(sheet, several=several) for sheet in workbook.sheets))


def is_of_file(heading: str) -> bool:
    """Whether a column is in the file itself, not made from text around its table."""
    return not heading.endswith((f"({BETWEEN})", f"({NAME})"))


def inspection_of(sheet: Sheet, *, several: bool) -> str:
    """Return the inspection named by the lines above a table or by its sheet's name, or "".

    `several` means that the file has other sheets, so that a sheet's name distinguishes it.
    """
    above = [each.text for each in sheet.left_out if each.why == ABOVE]
    for text in above:
        if found := FIELD.fullmatch(text):
            return (found["title"] or found["named"]).strip()
    named = [title for title in map(_title_in, above) if names_inspection(title)]
    if named:
        return named[-1]
    name = _title_in(sheet.name)
    if names_inspection(name) or (several and not _says_little(name)):
        return name
    return ""


def publication_day_above(sheet: Sheet) -> str:
    """Return the publication day given in the lines above a table, as written, or ""."""
    return next((day for day in (_day_in(each.text) for each in sheet.left_out if each.why == ABOVE) if day), "")


def names_inspection(text: str) -> bool:
    """Whether a short text names an inspection: by its kind, or by a year with other words."""
    if not text or len(text) > LONGEST_GROUP or _says_little(text) or OF_THE_LIST.search(text):
        return False
    return any(re.search(words, text, re.IGNORECASE) for _, words in INSPECTIONS) or bool(
        A_YEAR_OR_SUBJECT.search(text)
    )


def _says_little(text: str) -> bool:
    return not text or bool(SAYS_LITTLE.fullmatch(text.strip())) or normalise(text) in KINDS


def _title_in(text: str) -> str:
    """Return the title alone from "HMICFRS: PEEL 2023/25, published 28 April 2022: tracker"."""
    title = IS_A_TRACKER.sub("", BEFORE_TITLE.sub("", " ".join(text.split())))
    title = re.sub(r"^HMIC(?:FRS)?\s*[:–—-]\s*", "", PUBLISHED.sub("", title))
    return title.strip(" :,;(–—-")


def _day_in(text: str) -> str:
    found = PUBLISHED.search(" ".join(text.split()))
    return found["day"].strip(" ).") if found else ""


def _with_columns(sheet: Sheet, *, several: bool) -> Sheet:
    if is_our_own(sheet):
        return sheet
    guessed = set(guess_columns(sheet.headings, sheet.rows, sheet.hidden_columns).values())
    sheet = _with_rows_between(sheet, guessed)
    name = normalise(sheet.name)
    if several and name in KINDS and not {"kind"} & _fields_of(sheet, guessed):
        return _with_column(sheet, f"Kind ({NAME})", [sheet.name] * len(sheet.rows))
    if several and name in OPEN | CLOSED and not {"status", "stage", "outcome"} & guessed:
        return _with_column(sheet, f"Status ({NAME})", [sheet.name] * len(sheet.rows))
    return sheet


def _fields_of(sheet: Sheet, guessed: set[str]) -> set[str]:
    return guessed | {"kind" for heading in sheet.headings if heading == f"Kind ({BETWEEN})"}


def _with_rows_between(sheet: Sheet, guessed: set[str]) -> Sheet:
    """Return the sheet with the text of rows in between as columns, and those rows removed from `left_out`."""
    between = [each for each in sheet.left_out if each.why == ALONE and len(each.text) <= LONGEST_GROUP]
    if not between:
        return sheet
    kinds = {each.number: each.text for each in between if normalise(each.text.rstrip(" :")) in KINDS}
    others = {each.number: each.text for each in between if each.number not in kinds}
    if others and (first := _title_of_first_table(sheet)):
        others[0] = first
    rest = tuple(each for each in sheet.left_out if each not in between)
    sheet = replace(sheet, left_out=rest)
    if others and "inspection" not in guessed and _are_inspections(list(others.values()), sheet):
        sheet = _with_inspections(sheet, others, is_dated="published_on" in guessed)
    elif others:
        sheet = _with_column(sheet, f"Group ({BETWEEN})", _spread(sheet, others, set()))
    if kinds and "kind" not in guessed:
        texts = [text.rstrip(" :") for text in _spread(sheet, kinds, set(others))]
        sheet = _with_column(sheet, f"Kind ({BETWEEN})", texts)
    return sheet


def _with_inspections(sheet: Sheet, texts: dict[int, str], *, is_dated: bool) -> Sheet:
    """Return the sheet with the inspections, and any days, that its rows in between name."""
    titles = {number: _title_in(text) or text for number, text in texts.items()}
    sheet = _with_column(sheet, f"Inspection ({BETWEEN})", _spread(sheet, titles, set()))
    days = {number: _day_in(text) for number, text in texts.items()}
    if is_dated or not any(days.values()):
        return sheet
    return _with_column(sheet, f"Published ({BETWEEN})", _spread(sheet, days, set()))


def _are_inspections(texts: list[str], sheet: Sheet) -> bool:
    """Whether rows in between name inspections: one clearly does, or nothing else names any."""
    return any(map(names_inspection, texts)) or not inspection_of(sheet, several=False)


def _title_of_first_table(sheet: Sheet) -> str:
    """Return the line above the first headings, if the headings are repeated under each row in between."""
    above = [each.text for each in sheet.left_out if each.why == ABOVE]
    again = any(each.why == AGAIN for each in sheet.left_out)
    return above[-1] if above and again else ""


def _spread(sheet: Sheet, texts: dict[int, str], ends: set[int]) -> list[str]:
    """Return each row's text from the last row in between above it; after the rows in `ends` it stops applying."""
    found, text, marks = [], texts.get(0, ""), sorted({*texts, *ends} - {0})
    for row in sheet.rows:
        while marks and marks[0] < row.number:
            text = texts.get(marks.pop(0), "")
        found.append(text)
    return found


def _with_column(sheet: Sheet, heading: str, texts: Sequence[str]) -> Sheet:
    rows = tuple(
        replace(row, cells=(*row.cells, TableCell(text) if text else EMPTY))
        for row, text in zip(sheet.rows, texts, strict=True)
    )
    return replace(sheet, headings=(*sheet.headings, heading), rows=rows)
