"""The columns of the register as a sheet: what goes out, and what comes in. A heading is its name in a file."""

from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a column holds. `WORD` is one of a list that the office's own words are asked about; `DERIVED` is worked
    out here: it goes out and is never brought in."""

    TEXT = "text"
    DAY = "day"
    WORD = "word"
    DERIVED = "derived"
    DERIVED_DAY = "derived day"


@dataclass(frozen=True)
class SheetField:
    """A column: its key in code, its heading in our own files, what it holds."""

    key: str
    heading: str
    holds: Holds = Holds.TEXT


FIELDS = tuple(
    SheetField(*each)
    for each in (
        ("reference", "Reference"),
        ("portal_reference", "HMICFRS reference"),
        ("force", "Force", Holds.WORD),
        ("inspection", "Inspection"),
        ("published_on", "Published", Holds.DAY),
        ("kind", "Kind", Holds.WORD),
        ("number", "Number"),
        ("heading", "Heading"),
        ("text", "Recommendation"),
        ("parts", "Sub-recommendations"),
        ("addressees", "Directed to"),
        ("chief_officer_lead", "Chief officer lead"),
        ("business_lead", "Business lead"),
        ("opcc_lead", "OPCC lead"),
        ("deadline_words", "Deadline words"),
        ("deadline_on", "HMICFRS deadline", Holds.DAY),
        ("first_target_on", "First target", Holds.DAY),
        ("target_on", "Target", Holds.DAY),
        ("target_moves", "Times moved", Holds.DERIVED),
        ("forecast_on", "Forecast", Holds.DAY),
        ("rag", "RAG", Holds.WORD),
        ("rag_reason", "RAG reason", Holds.DERIVED),
        ("status", "Status", Holds.WORD),
        ("position", "Force position", Holds.WORD),
        ("stage", "Stage", Holds.WORD),
        ("update", "Latest update"),
        ("update_on", "Date of update", Holds.DAY),
        ("said_by", "Said by"),
        ("evidence", "Evidence"),
        ("assurance", "OPCC assurance", Holds.WORD),
        ("assurance_why", "OPCC comment"),
        ("assurance_on", "Date of OPCC assurance", Holds.DAY),
        ("inspectorate_status", "HMICFRS status", Holds.WORD),
        ("inspectorate_status_on", "Date of HMICFRS status", Holds.DAY),
        ("outcome", "Outcome", Holds.WORD),
        ("closed_on", "Closed", Holds.DAY),
        ("closure_requested_on", "Closure requested", Holds.DERIVED_DAY),
    )
)
BY_KEY = {field.key: field for field in FIELDS}
