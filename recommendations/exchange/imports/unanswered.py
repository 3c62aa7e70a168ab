"""Unanswered questions about a spreadsheet, as problems that explain how to answer them in a mapping file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from recommendations.domain.imports.lines import (
    COLUMN,
    FORCE,
    INSPECTION,
    MEANING,
    NO_DAY,
    PUBLISHED,
    SENT,
    ImportProblem,
    SheetContext,
)
from recommendations.domain.imports.plan import ImportPlan
from recommendations.domain.register.sheet_columns import coming_in
from recommendations.exchange.imports.mapping_answers import Answers, wrong_columns
from recommendations.exchange.imports.questions import ImportQuestion, questions_of
from recommendations.exchange.imports.rows import imported_sheets
from recommendations.exchange.readers.workbook import Workbook

A_DAY = "a day, as in 7 November 2026."
A_DAY_OR_NONE = 'a day, as in 7 November 2026, or "" for none.'
TO_FILL_IN = "FIELD"
HOW = " In the mapping file: "


def problems_of(plan: ImportPlan, workbook: Workbook, answers: Answers, context: SheetContext) -> list[ImportProblem]:
    """Return everything that prevents a plan. An unanswered word is one problem, however many rows have it.

    If anything is unanswered, all questions that the pages would ask are listed.
    """
    found = [*_sheet_problems(plan, context), *_column_problems(workbook, answers)]
    if any(problem.asks for problem in plan.problems):
        found += [_question_problem(each) for each in unanswered_questions(workbook, answers, context)]
    return found + [_name_problem(each) if each.names_person else each for each in plan.problems if not each.asks]


def unanswered_questions(workbook: Workbook, answers: Answers, context: SheetContext) -> list[ImportQuestion]:
    """Return the unanswered questions, in the order of the columns."""
    return [question for question in questions_of(workbook, answers, context) if not question.answer]


def mapping_to_fill_in(problems: Sequence[ImportProblem], questions: list[ImportQuestion]) -> dict[str, Any]:
    """Return the missing answers as a mapping file to fill in: inspections of sheets first, then columns.

    A column's field is written as FIELD, and what stands for a day as DAY, because an empty one leaves them out.
    """
    sheets = {problem.asks[2]: "" for problem in problems if problem.asks[:1] == (INSPECTION,)}
    found: dict[str, Any] = {"inspections": sheets} if sheets else {}
    for problem in problems:
        if problem.asks[:1] == (COLUMN,):
            _, sheet, heading = problem.asks
            found.setdefault("columns", {}).setdefault(sheet, {})[heading] = TO_FILL_IN
    for question in questions:
        _add_answer(found, question, "DAY" if question.kind == NO_DAY else "")
    return found


def choice_lines(problems: Sequence[ImportProblem], questions: list[ImportQuestion]) -> list[str]:
    """Return the possible answers in a mapping file, one line for all fields with the same choices."""
    fields: dict[str, dict[str, None]] = {}
    if any(problem.asks[:1] == (COLUMN,) for problem in problems):
        fields[_fields_of_columns()] = {"columns": None}
    for question in questions:
        choices = _choices(question) if question.choices else A_DAY_OR_NONE if question.kind == NO_DAY else A_DAY
        part = question.field if question.kind == MEANING else _part(question)
        fields.setdefault(choices, {})[part] = None
    return [f"{', '.join(parts)}: {choices}" for choices, parts in fields.items()]


def _fields_of_columns() -> str:
    return f'"" to leave it out, or one of {", ".join(sorted(coming_in()))}.'


def _part(question: ImportQuestion) -> str:
    return {PUBLISHED: "published", SENT: "sent_on", NO_DAY: "corrections"}.get(question.kind, "undated_on")


def _choices(question: ImportQuestion) -> str:
    return f"one of {', '.join(f'{each.value} ({each.label})' for each in question.choices)}."


def _add_answer(mapping: dict[str, Any], question: ImportQuestion, answer: str) -> None:
    """Store an answer where a mapping file expects it."""
    if question.kind == MEANING:
        mapping.setdefault("meanings", {}).setdefault(question.field, {})[question.value] = answer
    elif question.kind == NO_DAY:
        mapping.setdefault(_part(question), {}).setdefault(question.field, {})[question.value] = answer
    elif question.kind == PUBLISHED:
        mapping.setdefault(_part(question), {})[question.value] = answer
    else:
        mapping[_part(question)] = answer


def _sheet_problems(plan: ImportPlan, context: SheetContext) -> Iterator[ImportProblem]:
    """Yield the sheets without a force or columns."""
    for problem in plan.problems:
        if not problem.asks or problem.number:
            continue
        kind, _, name = problem.asks
        if kind == FORCE:
            slugs = f"SLUG is one of {', '.join(context.forces)}, * where a column says it, or empty to leave it out."
            yield _with_how_to_answer(problem, {"forces": {name: "SLUG"}}, slugs)
        elif kind == COLUMN:
            _, sheet, heading = problem.asks
            fields = f"FIELD is {_fields_of_columns()}"
            yield _with_how_to_answer(problem, {"columns": {sheet: {heading: TO_FILL_IN}}}, fields)
        elif kind == INSPECTION:
            yield _with_how_to_answer(problem, {"inspections": {name: "TITLE"}}, "TITLE is the inspection’s title.")
        else:
            fields = f"FIELD is one of {', '.join(sorted(coming_in()))}."
            yield _with_how_to_answer(problem, {"columns": {name: {"HEADING": "FIELD"}}}, fields)


def _column_problems(workbook: Workbook, answers: Answers) -> Iterator[ImportProblem]:
    """Yield the columns that cannot be what they are mapped to."""
    several = len(workbook.sheets) > 1
    for sheet in imported_sheets(workbook, answers):
        said = answers.columns.get(sheet.name, {})
        for place, message in wrong_columns(sheet.headings, said) if said else ():
            key, heading = said.get(str(place), ""), sheet.headings[place]
            yield ImportProblem(sheet.name if several else "", 0, key, heading, "", message)


def _question_problem(question: ImportQuestion) -> ImportProblem:
    rows = f"{question.count:,} {'row' if question.count == 1 else 'rows'}"
    column = f" in the column {question.column}" if question.column else ""
    value, answer, more = question.shown, "DAY", A_DAY
    if question.kind == MEANING:
        said = f"Say what “{question.shown}”{column} means ({rows})."
        value = question.shown if question.value else ""
        answer, more = "MEANING", _choices(question)
    elif question.kind == NO_DAY:
        said = f"Say which day “{question.shown}”{column} stands for ({rows})."
        more = A_DAY_OR_NONE
    elif question.kind == PUBLISHED:
        said = f"Say when “{question.shown}” was published ({rows}).{f' {question.why}' if question.why else ''}"
    elif question.kind == SENT:
        said, value = f"Say where the sheet has the day on which a letter was made or sent ({rows}).", ""
        answer, more = "PLACE", _choices(question)
    else:
        said, value = f"Say which day holds for what the sheet gives no day ({rows}).", ""
    given: dict[str, Any] = {}
    _add_answer(given, question, answer)
    problem = ImportProblem(question.sheet, question.number, question.field, question.column, value, said, question.key)
    return _with_how_to_answer(problem, given, f"{answer} is {more}")


def _name_problem(problem: ImportProblem) -> ImportProblem:
    given = {"corrections": {problem.field: {problem.value: "WORDS"}}}
    return _with_how_to_answer(problem, given, "WORDS are those of the sheet where no person is named.")


def _with_how_to_answer(problem: ImportProblem, example: dict[str, Any], more: str) -> ImportProblem:
    """Return the problem, extended with how to answer it in a mapping file."""
    inside = json.dumps(example, ensure_ascii=False)[1:-1]
    return replace(problem, message=f"{problem.message}{HOW}{inside}. {more}")
