"""Planned inspections as lists and papers show them: what was last said of each, as it stood on any day.

A plan whose report was withdrawn since is ahead again: the entry that led to the report does not speak.
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
    """Of these announcements the one of each plan that speaks on `as_at` (London), as recorded up to `known_at` (UTC).

    None stands for today and for now. Plans that were withdrawn by then are left out.
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
    """What speaks of the inspections that are ahead on `as_at`, as recorded up to `known_at`: the soonest first.

    Start from `PlanAnnouncement.objects.visible_to(user)`, or of a force. Each comes with its plan and its force;
    one whose words name no day comes last.
    """
    rows = speaking(announcements, as_at, known_at).filter(state=PlanState.AHEAD)
    order = (F("from_on").asc(nulls_last=True), F("until_on").asc(nulls_last=True), "plan__title", "plan_id")
    return rows.select_related("plan__force").order_by(*order)


def latest_of(plan: PlannedInspection) -> PlanAnnouncement:
    """What speaks of a plan now, withdrawn or not."""
    return heard_of(plan).select_related("inspection").latest_first().first()


def heard_of(plan: PlannedInspection) -> DatedQuerySet:
    """The announcements of a plan that count now."""
    return _heard(plan.announcements.all(), None, None)


def soon(first: datetime.date, last: datetime.date) -> Q:
    """Announcements whose days are, in part at least, among these."""
    return Q(from_on__lte=last, until_on__gte=first)


@dataclass(frozen=True)
class PlanRow:
    """What is said of a planned inspection on a London day, in words."""

    announcement: PlanAnnouncement
    today: datetime.date

    @property
    def plan(self) -> PlannedInspection:
        return self.announcement.plan

    @property
    def expected(self) -> str:
        """The words as they were said."""
        return self.announcement.expected

    @property
    def days(self) -> str:
        """The days that the words were read as; nothing where they say the same, or name none."""
        said = days_in_words(self.announcement)
        return "" if said.casefold() == self.expected.casefold() else said

    @property
    def is_past(self) -> bool:
        """Whether it was expected by a day that has passed."""
        return self.announcement.until_on is not None and self.announcement.until_on < self.today

    @property
    def state(self) -> str:
        """ "Expected by now" where the time has passed; else nothing, or that no day was named."""
        if self.is_past:
            return "This time has passed"
        return "" if self.announcement.from_on else "No day named"


def days_in_words(announcement: PlanAnnouncement) -> str:
    """ "12 January 2027", "1 September 2026 to 30 November 2026"; nothing where no day is named."""
    first, last = announcement.from_on, announcement.until_on
    if first is None or last is None:
        return ""
    return say(first) if first == last else f"{say(first)} to {say(last)}"


def plan_rows(announcements: Iterable[PlanAnnouncement], today: datetime.date) -> list[PlanRow]:
    """Announcements as a list shows them on a London day."""
    return [PlanRow(each, today) for each in announcements]
