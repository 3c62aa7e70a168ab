"""Where many tracked recommendations stand, at once: derived from the dated rows as domain/register/latest.py does for
one."""

import datetime
from typing import Any

from recommendations.domain.register.as_at import FIELDS, PREFIX, as_at
from recommendations.domain.register.latest import search_text
from recommendations.enums import Stage
from recommendations.models import Thresholds, TrackedRecommendation
from recommendations.trail import Act

AT_ONCE = 500


def refresh_all_latest(act: Act, rows: list[TrackedRecommendation]) -> None:
    """Write the latest values and the search text to many tracked recommendations, and save what changed.

    The last thing that a verb does to them, as `settle` is for one. The caller holds the locks.
    """
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        found = TrackedRecommendation.on_file.filter(pk__in=[row.pk for row in some])
        names = [PREFIX + name for name in FIELDS]
        stands = {pk: values for pk, *values in as_at(found, datetime.date.max, Thresholds()).values_list("pk", *names)}
        for row in some:
            for name, value in zip(FIELDS, stands[row.pk], strict=True):
                setattr(row, name, value)
            row.search_text = search_text(row)
        act.save_all(some)


def stands(writes: Any) -> dict:
    """The cached fields of a new tracked recommendation with these rows and no others (sheet_entries.Writes)."""
    update, assurance, status = (_last(rows) for rows in (writes.updates, writes.assurances, writes.statuses))
    targets, closed = writes.targets, writes.closed or {}
    return {
        "position": update.get("position", ""),
        "stage": update.get("stage", str(Stage.AWAITING_ALLOCATION)),
        "last_update_on": update.get("effective_on"),
        "forecast_on": update.get("forecast_on"),
        "assurance": assurance.get("view", ""),
        "assurance_on": assurance.get("effective_on"),
        "inspectorate_status": status.get("status", ""),
        "inspectorate_status_on": status.get("effective_on"),
        "target_on": targets[-1]["target_on"] if targets else None,
        "first_target_on": targets[0]["target_on"] if targets else None,
        "target_moves": max(len(targets) - 1, 0),
        "closed_on": closed.get("closed_on"),
        "outcome": closed.get("outcome", ""),
    }


def _last(rows: list[dict]) -> dict:
    return max(enumerate(rows), key=lambda row: (row[1]["effective_on"], row[0]))[1] if rows else {}
