"""The state of a commitment: its next check, derived from the first day, its checks and its moves.

Commitment caches the value for today. `next_check` derives it for any day and any moment of knowledge; a property test
compares the two.
"""

import datetime

from recommendations.models import Commitment, CommitmentCheck, CommitmentMove
from recommendations.trail import VerbContext

Row = CommitmentCheck | CommitmentMove


def rows_of(
    commitment: Commitment, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> list[Row]:
    """Return the rows standing on `as_at` (London; None: today), as recorded up to `known_at` (UTC), newest first."""
    moves = commitment.moves.all()
    if as_at is not None:
        moves = moves.filter(effective_on__lte=as_at)
    if known_at is not None:
        moves = moves.filter(recorded_at__lte=known_at)
    return latest_first([*commitment.checks.standing(as_at, known_at), *moves])


def latest_first(rows: list[Row]) -> list[Row]:
    """Sort rows by day and then by recording time, latest first."""
    place = {CommitmentMove: 0, CommitmentCheck: 1}
    return sorted(rows, key=lambda row: (row.effective_on, row.recorded_at, place[type(row)], row.pk), reverse=True)


def next_of(commitment: Commitment, rows: list[Row]) -> datetime.date | None:
    """Return the day of the next check, or None if there is none left. `rows` are latest first."""
    return rows[0].next_on if rows else commitment.check_on


def next_check(
    commitment: Commitment, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> datetime.date | None:
    """Return the day of the next check as of `as_at`, as recorded up to `known_at`."""
    return next_of(commitment, rows_of(commitment, as_at, known_at))


def anchor(commitment: Commitment) -> datetime.date:
    """Return the day from which later checks are counted: the last move's new day, or else the first check's."""
    move = commitment.moves.order_by("-effective_on", "-recorded_at", "-pk").first()
    return move.next_on if move else commitment.check_on


def refresh_next_check(act: VerbContext, commitment: Commitment) -> None:
    """Save the day of the next check on `commitment`, once, at the end of a verb."""
    commitment.next_on = next_check(commitment)
    act.save(commitment)
