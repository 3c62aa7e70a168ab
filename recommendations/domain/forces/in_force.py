"""Which policing body speaks on a day: the one question for whatever names a body, its head or its office."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, OuterRef, Subquery

from recommendations.models import Force, FormerBodyDetails, Oversight, PolicingBody

A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Tenure:
    """A body with its terms: from when to when it oversees each of its forces."""

    body: PolicingBody
    terms: tuple[tuple[datetime.date, datetime.date | None], ...]

    def is_in_office(self, day: datetime.date) -> bool:
        """Whether it is between its own first and last day and, if it oversees forces at any time, oversees one."""
        return _is_within(day, self.body.since, self.body.until) and (
            not self.terms or any(_is_within(day, since, until) for since, until in self.terms)
        )

    def ended_before(self, day: datetime.date) -> datetime.date | None:
        """Its last day, or that of its last term, before a day, or None."""
        ends = [until for _, until in self.terms if until and until < day]
        return self.body.until if self.body.until and self.body.until < day else max(ends, default=None)

    @property
    def begins_on(self) -> datetime.date | None:
        return min((since for since, _ in self.terms), default=self.body.since)

    def place_on(self, day: datetime.date) -> tuple[int, int, int]:
        """The lowest place is that of the body in whose name the office speaks on a day (`office_body_on`)."""
        if self.is_in_office(day):
            return (0, 0, 0)
        ended_on, begins_on = self.ended_before(day), self.begins_on
        return (1, -ended_on.toordinal() if ended_on else 0, (begins_on or datetime.date.max).toordinal())


def _is_within(day: datetime.date, since: datetime.date | None, until: datetime.date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _tenures() -> list[Tenure]:
    """All bodies, oldest record first. One query: an office has a handful."""
    rows = PolicingBody.objects.annotate(term_since=F("oversights__since"), term_until=F("oversights__until"))
    found = []
    for _, same in groupby(rows.order_by("pk"), key=lambda row: row.pk):
        of_body = list(same)
        terms = tuple((row.term_since, row.term_until) for row in of_body if row.term_since)
        found.append(Tenure(of_body[0], terms))
    return found


def bodies_on(day: datetime.date) -> list[PolicingBody]:
    """The bodies in office on a day, oldest record first: what is entered ahead begins on its day. One query."""
    return [each.body for each in _tenures() if each.is_in_office(day)]


def body_of(force: Force, day: datetime.date) -> PolicingBody | None:
    """The body that oversees a force on a day. None in a gap; there are never two (domain/people/records.py)."""
    link = Oversight.objects.on(day).filter(force=force).select_related("body").first()
    return link.body if link else None


def office_body_on(day: datetime.date) -> PolicingBody | None:
    """The body in whose name the office speaks on a day; None only if there is no body at all. One query.

    Of two at once, the older record: the one that follows speaks when the other has ended. In a gap, the last that was
    in office before the day, otherwise the next.
    """
    first = min(_tenures(), key=lambda each: each.place_on(day), default=None)
    return first.body if first else None


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
