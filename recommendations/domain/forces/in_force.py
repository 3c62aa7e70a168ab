"""Which policing body speaks on a day: the one question for whatever names a body, its head or its office."""

import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from recommendations.models import Force, FormerBodyDetails, Oversight, PolicingBody

A_DAY = datetime.timedelta(days=1)


def bodies_on(day: datetime.date) -> QuerySet[PolicingBody]:
    """The bodies in office on a day, oldest record first.

    A body is in office on the days between its own first and last, and of these, if it oversees forces at any time,
    only on those on which it oversees one: what is entered ahead begins on its day.
    """
    return PolicingBody.objects.filter(_is_in_office(day)).order_by("pk")


def _is_in_office(day: datetime.date) -> Q:
    terms = Oversight.objects.filter(body=OuterRef("pk"))
    begun, goes_on = Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
    return begun & goes_on & (Q(Exists(terms.on(day))) | ~Q(Exists(terms)))


def body_of(force: Force, day: datetime.date) -> PolicingBody | None:
    """The body that oversees a force on a day. None in a gap; there are never two (domain/people/records.py)."""
    link = Oversight.objects.on(day).filter(force=force).select_related("body").first()
    return link.body if link else None


def office_body_on(day: datetime.date) -> PolicingBody | None:
    """The body in whose name the office speaks on a day; None only if there is no body at all. One query.

    Of two at once, the older record: the one that follows speaks when the other has ended. In a gap, the last that was
    in office before the day, otherwise the next.
    """
    terms = Oversight.objects.filter(body=OuterRef("pk"))
    ended = terms.filter(until__lt=day).order_by("-until").values("until")[:1]
    bodies = PolicingBody.objects.annotate(
        place=Case(When(_is_in_office(day), then=0), default=1),
        ended_on=Case(When(until__lt=day, then="until"), default=Subquery(ended)),
        begins_on=Coalesce(Subquery(terms.order_by("since").values("since")[:1]), "since"),
    )
    order = (F("ended_on").desc(nulls_last=True), F("begins_on").asc(nulls_last=True))
    return bodies.order_by("place", Case(When(place=0, then="pk")), *order, "pk").first()


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

    The body itself if none did. One query, and one more if it has other details today.
    """
    forces = Oversight.objects.filter(body=body).values("force")
    former = FormerBodyDetails.objects.filter(body=OuterRef("body"), until__gte=day).order_by("until").values("pk")[:1]
    links = Oversight.objects.on(day).filter(force__in=forces).annotate(former=Subquery(former))
    links = sorted(links.select_related("body"), key=lambda link: (link.body_id != body.pk, link.pk))
    if not links:
        return body.details_on(day)
    return FormerBodyDetails.objects.get(pk=links[0].former) if links[0].former else links[0].body


def gaps_after(day: datetime.date) -> list[tuple[Force, datetime.date, datetime.date | None]]:
    """The days after `day` on which no one oversees a force that someone does now or will: first and last, if any.

    One query, and one for each oversight that ends.
    """
    found = []
    for link in Oversight.objects.filter(until__gte=day).select_related("force").order_by("until", "force__name"):
        assert link.until is not None  # by the filter above
        first = link.until + A_DAY
        later = link.force.oversights.filter(since__gte=first).order_by("since").values_list("since", flat=True).first()
        ends = [each for each in (later and later - A_DAY, link.force.until) if each]
        last = min(ends, default=None)
        if last is None or first <= last:
            found.append((link.force, first, last))
    return found


def last_day_in_office(body: PolicingBody, day: datetime.date) -> datetime.date | None:
    """The last day before `day` on which a body was in office, as `bodies_on` says it, or None."""
    terms = [term for term in body.oversights.all() if term.since < day]
    ends = [term.until for term in terms] if terms else [body.until]
    days = (min(filter(None, (end, body.until)), default=None) for end in ends)
    return max((last for last in days if last and last < day), default=None)
