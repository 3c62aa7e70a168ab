"""Planned inspections for lists and papers: the latest announcement on each, as at any day.

A plan whose report was withdrawn since is ahead again: the announcement of that report no longer counts.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from recommendations.domain.register.as_at import on_record
from recommendations.enums import PlanState
from recommendations.models import PlanAnnouncement, PlannedInspection
from recommendations.models.base import DatedQuerySet
from recommendations.periods import say


def speaking(
    announcements: QuerySet, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> QuerySet:
    """Of these announcements the one in force for each plan on `as_at` (London), as known by `known_at` (UTC).

    None means today and now. Plans withdrawn by then are left out.
    """
    same = _heard(PlanAnnouncement.objects.filter(plan=OuterRef("plan")), as_at, known_at)
    latest = Subquery(same.latest_first().values("pk")[:1])
    return announcements.filter(on_record(known_at, "plan__"), pk=latest)


def _heard(
    announcements: DatedQuerySet, as_at: datetime.date | None, known_at: datetime.datetime | None
) -> DatedQuerySet:
    return announcements.standing(as_at, known_at).filter(on_record(known_at, "inspection__"))


def ahead(
    announcements: QuerySet, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> QuerySet:
    """The announcements of inspections still ahead on `as_at`, as known by `known_at`, soonest first.

    Pass `PlanAnnouncement.objects.visible_to(user)`, or those of a force. Each comes with its plan and force;
    those whose words name no day come last.
    """
    rows = speaking(announcements, as_at, known_at).filter(state=PlanState.AHEAD)
    order = (F("from_on").asc(nulls_last=True), F("until_on").asc(nulls_last=True), "plan__title", "plan_id")
    return rows.select_related("plan__force").order_by(*order)


def latest_of(plan: PlannedInspection) -> PlanAnnouncement:
    """The announcement in force for a plan now, whether or not the plan is withdrawn."""
    return heard_of(plan).select_related("inspection").latest_first().first()


def heard_of(plan: PlannedInspection) -> DatedQuerySet:
    """The announcements of a plan that count now."""
    return _heard(plan.announcements.all(), None, None)


def soon(first: datetime.date, last: datetime.date) -> Q:
    """The condition that an announcement's days overlap these."""
    return Q(from_on__lte=last, until_on__gte=first)


@dataclass(frozen=True)
class PlanRow:
    """A planned inspection on a London day, in words."""

    announcement: PlanAnnouncement
    today: datetime.date

    @property
    def plan(self) -> PlannedInspection:
        return self.announcement.plan

    @property
    def expected(self) -> str:
        """The words, verbatim."""
        return self.announcement.expected

    @property
    def days(self) -> str:
        """The days that the words were read as, or "" if they say the same or name none."""
        said = days_in_words(self.announcement)
        return "" if said.casefold() == self.expected.casefold() else said

    @property
    def is_past(self) -> bool:
        """Whether the day by which it was expected has passed."""
        return self.announcement.until_on is not None and self.announcement.until_on < self.today

    @property
    def state(self) -> str:
        """ "This time has passed" or "No day named", else ""."""
        if self.is_past:
            return "This time has passed"
        return "" if self.announcement.from_on else "No day named"


def days_in_words(announcement: PlanAnnouncement) -> str:
    """ "12 January 2027", "1 September 2026 to 30 November 2026", or "" if no day is named."""
    first, last = announcement.from_on, announcement.until_on
    if first is None or last is None:
        return ""
    return say(first) if first == last else f"{say(first)} to {say(last)}"


def plan_rows(announcements: Iterable[PlanAnnouncement], today: datetime.date) -> list[PlanRow]:
    """Announcements for a list, on a London day."""
    return [PlanRow(each, today) for each in announcements]
