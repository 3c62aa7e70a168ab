"""What a person answered about a spreadsheet: which column says what, and what the office's own words mean."""

from dataclasses import asdict, dataclass, field


@dataclass
class Answers:
    """All as text, so that what was typed stays as it was typed.

    `forces`: sheet name → the force's slug, empty where the sheet is left out.
    `columns`: sheet name → place of the column (from 0, as text) → field key (domain/register/sheet_columns.py), empty:
    left out.
    `meanings`: field key → value, case folded → meaning.
    `corrections`: field key → value as it stands in the sheet → what it should say; empty: that cell is left out.
    `published`: title of an inspection, case folded → the day of publication, where the sheet has none.
    `undated_on`: the day of what has no day of its own.
    """

    forces: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    corrections: dict[str, dict[str, str]] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    undated_on: str = ""

    def as_json(self) -> dict:
        """What from_json takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict) -> "Answers":
        """The answers that as_json gave; what is missing is unanswered."""
        return cls(**{name: value[name] for name in cls.__dataclass_fields__ if name in value})
