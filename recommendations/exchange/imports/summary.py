"""What a spreadsheet would do to the register, as JSON and as text for a terminal."""

import datetime
from collections.abc import Sequence
from typing import Any

from recommendations.domain.imports.conflicts import ImportConflict
from recommendations.domain.imports.entries import ImportChange, ImportEntry
from recommendations.domain.imports.lines import COLUMN, ImportProblem, SheetContext
from recommendations.domain.imports.plan import ImportPlan
from recommendations.domain.register.sheet_columns import BY_KEY
from recommendations.enums import RowOutcome
from recommendations.exchange.imports.asked_columns import asked_columns
from recommendations.exchange.imports.column_guessing import doubts_of
from recommendations.exchange.imports.mapping_answers import Answers, remembered_columns
from recommendations.exchange.imports.rows import BY_COLUMN
from recommendations.exchange.imports.unanswered import HOW
from recommendations.exchange.readers.workbook import Sheet, Workbook
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say

MOST = 100  # rows, or problems, listed on a terminal
PROBLEM = "problem"


def as_json(
    plan: ImportPlan, problems: Sequence[ImportProblem], workbook: Workbook, answers: Answers
) -> dict[str, Any]:
    """Return the plan's counts, how the columns were read, the problems, and what each row would do.

    `layout` is the day and file of the register that this one was read as, or empty.
    """
    return {
        "created": plan.created,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "layout": {key: answers.layout[key] for key in ("day", "file")} if answers.layout else {},
        "sheets": [_columns(sheet, answers) for sheet in workbook.sheets],
        "problems": [problem.as_json() for problem in problems],
        "rows": [_row(entry) for entry in plan.entries],
    }


def _columns(sheet: Sheet, answers: Answers) -> dict[str, Any]:
    """Return each column's field, those that are asked about or in doubt, and those left out."""
    said = {int(place): key for place, key in answers.columns.get(sheet.name, {}).items() if key}
    doubts = {place: why for place, why in _doubts(sheet, answers).items() if place in said}
    asked = {each.place: each for each in asked_columns(sheet, answers)}
    return {
        "sheet": sheet.name,
        "force": answers.forces.get(sheet.name),
        "inspection": answers.inspections.get(sheet.name, ""),
        "guessed": {sheet.headings[place]: key for place, key in sorted(said.items()) if place not in doubts},
        "asked": [
            *({"column": sheet.headings[place], "field": said[place], "why": why} for place, why in doubts.items()),
            *(
                {"column": each.heading, "field": "", "why": each.why, "cells": list(each.examples)}
                for each in asked.values()
            ),
        ],
        "left_out": [
            heading for place, heading in enumerate(sheet.headings) if place not in said and place not in asked
        ],
    }


def _doubts(sheet: Sheet, answers: Answers) -> dict[int, str]:
    """Return why columns are in doubt, by position; what a layout answers is not."""
    said = {int(place): key for place, key in answers.columns.get(sheet.name, {}).items()}
    known = remembered_columns(sheet.name, answers)
    doubts = doubts_of(sheet.headings, sheet.rows, said)
    return {place: why for place, why in doubts.items() if place not in known}


def _row(entry: ImportEntry) -> dict[str, Any]:
    return {
        "row": entry.row,
        "outcome": str(entry.outcome) or PROBLEM,
        "force": entry.line.force,
        "inspection": entry.title,
        "reference": entry.reference,
        "label": entry.label,
        "changes": [{"column": each.field, "from": each.before, "to": each.after} for each in entry.changes],
        "notes": list(entry.notes),
    }


def summary(plan: ImportPlan, workbook: Workbook, answers: Answers, context: SheetContext) -> list[str]:
    """Return lines on how the sheets were read, what is new, and each change."""
    numbers = f"{plan.created:,} new, {plan.changed:,} changed, {plan.unchanged:,} unchanged."
    layout = [_layout(answers.layout)] if answers.layout else []
    return [
        *layout,
        *(line for sheet in workbook.sheets for line in _sheet(sheet, answers, context)),
        *(
            f"Sheet {name} is not read: it lists the updates that went out with an export."
            for name in workbook.not_read
        ),
        *(f"New inspection: {report.title}" for report in plan.inspections),
        *_first_lines([f"{_capital(entry.place)}: {_changes(entry)}" for entry in _changed_entries(plan)]),
        *_first_lines([_conflict(conflict) for conflict in plan.conflicts]),
        f"{workbook.name}: {numbers}",
    ]


def _layout(layout: dict[str, Any]) -> str:
    how = (
        f"as your register of {say(datetime.date.fromisoformat(layout['day']))}"
        if layout["day"]
        else "by a remembered layout"
    )
    file = f" ({layout['file']})" if layout["file"] else ""
    return f"Read {how}{file}. --afresh reads it as if it were the first."


def problem_lines(problems: Sequence[ImportProblem]) -> list[str]:
    """Return the problems, each with its place, column and value.

    What can be answered is listed once, below them all (unanswered.choice_lines).
    """
    return _first_lines([_problem_line(problem) for problem in problems])


def _problem_line(problem: ImportProblem) -> str:
    where = [problem.place, problem.column, f"“{shorten(problem.value, 60)}”" if problem.value else ""]
    is_below = problem.asks and (problem.number or problem.asks[0] == COLUMN)
    message = problem.message.partition(HOW)[0] if is_below else problem.message
    return f"{_capital(', '.join(each for each in where if each))}: {message}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _first_lines(lines: list[str]) -> list[str]:
    more = len(lines) - MOST
    return lines if more <= 0 else [*lines[:MOST], f"And {more:,} more: --json lists all of them."]


def _sheet(sheet: Sheet, answers: Answers, context: SheetContext) -> list[str]:
    """Return lines on a sheet's force, columns and left-out rows."""
    slug = answers.forces.get(sheet.name)
    if slug == "":
        return [f"Sheet {sheet.name} is left out."]
    columns = answers.columns.get(sheet.name, {})
    read = [
        f"{heading} is {BY_KEY[columns[str(place)]].heading}"
        for place, heading in enumerate(sheet.headings)
        if columns.get(str(place))
    ]
    asked = {each.place for each in asked_columns(sheet, answers)}
    left_out = [
        heading for place, heading in enumerate(sheet.headings) if not columns.get(str(place)) and place not in asked
    ]
    whose = {None: "no one said whose", BY_COLUMN: "of the force that each row says"}
    lines = [f"Sheet {sheet.name}, {whose.get(slug) or context.forces[slug or ''][0]}: {len(sheet.rows):,} rows."]
    title = answers.inspections.get(sheet.name, "") if "inspection" not in columns.values() else ""
    lines += [f"  Inspection: {title}."] if title else []
    lines += [f"  Columns: {'; '.join(read)}."] if read else []
    lines += [f"  Columns left out: {'; '.join(left_out)}."] if left_out else []
    lines += [f"  Check {sheet.headings[place]}: {why}" for place, why in _doubts(sheet, answers).items()]
    return lines + [f"  Row {each.number} is left out. {each.why} {shorten(each.text, 60)}" for each in sheet.left_out]


def _conflict(conflict: ImportConflict) -> str:
    """Describe a conflict. On the command line nobody can choose, so the register's value stays."""
    about = f"{conflict.tracked.reference}, {conflict.heading}"
    return (
        f"{_capital(conflict.place)}: {about}: changed here since the export. It stays; choose on the page to take it."
    )


def _changed_entries(plan: ImportPlan) -> list[ImportEntry]:
    return [entry for entry in plan.entries if entry.outcome == RowOutcome.CHANGED]


def _changes(entry: ImportEntry) -> str:
    return f"{entry.reference} {'; '.join(map(_change, entry.changes))}"


def _change(change: ImportChange) -> str:
    if not change.after:
        return f"{change.field}: removed (was {_quote(change.before)})"
    return f"{change.field} from {_quote(change.before)} to {_quote(change.after)}"


def _quote(text: str) -> str:
    return f"“{shorten(text, 60)}”" if text else "nothing"
