"""The columns of a scrutiny report's register, and an entry of its figures as a row of them."""

import datetime
from collections import namedtuple

from recommendations.domain.papers.data.lines import Entry, RegisterPart, Voice
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register.export import CLOSED, OPEN, one_kind_of_line
from recommendations.domain.register.sheet_columns import Holds, SheetField
from recommendations.enums import DeadlineKind

TEXT, WORD, DAY = Holds.TEXT, Holds.WORD, Holds.DAY
# "{office}" is the label of the office's own voice.
COLUMNS = (
    ("reference", "Reference", TEXT),
    ("force", "Force", WORD),
    ("inspection", "Inspection", TEXT),
    ("inspection_kind", "Kind of inspection", WORD),
    ("published_on", "Published", DAY),
    ("kind", "Kind and number", TEXT),
    ("heading", "Heading", TEXT),
    ("text", "Recommendation", TEXT),
    ("parts", "Sub-recommendations", TEXT),
    ("under", "Under", TEXT),
    ("addressees", "Directed to", TEXT),
    ("status", "Status", WORD),
    ("rag", "RAG", WORD),
    ("rag_reason", "RAG reason", TEXT),
    ("flags", "Flags", TEXT),
    ("deadline_words", "Deadline words", TEXT),
    ("deadline_kind", "Deadline read as", WORD),
    ("deadline_on", "HMICFRS deadline", DAY),
    ("first_target_on", "First target", DAY),
    ("target_on", "Target", DAY),
    ("target_moves", "Times moved", Holds.DERIVED),
    ("forecast_on", "Forecast", DAY),
    ("chief_officer_lead", "Chief officer lead", TEXT),
    ("business_lead", "Business lead", TEXT),
    ("opcc_lead", "{office} lead", TEXT),
    ("inspectorate_status", "HMICFRS status", WORD),
    ("inspectorate_words", "HMICFRS words", TEXT),
    ("inspectorate_status_on", "Date of HMICFRS status", DAY),
    ("position", "Force position", WORD),
    ("stage", "Force stage", WORD),
    ("update", "Force update", TEXT),
    ("update_on", "Date of force update", DAY),
    ("assurance", "{office} assurance", WORD),
    ("assurance_why", "{office} comment", TEXT),
    ("assurance_on", "Date of {office} assurance", DAY),
    ("closed_on", "Closed", DAY),
    ("outcome", "Outcome", WORD),
    ("closure", "HMICFRS on the closure", TEXT),
    ("marking", "Marking", WORD),
)
type Value = str | int | datetime.date | None
# A type checker does not know the columns: they are those of the table above.
PaperLine = namedtuple("PaperLine", [key for key, _, _ in COLUMNS])  # type: ignore[misc]  # made of a table


def columns_of(figures: Figures) -> tuple[SheetField, ...]:
    """The columns, in the words of the office that the paper is of."""
    return tuple(SheetField(key, heading.format(office=figures.office), holds) for key, heading, holds in COLUMNS)


def row_of(figures: Figures, part: RegisterPart, entry: Entry) -> PaperLine:
    """An entry as a row: a text ("" for nothing), a day or None, a number."""
    said = _what(figures, part, entry), _when(entry), _who_and_end(entry), _voices(entry)
    values = {key: each for values in said for key, each in values.items()} | {"marking": figures.marking}
    return PaperLine(**{key: one_kind_of_line(each) if isinstance(each, str) else each for key, each in values.items()})


def _what(figures: Figures, part: RegisterPart, entry: Entry) -> dict[str, Value]:
    return {
        "reference": entry.reference,
        "force": figures.force,
        "inspection": part.title,
        "inspection_kind": part.kind,
        "published_on": part.published_on,
        "kind": entry.label,
        "heading": entry.heading,
        "text": entry.text,
        "parts": "\n".join(entry.limbs),
        "under": entry.under,
        "addressees": entry.directed_to,
        "status": CLOSED if entry.closed_on else OPEN,
        "rag": entry.rag_word,
        "rag_reason": entry.rag_reason,
        "flags": "\n".join(entry.flags),
    }


def _when(entry: Entry) -> dict[str, Value]:
    """The three dates, never mixed."""
    return {
        "deadline_words": entry.deadline.words,
        "deadline_kind": DeadlineKind(entry.deadline.kind).label,
        "deadline_on": entry.deadline.on,
        "first_target_on": entry.first_target_on,
        "target_on": entry.target_on,
        "target_moves": entry.times_moved,
        "forecast_on": entry.forecast_on,
    }


def _who_and_end(entry: Entry) -> dict[str, Value]:
    return {
        "chief_officer_lead": entry.chief_officer_lead,
        "business_lead": entry.business_lead,
        "opcc_lead": entry.office_lead,
        "position": entry.position,
        "closed_on": entry.closed_on,
        "outcome": entry.outcome,
        "closure": entry.closure,
    }


def _voices(entry: Entry) -> dict[str, Value]:
    """The three voices, apart."""
    return {
        **_voice(entry.hmicfrs, "inspectorate_status", "inspectorate_words", "inspectorate_status_on"),
        **_voice(entry.force, "stage", "update", "update_on"),
        **_voice(entry.office, "assurance", "assurance_why", "assurance_on"),
    }


def _voice(voice: Voice, label: str, words: str, on: str) -> dict[str, Value]:
    return {label: voice.label, words: voice.words, on: voice.on}
