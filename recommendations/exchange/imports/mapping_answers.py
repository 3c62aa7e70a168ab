"""What a person answered about a spreadsheet: which column says what, and what the office's own words mean."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from recommendations.domain.register.sheet_columns import BY_KEY

# Columns that may hold the same: every update counts, and targets follow one another.
SEVERAL = ("update", "target_on")
NO_INSPECTION = "Say which inspection this sheet is about, or which column says it."
NO_TELLING = "Say which column holds the recommendations’ words, or their references."


@dataclass
class Answers:
    """All as text, so that what was typed stays as it was typed.

    `forces`: sheet name → the force's slug, empty where the sheet is left out.
    `columns`: sheet name → place of the column (from 0, as text) → field key (domain/register/sheet_columns.py), empty:
    left out.
    `meanings`: field key → value, case folded → meaning.
    `corrections`: field key → value as it stands in the sheet → what it should say; empty: that cell is left out.
    `inspections`: sheet name → the inspection of its rows, where no column says it.
    `published`: title of an inspection, case folded → the day of publication, where the sheet has none.
    `conflicts`: what changed here and in the file → which of them holds (domain/imports/conflicts.py).
    `undated_on`: the day of what has no day of its own.
    """

    forces: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    corrections: dict[str, dict[str, str]] = field(default_factory=dict)
    inspections: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    undated_on: str = ""

    def as_json(self) -> dict[str, Any]:
        """What from_json takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Answers":
        """The answers that as_json gave; what is missing is unanswered."""
        return cls(**{name: value[name] for name in cls.__dataclass_fields__ if name in value})


def lacks_inspection(name: str, answers: Answers) -> bool:
    """Whether neither the sheet as a whole nor any of its columns says what inspection its rows are about."""
    said = set(answers.columns.get(name, {}).values())
    return not answers.inspections.get(name, "").strip() and not {"inspection", "reference", "portal_reference"} & said


def wrong_columns(headings: Sequence[str], said: dict[str, str]) -> list[tuple[int, str]]:
    """What is wrong with columns (place as text → field key): the place of a column, and the message."""
    wrong = [] if {"text", "reference"} & set(said.values()) else [(0, NO_TELLING)]
    for key in dict.fromkeys(key for key in said.values() if key):
        places = [int(place) for place, each in said.items() if each == key]
        if len(places) > 1 and key not in SEVERAL:
            names = " and ".join(f"“{headings[place]}”" for place in places)
            wrong.append((places[-1], f"{names} can’t all be {BY_KEY[key].heading}. Leave out all but one."))
    return wrong
