"""What happened after the day of a past register: a few words for each recommendation."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Case, Count, DateTimeField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from recommendations.domain.register.entries import Voice
from recommendations.models import Assurance, Closure, ForceUpdate, InspectorateStatus, TargetDate, Transfer

COUNTED: tuple[tuple[Voice | type[Transfer], str, str], ...] = (
    (ForceUpdate, "update", "updates"),
    (Assurance, "assurance", "assurances"),
    (InspectorateStatus, "{source} status", "{source} statuses"),
    (TargetDate, "new target", "new targets"),
    (Transfer, "transfer to another force", "transfers to other forces"),
)
# The last event of a closure, by the column that has its day.
EVENTS = {"reopened_on": "reopened", "closed_on": "closed", "decided_on": "closure declined"}
EVENT_WORDS = (*EVENTS.values(), "closure requested")
CLOSURE = -1  # the kind of a row that tells of a closure, by the place of its event; other rows have a number


def later(ids: Sequence[int], day: datetime.date) -> dict[int, str]:
    """Recommendation id → what is on record for days after `day`, in words; "" if nothing is. One query.

    Format it with `source`: the words contain {source}.
    """
    found = defaultdict(list)
    for row in _events(ids, day):
        found[row["tracked"]].append(_count_words(row["kind"], row["number"]))
    said = {pk: ", ".join(words) for pk, words in found.items()}
    return {pk: said[pk][:1].upper() + said[pk][1:] if pk in said else "" for pk in ids}


def _count_words(kind: int, number: int) -> str:
    if kind == CLOSURE:
        return EVENT_WORDS[number]
    _, one, several = COUNTED[kind]
    return f"{number} {one if number == 1 else several}"


def _events(ids: Sequence[int], day: datetime.date) -> QuerySet:
    """`tracked`, `kind` and `number`: closures as they were requested, then what is counted."""
    counted = (_numbers(kind, voice, ids, day) for kind, (voice, _, _) in enumerate(COUNTED))
    return _closures(ids, day).union(*counted, all=True).order_by("kind", "at", "row")


def _numbers(kind: int, voice: Voice | type[Transfer], ids: Sequence[int], day: datetime.date) -> QuerySet:
    rows = voice.objects.filter(tracked__in=ids, withdrawn_at=None, effective_on__gt=day).order_by()
    nothing = {"at": Cast(Value(None), DateTimeField()), "row": Value(0)}
    return rows.values("tracked").annotate(kind=Value(kind), number=Count("pk"), **nothing)


def _closures(ids: Sequence[int], day: datetime.date) -> QuerySet:
    """The last event of each closure after `day`."""
    after = Q(requested_on__gt=day) | Q(decided_on__gt=day) | Q(closed_on__gt=day) | Q(reopened_on__gt=day)
    happened = [When(**{f"{on}__isnull": False}, then=place) for place, on in enumerate(EVENTS)]
    last = Case(*happened, default=len(EVENTS), output_field=IntegerField())
    rows = Closure.objects.filter(after, tracked__in=ids).order_by()
    return rows.values("tracked", kind=Value(CLOSURE), number=last, at=F("requested_at"), row=F("pk"))
