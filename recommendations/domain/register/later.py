"""What happened after the day of a past register: a few words for each recommendation."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Count, Q, Value

from recommendations.domain.register.entries import Voice
from recommendations.models import Assurance, Closure, ForceUpdate, InspectorateStatus, TargetDate

COUNTED: tuple[tuple[Voice, str, str], ...] = (
    (ForceUpdate, "update", "updates"),
    (Assurance, "assurance", "assurances"),
    (InspectorateStatus, "{source} status", "{source} statuses"),
    (TargetDate, "new target", "new targets"),
)


def later(ids: Sequence[int], day: datetime.date) -> dict[int, str]:
    """Recommendation id → what is on record for days after `day`, in words; "" if nothing is.

    Format it with `source`: the words contain {source}.
    """
    found = defaultdict(list)
    for pk, words in (*_closures(ids, day), *_entries(ids, day)):
        found[pk].append(words)
    said = {pk: ", ".join(words) for pk, words in found.items()}
    return {pk: said[pk][:1].upper() + said[pk][1:] if pk in said else "" for pk in ids}


def _entries(ids: Sequence[int], day: datetime.date) -> Iterator[tuple[int, str]]:
    after = {"tracked__in": ids, "withdrawn_at": None, "effective_on__gt": day}
    first, *others = (
        model.objects.filter(**after).order_by().values("tracked").annotate(kind=Value(kind), number=Count("pk"))
        for kind, (model, _, _) in enumerate(COUNTED)
    )
    for each in first.union(*others, all=True).order_by("kind"):
        _, one, several = COUNTED[each["kind"]]
        yield each["tracked"], f"{each['number']} {one if each['number'] == 1 else several}"


def _closures(ids: Sequence[int], day: datetime.date) -> Iterator[tuple[int, str]]:
    """The last event of each closure after `day`."""
    after = Q(requested_on__gt=day) | Q(decided_on__gt=day) | Q(closed_on__gt=day) | Q(reopened_on__gt=day)
    for each in Closure.objects.filter(after, tracked__in=ids).order_by("requested_at", "pk"):
        yield each.tracked_id, _last_of(each)


def _last_of(closure: Closure) -> str:
    if closure.reopened_on:
        return "reopened"
    if closure.closed_on:
        return "closed"
    return "closure declined" if closure.decided_on else "closure requested"
