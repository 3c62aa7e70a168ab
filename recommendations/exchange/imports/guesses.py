"""The initial answers about a spreadsheet: those remembered from the last one like it, and guesses."""

import datetime
from collections.abc import Iterable
from typing import Any

from recommendations.domain.imports.layouts import remembered_answers
from recommendations.domain.imports.lines import normalise
from recommendations.exchange.imports.around_tables import inspection_of, publication_day_above
from recommendations.exchange.imports.column_guessing import guess_columns
from recommendations.exchange.imports.mapping_answers import SEVERAL, Answers
from recommendations.exchange.readers.workbook import Sheet, Workbook
from recommendations.models import Force


def first_answers(
    workbook: Workbook, force: Force | None, forces: Iterable[Force], on: datetime.date, *, is_afresh: bool = False
) -> Answers:
    """Return the answers remembered for these headings on a London day, and guesses for what is not remembered.

    Nothing is remembered if it is to be read afresh.
    """
    forces, alone = list(forces), len(workbook.sheets) == 1
    headings = {sheet.name: sheet.headings for sheet in workbook.sheets}
    kept = {} if is_afresh else remembered_answers(headings, [force] if force else forces, on)
    answers = Answers.from_json(kept)
    kept_force = answers.forces.get(workbook.sheets[0].name) if alone else None
    answers.forces = {}
    fill_in(workbook, answers, force, forces)
    if alone and kept_force is not None:
        answers.forces.setdefault(workbook.sheets[0].name, kept_force)
    return answers


def fill_in(workbook: Workbook, answers: Answers, force: Force | None, forces: Iterable[Force]) -> None:
    """Guess the columns, force and inspection of each sheet that are not answered."""
    forces = list(forces)
    for sheet in workbook.sheets:
        answers.columns[sheet.name] = _with_guesses(sheet, answers.columns.get(sheet.name, {}))
    holding = [sheet.name for sheet in workbook.sheets if _holds_recommendations(answers.columns[sheet.name])]
    for sheet in workbook.sheets:
        if holding and sheet.name not in holding:
            answers.forces.setdefault(sheet.name, "")
        said = _force_of(sheet, force, forces, answers.columns[sheet.name])
        if said is not None:
            answers.forces.setdefault(sheet.name, said)
        _name_inspection(sheet, answers, several=len(holding) > 1)


def _with_guesses(sheet: Sheet, columns: dict[str, str]) -> dict[str, str]:
    """Return the answered columns of a sheet, with guesses for the others that take no field of theirs."""
    taken = set(columns.values()) - set(SEVERAL)
    guessed = guess_columns(sheet.headings, sheet.rows, sheet.hidden_columns)
    return columns | {
        str(place): key for place, key in guessed.items() if key and str(place) not in columns and key not in taken
    }


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
