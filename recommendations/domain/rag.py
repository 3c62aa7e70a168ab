"""RAG and the flags: one SQL expression each, over stored dates and a day. Page, export and paper all use these.

First that fits: Blue closed; Grey directed to others or not accepted; Red past the date that it counts from, or
immediate and open after 90 days; Amber forecast past that date, or no date at all; Green otherwise. The words and the
thresholds are the office's (models.RagRule), those in force on the day.
"""

import datetime

from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce

from recommendations.enums import DeadlineKind, Flag, Position, Rag
from recommendations.models import Thresholds


def counts_from(prefix: str = "") -> Case:
    """The day that overdue counts from: the inspectorate's deadline, else the first target; NULL for immediate.

    A deadline without a kind has no day, nor the other way round (a constraint of the table).
    """
    immediate = When(deadline_kind=DeadlineKind.IMMEDIATE, then=Value(None))
    dated = Coalesce(F("deadline_on"), F(f"{prefix}first_target_on"))
    return Case(immediate, default=dated, output_field=DateField())


def close_down_on(prefix: str = "") -> Coalesce:
    """The close-down date shown to boards: the latest forecast, else the target, else the deadline, else NULL."""
    immediate = When(deadline_kind=DeadlineKind.IMMEDIATE, then=Value(None))
    deadline = Case(immediate, default=F("deadline_on"), output_field=DateField())
    return Coalesce(F(f"{prefix}forecast_on"), F(f"{prefix}target_on"), deadline)


def colour(day: datetime.date, rule: Thresholds, prefix: str = "") -> Case:
    """The RAG colour on `day` (a London day). Needs the annotation `{prefix}counts_from`.

    `prefix` names the annotations that hold the latest values as at a past day ("at_"), or nothing for today's cache.
    """
    since = f"{prefix}counts_from"
    return Case(
        When(Q(**{f"{prefix}closed_on__isnull": False}), then=Value(Rag.BLUE)),
        When(Q(directed_to_force=False) | Q(**{f"{prefix}position": Position.NOT_ACCEPTED}), then=Value(Rag.GREY)),
        When(overdue_immediate(day, rule) | Q(**{f"{since}__lt": day}), then=Value(Rag.RED)),
        When(Q(**{f"{prefix}forecast_on__gt": F(since)}), then=Value(Rag.AMBER)),
        When(~Q(deadline_kind=DeadlineKind.IMMEDIATE) & Q(**{f"{since}__isnull": True}), then=Value(Rag.AMBER)),
        default=Value(Rag.GREEN),
        output_field=CharField(),
    )


def overdue_immediate(day: datetime.date, rule: Thresholds) -> Q:
    """Immediate, and more than the rule's days after publication."""
    latest = day - datetime.timedelta(days=rule.immediate_days)
    return Q(deadline_kind=DeadlineKind.IMMEDIATE, deadline_on__lt=latest)


def flagged(flag: str, day: datetime.date, rule: Thresholds, prefix: str = "") -> Q:
    """Whether a flag stands beside the colour on `day`. Needs the annotations `{prefix}counts_from` and `{prefix}rag`.

    "No update for 100 days" is true from the 100th day after the last update, else after tracking began.
    """
    is_open = Q(**{f"{prefix}closed_on__isnull": True})
    if flag == Flag.DUE_SOON:
        soon = day + datetime.timedelta(days=rule.due_soon_days)
        due = Q(**{f"{prefix}counts_from__gte": day, f"{prefix}counts_from__lte": soon})
        return is_open & due & ~Q(**{f"{prefix}rag": Rag.GREY})
    quiet = day - datetime.timedelta(days=rule.no_update_days)
    never = Q(**{f"{prefix}last_update_on__isnull": True}, tracked_on__lte=quiet)
    return is_open & (never | Q(**{f"{prefix}last_update_on__lte": quiet}))


def no_date_set(prefix: str = "") -> Q:
    """Open, the force's to do, and with no date to count from. Needs the annotation `{prefix}rag`."""
    return Q(**{f"{prefix}counts_from__isnull": True, f"{prefix}rag": Rag.AMBER})
