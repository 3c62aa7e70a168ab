"""The full columns of a sheet that nobody gave a field, with three of their cells: none is left out unasked."""

from collections.abc import Iterable
from dataclasses import dataclass

from recommendations.exchange.imports.column_guessing import columns_to_ask
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.own_export import is_our_own
from recommendations.exchange.readers.workbook import Sheet, TableCell
from recommendations.periods import say

EXAMPLES, LONGEST_EXAMPLE = 3, 90
WHAT_IS_THIS = "Say what this column is, or leave it out."


@dataclass(frozen=True)
class AskedColumn:
    """A column to ask about: its sheet, its position and heading, why, and the first different values of its cells."""

    sheet: str
    place: int
    heading: str
    why: str
    examples: tuple[str, ...]


def asked_columns(sheet: Sheet, answers: Answers) -> list[AskedColumn]:
    """Return the full columns of a sheet without an answer. Our own exports have none: theirs are known."""
    if answers.forces.get(sheet.name) == "" or is_our_own(sheet):
        return []
    said = {int(place): key for place, key in answers.columns.get(sheet.name, {}).items()}
    return [
        AskedColumn(sheet.name, place, sheet.headings[place], why or WHAT_IS_THIS, examples_of([sheet], place))
        for place, why in columns_to_ask(sheet.headings, sheet.rows, said, sheet.hidden_columns).items()
    ]


def examples_of(sheets: Iterable[Sheet], place: int, most: int = EXAMPLES) -> tuple[str, ...]:
    """Return the first different values of a column, shortened."""
    found: dict[str, None] = {}
    for sheet in sheets:
        for row in sheet.rows:
            if words := _words_of(row.cells[place]):
                found[words] = None
            if len(found) == most:
                return tuple(map(_shorten, found))
    return tuple(map(_shorten, found))


def _words_of(cell: TableCell) -> str:
    if cell.day:
        return say(cell.day)
    return " ".join(cell.text.split()) or (f"{cell.fill}, a colour without words" if cell.fill else "")


def _shorten(words: str) -> str:
    return words if len(words) <= LONGEST_EXAMPLE else f"{words[: LONGEST_EXAMPLE - 2].rsplit(' ', 1)[0]} …"
