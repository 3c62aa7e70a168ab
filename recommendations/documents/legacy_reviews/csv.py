"""A legacy review as CSV: a row for each recommendation, with its judgement."""

from collections.abc import Iterable

from recommendations.documents.formats.csv_file import csv_bytes
from recommendations.domain.register.rows import RegisterRow
from recommendations.models import LegacyJudgement

HEADINGS = (
    *("Reference", "From", "Recommendation", "Lead", "RAG", "Judgement", "Why", "What the office asks now"),
    *("Superseded by", "Closure", "Judged on", "Judged by"),
)


def as_csv(rows: Iterable[tuple[RegisterRow, LegacyJudgement | None]]) -> bytes:
    """The rows as CSV (documents/formats/csv_file.py)."""
    return csv_bytes(HEADINGS, (_values(row, judgement) for row, judgement in rows))


def _values(row: RegisterRow, judgement: LegacyJudgement | None) -> tuple[str, ...]:
    facts = (row.reference, row.source, row.text, row.lead.words, row.rag_word)
    if judgement is None:
        return (*facts, *("",) * 7)
    return (
        *facts,
        *(judgement.get_verdict_display(), judgement.reason, judgement.words),
        str(judgement.superseded_by or ""),
        judgement.closure.get_state_display() if judgement.closure else "",
        judgement.effective_on.isoformat(),
        str(judgement.recorded_by or "Command line"),
    )
