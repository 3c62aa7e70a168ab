"""Which policing body speaks on a day: the one question for whatever names a body, its head or its office."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations.models import Force, Oversight, PolicingBody


def bodies_on(day: datetime.date) -> QuerySet[PolicingBody]:
    """The bodies in office on a day, oldest record first.

    A body is in office on the days between its own first and last, and of these, if it oversees forces at any time,
    only on those on which it oversees one: what is entered ahead begins on its day.
    """
    terms = Oversight.objects.filter(body=OuterRef("pk"))
    return PolicingBody.objects.filter(
        Q(since__isnull=True) | Q(since__lte=day),
        Q(until__isnull=True) | Q(until__gte=day),
        Exists(terms.on(day)) | ~Exists(terms),
    ).order_by("pk")


def body_of(force: Force, day: datetime.date) -> PolicingBody | None:
    """The body that oversees a force on a day. None in a gap; there are never two (domain/people/records.py)."""
    link = Oversight.objects.on(day).filter(force=force).select_related("body").first()
    return link.body if link else None


def office_body_on(day: datetime.date) -> PolicingBody | None:
    """The body in whose name the office speaks on a day; None only if there is no body at all. One query, two in a gap.

    Of two at once, the older record: the one that follows speaks when the other has ended. In a gap, the last that was
    in office before the day, otherwise the next.
    """
    return bodies_on(day).first() or _nearest_to(day)


def _nearest_to(day: datetime.date) -> PolicingBody | None:
    """The body whose last day is nearest before `day`, otherwise the one whose first day is nearest after it."""
    bodies = list(PolicingBody.objects.prefetch_related("oversights").order_by("pk"))
    ended = [(last, body) for body in bodies if (last := _last_day(body, day)) is not None]
    if ended:
        return max(ended, key=lambda each: each[0])[1]
    return min(bodies, key=_first_day, default=None)


def _last_day(body: PolicingBody, day: datetime.date) -> datetime.date | None:
    """The last day before `day` on which the body was in office, or None."""
    terms = [(term.since, term.until) for term in body.oversights.all()] or [(body.since, body.until)]
    ends = [min(filter(None, (until, body.until)), default=None) for since, until in terms if not since or since < day]
    return max((end for end in ends if end and end < day), default=None)


def _first_day(body: PolicingBody) -> datetime.date:
    firsts = [term.since for term in body.oversights.all()]
    return max(min(firsts, default=datetime.date.min), body.since or datetime.date.min)
