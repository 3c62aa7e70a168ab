"""Parses an OData query string: the supported part of OData 4, with clear messages about the rest.
$top, $skip, $select, and $filter with eq, ne, gt, ge, lt, le and `and`. $skiptoken is used by our own links to next
pages.
"""

import datetime
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommendations.domain.register.sheet_columns import Holds, SheetField

DAYS = (Holds.DAY, Holds.DERIVED_DAY)
UNDERSTOOD = ("$top", "$skip", "$select", "$filter", "$skiptoken", "$format")
COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
TOKEN = re.compile(r"\s*(?:(?P<bracket>[()])|(?P<text>'(?:[^']|'')*')|(?P<word>[^\s()']+))")
MOST_CONDITIONS, LONGEST = 20, 2_000
FILTER_HELP = "A filter compares columns with eq, ne, gt, ge, lt or le, with “and” between: force eq 'Westmarch'."


class NotUnderstood(Exception):
    """The query cannot be answered: status 400 for a mistake, 501 for what is not supported."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status


@dataclass(frozen=True)
class Condition:
    """A comparison of the column at a given index of each row with a value."""

    place: int
    name: str
    value: Any

    def holds(self, row: Sequence[Any]) -> bool:
        """Compare as OData does: nothing is greater or less than null, and null equals only null."""
        found = None if row[self.place] == "" else row[self.place]
        if found is None or self.value is None:
            return self.name in ("eq", "ge", "le") if found is self.value else self.name == "ne"
        return COMPARES[self.name](found, self.value)


@dataclass(frozen=True)
class ODataQuestion:
    """The query. `top` is None for all rows; `after` is the place of the last row already returned; `chosen` are
    the indexes of the selected columns, None for all."""

    top: int | None = None
    skip: int = 0
    after: int = 0
    chosen: tuple[int, ...] | None = None
    conditions: tuple[Condition, ...] = ()

    def holds(self, row: Sequence[Any]) -> bool:
        """Whether a row matches."""
        return all(condition.holds(row) for condition in self.conditions)


def read_question(params: Mapping[str, str], fields: Sequence[SheetField]) -> ODataQuestion:
    """Parse the query of a table with these columns. Raises NotUnderstood."""
    for name in params:
        if name.startswith("$") and name not in UNDERSTOOD:
            raise NotUnderstood(f"{name} is not offered. {', '.join(UNDERSTOOD[:4])} are.", 501)
    if params.get("$format", "json").partition(";")[0] not in ("json", "application/json"):
        raise NotUnderstood("This feed is JSON alone: leave $format out.", 501)
    places = {field.key: place for place, field in enumerate(fields)}
    return ODataQuestion(
        top=_number(params, "$top"),
        skip=_number(params, "$skip") or 0,
        after=_number(params, "$skiptoken") or 0,
        chosen=_chosen(params.get("$select", ""), places),
        conditions=tuple(_conditions(params.get("$filter", ""), fields, places)),
    )


def _number(params: Mapping[str, str], name: str) -> int | None:
    text = params.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise NotUnderstood(f"{name} takes a whole number, such as {name}=100.")
    return int(text)


def _chosen(text: str, places: Mapping[str, int]) -> tuple[int, ...] | None:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names or "*" in names:
        return None
    return tuple(sorted({_place(name, places) for name in names}))


def _place(name: str, places: Mapping[str, int]) -> int:
    if name not in places:
        raise NotUnderstood(f"There is no column {name[:60]}. The columns are: {', '.join(places)}.")
    return places[name]


def _conditions(text: str, fields: Sequence[SheetField], places: Mapping[str, int]) -> Iterator[Condition]:
    """The comparisons of a filter. Brackets are allowed around them: with only `and` they change nothing."""
    if len(text) > LONGEST:
        raise NotUnderstood(f"The filter is too long: {LONGEST} characters at most.")
    words = [word for word in _words(text) if word not in ("(", ")")]
    for start in range(0, len(words), 4):
        some = words[start : start + 4]
        if start // 4 >= MOST_CONDITIONS:
            raise NotUnderstood(f"The filter has too many comparisons: {MOST_CONDITIONS} at most.")
        if len(some) < 3 or some[1] not in COMPARES or some[3:] not in ([], ["and"]):
            raise NotUnderstood(f"This filter is not offered. {FILTER_HELP}", 501)
        place = _place(some[0], places)
        yield Condition(place, some[1], _value(some[2], some[1], fields[place]))
    if words and len(words) % 4 != 3:
        raise NotUnderstood(f"The filter ends too early. {FILTER_HELP}")


def _words(text: str) -> Iterator[str]:
    place, depth, before = 0, 0, ""
    while text[place:].strip():
        found = TOKEN.match(text, place)
        if found is None:
            raise NotUnderstood(f"The filter has a text that does not end. {FILTER_HELP}")
        place, word = found.end(), found.group().strip()
        depth += {"(": 1, ")": -1}.get(word, 0)
        if depth < 0 or (word == "(" and before not in ("", "(", "and")):
            raise NotUnderstood(f"This filter is not offered. {FILTER_HELP}", 501)
        before = word
        yield word
    if depth:
        raise NotUnderstood(f"The filter has a bracket that is not closed. {FILTER_HELP}")


def _value(word: str, name: str, field: SheetField) -> Any:
    """The value to compare with, in the column's type."""
    if word == "null":
        return None
    try:
        if field.holds in DAYS:
            return datetime.date.fromisoformat(word)
        if field.holds == Holds.DERIVED_NUMBER:
            return int(word)
    except ValueError:
        what = "a day such as 2026-11-07" if field.holds in DAYS else "a whole number"
        raise NotUnderstood(f"{field.key} is compared with {what}.") from None
    if not word.startswith("'") or name not in ("eq", "ne"):
        raise NotUnderstood(f"{field.key} is a text: compare it with eq or ne, and put quotes around the text.")
    return word[1:-1].replace("''", "'")
