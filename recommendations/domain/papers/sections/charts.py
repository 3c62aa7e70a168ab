"""Compute a scrutiny report's charts from the same rows and closures as its sum.

No queries: the register as at the period's last day has the tracking day of every recommendation, and the closures up
to then have their days, so eight quarters can be counted from the same two lists, as recorded up to one moment.
"""

import datetime
import itertools
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from recommendations.domain.papers.data.charts import AgeBand, Charts, Quarter, RiskAges
from recommendations.domain.papers.data.counts import colour_counts
from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.papers.sections.movement import kind_of, was_open
from recommendations.domain.register.rag import is_overdue
from recommendations.models import Closure, Thresholds
from recommendations.periods import MONTHS_IN_A_QUARTER, Period

QUARTERS = 8
# Age bands: label, and the minimum whole months since the report was published.
BANDS = (
    ("under 6 months", 0),
    ("6 to 12 months", 6),
    ("1 to 2 years", 12),
    ("2 to 3 years", 24),
    ("3 to 4 years", 36),
    ("4 years or more", 48),
)
NOT_ASSESSED = "Not assessed"
A_DAY = datetime.timedelta(days=1)


class Moves(NamedTuple):
    """The register rows of what is or was the force's, with their whereabouts."""

    scope: PaperScope
    rows: list[dict]

    @property
    def since(self) -> datetime.date | None:
        """The first day on which anything was in the force's register."""
        return min(filter(None, map(self.scope.first_day, self.rows)), default=None)


def charts_of(
    rows: list[dict],
    closures: list[Closure],
    published: Mapping[int, datetime.date],
    end: datetime.date,
    rule: Thresholds,
    moves: Moves,
    risks: Mapping[str, str] | None = None,
) -> Charts:
    """Return the chart data for the register on a London day.

    `rows` are the register as at `end` (domain/register/as_at.py), `closures` all in force by then
    (movement.closures_by), both as recorded up to one moment; `published` has each recommendation's report day. `moves`
    also includes what the force has transferred away; `risks` are the office's risk labels.
    """
    still_open = [row for row in rows if row["closed_on"] is None]
    return Charts(
        by_colour=colour_counts(Counter((kind_of(row), row["rag"]) for row in still_open), rule),
        quarters=_quarters(moves, closures, end),
        since=moves.since,
        ages=_ages(still_open, published, end),
        risks=_risks(still_open, published, end, risks or {}),
    )


def _quarters(moves: Moves, closures: list[Closure], end: datetime.date) -> tuple[Quarter, ...]:
    """Return eight quarters, without those before anything was tracked."""
    since = moves.since
    if since is None:
        return ()
    entered, left = _days_of(moves, closures)
    return tuple(
        Quarter(
            label=_label(period),
            start=period.start,
            end=period.end,
            opened=sum(day in period for day in entered),
            closed=sum(day in period for day in left),
            open=len(was_open(moves.rows, closures, period.end, moves.scope)),
        )
        for period in quarters_to(end)
        if period.end >= since
    )


def _days_of(moves: Moves, closures: list[Closure]) -> tuple[list[datetime.date], list[datetime.date]]:
    """Return each day on which something entered the force's register, and each on which something left it."""
    scope, ours = moves.scope, {row["pk"] for row in moves.rows}
    entered = [(row["pk"], row["tracked_on"]) for row in moves.rows]
    entered += [(each.tracked_id, each.reopened_on) for each in closures if each.reopened_on]
    left = [(each.tracked_id, each.closed_on) for each in closures if each.closed_on]
    came: list[datetime.date] = []
    went: list[datetime.date] = []
    for _, day, inward in scope.transfers(moves.rows, closures):
        (came if inward else went).append(day)
    came += [day for pk, day in entered if pk in ours and scope.in_register(pk, day)]
    went += [day for pk, day in left if pk in ours and scope.in_register(pk, day)]
    return came, went


def _ages(still_open: list[dict], published: Mapping[int, datetime.date], end: datetime.date) -> tuple[AgeBand, ...]:
    all_open: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for row in still_open:
        band = _band(published[row["recommendation_id"]], end)
        all_open[band] += 1
        overdue[band] += is_overdue(row["rag"])
    return tuple(AgeBand(label=label, overdue=overdue[label], open=all_open[label]) for label, _ in BANDS)


def _risks(
    still_open: list[dict], published: Mapping[int, datetime.date], end: datetime.date, words: Mapping[str, str]
) -> tuple[RiskAges, ...]:
    """Return the open counts by risk and age, or nothing if no risk is assessed."""
    if not words or not any(row["risk"] for row in still_open):
        return ()
    counted = Counter((row["risk"], _band(published[row["recommendation_id"]], end)) for row in still_open)
    return tuple(
        RiskAges(key=key, risk=label, counts=tuple(counted[key, band] for band, _ in BANDS))
        for key, label in {**words, "": NOT_ASSESSED}.items()
    )


def _band(published_on: datetime.date, end: datetime.date) -> str:
    """Return the age band. Six months have passed if the report was published six months before the day or earlier."""
    return next(label for label, months in reversed(BANDS) if not months or published_on <= months_before(end, months))


def quarters_to(end: datetime.date) -> list[Period]:
    """Return the eight three-month periods up to a day, earliest first: UK quarters if it is a quarter's last day."""
    ends = [months_before(end, MONTHS_IN_A_QUARTER * number) for number in range(QUARTERS, -1, -1)]
    return [Period(before + A_DAY, last) for before, last in itertools.pairwise(ends)]


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day that many months earlier, or that month's last day; a month's last day gives a last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return datetime.date(year, month + 1, last if is_last else min(day.day, last))


def _label(period: Period) -> str:
    if period.start.day != 1:
        return f"to {period.end.day} {period.end:%b %Y}"
    return f"{period.start:%b}–{period.end:%b %Y}"
