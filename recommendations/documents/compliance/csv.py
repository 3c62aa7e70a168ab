"""The state of responses as CSV: a row for each report, in the wording of the page."""

import datetime
from collections.abc import Iterable

from recommendations.documents.formats.csv_file import csv_bytes
from recommendations.domain.compliance.status import ComplianceRow

HEADINGS = (
    *("Report", "Kind", "Forces", "Report published", "Last day", "The last day is", "Response published"),
    *("Days left", "Days late", "Stage", "Waits for", "Who has it", "Why none is needed", "As on"),
)


def as_csv(rows: Iterable[ComplianceRow]) -> bytes:
    """The rows as CSV (documents/formats/csv_file.py)."""
    return csv_bytes(HEADINGS, map(_values, rows))


def _values(row: ComplianceRow) -> tuple[object, ...]:
    inspection, needed = row.inspection, row.inspection.needs_response
    law = inspection.is_under_section_55
    counted = f"day {inspection.response_days}, by law" if law else "stated" if inspection.respond_by else "counted"
    return (
        *(inspection.title, inspection.get_kind_display(), row.forces, inspection.published_on, _last(row)),
        *(counted if _last(row) else "", row.answered_on or inspection.answer_sent_on),
        *(row.days_left if row.days_left is None or row.days_left >= 0 else None, row.days_late or None),
        *(row.stage.label, row.waits_for, ", ".join(row.who)),
        *("" if needed else inspection.no_response_reason, row.on),
    )


def _last(row: ComplianceRow) -> datetime.date | None:
    return row.inspection.last_day if row.inspection.is_answered_elsewhere else row.last_day
