"""The statutory clock of an inspection in words: how long is left to respond, how late it is, or when it was answered.

Police Act 1996, section 55(5A): the body's comments are published before the end of the period (56 days) that begins
with the day on which the report is published. Late happens: it is shown, never blocked.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from recommendations.enums import ResponseState
from recommendations.models import Inspection, ResponseVersion
from recommendations.periods import say, say_days


@dataclass(frozen=True)
class Clock:
    """`state` is running, late, answered, answered_late or not_needed; `short` is for a narrow column."""

    state: str
    headline: str
    second: str
    short: str


def with_answer(inspections: QuerySet) -> QuerySet:
    """Inspections with `answered_on`: the day on which a response to them that stands was first published, or None."""
    stands = ~Q(answered_by__response__state=ResponseState.WITHDRAWN)
    return inspections.annotate(answered_on=Min("answered_by__response__versions__published_on", filter=stands))


def unanswered(inspections: QuerySet) -> QuerySet:
    """Those of these inspections that need a response and have none in public: a draft, or a withdrawn one, is none."""
    published = ResponseVersion.objects.filter(response__answers__inspection=OuterRef("pk"))
    stands = published.exclude(response__state=ResponseState.WITHDRAWN)
    return inspections.filter(~Exists(stands), needs_response=True)


def clock(inspection: Inspection, answered_on: datetime.date | None, today: datetime.date) -> Clock:
    """The clock of an inspection on a London day."""
    if answered_on:
        return _answered(inspection, answered_on)
    if not inspection.needs_response:
        return Clock("not_needed", "No response needed", inspection.no_response_reason, "no response needed")
    last = inspection.last_day_to_respond
    if today > last:
        late = f"{say_days((today - last).days)} late"
        return Clock("late", late, f"The last lawful day was {say(last)}. No response is on record.", late)
    left = f"{say_days((last - today).days)} left" if today < last else "today"
    day = (today - inspection.published_on).days + 1
    second = (
        f"Published on {say(inspection.published_on)}, which is day 1. "
        f"Today is day {day} of {inspection.response_days}."
    )
    return Clock("running", f"Last lawful day {say(last)}: {left}", second, left if today < last else "last day today")


def _answered(inspection: Inspection, answered_on: datetime.date) -> Clock:
    last = inspection.last_day_to_respond
    day = (answered_on - inspection.published_on).days + 1
    told = f"nswered on day {day} of {inspection.response_days}"
    second = f"The response was published on {say(answered_on)}. The last lawful day was {say(last)}."
    if answered_on <= last or not inspection.needs_response:
        return Clock("answered", f"A{told}", second, f"a{told}")
    late = f"{say_days((answered_on - last).days)} late"
    return Clock("answered_late", f"A{told}: {late}", second, f"answered {late}")
