"""The content of the office's letters as plain data, which paper, Word and email all render."""

import datetime
from dataclasses import dataclass
from typing import Literal, NamedTuple

from recommendations.domain.text.markdown import TextRun
from recommendations.models import FormerBodyDetails, PolicingBody

YOURS = "Yours sincerely,"
SMALL = ("and", "for", "in", "of", "the", "to")


class LetterHeading(NamedTuple):
    """A heading."""

    text: str
    kind: Literal["heading"] = "heading"


class Paragraph(NamedTuple):
    """A paragraph, with emphasis and links."""

    runs: tuple[TextRun, ...]
    kind: Literal["paragraph"] = "paragraph"


class Days(NamedTuple):
    """A table of days: (the day in words, what happens)."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["days"] = "days"


class LetterList(NamedTuple):
    """A list: (number or label, text) for each item. `hangs` if all marks are short numbers."""

    rows: tuple[tuple[str, str], ...]
    hangs: bool
    kind: Literal["listed"] = "listed"


LetterPart = LetterHeading | Paragraph | Days | LetterList


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter from its head to its enclosures. `sender`, `recipient` and `signed` are lines; `title` says what it is.

    `contact` is the person to ask for, or "".
    """

    title: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    day: datetime.date
    reference: str
    contact: str
    subject: str
    greeting: str
    parts: tuple[LetterPart, ...]
    signed: tuple[str, ...]
    sign_off: str = YOURS
    enclosures: tuple[str, ...] = ()


def say_it(*words: str | TextRun) -> Paragraph:
    """A paragraph of plain words and runs, without empty ones."""
    runs = (word if isinstance(word, TextRun) else TextRun(word) for word in words)
    return Paragraph(tuple(run for run in runs if run.text))


def letterhead(body: PolicingBody | FormerBodyDetails) -> dict:
    """The lines of each letter of a body with these details: the sender, and those under the signature."""
    return {
        "sender": (body.name, body.office_name, *lines_of(body.office_address), *lines_of(body.office_email)),
        "signed": tuple(filter(None, (body.holder, body.name))),
    }


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of an address, without trailing commas."""
    return tuple(line.strip().rstrip(",") for line in text.splitlines() if line.strip())


def as_title(words: str) -> str:
    """A rank as written in an address: "Chief constable" → "Chief Constable"."""
    return " ".join(word if word in SMALL else word[:1].upper() + word[1:] for word in words.split())
