"""RAG and the flags as SQL expressions over stored dates and a day, used by pages, exports and papers alike.

The first that applies: Blue if closed; Grey if directed to others or not accepted; Red if past the date that it counts
from, or immediate and open after 90 days; Amber if forecast past that date, or without any date; else Green. The words
and thresholds are the office's (models.RagRule), those in force on the day.

Where a direction enforces it, the day that the direction states counts before any other, and nothing makes it grey.
"""

import datetime

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, IsNull, LessThan

from recommendations.enums import DeadlineKind, Flag, Position, Rag
from recommendations.models import Standing, Thresholds
from recommendations.models.register.standing import StandingQuerySet

# The colour that counts as overdue everywhere. definitions.py says so in words.
OVERDUE = Rag.RED


def is_overdue(colour: str) -> bool:
    """Whether a row of this colour is overdue, dated or immediate. Closed and grey ones never are."""
    return colour == OVERDUE


def annotate_colours[Rows: QuerySet](rows: Rows, day: datetime.date, rule: Thresholds) -> Rows:
    """Annotate rows of Standing or as_at.as_at with what depends on the day: `counts_from`, `close_down_on`, `rag`.

    `day` is the London day of the rows, `rule` the rule in force on it.
    """
    return rows.annotate(counts_from=counts_from(), close_down_on=close_down_on(), rag=colour(day, rule))


def standings_on(day: datetime.date, rule: Thresholds) -> StandingQuerySet:
    """Standing of everything on file on a London day, including what was withdrawn since, judged by that day's rule."""
    return annotate_colours(Standing.objects.at(day), day, rule)


def counts_from() -> Case:
    """The day from which overdue counts: as a direction states, else the inspectorate's deadline, else the first
    target; NULL if immediate.
    """
    return Case(When(is_immediate(), then=Value(None)), default=dated_on(), output_field=DateField())


def dated_on() -> Coalesce:
    """The day of the direction, else of the deadline, else the first target. A deadline without a kind has no day (by
    constraint).
    """
    return Coalesce(F("direction_due_on"), F("deadline_on"), F("first_target_on"))


def is_immediate() -> Q:
    """The condition that the deadline is immediate, and no direction states a day."""
    return Q(deadline_kind=DeadlineKind.IMMEDIATE, direction_due_on__isnull=True)


def close_down_on() -> Coalesce:
    """The close-down date shown to boards: the latest forecast, else the target, else the deadline, else NULL."""
    deadline = Case(
        When(is_immediate(), then=Value(None)),
        default=Coalesce(F("direction_due_on"), F("deadline_on")),
        output_field=DateField(),
    )
    return Coalesce(F("forecast_on"), F("target_on"), deadline)


def colour(day: datetime.date, rule: Thresholds) -> Case:
    """The RAG colour on `day` (a London day).

    Columns are compared, not the annotation `counts_from`, which the database would compute again for each WHEN.
    """
    immediate, dated = is_immediate(), dated_on()
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
    """The condition that a row is grey unless closed: directed to others, or not accepted, without a direction."""
    grey = Q(directed_to_force=False) | Q(position=Position.NOT_ACCEPTED)
    return grey & Q(direction_due_on__isnull=True)


def flag_q(flag: str, day: datetime.date, rule: Thresholds) -> Q:
    """The condition that a row has this flag on `day`. Needs the annotation `counts_from`.

    "No update for 100 days" is true from the 100th day after the last update, else after tracking began, of what the
    force has to do: a silence about what is grey is no one's fault here.
    """
    if flag == Flag.DUE_SOON:
        soon = day + datetime.timedelta(days=rule.due_soon_days)
        due = Q(counts_from__gte=day, counts_from__lte=soon)
        return due & ~is_closed() & ~is_grey()
    quiet = day - datetime.timedelta(days=rule.no_update_days)
    never = Q(last_update_on__isnull=True, tracked_on__lte=quiet)
    return ~is_closed() & ~is_grey() & (never | Q(last_update_on__lte=quiet))


def no_date_set() -> Q:
    """The condition: open, directed to the force, accepted, and no date to count from. Needs `counts_from`."""
    none = Q(counts_from__isnull=True)
    return none & ~is_immediate() & ~is_closed() & ~is_grey()
