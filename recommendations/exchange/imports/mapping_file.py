"""The answers about a spreadsheet as a JSON file, for the command line: those of mapping_answers.py, each validated.

Columns can be named by heading or by position. Anything not in the file stays as it was.
"""

import json
from collections.abc import Collection
from typing import Any

from recommendations.domain.imports.lines import FILE_NAME, SheetContext, normalise
from recommendations.domain.register.sheet_columns import BY_KEY, Holds, coming_in
from recommendations.exchange.imports.day_cells import Unclear, day_in
from recommendations.exchange.imports.mapping_answers import IN_COLUMN, NOT_KNOWN, PUBLISHED_DAY, SEVERAL, Answers
from recommendations.exchange.imports.vocabulary import choices_for
from recommendations.exchange.readers.workbook import Sheet, TableCell, Workbook

ROW = "row"  # corrections of whole rows
NOT_IN_FILES = ("conflicts", "layout")  # chosen on the page, and remembered
PARTS = tuple(name for name in Answers.__dataclass_fields__ if name not in NOT_IN_FILES)


class WrongMapping(Exception):
    """The mapping file cannot be used. The message says what is wrong with it."""


def read_mapping(content: bytes, answers: Answers, workbook: Workbook, context: SheetContext) -> None:
    """Apply a mapping file to the answers. Raises WrongMapping for anything unknown."""
    said = _object(_parse(content), "The mapping file")
    _check_known(said, PARTS, "The mapping file")
    _MappingFile(answers, {sheet.name: sheet for sheet in workbook.sheets}, context).take(said)


def _parse(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise WrongMapping(f"The mapping file is not JSON: {error}.") from error


class _MappingFile:
    """A mapping file being read."""

    def __init__(self, answers: Answers, sheets: dict[str, Sheet], context: SheetContext) -> None:
        self.answers, self.sheets, self.context = answers, sheets, context

    def take(self, entries: dict[str, Any]) -> None:
        for part in PARTS[:-2]:
            getattr(self, f"_{part}")(_object(entries.get(part, {}), part))
        if sent_on := _text(entries.get("sent_on", ""), "sent_on"):
            headings = [heading for sheet in self.sheets.values() for heading in sheet.headings]
            places = [PUBLISHED_DAY, NOT_KNOWN, *(f"{IN_COLUMN}{heading}" for heading in headings)]
            self.answers.sent_on = _one_of(sent_on, places, "sent_on")
        if undated_on := _text(entries.get("undated_on", ""), "undated_on"):
            self.answers.undated_on = _day(undated_on, "undated_on")

    def _forces(self, entries: dict[str, Any]) -> None:
        _check_known(entries, self.sheets, "forces", "the file has")
        slugs = [*self.context.forces, "*", ""]
        for name, slug in entries.items():
            self.answers.forces[name] = _one_of(slug, slugs, f"forces, {name}")

    def _columns(self, entries: dict[str, Any]) -> None:
        """Take the named columns; guesses for other columns stay, unless one of these takes their field."""
        _check_known(entries, self.sheets, "columns", "the file has")
        for name, columns in entries.items():
            found = {}
            for heading, key in _object(columns, f"columns, {name}").items():
                about = f"columns, {name}, {heading}"
                found[self._place(self.sheets[name], heading, about)] = _one_of(key, [*sorted(coming_in()), ""], about)
            taken = set(found.values()) - set(SEVERAL)
            guessed = self.answers.columns.get(name, {})
            others = {place: key for place, key in guessed.items() if place not in found and key not in taken}
            self.answers.columns[name] = others | found

    def _inspections(self, entries: dict[str, Any]) -> None:
        _check_known(entries, self.sheets, "inspections", "the file has")
        for name, title in entries.items():
            if found := _text(title, f"inspections, {name}"):
                self.answers.inspections[name] = found

    def _place(self, sheet: Sheet, heading: str, about: str) -> str:
        """Return a column's position, by heading or else by number from 0."""
        places = [str(place) for place, each in enumerate(sheet.headings) if normalise(each) == normalise(heading)]
        if places:
            return places[0]
        if heading.isdecimal() and int(heading) < len(sheet.headings):
            return str(int(heading))
        raise WrongMapping(f"{about}: the sheet has no such column. It has: {', '.join(sheet.headings)}.")

    def _meanings(self, entries: dict[str, Any]) -> None:
        _check_known(entries, [key for key, each in BY_KEY.items() if each.holds == Holds.WORD], "meanings")
        for key, words in entries.items():
            choices = [choice.value for choice in choices_for(key, self.context)]
            for word, meaning in _object(words, f"meanings, {key}").items():
                if meaning != "":  # still unanswered
                    about = f"meanings, {key}, {word}"
                    found = self.answers.meanings.setdefault(key, {})
                    found[normalise(word)] = _one_of(meaning, choices, about)

    def _corrections(self, entries: dict[str, Any]) -> None:
        _check_known(entries, [ROW, FILE_NAME, *sorted(coming_in())], "corrections")
        for key, values in entries.items():
            found = self.answers.corrections.setdefault(key, {})
            for value, text in _object(values, f"corrections, {key}").items():
                about = f"corrections, {key}, {value}"
                if key == ROW:
                    found[value] = _one_of(text, [""], about)
                else:
                    found[normalise(value)] = _text(text, about)

    def _published(self, entries: dict[str, Any]) -> None:
        for title, day in entries.items():
            if _text(day, f"published, {title}"):
                self.answers.published[normalise(title)] = _day(day, f"published, {title}")


def _object(value: object, about: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongMapping(f"{about}: this is to be an object, in curly brackets.")
    return value


def _text(value: object, about: str) -> str:
    if not isinstance(value, str):
        raise WrongMapping(f"{about}: this is to be a text, in quotation marks.")
    return value.strip()


def _check_known(entries: dict[str, Any], known: Collection[str], about: str, has: str = "there are") -> None:
    """Raise WrongMapping if an unknown name is used."""
    wrong = [name for name in entries if name not in known]
    if wrong:
        raise WrongMapping(f"{about}: there is no “{wrong[0]}”; {has} {', '.join(known)}.")


def _one_of(value: object, allowed: list[str], about: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        listed = ", ".join(each or '"" (leave it out)' for each in allowed)
        raise WrongMapping(f"{about}: “{value}” is not one of {listed}.")
    return value


def _day(text: str, about: str) -> str:
    try:
        if day_in(TableCell(text), month_ends=False):
            return text
    except Unclear as error:
        raise WrongMapping(f"{about}: {error}") from error
    raise WrongMapping(f"{about}: “{text}” is not a day. Enter one, as in 7 November 2026.")
