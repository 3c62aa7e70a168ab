"""The columns of the feeds. Those of the register and its updates come from the exports.

Reports are built on the headings, so those of version 1 never change (tests/domain/feeds/test_columns.py): a column
added later is listed in LATER and left out, and a heading changed elsewhere keeps its old text in HEADINGS.
"""

from collections.abc import Iterable
from dataclasses import replace

from recommendations.domain.register.export.sheets import UPDATE_FIELDS
from recommendations.domain.register.sheet_columns import FIELDS, Holds, SheetField

# Keys of columns that are not in version 1.
LATER = frozenset(
    {
        *("parts_done", "dispute_decision", "dispute_review_on"),
        *("risk", "risk_why", "risk_on", "themes", "delay_cause", "mitigation", "source", "planned_action"),
    }
)
HEADINGS: dict[str, str] = {}  # key → the heading in version 1

NUMBER, DERIVED, DAY = Holds.DERIVED_NUMBER, Holds.DERIVED, Holds.DERIVED_DAY
ID = SheetField("id", "Id", NUMBER)


def _version_1(fields: Iterable[SheetField]) -> tuple[SheetField, ...]:
    return tuple(
        replace(field, heading=HEADINGS.get(field.key, field.heading)) for field in fields if field.key not in LATER
    )


REGISTER = _version_1((ID, *FIELDS))
UPDATES = _version_1(
    (SheetField("id", "Id", DERIVED), SheetField("recommendation_id", "Recommendation id", NUMBER), *UPDATE_FIELDS)
)
RESPONSES = (
    SheetField("id", "Inspection id", NUMBER),
    SheetField("inspection", "Inspection", DERIVED),
    SheetField("kind", "Kind", DERIVED),
    SheetField("forces", "Forces", DERIVED),
    SheetField("published_on", "Report published", DAY),
    SheetField("last_day", "Last day", DAY),
    SheetField("responded_on", "Response published", DAY),
    SheetField("days_left", "Days left", NUMBER),
    SheetField("days_late", "Days late", NUMBER),
    SheetField("stage", "Stage", DERIVED),
    SheetField("waits_for", "Waits for", DERIVED),
    SheetField("who", "Who has it", DERIVED),
    SheetField("address", "Public address", DERIVED),
)
COMMITMENTS = (
    ID,
    SheetField("response", "Response", DERIVED),
    SheetField("quote", "Commitment", DERIVED),
    SheetField("keeper", "Keeper", DERIVED),
    SheetField("made_on", "Published", DAY),
    SheetField("check_on", "First check", DAY),
    SheetField("every", "Checked", DERIVED),
    SheetField("checked_on", "Last check", DAY),
    SheetField("outcome", "Last outcome", DERIVED),
    SheetField("next_on", "Next check", DAY),
)
TERMS = (
    SheetField("opening", "Open at the start", NUMBER),
    SheetField("recorded_late", "Recorded late", NUMBER),
    SheetField("new", "New", NUMBER),
    SheetField("reopened", "Reopened", NUMBER),
    SheetField("transferred_in", "Transferred in", NUMBER),
    SheetField("from_other_paper", "From the other paper", NUMBER),
    SheetField("closed", "Closed", NUMBER),
    SheetField("superseded", "Superseded", NUMBER),
    SheetField("withdrawn", "Withdrawn", NUMBER),
    SheetField("transferred_out", "Transferred out", NUMBER),
    SheetField("to_other_paper", "To the other paper", NUMBER),
    SheetField("closing", "Open at the end", NUMBER),
)
THEN_AND_NOW = (
    SheetField("overdue_then", "Overdue at the start", NUMBER),
    SheetField("overdue_now", "Overdue at the end", NUMBER),
)
PAPERS = (
    ID,
    SheetField("force", "Force", DERIVED),
    SheetField("period_start", "Period start", DAY),
    SheetField("period_end", "Period end", DAY),
    SheetField("paper", "Paper", DERIVED),
    SheetField("committee", "Committee", DERIVED),
    SheetField("issue", "Issue", NUMBER),
    SheetField("finalised_on", "Finalised", DAY),
    SheetField("replaced_by", "Replaced by", NUMBER),
    *TERMS,
    *THEN_AND_NOW,
)
