"""The policing body of a force in a period: one name, or several in succession, each with its days."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from recommendations.domain.register.entries import join_words
from recommendations.models import Force, FormerBodyDetails, Oversight, PolicingBody
from recommendations.periods import Period, say

A_DAY = datetime.timedelta(days=1)


class NamedTerm(NamedTuple):
    """Days of a period on which a body oversaw the force under one name, and the name of its office then."""

    name: str
    office: str
    first: datetime.date
    last: datetime.date


def body_of(force: Force, period: Period) -> tuple[str, str]:
    """Return the names of the body and its office; of several, all names with their days and the last office.

    Both are "" if no policing body is recorded for any day of the period.
    """
    return bodies_of([force], period)[force.pk]


def bodies_of(forces: Sequence[Force], period: Period) -> dict[int, tuple[str, str]]:
    """Return the same for several forces, by id. Two queries."""
    terms: dict[int, list[NamedTerm]] = defaultdict(list)
    links = Oversight.objects.within(period.start, period.end).filter(force__in=forces)
    for link in links.select_related("body").prefetch_related("body__former_details").order_by("since", "pk"):
        for _, of_one_name in groupby(_terms(link, period), key=lambda term: term.name):
            first, *_, last = (*of_one_name,) * 2
            terms[link.force_id].append(last._replace(first=first.first))
    return {force.pk: _body_names(terms[force.pk], period) for force in forces}


def _terms(link: Oversight, period: Period) -> Iterator[NamedTerm]:
    """The days of an oversight in the period, parted where the details of its body changed."""
    first, end = max(link.since, period.start), min(link.until or period.end, period.end)
    details: list[FormerBodyDetails | PolicingBody] = [*link.body.former_details.all(), link.body]
    for held in details:
        last = min(held.until, end) if isinstance(held, FormerBodyDetails) else end
        if first <= last:
            yield NamedTerm(held.name, held.office_name, first, last)
            first = last + A_DAY


def _body_names(terms: list[NamedTerm], period: Period) -> tuple[str, str]:
    if not terms:
        return "", ""
    office = terms[-1].office
    if len({term.name for term in terms}) == 1:
        return terms[0].name, office
    return join_words([f"{term.name} ({_days(term, period)})" for term in terms]), office


def _days(term: NamedTerm, period: Period) -> str:
    since = f"from {say(term.first)}" if term.first > period.start else ""
    until = f"to {say(term.last)}" if term.last < period.end else ""
    return f"{since} {until}".strip()
