"""A legacy review as CSV: a row for each recommendation, with its judgement."""

import csv
import io
from collections.abc import Iterable

from recommendations.domain.register.rows import RegisterRow
from recommendations.domain.text.csv_safety import escape_formula
from recommendations.models import LegacyJudgement

BOM = b"\xef\xbb\xbf"  # so that Excel recognises UTF-8
HEADINGS = (
    *("Reference", "From", "Recommendation", "Lead", "RAG", "Judgement", "Why", "What the office asks now"),
    *("Superseded by", "Closure", "Judged on", "Judged by"),
)


def as_csv(rows: Iterable[tuple[RegisterRow, LegacyJudgement | None]]) -> bytes:
    """UTF-8 with a BOM for Excel; days as 2026-11-25; texts that would execute as formulas are escaped."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    write.writerow(HEADINGS)
    write.writerows([escape_formula(value) for value in _values(row, judgement)] for row, judgement in rows)
    return BOM + out.getvalue().encode()


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
