"""Turn a spreadsheet's rows into lines to plan the import from, with every problem by row and column."""

import datetime
from dataclasses import replace
from typing import Any

from recommendations.domain.imports.lines import (
    CLOSED,
    COLUMN,
    COLUMNS,
    FILE_NAME,
    FORCE,
    INSPECTION,
    MEANING,
    NOTHING,
    POSITION,
    STAGE,
    ImportLine,
    ImportProblem,
    ImportSource,
    Member,
    SheetContext,
    SheetLines,
    UpdateInCell,
    context,
    normalise,
    place_of,
)
from recommendations.domain.imports.plan import ImportPlan, plan_of
from recommendations.exchange.imports.around_tables import is_of_file
from recommendations.exchange.imports.asked_columns import AskedColumn, asked_columns
from recommendations.exchange.imports.causes import with_causes
from recommendations.exchange.imports.cells import CellReader, ReadRow
from recommendations.exchange.imports.day_cells import Unclear, day_in
from recommendations.exchange.imports.inspection_names import Reports
from recommendations.exchange.imports.mapping_answers import NO_INSPECTION, Answers, lacks_inspection
from recommendations.exchange.imports.own_export import is_our_own
from recommendations.exchange.imports.vocabulary import columns_of
from recommendations.exchange.readers.workbook import Sheet, TableCell, Workbook

BY_COLUMN = "*"  # each row's force is in its Force column
HELD = ("reference", "number", "text", "heading", "inspection")


def read_rows(workbook: Workbook, answers: Answers, context: SheetContext) -> SheetLines:
    """Return every row of every imported sheet as lines. Anything unreadable is a problem; nothing is guessed."""
    reports = Reports(workbook, answers, context)
    lines: list[ImportLine] = []
    problems: list[ImportProblem] = []
    columns: dict[str, dict[str, str]] = {}
    for sheet in imported_sheets(workbook, answers):
        name = sheet.name if len(workbook.sheets) > 1 else ""
        found, wrong = _Table(sheet, name, answers, context, reports).read()
        columns[name] = {sheet.headings[place]: key for place, key in columns_of(sheet, answers)}
        lines += found
        problems += [*(_column_problem(each, name) for each in asked_columns(sheet, answers)), *wrong]
    undated_on, of_undated = undated_day(answers)
    mappings = _mappings(workbook, answers)
    corrections = {key: found for key, found in answers.corrections.items() if key != "row"}
    problems = [*of_undated, *problems]
    return SheetLines(tuple(lines), tuple(problems), mappings, undated_on, answers.conflicts, columns, corrections)


def imported_sheets(workbook: Workbook, answers: Answers) -> list[Sheet]:
    """Return the sheets that are not left out."""
    return [sheet for sheet in workbook.sheets if answers.forces.get(sheet.name) != ""]


def _column_problem(column: AskedColumn, name: str) -> ImportProblem:
    """Return the problem with a full column that nobody gave a field, with some of its cells."""
    examples = ", ".join(f"“{each}”" for each in column.examples)
    said = f"{column.why} It has {examples}."
    return ImportProblem(name, 0, "", column.heading, "", said, (COLUMN, column.sheet, column.heading))


def undated_day(answers: Answers) -> tuple[datetime.date | None, tuple[ImportProblem, ...]]:
    """Return the day for undated values, and any problems with the answer."""
    try:
        return day_in(TableCell(answers.undated_on), month_ends=False), ()
    except Unclear as error:
        return None, (ImportProblem("", 0, "update_on", "", answers.undated_on, str(error)),)


def _mappings(workbook: Workbook, answers: Answers) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return headings → the answers that apply to any table with these headings."""
    return {
        sheet.headings: {
            "columns": answers.columns.get(sheet.name, {}),
            "force": answers.forces.get(sheet.name, ""),
            "meanings": answers.meanings,
            "corrections": {key: found for key, found in answers.corrections.items() if key not in ("row", FILE_NAME)},
            "sent_on": answers.sent_on,
        }
        for sheet in workbook.sheets
    }


class _Table:
    """One sheet being read."""

    def __init__(self, sheet: Sheet, name: str, answers: Answers, context: SheetContext, reports: Reports) -> None:
        self.sheet, self.name, self.answers, self.context, self.reports = sheet, name, answers, context, reports
        self.force = answers.forces.get(sheet.name, "")
        self.own = is_our_own(sheet)
        self.inspection = answers.inspections.get(sheet.name, "")
        self.cells = CellReader(sheet.headings, columns_of(sheet, answers), answers, context, self.own)
        self.left_out = {place for place, said in answers.corrections.get("row", {}).items() if said == ""}
        self.lines: list[ImportLine] = []
        self.problems: list[ImportProblem] = []

    def read(self) -> tuple[list[ImportLine], list[ImportProblem]]:
        if missing := self._missing():
            return [], [missing]
        for row in self.sheet.rows:
            if place_of(self.name, row.number) not in self.left_out:
                self._add(self.cells.read(self.name, row))
        return self.lines if self.own else with_causes(self.lines), self.problems

    def _missing(self) -> ImportProblem | None:
        """Return the problem with the sheet as a whole that prevents any row from being imported, or None."""
        name = self.sheet.name
        if self.force != BY_COLUMN and self.force not in self.context.forces:
            said = "Choose the force that this sheet is about, or leave the sheet out."
            return ImportProblem(self.name, 0, "force", "", name, said, (FORCE, "force", name))
        if not self.cells.columns:
            said = "Say what the columns of this sheet hold: none of them is brought in."
            return ImportProblem(self.name, 0, "", "", name, said, (COLUMNS, "", name))
        if lacks_inspection(name, self.answers):
            return ImportProblem(self.name, 0, "inspection", "", name, NO_INSPECTION, (INSPECTION, "inspection", name))
        return None

    def _add(self, read: ReadRow) -> None:
        if not (read.cells or read.problems):
            return
        if self.lines and self._goes_on(read):
            self._go_on(read)
        else:
            self.lines.append(self._line(read))
        self.problems += read.problems

    def _goes_on(self, read: ReadRow) -> bool:
        """Whether a row continues the one above.

        It repeats the reference, or has no values about the recommendation but a sub-recommendation, an update, or one
        cell.
        """
        last, reference = self.lines[-1], read.values.get("reference")
        if self.own:
            return False
        if reference:
            return normalise(reference) == normalise(last.get("reference", "")) and self._same_report(read, last)
        if any(read.values.get(key) for key in HELD[:-1]) or not self._same_report(read, last):
            return False
        return bool(read.parts or read.updates) or sum(map(is_of_file, read.original)) == 1

    def _same_report(self, read: ReadRow, last: ImportLine) -> bool:
        title = read.values.get("inspection")
        return not title or (last.report is not None and normalise(title) == normalise(last.report.title))

    def _go_on(self, read: ReadRow) -> None:
        last = self.lines[-1]
        text = read.values.get("text", "")
        if not read.parts and text and normalise(text) != normalise(last.get("text", "")):
            read.parts.append(" ".join(text.split()))
        number = read.row.number
        says_more = read.standing or read.targets or set(read.values) - {*HELD, "kind", "kind_of_number", "update_on"}
        note = (f"Row {number} goes on with this one: of it, sub-recommendations and updates are taken.",)
        self.lines[-1] = replace(
            last,
            members=(*last.members, Member(number, read.original)),
            parts=(*last.parts, *(part for part in read.parts if part not in last.parts)),
            updates=(*last.updates, *(said for said in self._updates(read) if said not in last.updates)),
            notes=(*last.notes, *(note if says_more else ())),
        )

    def _line(self, read: ReadRow) -> ImportLine:
        self._check_force(read)
        values = {key: value for key, value in read.values.items() if key not in ("force", "kind_of_number")}
        values.setdefault("kind", read.values.get("kind_of_number", ""))
        self._leave_open(read, values)
        closed, notes = self._where_it_stands(read, values)
        self._view_of_comment(read, values)
        return ImportLine(
            sheet=self.name,
            members=(Member(read.row.number, read.original),),
            force=read.values.get("force", "") if self.force == BY_COLUMN else self.force,
            values={key: value for key, value in values.items() if value != ""},
            cells=read.cells,
            report=self.reports.of(read, self.inspection),
            updates=tuple(self._updates(read)),
            targets=tuple(read.targets),
            parts=tuple(read.parts),
            addressees=tuple(read.addressees),
            closed=closed,
            closed_words=self._closed_words(read),
            notes=(*notes, *read.notes),
            mark=read.mark,
        )

    def _check_force(self, read: ReadRow) -> None:
        named = read.values.get("force")
        if self.force == BY_COLUMN and not named and "force" not in {problem.field for problem in read.problems}:
            read.problem("force", "Enter the force.")
        elif named and self.force not in (BY_COLUMN, named):
            here, chosen = (self.context.forces[slug][0] for slug in (named, self.force))
            read.problem("force", f"This row is about {here}, and the sheet is brought in for {chosen}. Leave it out.")

    def _updates(self, read: ReadRow) -> list[UpdateInCell]:
        """Return the cell's updates. Those without a day take that of the row's own column."""
        on, said_by = read.values.get("update_on"), read.values.get("said_by", "")
        return [replace(said, on=said.on or on, said_by=said.said_by or said_by) for said in read.updates]

    def _leave_open(self, read: ReadRow, values: dict[str, Any]) -> None:
        """Read a "completion date" of an open row as its target: it closes nothing."""
        heading = read.cells.get("closed_on", ("", ""))[0]
        meanings = {meaning.partition(":")[0] for _, meaning in read.standing}
        if "completion" not in heading.casefold() or "closed_on" not in values or CLOSED in meanings:
            return
        if STAGE in meanings and not values.get("outcome"):
            read.targets.append(values.pop("closed_on"))
            read.notes.append(f"{heading} is read as the target, because the row is open.")

    def _where_it_stands(self, read: ReadRow, values: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        """Return a closed row's outcome; put stage and position into `values`. A word for closed wins, with a note."""
        said: dict[str, str] = {}
        words: dict[str, str] = {}
        for heading, meaning in read.standing:
            voice, _, key = meaning.partition(":")
            if voice in said and said[voice] != key:
                read.problems.append(self._contradiction(read, words[voice], heading))
            said.setdefault(voice, key)
            words.setdefault(voice, heading)
        values.update({voice: said[voice] for voice in (STAGE, POSITION) if voice in said})
        closed = self._outcome(read, values) or said.get(CLOSED, "")
        if closed and STAGE in said and not self.own and said.get(CLOSED):
            return closed, (f"“{words[CLOSED]}” says closed and “{words[STAGE]}” open: it is brought in as closed.",)
        return closed, ()

    def _view_of_comment(self, read: ReadRow, values: dict[str, Any]) -> None:
        """Give an OPCC comment without an assurance word the view answered for such comments."""
        if values.get("assurance") or "assurance_why" not in values:
            return
        meaning = self.cells.meaning("assurance", "")
        if not meaning:
            said = "This comment has no word for assurance. Say what view such comments stand for."
            read.problem("assurance_why", said, (MEANING, "assurance", ""))
        values["assurance"] = "" if meaning == NOTHING else meaning

    def _closed_words(self, read: ReadRow) -> str:
        """Return the words by which a row says that it is closed."""
        if read.values.get("outcome"):
            return ": ".join(read.cells["outcome"])
        return next((words for words, meaning in read.standing if meaning.startswith(f"{CLOSED}:")), "")

    def _contradiction(self, read: ReadRow, one: str, other: str) -> ImportProblem:
        column, _, value = other.partition(": ")
        said = f"“{one}” and “{other}” contradict each other. Say of one of the words that it says nothing."
        return ImportProblem(self.name, read.row.number, "status", column, value, said)

    def _outcome(self, read: ReadRow, values: dict[str, Any]) -> str:
        """Return the outcome from its own column, or as answered for closing days without an outcome."""
        if values.get("outcome") or "closed_on" not in values:
            return str(values.get("outcome", ""))
        if any(meaning.startswith(f"{CLOSED}:") for _, meaning in read.standing):
            return ""
        meaning = self.cells.meaning("outcome", "")
        if not meaning:
            said = "This has a day of closing and no outcome. Say what such rows mean."
            read.problem("closed_on", said, (MEANING, "outcome", ""))
        return "" if meaning == NOTHING else meaning


def plan_workbook(workbook: Workbook, answers: Answers, *, source: ImportSource, on: datetime.date) -> ImportPlan:
    """Return the plan for a workbook on a London day, for the page and the command line."""
    return plan_of(read_rows(workbook, answers, context(on)), source=source, on=on)
