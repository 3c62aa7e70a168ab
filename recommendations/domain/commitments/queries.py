"""Commitments as lists show them: what the latest check found, when the next one is, and how late it is."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from recommendations.domain.text.quotations import without_marks
from recommendations.enums import CheckOutcome, Every
from recommendations.models import Commitment, CommitmentCheck
from recommendations.models.inspections import shorten
from recommendations.periods import say, say_days

AHEAD = 28  # days


class CommitmentFilter(StrEnum):
    """What of the commitments is shown."""

    ALL = "all"
    OVERDUE = "overdue"
    COMING = "coming"
    LATER = "later"
    KEPT = "kept"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        return {
            "all": "in all",
            "overdue": "overdue",
            "coming": f"due in {AHEAD} days",
            "later": "due later",
            "kept": "kept and done",
            "dropped": "dropped",
        }[self]


def with_latest(rows: QuerySet) -> QuerySet:
    """Commitments with `outcome` and `checked_on` of their latest check; None where there is none."""
    checks = CommitmentCheck.objects.standing().filter(commitment=OuterRef("pk")).latest_first()
    return rows.annotate(
        outcome=Subquery(checks.values("outcome")[:1]), checked_on=Subquery(checks.values("effective_on")[:1])
    )


def shown_as(show: CommitmentFilter, today: datetime.date) -> Q:
    """The condition for what is shown on a London day, on rows of `with_latest`."""
    ahead = today + datetime.timedelta(days=AHEAD)
    return {
        CommitmentFilter.ALL: Q(),
        CommitmentFilter.OVERDUE: Q(next_on__lt=today),
        CommitmentFilter.COMING: Q(next_on__gte=today, next_on__lte=ahead),
        CommitmentFilter.LATER: Q(next_on__gt=ahead),
        CommitmentFilter.KEPT: Q(next_on__isnull=True) & ~Q(outcome=CheckOutcome.DROPPED),
        CommitmentFilter.DROPPED: Q(next_on__isnull=True, outcome=CheckOutcome.DROPPED),
    }[show]


def counts(rows: QuerySet, today: datetime.date) -> dict[CommitmentFilter, int]:
    """How many of these (with_latest) there are to show of each kind, in one query."""
    asked = {
        str(show): Count("pk", filter=shown_as(show, today))
        for show in CommitmentFilter
        if show != CommitmentFilter.ALL
    }
    found = rows.order_by().aggregate(all=Count("pk"), **asked)
    return {show: found[show] for show in CommitmentFilter}


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment (of with_latest) on a London day, in words."""

    commitment: Commitment
    today: datetime.date

    @property
    def quote(self) -> str:
        """As it reads, without marks."""
        return without_marks(self.commitment.quote)

    @property
    def short_quote(self) -> str:
        return shorten(self.quote, 160)

    @property
    def is_overdue(self) -> bool:
        return self.commitment.next_on is not None and self.commitment.next_on < self.today

    @property
    def latest(self) -> str:
        """ "Partly kept", or that it was never checked."""
        outcome = self.commitment.outcome
        return CheckOutcome(outcome).label if outcome else "Not checked yet"

    @property
    def next(self) -> str:
        """When it is checked next: "31 March 2026", or "None"."""
        return say(self.commitment.next_on) if self.commitment.next_on else "None"

    @property
    def next_words(self) -> str:
        """ "Next check 31 March 2026, in 5 days", or that nothing is left to check."""
        return f"Next check {self.next}, {self.left}" if self.left else "Nothing left to check"

    @property
    def left(self) -> str:
        """ "12 days overdue", "today", "in 5 days"; nothing where nothing is left."""
        if not self.commitment.next_on:
            return ""
        days = (self.commitment.next_on - self.today).days
        if days < 0:
            return f"{say_days(-days)} overdue"
        return f"in {say_days(days)}" if days else "today"

    @property
    def every(self) -> str:
        """ "every quarter", "once"."""
        return Every(self.commitment.every).label.lower()


def rows_for(commitments: Iterable[Commitment], today: datetime.date) -> list[CommitmentRow]:
    """Commitments of with_latest as a list shows them on a London day."""
    return [CommitmentRow(each, today) for each in commitments]
