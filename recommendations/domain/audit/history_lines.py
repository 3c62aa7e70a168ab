"""The lines of a history, with HMICFRS's status renamed for other sources."""

import datetime
from dataclasses import dataclass, replace

from recommendations.domain.audit.wording import FieldChange
from recommendations.enums.sources import HMICFRS
from recommendations.models import TrackedRecommendation
from recommendations.models.base import Record
from recommendations.models.sources.shipped import SOURCES

HMICFRS_WORD = SOURCES[HMICFRS].word


@dataclass(frozen=True)
class HistoryRow:
    """One event's changes to one row. `title` is "" for the record itself."""

    title: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class HistoryLine:
    """One event in words. `sequence` is the number of its trail entry, or 0."""

    at: datetime.datetime
    actor: str
    verb: str
    reason: str
    sequence: int
    rows: tuple[HistoryRow, ...]


def source_of(record: Record) -> str:
    """The word for a tracked recommendation's source, as in its status; for any other record HMICFRS."""
    if isinstance(record, TrackedRecommendation):
        return record.recommendation.inspection.source_word
    return HMICFRS_WORD


def name_source(line: HistoryLine, word: str) -> HistoryLine:
    """The line with the status named after its own source."""
    if word == HMICFRS_WORD:
        return line
    rows = tuple(
        HistoryRow(
            _name_status(row.title, word),
            tuple(replace(change, field=_name_status(change.field, word)) for change in row.changes),
        )
        for row in line.rows
    )
    return replace(line, verb=_name_status(line.verb, word), rows=rows)


def _name_status(words: str, word: str) -> str:
    """Replace HMICFRS by this word where the status is named: "IOPC status recorded"."""
    return words.replace(f"{HMICFRS_WORD} status", f"{word} status")
