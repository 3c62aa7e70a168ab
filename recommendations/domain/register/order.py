"""The sort order of the register's rows."""

from typing import Any

from django.db.models import Case, DateField, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Lower, NullIf

from recommendations.domain.register import rag
from recommendations.enums import Rag
from recommendations.enums.risk import Risk

# The sort keys of the register, and the field behind each. "due", "rag" and "risk" sort in their own way.
DUE = "due"
SORTS = {
    "reference": "reference",
    "lead": "chief_officer_lead",
    DUE: "counts_from",
    "rag": "rag",
    "stage": "stage",
    "assurance": "assurance",
    "status": "inspectorate_status",
    "updated": "last_update_on",
    "risk": "risk",
}
BLANKS_LAST = ("lead", "assurance", "status")


def order_of(sort: str, descending: bool) -> list[OrderBy]:
    """By the chosen column, blanks last; then by the date that counts, soonest first.

    Closed rows have no such date: they come by closing day, latest first. "due" puts what a direction enforces first,
    then overdue rows, then those with no date set, then the rest, and closed ones last.
    """
    day, closed_on = _day(), F("closed_on")
    if sort == DUE:
        keys = [_order_by(_rank(), descending), _order_by(day, descending), _order_by(closed_on, not descending)]
    else:
        keys = [_order_by(_key(sort), descending), _order_by(day, False), _order_by(closed_on, True)]
    return [*keys, F("reference").asc()]


def _order_by(key: Any, descending: bool) -> OrderBy:
    return key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)


def _rank() -> Case:
    """Enforced by a direction first, then overdue, then no date set, then the rest, and closed ones last."""
    enforced = Q(direction_due_on__isnull=False)
    ranks = ((rag.is_closed(), 4), (enforced, 0), (Q(rag=rag.OVERDUE), 1), (rag.no_date_set(), 2))
    return Case(*(When(holds, then=rank) for holds, rank in ranks), default=3, output_field=IntegerField())


def _day() -> Case:
    """The direction's day, else the deadline (if immediate, the day of the report), else the first target; NULL once
    closed.
    """
    return Case(When(rag.is_closed(), then=None), default=rag.dated_on(), output_field=DateField())


def _key(sort: str) -> Combinable:
    if sort == "rag":
        ranks = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)
        return Case(*(When(rag=each, then=rank) for rank, each in enumerate(ranks)), default=len(ranks))
    if sort == "risk":
        return Case(*(When(risk=each, then=rank) for rank, each in enumerate(Risk)), default=len(Risk))
    name = SORTS[sort]
    if sort in BLANKS_LAST:
        return NullIf(Lower(name) if sort == "lead" else F(name), Value(""))
    return F(name)
