"""RAG and the flags: one SQL expression each, over stored dates and a day. Page, export and paper all use these.

First that fits: Blue closed; Grey directed to others or not accepted; Red past the date that it counts from, or
immediate and open after 90 days; Amber forecast past that date, or no date at all; Green otherwise. The words and the
thresholds are the office's (models.RagRule), those in force on the day.
"""

import datetime

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, IsNull, LessThan

from recommendations.enums import DeadlineKind, Flag, Position, Rag
from recommendations.models import Standing, Thresholds
from recommendations.models.standing import StandingQuerySet

# What is overdue wherever it is counted: what is red on the day. definitions.py says it in words.
OVERDUE = Rag.RED


def is_overdue(colour: str) -> bool:
    """Whether what has this colour on a day is overdue, with a date or immediate. Closed and grey ones never are."""
    return colour == OVERDUE


def judged[Rows: QuerySet](rows: Rows, day: datetime.date, rule: Thresholds) -> Rows:
    """Rows of Standing, or of as_at.as_at, with what follows of a day: `counts_from`, `close_down_on` and `rag`.

    `day` is the London day that the rows are of, `rule` the one in force on it.
    """
    return rows.annotate(counts_from=counts_from(), close_down_on=close_down_on(), rag=colour(day, rule))


def standings_on(day: datetime.date, rule: Thresholds) -> StandingQuerySet:
    """How everything on file stood on a London day, withdrawn ones too, judged by the rule of that day."""
    return judged(Standing.objects.at(day), day, rule)


def counts_from() -> Case:
    """The day that overdue counts from: the inspectorate's deadline, else the first target; NULL for immediate."""
    return Case(
        When(deadline_kind=DeadlineKind.IMMEDIATE, then=Value(None)), default=dated_on(), output_field=DateField()
    )


def dated_on() -> Coalesce:
    """The day of any deadline, else the first target. Without a kind a deadline has no day (a constraint)."""
    return Coalesce(F("deadline_on"), F("first_target_on"))


def close_down_on() -> Coalesce:
    """The close-down date shown to boards: the latest forecast, else the target, else the deadline, else NULL."""
    immediate = When(deadline_kind=DeadlineKind.IMMEDIATE, then=Value(None))
    deadline = Case(immediate, default=F("deadline_on"), output_field=DateField())
    return Coalesce(F("forecast_on"), F("target_on"), deadline)


def colour(day: datetime.date, rule: Thresholds) -> Case:
    """The RAG colour on `day` (a London day): the first that fits.

    Once immediate ones are told apart, each other one counts from its date. They are compared with the columns and
    not with `counts_from`: the database would work that out again for each line.
    """
    immediate, dated = Q(deadline_kind=DeadlineKind.IMMEDIATE), dated_on()
    return Case(
        When(is_closed(), then=Value(Rag.BLUE)),
        When(is_grey(), then=Value(Rag.GREY)),
        When(immediate & Q(deadline_on__lt=day - datetime.timedelta(days=rule.immediate_days)), then=Value(Rag.RED)),
        When(immediate, then=Value(Rag.GREEN)),
        When(LessThan(dated, day), then=Value(Rag.RED)),
        When(IsNull(dated, True) | GreaterThan(F("forecast_on"), dated), then=Value(Rag.AMBER)),
        default=Value(Rag.GREEN),
        output_field=CharField(),
    )


def is_closed() -> Q:
    """The condition that a row is closed."""
    return Q(closed_on__isnull=False)


def is_grey() -> Q:
    """Directed to others, or not accepted: grey until it is closed."""
    return Q(directed_to_force=False) | Q(position=Position.NOT_ACCEPTED)


def flagged(flag: str, day: datetime.date, rule: Thresholds) -> Q:
    """Whether a flag stands beside the colour on `day`. Needs the annotation `counts_from`.

    "No update for 100 days" is true from the 100th day after the last update, else after tracking began.
    """
    if flag == Flag.DUE_SOON:
        soon = day + datetime.timedelta(days=rule.due_soon_days)
        due = Q(counts_from__gte=day, counts_from__lte=soon)
        return due & ~is_closed() & ~is_grey()
    quiet = day - datetime.timedelta(days=rule.no_update_days)
    never = Q(last_update_on__isnull=True, tracked_on__lte=quiet)
    return ~is_closed() & (never | Q(last_update_on__lte=quiet))


def no_date_set() -> Q:
    """Open, the force's to do, and with no date to count from. Needs the annotation `counts_from`."""
    immediate = Q(deadline_kind=DeadlineKind.IMMEDIATE)
    none = Q(counts_from__isnull=True)
    return none & ~immediate & ~is_closed() & ~is_grey()
