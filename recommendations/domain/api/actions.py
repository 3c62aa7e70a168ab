"""Actions as the API returns them."""

from typing import Any

from recommendations.domain.actions.queries import ActionLine
from recommendations.periods import london_day


def action(line: ActionLine) -> dict[str, Any]:
    """Return an action as it stands on the line's day: the latest row, and what follows from the earlier ones."""
    row, of = line.row, line.action
    return {
        "id": of.pk,
        "force": of.force.slug,
        "voice": of.voice,
        "words": of.words,
        "owner": row.owner,
        "state": row.state,
        "since": line.since,
        "due_on": row.due_on,
        "days_late": line.days_late,
        "moves": line.moves,
        "waits_for": None if row.waits_elsewhere else row.waits_for_id,
        "waits_words": row.waits_words,
        "note": row.note,
        "recommendations": [each.pk for each in line.tracked],
        "references": [each.reference for each in line.tracked],
        "recorded_on": london_day(row.recorded_at),
    }
