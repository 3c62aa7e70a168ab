"""What is filled in about a spreadsheet before anybody answers."""

from collections.abc import Iterable
from typing import Any

from recommendations.domain.imports.mappings import kept_answers
from recommendations.exchange.imports.column_guessing import guess_columns
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.readers.workbook import Sheet, Workbook
from recommendations.models import Force


def first_answers(workbook: Workbook, force: Force | None, forces: Iterable[Force]) -> tuple[Answers, bool]:
    """What was answered for these headings the last time, else guesses; and whether there was a last time."""
    kept = kept_answers({sheet.name: sheet.headings for sheet in workbook.sheets})
    answers, alone = Answers.from_json(kept), len(workbook.sheets) == 1
    kept_force = answers.forces.get(workbook.sheets[0].name) if alone else None
    answers.forces = {}
    fill_in(workbook, answers, force, forces)
    if alone and kept_force is not None:
        answers.forces.setdefault(workbook.sheets[0].name, kept_force)
    return answers, bool(kept)


def fill_in(workbook: Workbook, answers: Answers, force: Force | None, forces: Iterable[Force]) -> None:
    """Guess the columns and the force of each sheet of which the answers say nothing."""
    forces = list(forces)
    for sheet in workbook.sheets:
        if sheet.name not in answers.columns:
            guessed = guess_columns(sheet.headings, sheet.rows, sheet.hidden_columns)
            answers.columns[sheet.name] = {str(place): key for place, key in guessed.items() if key}
        said = _force_of(sheet, force, forces, answers.columns[sheet.name])
        if said is not None:
            answers.forces.setdefault(sheet.name, said)


def _force_of(sheet: Sheet, chosen: Force | None, forces: list[Force], columns: dict[str, Any]) -> str | None:
    """The force that was chosen, or that the sheet is named after; a hidden sheet is left out. None: ask."""
    if sheet.hidden:
        return ""
    name = sheet.name.casefold()
    named = [force for force in forces if force.short_name.casefold() in name or force.name.casefold() in name]
    if chosen is not None:
        return None if len(named) == 1 and named[0] != chosen else chosen.slug
    if "force" in columns.values():
        return "*"
    return named[0].slug if len(named) == 1 else None
