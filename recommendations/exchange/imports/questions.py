"""Questions to answer before a spreadsheet is imported: the meaning of the office's own words, and missing days.

Nothing is mapped silently: any word that is not exactly ours is a question, and so are all colours and statuses.
"""

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recommendations.domain.imports.lines import (
    MEANING,
    NO_DAY,
    POSITION,
    PUBLISHED,
    SENT,
    STAGE,
    UNDATED,
    SheetContext,
    normalise,
    place_of,
)
from recommendations.domain.register.sheet_columns import BY_KEY, Holds
from recommendations.enums.sources import HMICFRS
from recommendations.exchange.imports.cells import NOTHING_SAID, CellReader, is_no_day
from recommendations.exchange.imports.column_values import names_a_period
from recommendations.exchange.imports.day_cells import Unclear, day_in, last_of_quarter
from recommendations.exchange.imports.inspection_names import Reports
from recommendations.exchange.imports.mapping_answers import IN_COLUMN, NOT_KNOWN, PUBLISHED_DAY, Answers
from recommendations.exchange.imports.own_export import is_our_own
from recommendations.exchange.imports.rows import imported_sheets
from recommendations.exchange.imports.split_updates import split
from recommendations.exchange.imports.vocabulary import (
    STANDING,
    Choice,
    certain,
    choices_for,
    columns_of,
    our_words,
    value_in,
    words_in,
)
from recommendations.exchange.readers.workbook import Sheet, TableCell, TableRow, Workbook
from recommendations.periods import say

NONE = "none"  # the answer that words in a column of days stand for no day


@dataclass(frozen=True)
class ImportQuestion:
    """One question. `value` is its key in the answers; `count` the number of rows affected, `sheet` and `number` the
    first.

    `why` is the reason for asking if a cell's value cannot be used.
    """

    kind: str
    field: str
    column: str
    value: str
    shown: str
    count: int = 1
    example: str = ""
    sheet: str = ""
    number: int = 0
    choices: tuple[Choice, ...] = ()
    suggested: str = ""
    answer: str = ""
    problem: str = ""
    why: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The key by which a problem refers to its question."""
        return self.kind, self.field, self.value

    @property
    def place(self) -> str:
        return place_of(self.sheet, self.number)

    @property
    def name(self) -> str:
        """A stable name for the question, safe in HTML."""
        return "q-" + hashlib.sha256(f"{self.kind}|{self.field}|{self.value}".encode()).hexdigest()[:10]

    def answered(self, answers: Answers, text: str) -> None:
        """Store an answer; an empty one removes it."""
        if self.kind in (UNDATED, SENT):
            setattr(answers, self.field if self.kind == SENT else "undated_on", text)
            return
        found = self._answers_in(answers)
        found.pop(self.value, None)
        if text:
            found[self.value] = "" if self.kind == NO_DAY and normalise(text) == NONE else text

    def _answers_in(self, answers: Answers) -> dict[str, str]:
        if self.kind == PUBLISHED:
            return answers.published
        kept = answers.corrections if self.kind == NO_DAY else answers.meanings
        return kept.setdefault(self.field, {})


def questions_of(workbook: Workbook, answers: Answers, context: SheetContext) -> list[ImportQuestion]:
    """Return all questions about a workbook, including answered ones, in the order of its columns."""
    found: dict[tuple[str, ...], ImportQuestion] = {}
    reports = Reports(workbook, answers, context)
    for sheet in imported_sheets(workbook, answers):
        asking = _Asking(sheet, sheet.name if len(workbook.sheets) > 1 else "", answers, context, reports)
        for question in asking.questions():
            known = found.get(question.key)
            found[question.key] = replace(known, count=known.count + 1) if known else question
    order = {PUBLISHED: 0, SENT: 1, MEANING: 2, NO_DAY: 3, UNDATED: 4}
    return sorted(found.values(), key=lambda question: order[question.kind])


class _Asking:
    """The questions of one sheet, row by row."""

    def __init__(self, sheet: Sheet, name: str, answers: Answers, context: SheetContext, reports: Reports) -> None:
        self.sheet, self.name, self.answers, self.context, self.reports = sheet, name, answers, context, reports
        self.columns = columns_of(sheet, answers)
        self.inspection = " ".join(answers.inspections.get(sheet.name, "").split())
        self.keys = {key for _, key in self.columns}
        self.cells = CellReader(sheet.headings, self.columns, answers, context, is_our_own(sheet))
        self.choices = {
            key: choices_for(key, context) for _, key in self.columns if BY_KEY[key].holds == Holds.WORD
        } | {key: choices_for(key, context) for key in ("assurance", "outcome")}
        self.left_out = {place for place, said in answers.corrections.get("row", {}).items() if said == ""}

    def questions(self) -> Iterator[ImportQuestion]:
        for row in self.sheet.rows:
            if place_of(self.name, row.number) in self.left_out:
                continue
            corrected, _ = self.cells.cells_of(row)
            yield from self._words(row, corrected)
            yield from self._words_for_days(row)
            yield from self._wanting(row, {key: cell for _, key, cell in reversed(corrected)})

    def _words(self, row: TableRow, corrected: Sequence[tuple[int, str, TableCell]]) -> Iterator[ImportQuestion]:
        for place, key, cell in corrected:
            if BY_KEY[key].holds != Holds.WORD:
                continue
            for value, words in words_in(cell, key, self.context):
                if not certain(key, value, self.context):
                    yield self._meaning(key, self.sheet.headings[place], value, words, row)

    def _words_for_days(self, row: TableRow) -> Iterator[ImportQuestion]:
        """Yield what stands in a column of days and is none, each word once, also when it is answered."""
        if row.mark:
            return
        for place, key in self.columns:
            cell = row.cells[place]
            if not cell.day and is_no_day(key, cell.text):
                yield self._word_for_a_day(key, self.sheet.headings[place], cell.text, row)

    def _word_for_a_day(self, key: str, heading: str, text: str, row: TableRow) -> ImportQuestion:
        given = self.answers.corrections.get(key, {}).get(normalise(text))
        quarter = last_of_quarter(text)
        return ImportQuestion(
            NO_DAY,
            key,
            heading,
            normalise(text),
            " ".join(text.split()),
            example=self._example(row),
            sheet=self.name,
            number=row.number,
            suggested=say(quarter) if quarter else NONE if _is_no_time(text) else "",
            answer=NONE if given == "" else given or "",
            problem=_wrong(given or ""),
        )

    def _meaning(self, key: str, heading: str, value: str, words: str, row: TableRow) -> ImportQuestion:
        return ImportQuestion(
            MEANING,
            key,
            heading,
            value,
            words,
            example=self._example(row),
            sheet=self.name,
            number=row.number,
            choices=self.choices[key],
            suggested=our_words(key, self.context).get(value, "") if value else "",
            answer=self.answers.meanings.get(key, {}).get(value, ""),
        )

    def _wanting(self, row: TableRow, cells: dict[str, TableCell]) -> Iterator[ImportQuestion]:
        """Yield what a row leaves open: a comment's view, a closure's outcome, the day of its report or update."""
        said = {key for key, cell in cells.items() if normalise(cell.text) not in NOTHING_SAID or cell.fill}
        if "assurance_why" in said and "assurance" not in said:
            heading = self._heading("assurance_why")
            yield self._meaning("assurance", heading, "", "a comment without a word for assurance", row)
        if self._closes_without_outcome(cells, said):
            yield self._meaning("outcome", self._heading("closed_on"), "", "a day of closing without an outcome", row)
        title = cells["inspection"].text if "inspection" in said else self.inspection
        if title and said and not self._has_publication_day(title, cells):
            yield self._day_of_report(row, title, cells.get("published_on", TableCell()))
        if title and self._starts_on_another_day(title, cells):
            yield self._sent_question(row)
        if self._is_undated(cells, said, on_record=bool(row.mark)):
            yield self._undated_question(row)

    def _closes_without_outcome(self, cells: dict[str, TableCell], keys: set[str]) -> bool:
        if "closed_on" not in keys or "outcome" in keys or not _day(cells["closed_on"]):
            return False
        meanings = (self.cells.meaning(key, value_in(cells[key], key)) for key in STANDING if key in cells)
        return not any(meaning.startswith("closed:") for meaning in meanings)

    def _has_publication_day(self, title: str, cells: dict[str, TableCell]) -> bool:
        known = self.reports.has_day(title) or normalise(title) in self.context.on_record
        return known or bool(_day(cells.get("published_on", TableCell())))

    def _starts_on_another_day(self, title: str, cells: dict[str, TableCell]) -> bool:
        """Whether a new report's clock starts on the day on which it was made or sent, as an IOPC letter's does."""
        if "source" not in cells or normalise(title) in self.context.on_record:
            return False
        source = self.cells.meaning("source", value_in(cells["source"], "source"))
        return bool(source) and source != HMICFRS and source in self.context.reaching

    def _sent_question(self, row: TableRow) -> ImportQuestion:
        taken = {place for place, _ in self.columns}
        others = [heading for place, heading in enumerate(self.sheet.headings) if place not in taken and heading]
        published = self._heading("published_on")
        of_report = f"The day in “{published}”" if published else "The day of the report, above"
        return ImportQuestion(
            SENT,
            "sent_on",
            self._heading("source"),
            "",
            "The day on which a letter was made or sent: its clock starts then",
            1,
            self._example(row),
            self.name,
            row.number,
            choices=(
                Choice(PUBLISHED_DAY, of_report),
                *(Choice(f"{IN_COLUMN}{heading}", f"The day in “{heading}”") for heading in others),
                Choice(NOT_KNOWN, "Not known: no clock until it is entered"),
            ),
            answer=self.answers.sent_on,
        )

    def _day_of_report(self, row: TableRow, title: str, cell: TableCell) -> ImportQuestion:
        title = " ".join(title.split())
        answer = self.answers.published.get(normalise(title), "")
        column = self._heading("published_on") or self._heading("inspection")
        return ImportQuestion(
            PUBLISHED,
            "published_on",
            column,
            normalise(title),
            title,
            1,
            self._example(row),
            self.name,
            row.number,
            answer=answer,
            problem=_wrong(answer),
            why=_wrong(cell.text),
        )

    def _is_undated(self, cells: dict[str, TableCell], keys: set[str], *, on_record: bool) -> bool:
        """Whether a row has something without a day. A stage of a recorded recommendation applies from today."""
        has_day = bool(_day(cells.get("update_on", TableCell())))
        if "update" in keys and not has_day and self._lacks_a_day(cells["update"]):
            return True
        if "assurance_why" in keys and not _day(cells.get("assurance_on", TableCell())):
            return True
        if "inspectorate_status" in keys and not _day(cells.get("inspectorate_status_on", TableCell())):
            return True
        if has_day or on_record or "update" in keys:
            return False
        return bool(self._states(cells) & {STAGE, POSITION, "closed"})

    def _lacks_a_day(self, cell: TableCell) -> bool:
        try:
            return any(said.on is None for said in split(cell, self.context.today))
        except Unclear:
            return False

    def _states(self, cells: dict[str, TableCell]) -> set[str]:
        meanings = (self.cells.meaning(key, value_in(cells[key], key)) for key in STANDING if key in cells)
        first = f"{STAGE}:awaiting_allocation"
        return {meaning.partition(":")[0] for meaning in meanings if meaning != first}

    def _undated_question(self, row: TableRow) -> ImportQuestion:
        answer = self.answers.undated_on
        return ImportQuestion(
            UNDATED,
            "update_on",
            self._heading("update_on") or self._heading("update"),
            "",
            "Date for entries without one",
            1,
            self._example(row),
            self.name,
            row.number,
            answer=answer,
            problem=_wrong(answer),
        )

    def _heading(self, key: str) -> str:
        return next((self.sheet.headings[place] for place, each in self.columns if each == key), "")

    def _example(self, row: TableRow) -> str:
        """Return what a row is about, in one line."""
        telling = ("reference", "number", "inspection", "heading", "text")
        found = {key: row.cells[place].text for place, key in reversed(self.columns) if key in telling}
        words = ", ".join(" ".join(found[key].split()) for key in telling if found.get(key, "").strip())
        return words if len(words) <= 120 else words[:118].rsplit(" ", 1)[0] + " …"


def _is_no_time(text: str) -> bool:
    """Whether words give no time at all: "Immediate", but not "Spring 2026"."""
    return names_a_period(text) and not any(letter.isdigit() for letter in text)


def _day(cell: TableCell) -> datetime.date | None:
    try:
        return day_in(cell, month_ends=False)
    except Unclear:
        return None


def _wrong(typed: str) -> str:
    try:
        day_in(TableCell(typed), month_ends=False)
    except Unclear as error:
        return str(error)
    return ""
