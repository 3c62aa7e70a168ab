"""Commitments as lists show them: the latest check's result, and when the next is due or how late it is."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from recommendations.domain.text.quotations import without_marks
from recommendations.enums import CheckOutcome, Every
from recommendations.models import CommentAnswer, Commitment, CommitmentCheck, User
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say, say_days

AHEAD = 28  # days


class CommitmentFilter(StrEnum):
    """Filters for the list of commitments."""

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
    """Annotate `outcome` and `checked_on` of the latest check, None if there is none."""
    checks = CommitmentCheck.objects.standing().filter(commitment=OuterRef("pk")).latest_first()
    return rows.annotate(
        outcome=Subquery(checks.values("outcome")[:1]), checked_on=Subquery(checks.values("effective_on")[:1])
    )


def filter_condition(show: CommitmentFilter, today: datetime.date) -> Q:
    """Return the condition for a filter on a London day, for rows of `with_latest`."""
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
    """Count these rows (of `with_latest`) by filter. One query."""
    asked = {
        str(show): Count("pk", filter=filter_condition(show, today))
        for show in CommitmentFilter
        if show != CommitmentFilter.ALL
    }
    found = rows.order_by().aggregate(all=Count("pk"), **asked)
    return {show: found[show] for show in CommitmentFilter}


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment (of `with_latest`) in words, on a London day."""

    commitment: Commitment
    today: datetime.date

    @property
    def quote(self) -> str:
        """The quote without Markdown marks."""
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
        """The day of the next check: "31 March 2026", or "None"."""
        return say(self.commitment.next_on) if self.commitment.next_on else "None"

    @property
    def next_words(self) -> str:
        """ "Next check 31 March 2026, in 5 days", or that nothing is left to check."""
        return f"Next check {self.next}, {self.left}" if self.left else "Nothing left to check"

    @property
    def left(self) -> str:
        """ "12 days overdue", "today", "in 5 days", or "" if nothing is left to check."""
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


def commitments_on(recommendation: int, user: User, today: datetime.date) -> list[CommitmentRow]:
    """Return the commitments that comments on a recommendation make, as far as this user may see them. One query."""
    answering = CommentAnswer.objects.filter(recommendation=recommendation)
    seen = Commitment.objects.visible_to(user).filter(comment__in=answering.values("comment"))
    return rows_for(with_latest(seen), today)


def rows_for(commitments: Iterable[Commitment], today: datetime.date) -> list[CommitmentRow]:
    """Return list rows for commitments of `with_latest` on a London day."""
    return [CommitmentRow(each, today) for each in commitments]
