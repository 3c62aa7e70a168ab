"""Which policing body speaks on a day: the one question for whatever names a body, its head or its office."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations.models import Force, FormerBodyDetails, Oversight, PolicingBody


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


def body_name(today: datetime.date) -> str:
    """The present name of the body in whose name the office publishes, or "". One query."""
    body = office_body_on(today)
    return body.name if body else ""


def office_name(today: datetime.date) -> str:
    """The present name of the office that works for that body, as in the masthead, or "". One query."""
    body = office_body_on(today)
    return body.office_name if body else ""


def speaker_on(body: PolicingBody, day: datetime.date) -> PolicingBody | FormerBodyDetails:
    """Who speaks on a day for what this body has: the body as it was then or, if another oversaw its forces, that one.

    The body itself if none did. Two queries.
    """
    forces = Oversight.objects.filter(body=body).values("force")
    links = Oversight.objects.on(day).filter(force__in=forces).select_related("body").order_by("pk")
    bodies = [link.body for link in links]
    return (body if body in bodies or not bodies else bodies[0]).details_on(day)


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
