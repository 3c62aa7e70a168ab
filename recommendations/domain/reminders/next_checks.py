"""The next check of each commitment as planned on a day: domain/commitments/status.py for many at once."""

import datetime
from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery

from recommendations.models import Commitment, CommitmentCheck, CommitmentMove
from recommendations.periods import day_end

SAID = ("effective_on", "recorded_at", "next_on")


def next_checks(day: datetime.date) -> Iterator[tuple[int, datetime.date, int | None]]:
    """Yield id, day of the next check and keeper's account id of each commitment that had one left. One query."""
    of_this = {"commitment": OuterRef("pk"), "effective_on__lte": day}
    checks = CommitmentCheck.objects.standing().filter(**of_this).latest_first()
    moves = CommitmentMove.objects.filter(**of_this).order_by("-effective_on", "-recorded_at", "-pk")
    rows = Commitment.objects.filter(recorded_at__lt=day_end(day)).annotate(
        **_latest("check", checks), **_latest("move", moves)
    )
    columns = [*_latest("check", checks), *_latest("move", moves)]
    for pk, keeper, check_on, *said in rows.order_by("check_on", "pk").values_list(
        "pk", "keeper_person", "check_on", *columns
    ):
        next_on = _next(check_on, said[:3], said[3:])
        if next_on is not None:
            yield pk, next_on, keeper


def _latest(name: str, rows: QuerySet) -> dict[str, Subquery]:
    return {f"{name}_{column}": Subquery(rows.values(column)[:1]) for column in SAID}


def _next(first: datetime.date, check: list, move: list) -> datetime.date | None:
    """Return the later of the latest check's and latest move's next day. At the same moment, the check counts."""
    if check[0] is None and move[0] is None:
        return first
    if check[0] is None or (move[0] is not None and move[:2] > check[:2]):
        return move[2]
    return check[2]
