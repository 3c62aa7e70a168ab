"""The initial answers about a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from recommendations.domain.imports.lines import normalise
from recommendations.domain.imports.mappings import stored_answers
from recommendations.exchange.imports.around_tables import inspection_of, publication_day_above
from recommendations.exchange.imports.column_guessing import due_columns, guess_columns
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.readers.workbook import Sheet, Workbook
from recommendations.models import Force


def first_answers(workbook: Workbook, force: Force | None, forces: Iterable[Force]) -> tuple[Answers, bool]:
    """Return the last answers for these headings, or else guesses, and whether there were any earlier answers."""
    kept = stored_answers({sheet.name: sheet.headings for sheet in workbook.sheets})
    answers, alone = Answers.from_json(kept), len(workbook.sheets) == 1
    kept_force = answers.forces.get(workbook.sheets[0].name) if alone else None
    answers.forces = {}
    fill_in(workbook, answers, force, forces)
    if alone and kept_force is not None:
        answers.forces.setdefault(workbook.sheets[0].name, kept_force)
    return answers, bool(kept)


def fill_in(workbook: Workbook, answers: Answers, force: Force | None, forces: Iterable[Force]) -> None:
    """Guess the columns, force and inspection of each sheet without answers. A column headed "Due" alone is asked."""
    forces = list(forces)
    for sheet in workbook.sheets:
        if sheet.name not in answers.columns:
            guessed = guess_columns(sheet.headings, sheet.rows, sheet.hidden_columns)
            asked = due_columns(sheet.headings, sheet.rows, sheet.hidden_columns)
            answers.columns[sheet.name] = {
                str(place): key for place, key in guessed.items() if key and place not in asked
            }
    holding = [sheet.name for sheet in workbook.sheets if _holds_recommendations(answers.columns[sheet.name])]
    for sheet in workbook.sheets:
        if holding and sheet.name not in holding:
            answers.forces.setdefault(sheet.name, "")
        said = _force_of(sheet, force, forces, answers.columns[sheet.name])
        if said is not None:
            answers.forces.setdefault(sheet.name, said)
        _name_inspection(sheet, answers, several=len(holding) > 1)


def unanswered_due_columns(sheet: Sheet, answers: Answers) -> set[int]:
    """Return the positions of the columns headed "Due" alone of which no one has said whose days they hold."""
    answered = {int(place) for place in answers.columns.get(sheet.name, {})}
    return due_columns(sheet.headings, sheet.rows, sheet.hidden_columns) - answered


def whose_day(heading: str) -> str:
    """Return the question about a column headed "Due" alone."""
    return f"Say whose day “{heading}” is: HMICFRS’s or another source’s deadline, or the force’s target."


def _holds_recommendations(columns: dict[str, Any]) -> bool:
    """Whether a sheet has a column of recommendations: a contents page or a list of choices has none."""
    return bool({"text", "reference"} & set(columns.values()))


def _name_inspection(sheet: Sheet, answers: Answers, *, several: bool) -> None:
    """Record the inspection named above a table or in its sheet's name, if no column names it."""
    if "inspection" in answers.columns[sheet.name].values() or answers.forces.get(sheet.name) == "":
        return
    title = answers.inspections.get(sheet.name) or inspection_of(sheet, several=several)
    if not title:
        return
    answers.inspections[sheet.name] = title
    if day := publication_day_above(sheet):
        answers.published.setdefault(normalise(title), day)


def _force_of(sheet: Sheet, chosen: Force | None, forces: list[Force], columns: dict[str, Any]) -> str | None:
    """Return the force chosen, or named in the sheet's name; "" to leave out a hidden sheet; None to ask."""
    if sheet.hidden:
        return ""
    name = sheet.name.casefold()
    named = [force for force in forces if force.short_name.casefold() in name or force.name.casefold() in name]
    if chosen is not None:
        return None if len(named) == 1 and named[0] != chosen else chosen.slug
    if "force" in columns.values():
        return "*"
    return named[0].slug if len(named) == 1 else None
