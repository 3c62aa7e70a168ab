"""Rows of a report about a death: people's names are queried, and the uncorrected cells are not stored."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import (
    FILE_NAME,
    ImportLine,
    ImportProblem,
    ImportSource,
    Member,
    SheetLines,
    normalise,
)
from recommendations.domain.text.person_names import names_in

ITS_WORDS = ("inspection", "number", "heading", "text", "parts", "addressees")  # columns with the report's own text
OF_SHEET = "{names} looks like a person’s name. Give the inspection that the sheet is about another title."
OF_FILE = "{names} looks like a person’s name. Enter another name for the file, or say that no person is named."
NEUTRAL = "spreadsheet"  # what a file is called whose name is left out
ASKS = "{names} looks like a person’s name. Enter the words without it, or say that no person is named."


class NamesInRows:
    """The cells of a sheet with their corrections. A corrected cell is not queried again."""

    def __init__(self, read: SheetLines) -> None:
        self.columns, self.corrections = read.columns, read.corrections

    def check(self, entry: ImportEntry) -> None:
        """Refuse each cell that seems to contain a name, in a report about a death, unless a user has dealt with it."""
        if not _is_about_deaths(entry):
            return
        entry.is_about_deaths = True
        on_record = _recorded_texts(entry)
        report = entry.report
        if report and report.is_of_sheet and (names := names_in(report.title)):
            entry.refuse("inspection", OF_SHEET.format(names=_join_names(names)))
        for member in entry.line.members:
            for heading, key, was in self._cells(entry.line, member):
                if key not in ITS_WORDS or self._is_checked(key, was) or normalise(was) in on_record:
                    continue
                if (names := names_in(was)) and _says(entry.line, member, key):
                    words = ASKS.format(names=_join_names(names))
                    place = entry.line.sheet, member.number, key, heading, was
                    entry.problems.append(ImportProblem(*place, words, names_person=True))

    def renamed_source(self, source: ImportSource) -> ImportSource:
        """Return the source under its corrected file name, or a neutral one if the name was removed."""
        said = self.corrections.get(FILE_NAME, {})
        if normalise(source.name) not in said:
            return source
        return replace(source, name=said[normalise(source.name)] or f"{NEUTRAL}{PurePath(source.name).suffix}")

    def file_problems(self, source: ImportSource) -> list[ImportProblem]:
        """Return a problem if a file with reports about deaths seems to have a person's name in its own name."""
        names = names_in(re.sub(r"[_\-.]+", " ", PurePath(source.name).stem))
        is_given_here = source.name in self.corrections.get(FILE_NAME, {}).values()
        if not names or is_given_here or self._is_checked(FILE_NAME, source.name):
            return []
        words = OF_FILE.format(names=_join_names(names))
        return [ImportProblem("", 0, FILE_NAME, "File name", source.name, words, names_person=True)]

    def cells_to_keep(self, entry: ImportEntry, member: Member) -> list[tuple[str, str]]:
        """Return a row's cells as stored with the import: for a death, only those imported, as corrected."""
        if not entry.is_about_deaths:
            return list(member.original.items())
        return [
            (heading, self.corrections.get(key, {}).get(normalise(was), was))
            for heading, key, was in self._cells(entry.line, member)
        ]

    def name_of_sheet(self, entry: ImportEntry) -> str:
        """Return the sheet's name as stored with a row."""
        return "" if entry.is_about_deaths and names_in(entry.sheet) else entry.sheet[:100]

    def _cells(self, line: ImportLine, member: Member) -> Iterator[tuple[str, str, str]]:
        columns = self.columns.get(line.sheet, {})
        return ((heading, columns[heading], text) for heading, text in member.original.items() if heading in columns)

    def _is_checked(self, key: str, was: str) -> bool:
        return normalise(was) in self.corrections.get(key, {})


def _join_names(names: tuple[str, ...]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _is_about_deaths(entry: ImportEntry) -> bool:
    """By the rule of the new report, or else of the one on record: one query for each report of another source."""
    if entry.inspection is None:
        return bool(entry.report and entry.report.law and entry.report.law[1].about_deaths)
    basis = entry.register.basis_of(entry.inspection)
    return basis is not None and basis.about_deaths


def _recorded_texts(entry: ImportEntry) -> set[str]:
    """Return the texts already on record, folded."""
    inspection, asked = entry.inspection, entry.recommendation
    titles = {normalise(inspection.title), normalise(inspection.short_name)} if inspection else set()
    return titles | ({normalise(asked.text), normalise(asked.heading)} if asked else set())


def _says(line: ImportLine, member: Member, key: str) -> bool:
    """Whether a cell contributes a value: one unchanged since the export does not."""
    if member is not line.members[0]:
        return True
    if key == "inspection":
        return line.report is not None
    return bool(getattr(line, key) if key in ("parts", "addressees") else line.get(key))
