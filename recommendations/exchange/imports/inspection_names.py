"""The inspections named in a spreadsheet, and the publication day of each."""

import datetime
import re
from dataclasses import replace
from functools import lru_cache

from recommendations.domain.imports.lines import NamedInspection, SheetContext, normalise
from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.proposal import short_name
from recommendations.exchange.documents_in.titles import KINDS
from recommendations.exchange.imports.cells import ReadRow
from recommendations.exchange.imports.day_cells import Unclear, day_in
from recommendations.exchange.imports.mapping_answers import IN_COLUMN, PUBLISHED_DAY, Answers
from recommendations.exchange.imports.vocabulary import columns_of
from recommendations.exchange.readers.workbook import TableCell, Workbook

SHORT = 24


class Reports:
    """The reports in a workbook. A row without a publication day takes that of its report's other rows."""

    def __init__(self, workbook: Workbook, answers: Answers, context: SheetContext) -> None:
        self.answers, self.context = answers, context
        self.days = _days_by_title(workbook, answers)
        self.answered = {normalise(title): _day(typed) for title, typed in answers.published.items()}

    def of(self, read: ReadRow, of_sheet: str = "") -> NamedInspection | None:
        """Return the report of a row, or else of its sheet, or None.

        An unreadable day is a problem, unless the day was answered for the whole report.
        """
        own = " ".join(read.values.get("inspection", "").split())
        title = own or " ".join(of_sheet.split())
        if not title:
            return None
        day = read.values.get("published_on") or self.answered.get(normalise(title)) or self._only_day(title)
        if day:
            read.problems = [problem for problem in read.problems if problem.field != "published_on"]
        return replace(
            report_named(title, day),
            is_of_sheet=not own,
            source=read.values.get("source", ""),
            starts_on=self._starts_on(read, day),
            is_start_asked=not self.answers.sent_on,
        )

    def _starts_on(self, read: ReadRow, published_on: datetime.date | None) -> datetime.date | None:
        """The day on which it was made or sent, from where the answer says; None if it is not known."""
        if self.answers.sent_on == PUBLISHED_DAY:
            return published_on
        heading = self.answers.sent_on.removeprefix(IN_COLUMN)
        return _day(str(read.original.get(heading, "")))

    def has_day(self, title: str) -> bool:
        """Whether another row gives this report's day."""
        return self._only_day(title) is not None

    def _only_day(self, title: str) -> datetime.date | None:
        days = self.days.get(normalise(title), set())
        return next(iter(days)) if len(days) == 1 else None


@lru_cache(maxsize=1024)
def report_named(title: str, day: datetime.date | None) -> NamedInspection:
    """Return a report with the kind indicated by its title, and a short name."""
    kind = next((key for key, words in KINDS if re.search(words, title, re.IGNORECASE)), InspectionKind.OTHER)
    short = short_name(title, kind, day.year)[:SHORT] if day else ""
    return NamedInspection(title, day, str(InspectionKind(kind)), short)


def _days_by_title(workbook: Workbook, answers: Answers) -> dict[str, set[datetime.date]]:
    found: dict[str, set[datetime.date]] = {}
    for sheet in workbook.sheets:
        if answers.forces.get(sheet.name) == "":
            continue
        columns = {key: place for place, key in reversed(columns_of(sheet, answers))}
        of_sheet = answers.inspections.get(sheet.name, "")
        if "published_on" not in columns or not ("inspection" in columns or of_sheet):
            continue
        for row in sheet.rows:
            day = _day_in_cell(row.cells[columns["published_on"]], answers)
            title = row.cells[columns["inspection"]].text if "inspection" in columns else ""
            if day:
                found.setdefault(normalise(title or of_sheet), set()).add(day)
    return found


def _day_in_cell(cell: TableCell, answers: Answers) -> datetime.date | None:
    given = answers.corrections.get("published_on", {}).get(normalise(cell.text))
    try:
        return day_in(cell if given is None else TableCell(given), month_ends=False)
    except Unclear:
        return None


def _day(typed: str) -> datetime.date | None:
    try:
        return day_in(TableCell(typed), month_ends=False)
    except Unclear:
        return None
