"""Which of a sheet's columns are which of our fields, guessed from the headings and from what the columns hold.

A wrong guess costs more than none: a heading that could be two things, and whose values don't say, is left alone.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from recommendations.domain.register.sheet_columns import BY_KEY, FIELDS, ColumnGroup, Holds, of_group
from recommendations.exchange.imports.column_synonyms import ALIASES, IDLE, WORDS
from recommendations.exchange.readers.header_rows import JOINT, NUMBER
from recommendations.exchange.readers.workbook import TableCell, TableRow

SAMPLES = 300
SHORT, LONGEST_WORD = 40, 60
COLOURS = {"red", "amber", "green", "blue", "grey"}
BLANK = re.compile(r"Column [A-Z]{1,3}")
DAY = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:\D.*)?|(?:\w{3,9},? )?\d{1,2}(?:st|nd|rd|th)?[ -]+[a-z]{3,9}\.?,?[ -]+\d{2,4}"
    r"|[a-z]{3,9}\.?[ -]\d{2,4}|[34]\d{4}",
    re.IGNORECASE,
)
OF_THE_REPORT = set(of_group(ColumnGroup.WHICH, ColumnGroup.ASKED)) - {"force"}
OF_THE_OFFICE = {"opcc_lead", *of_group(ColumnGroup.OFFICE)}
# What a group's heading leaves possible for a sub-heading that says too little: "HMICFRS / Text", not "OPCC / Status".
UNDER = {"opcc": OF_THE_OFFICE, "hmicfrs": OF_THE_REPORT, "force": BY_KEY.keys() - OF_THE_OFFICE}


def guess_columns(headings: Sequence[str], rows: Sequence[TableRow], hidden: Collection[int] = ()) -> dict[int, str]:
    """The place of each column whose field is plain, with the field's key (domain/sheet_fields).

    No key comes twice. `hidden` are the places of columns that nobody sees: they are not guessed at. Raises nothing.
    """
    columns = [GuessedColumn(place, heading, rows) for place, heading in enumerate(headings) if place not in hidden]
    guessed = _matched({column.place: list(column.options()) for column in columns})
    return dict(sorted((guessed | _colours(columns, guessed)).items()))


def is_known(heading: str) -> bool:
    """Whether offices, or our own exports, use this heading for one of our fields."""
    return any(_bag(words) in _keys_of() for words in _readings(heading))


def _matched(options: dict[int, list[tuple[str, int]]]) -> dict[int, str]:
    """Each key goes to the column that names it most surely; a column that loses it takes its next option."""
    taken: dict[str, tuple[int, int]] = {}
    waiting = sorted(options)
    while waiting:
        place = waiting.pop(0)
        if not options[place]:
            continue
        key, rank = options[place].pop(0)
        loser: int | None = place
        if key not in taken or (rank, place) < taken[key]:
            loser = taken[key][1] if key in taken else None
            taken[key] = (rank, place)
        if loser is not None:
            waiting.append(loser)
    return {place: key for key, (_, place) in taken.items()}


def _colours(columns: list["GuessedColumn"], guessed: dict[int, str]) -> dict[int, str]:
    """A column without a heading that holds nothing but RAG colours, where it is the only one."""
    found = [column.place for column in columns if BLANK.fullmatch(column.heading) and column.is_of_colours]
    return {found[0]: "rag"} if len(found) == 1 and "rag" not in guessed.values() else {}


@dataclass(frozen=True)
class GuessedColumn:
    """A column: where it stands, what it is called, what it holds."""

    place: int
    heading: str
    rows: Sequence[TableRow]

    def options(self) -> Iterator[tuple[str, int]]:
        """The keys that the column can be, with how surely its heading names each (0 is surest)."""
        for reading, words in enumerate(_readings(self.heading)):
            found = _keys_of().get(_bag(words), {})
            allowed = _allowed(self.heading) if reading else BY_KEY.keys()
            options = [(key, rank + 100 * reading) for key, rank in found.items() if key in allowed and self.fits(key)]
            if found:
                yield from options if self.cells or "target_on" in found else options[:1]
                return

    def fits(self, key: str) -> bool:
        """Whether the values are of the sort that the field holds. No values: nothing speaks against it."""
        if not self.cells:
            return True
        if BY_KEY[key].holds in (Holds.DAY, Holds.DERIVED_DAY):
            return self.share_of_days >= 0.5 and not (key == "closed_on" and self._is_a_target)
        if BY_KEY[key].holds == Holds.WORD:
            return self._are_short(LONGEST_WORD) and self.share_of_days < 0.5
        if key in ("reference", "portal_reference", "number"):
            return self._are_short(SHORT) and self.share_of_days < 0.8
        if key == "text":
            return self._share(lambda text: NUMBER.fullmatch(text)) < 0.8
        return self.share_of_days < 0.8 and not (key == "update" and self._is_a_list)

    @cached_property
    def cells(self) -> list[TableCell]:
        """The first cells that say something."""
        mine = (row.cells[self.place] for row in self.rows[: SAMPLES * 3] if self.place < len(row.cells))
        return [cell for cell in mine if cell.text or cell.fill][:SAMPLES]

    @cached_property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells if cell.text]

    @cached_property
    def share_of_days(self) -> float:
        days = sum(1 for cell in self.cells if cell.day or DAY.fullmatch(cell.text))
        return days / len(self.texts) if self.texts else 0.0

    @property
    def is_of_colours(self) -> bool:
        """At least three cells, and each shows one of the colours or names it."""
        return len(self.cells) >= 3 and all(
            cell.text.casefold() in COLOURS or (not cell.text and cell.fill) for cell in self.cells
        )

    @property
    def _is_a_list(self) -> bool:
        """Few short values that come again and again."""
        return len(self.texts) >= 5 and len(set(self.texts)) * 3 <= len(self.texts) and self._are_short(SHORT)

    @property
    def _is_a_target(self) -> bool:
        """A "completion date" that open and closed rows have alike is when it should be complete."""
        return "completion" in self.heading.casefold() and len(self.texts) >= 5 and len(self.texts) == len(self.rows)

    def _are_short(self, most: int) -> bool:
        return self._share(lambda text: len(text) <= most) >= 0.95

    def _share(self, holds: Callable[[str], object]) -> float:
        return sum(1 for text in self.texts if holds(text)) / len(self.texts) if self.texts else 1.0


def _readings(heading: str) -> Iterator[str]:
    """The heading, without what stands in brackets, and the sub-heading without its group."""
    heading = re.sub(r"\(s\)", "", heading)
    yield heading
    yield re.sub(r"\([^)]*\)", " ", heading)
    if JOINT in heading:
        yield heading.rpartition(JOINT)[2]


def _allowed(heading: str) -> Collection[str]:
    """What may be read from a part of the heading: what its group is about."""
    group = _bag(heading.rpartition(JOINT)[0])
    return next((keys for party, keys in UNDER.items() if party in group), BY_KEY.keys())


@cache
def _keys_of() -> dict[frozenset[str], dict[str, int]]:
    """For each way of writing a heading, the keys that it may be, the likeliest first, and its rank in each."""
    found: dict[frozenset[str], dict[str, int]] = {}
    own = {_bag(field.heading): field.key for field in FIELDS}
    for field in sorted(FIELDS, key=lambda field: field.gives_way):
        for rank, phrase in enumerate(field.seen):
            found.setdefault(_bag(phrase), {}).setdefault(field.key, rank)
    for words, key in own.items():
        found[words] = {key: 0} | found.get(words, {})
    return found


@cache
def _bag(heading: str) -> frozenset[str]:
    """The words that count, each in one form: "Date of Publication" and "published date" are the same."""
    text = re.sub(r"['’`]", "", heading.casefold()).replace("#", " number ")
    text = f" {' '.join(re.findall(r'[a-z0-9]+', text))} "
    for phrase, word in ALIASES.items():
        text = text.replace(f" {phrase} ", f" {word} ")
    return frozenset(WORDS.get(word, word) for word in text.split()) - IDLE
