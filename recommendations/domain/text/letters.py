"""A letter of the office as plain words, of whatever it is: paper, Word and e-mail print this and nothing else."""

import datetime
from dataclasses import dataclass
from typing import Literal, NamedTuple

from recommendations.domain.text.markdown import TextRun
from recommendations.models import PolicingBody

YOURS = "Yours sincerely,"
SMALL = ("and", "for", "in", "of", "the", "to")


class LetterHeading(NamedTuple):
    """A few words over what follows."""

    text: str
    kind: Literal["heading"] = "heading"


class Paragraph(NamedTuple):
    """Words, some of them a title or a link."""

    runs: tuple[TextRun, ...]
    kind: Literal["paragraph"] = "paragraph"


class Days(NamedTuple):
    """What happens when: (the day in words, what happens)."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["days"] = "days"


class LetterList(NamedTuple):
    """What is asked, one a line: (its number or label, its words). `hangs` where all marks are short numbers."""

    rows: tuple[tuple[str, str], ...]
    hangs: bool
    kind: Literal["listed"] = "listed"


LetterPart = LetterHeading | Paragraph | Days | LetterList


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter from its head to what is enclosed. `sender` and `recipient` are lines; `title` says what it is.

    `contact` is whom to ask for, or empty. `signed` are the lines under the signature.
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
    """A paragraph of plain words and runs; what is empty is left out."""
    runs = (word if isinstance(word, TextRun) else TextRun(word) for word in words)
    return Paragraph(tuple(run for run in runs if run.text))


def from_body(body: PolicingBody) -> dict:
    """What the body gives each of its letters: the lines at the head and under the signature, as they are today."""
    return {
        "sender": (body.name, body.office_name, *lines_of(body.office_address), *lines_of(body.office_email)),
        "signed": tuple(filter(None, (body.holder, body.name))),
    }


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of an address, without their commas."""
    return tuple(line.strip().rstrip(",") for line in text.splitlines() if line.strip())


def as_title(words: str) -> str:
    """A rank as it stands in an address: "Chief constable" → "Chief Constable"."""
    return " ".join(word if word in SMALL else word[:1].upper() + word[1:] for word in words.split())
