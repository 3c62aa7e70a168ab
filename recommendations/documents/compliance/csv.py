"""Where responses stand, as CSV: a row for each report, in the words of the page."""

import csv
import datetime
import io
from collections.abc import Iterable

from recommendations.domain.compliance.status import ComplianceRow
from recommendations.domain.text.csv_safety import escape_formula

BOM = b"\xef\xbb\xbf"  # by which Excel knows UTF-8
LINE_END = "\r\n"
HEADINGS = (
    *("Report", "Kind", "Forces", "Report published", "Last day", "The last day is", "Response published"),
    *("Days left", "Days late", "Stage", "Waits for", "Who has it", "Why none is needed", "As on"),
)


def as_csv(rows: Iterable[ComplianceRow]) -> bytes:
    """UTF-8 that Excel knows as such; days as 2026-11-25; texts that would run as formulas are made inert."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=LINE_END)
    write.writerow(HEADINGS)
    write.writerows([_plain(value) for value in _values(row)] for row in rows)
    return BOM + out.getvalue().encode()


def _values(row: ComplianceRow) -> tuple[object, ...]:
    inspection, needed = row.inspection, row.inspection.needs_response
    counted = f"day {inspection.response_days}, by law" if not inspection.respond_by else "stated"
    return (
        *(inspection.title, inspection.get_kind_display(), row.forces, inspection.published_on, row.last_day),
        *(counted if row.last_day else "", row.answered_on),
        *(row.days_left if row.days_left is None or row.days_left >= 0 else None, row.days_late or None),
        *(row.stage.label, row.waits_for, ", ".join(row.who)),
        *("" if needed else inspection.no_response_reason, row.on),
    )


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime.date) else escape_formula(str(value))
