"""A user's answers about a spreadsheet: what each column holds, and what the office's own words mean."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from recommendations.domain.register.sheet_columns import BY_KEY

# Fields that several columns can have: all updates count, and targets follow one another.
SEVERAL = ("update", "target_on")
PUBLISHED_DAY, NOT_KNOWN, IN_COLUMN = "published", "not known", "column: "
NO_INSPECTION = "Say which inspection this sheet is about, or which column says it."
NO_TELLING = "Say which column holds the recommendations’ words, or their references."


@dataclass
class Answers:
    """The answers, all as text, so that they stay as typed.

    `forces`: sheet name → the force's slug, or "" to leave the sheet out.
    `columns`: sheet name → position of the column (from 0, as text) → field key (domain/register/sheet_columns.py), or
    "" to leave it out. A full column that is not in it is asked about.
    `meanings`: field key → value, case folded → meaning.
    `corrections`: field key → value as in the sheet → the corrected value, or "" to leave that cell out.
    `inspections`: sheet name → the inspection of its rows, if no column gives it.
    `published`: title of an inspection, case folded → the publication day, if the sheet has none.
    `layout`: the layout that the sheets were read as, if there is one: its day, its file, and the positions of the
    columns that it answers by sheet name.
    `conflicts`: key of a conflict → the side that wins (domain/imports/conflicts.py).
    `sent_on`: where the day is on which something was made or sent: PUBLISHED_DAY, a heading after IN_COLUMN, or
    NOT_KNOWN.
    `undated_on`: the day for values without a day.
    """

    forces: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    corrections: dict[str, dict[str, str]] = field(default_factory=dict)
    inspections: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    layout: dict[str, Any] = field(default_factory=dict)
    sent_on: str = ""
    undated_on: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the value that `from_json` takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Answers":
        """Return the answers from `as_json`; missing ones are unanswered."""
        return cls(**{name: value[name] for name in cls.__dataclass_fields__ if name in value})


def remembered_columns(name: str, answers: Answers) -> frozenset[int]:
    """Return the positions of a sheet's columns that a layout answers."""
    return frozenset(answers.layout.get("columns", {}).get(name, ()))


def lacks_inspection(name: str, answers: Answers) -> bool:
    """Whether neither the sheet nor any column says which inspection its rows are about."""
    said = set(answers.columns.get(name, {}).values())
    return not answers.inspections.get(name, "").strip() and not {"inspection", "reference", "portal_reference"} & said


def wrong_columns(headings: Sequence[str], columns: dict[str, str]) -> list[tuple[int, str]]:
    """Return errors in columns (position as text → field key): the position of a column, and the message."""
    wrong = [] if {"text", "reference"} & set(columns.values()) else [(0, NO_TELLING)]
    for key in dict.fromkeys(key for key in columns.values() if key):
        places = [int(place) for place, each in columns.items() if each == key]
        if len(places) > 1 and key not in SEVERAL:
            names = " and ".join(f"“{headings[place]}”" for place in places)
            wrong.append((places[-1], f"{names} can’t all be {BY_KEY[key].heading}. Leave out all but one."))
    return wrong
