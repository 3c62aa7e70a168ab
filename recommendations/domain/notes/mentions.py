"""Mentions of colleagues in a note: "@Hannah Whitlock", or "@Hannah" if there is only one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from recommendations.domain.writing.refusals import Refusal
from recommendations.models import User

AT = re.compile(r"(?<![\w@.])@(?=\w)")  # not within an email address
WORD = re.compile(r"[\w'’-]+")


class Piece(NamedTuple):
    """A stretch of a note's text. `is_name` is whether it mentions a colleague."""

    text: str
    is_name: bool = False


def complete_mentions(text: str, people: Sequence[User]) -> str:
    """Return the text with each "@Hannah" completed to "@Hannah Whitlock", if that is one of `people`.

    Raises Refusal if several people have the name. Names of anybody else stay as typed.
    """
    done, rest = "", text
    while found := AT.search(rest):
        done, rest = done + rest[: found.end()], rest[found.end() :]
        if not _full(rest, people):
            typed = WORD.match(rest)
            name = _one(typed[0], people) if typed else ""
            done, rest = (done + name, rest[len(typed[0]) :]) if typed and name else (done, rest)
    return done + rest


def _one(first: str, people: Sequence[User]) -> str:
    """Return the full name for this first name, or "" if there is none."""
    names = sorted({each.name for each in people if each.name.split()[0].casefold() == first.casefold()})
    if len(names) > 1:
        raise Refusal(
            f"“@{first}” can be {' or '.join(names)}. Enter the full name after the @.", "text", code="ambiguous"
        )
    return names[0] if names else ""


def _full(rest: str, people: Iterable[User]) -> list[User]:
    """Return the people whose full name begins the text; only those with the longest such name."""
    said = [each for each in people if _starts(rest, each.name)]
    longest = max((len(each.name) for each in said), default=0)
    return [each for each in said if len(each.name) == longest]


def _starts(rest: str, name: str) -> bool:
    return rest[: len(name)].casefold() == name.casefold() and not re.match(r"\w", rest[len(name) :])


def mentioned_people(text: str, people: Sequence[User]) -> list[User]:
    """Return the colleagues mentioned in a completed text, in order, without duplicates."""
    found = [each for at in AT.finditer(text) for each in _full(text[at.end() :], people)]
    return list(dict.fromkeys(found))


def pieces_of(text: str, names: Iterable[str]) -> Iterator[Piece]:
    """Yield the text in pieces, with the mentioned names separate."""
    told = sorted({name for name in names if name}, key=len, reverse=True)
    if not told:
        yield Piece(text)
        return
    names_in = re.compile(rf"(@(?:{'|'.join(map(re.escape, told))})(?!\w))", re.IGNORECASE)
    for number, part in enumerate(names_in.split(text)):
        if part:
            yield Piece(part, is_name=number % 2 == 1)
