"""Where a commitment stands: when it is checked next, from the day it began with, its checks and its moves.

Commitment caches the answer for today. `next_check` is the derivation, for any day and any moment of knowledge;
a property test holds the two together.
"""

import datetime

from recommendations.models import Commitment, CommitmentCheck, CommitmentMove
from recommendations.trail import Act

Row = CommitmentCheck | CommitmentMove


def rows_of(
    commitment: Commitment, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> list[Row]:
    """Checks and moves that held on `as_at` (London; None: today), as recorded up to `known_at` (UTC), newest first."""
    moves = commitment.moves.all()
    if as_at is not None:
        moves = moves.filter(effective_on__lte=as_at)
    if known_at is not None:
        moves = moves.filter(recorded_at__lte=known_at)
    return latest_first([*commitment.checks.standing(as_at, known_at), *moves])


def latest_first(rows: list[Row]) -> list[Row]:
    """The rows in the order in which they speak: by their day, then by the moment of recording."""
    place = {CommitmentMove: 0, CommitmentCheck: 1}
    return sorted(rows, key=lambda row: (row.effective_on, row.recorded_at, place[type(row)], row.pk), reverse=True)


def next_of(commitment: Commitment, rows: list[Row]) -> datetime.date | None:
    """The day of the next check; None when nothing is left to check. `rows` are latest first."""
    return rows[0].next_on if rows else commitment.check_on


def next_check(
    commitment: Commitment, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> datetime.date | None:
    """The day of the next check as it stood on `as_at`, as recorded up to `known_at`."""
    return next_of(commitment, rows_of(commitment, as_at, known_at))


def anchor(commitment: Commitment) -> datetime.date:
    """The day that later checks are counted from: the last that somebody moved the next check to, else the first."""
    move = commitment.moves.order_by("-effective_on", "-recorded_at", "-pk").first()
    return move.next_on if move else commitment.check_on


def refresh_next_check(act: Act, commitment: Commitment) -> None:
    """Write the next check to `commitment` and save it, once, at the end of a verb."""
    commitment.next_on = next_check(commitment)
    act.save(commitment)
