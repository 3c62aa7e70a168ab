"""What was not answered about a spreadsheet, as problems that say what can be said and how a mapping file says it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from recommendations.domain.imports.lines import FORCE, INSPECTION, MEANING, PUBLISHED, ImportProblem, SheetContext
from recommendations.domain.imports.plan import ImportPlan
from recommendations.domain.register.sheet_columns import coming_in
from recommendations.exchange.imports.mapping_answers import Answers, wrong_columns
from recommendations.exchange.imports.questions import ImportQuestion, questions_of
from recommendations.exchange.imports.rows import brought_in
from recommendations.exchange.readers.workbook import Workbook

A_DAY = "a day, as in 7 November 2026."
HOW = " In the mapping file: "


def problems_of(plan: ImportPlan, workbook: Workbook, answers: Answers, context: SheetContext) -> list[ImportProblem]:
    """All that stands in a plan's way. A word that nobody answered is one problem, however many rows have it.

    Where anything is unanswered, all that the pages would ask is listed.
    """
    found = [*_of_sheets(plan, context), *_of_columns(workbook, answers)]
    if any(problem.asks for problem in plan.problems):
        found += [_of_question(each) for each in unanswered(workbook, answers, context)]
    return found + [_of_name(each) if each.names_person else each for each in plan.problems if not each.asks]


def unanswered(workbook: Workbook, answers: Answers, context: SheetContext) -> list[ImportQuestion]:
    """The questions without an answer, in the order of the columns."""
    return [question for question in questions_of(workbook, answers, context) if not question.answer]


def to_fill_in(problems: Sequence[ImportProblem], questions: list[ImportQuestion]) -> dict[str, Any]:
    """What is missing as a mapping file in which the answers are still empty: inspections of sheets first."""
    sheets = {problem.asks[2]: "" for problem in problems if problem.asks[:1] == (INSPECTION,)}
    found: dict[str, Any] = {"inspections": sheets} if sheets else {}
    for question in questions:
        _put(found, question, "")
    return found


def said_of(questions: list[ImportQuestion]) -> list[str]:
    """What the answers of a mapping file can be, in lines: once for all fields that have the same choices."""
    fields: dict[str, dict[str, None]] = {}
    for question in questions:
        choices = _choices(question) if question.kind == MEANING else A_DAY
        part = question.field if question.kind == MEANING else _part(question)
        fields.setdefault(choices, {})[part] = None
    return [f"{', '.join(parts)}: {choices}" for choices, parts in fields.items()]


def _part(question: ImportQuestion) -> str:
    return "published" if question.kind == PUBLISHED else "undated_on"


def _choices(question: ImportQuestion) -> str:
    return f"one of {', '.join(f'{each.value} ({each.label})' for each in question.choices)}."


def _put(found: dict[str, Any], question: ImportQuestion, answer: str) -> None:
    """Put an answer where a mapping file has it."""
    if question.kind == MEANING:
        found.setdefault("meanings", {}).setdefault(question.field, {})[question.value] = answer
    elif question.kind == PUBLISHED:
        found.setdefault(_part(question), {})[question.value] = answer
    else:
        found[_part(question)] = answer


def _of_sheets(plan: ImportPlan, context: SheetContext) -> Iterator[ImportProblem]:
    """Sheets whose force or columns nobody said."""
    for problem in plan.problems:
        if not problem.asks or problem.number:
            continue
        kind, _, name = problem.asks
        if kind == FORCE:
            slugs = f"SLUG is one of {', '.join(context.forces)}, * where a column says it, or empty to leave it out."
            yield _with(problem, {"forces": {name: "SLUG"}}, slugs)
        elif kind == INSPECTION:
            yield _with(problem, {"inspections": {name: "TITLE"}}, "TITLE is the inspection’s title.")
        else:
            fields = f"FIELD is one of {', '.join(sorted(coming_in()))}."
            yield _with(problem, {"columns": {name: {"HEADING": "FIELD"}}}, fields)


def _of_columns(workbook: Workbook, answers: Answers) -> Iterator[ImportProblem]:
    """Columns that can't be what they were taken for."""
    several = len(workbook.sheets) > 1
    for sheet in brought_in(workbook, answers):
        said = answers.columns.get(sheet.name, {})
        for place, message in wrong_columns(sheet.headings, said) if said else ():
            key, heading = said.get(str(place), ""), sheet.headings[place]
            yield ImportProblem(sheet.name if several else "", 0, key, heading, "", message)


def _of_question(question: ImportQuestion) -> ImportProblem:
    rows = f"{question.count:,} {'row' if question.count == 1 else 'rows'}"
    column = f" in the column {question.column}" if question.column else ""
    value, answer, more = question.shown, "DAY", A_DAY
    if question.kind == MEANING:
        said = f"Say what “{question.shown}”{column} means ({rows})."
        value = question.shown if question.value else ""
        answer, more = "MEANING", _choices(question)
    elif question.kind == PUBLISHED:
        said = f"Say when “{question.shown}” was published ({rows}).{f' {question.why}' if question.why else ''}"
    else:
        said, value = f"Say which day holds for what the sheet gives no day ({rows}).", ""
    given: dict[str, Any] = {}
    _put(given, question, answer)
    problem = ImportProblem(question.sheet, question.number, question.field, question.column, value, said, question.key)
    return _with(problem, given, f"{answer} is {more}")


def _of_name(problem: ImportProblem) -> ImportProblem:
    given = {"corrections": {problem.field: {problem.value: "WORDS"}}}
    return _with(problem, given, "WORDS are those of the sheet where no person is named.")


def _with(problem: ImportProblem, given: dict[str, Any], more: str) -> ImportProblem:
    """The problem with how a mapping file answers it."""
    inside = json.dumps(given, ensure_ascii=False)[1:-1]
    return replace(problem, message=f"{problem.message}{HOW}{inside}. {more}")
