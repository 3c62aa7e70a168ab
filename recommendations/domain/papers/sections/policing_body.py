"""The policing body of a force in a period: one body, or several in succession, each with its days."""

from collections import defaultdict
from collections.abc import Sequence

from recommendations.domain.register.entries import join_words
from recommendations.models import Force, Oversight
from recommendations.periods import Period, say


def body_of(force: Force, period: Period) -> tuple[str, str]:
    """Return the names of the body and its office; for several bodies, all names with their days and the last office.

    Both are "" if no policing body is recorded for any day of the period.
    """
    return bodies_of([force], period)[force.pk]


def bodies_of(forces: Sequence[Force], period: Period) -> dict[int, tuple[str, str]]:
    """Return the same for several forces, by id. One query."""
    links: dict[int, list[Oversight]] = defaultdict(list)
    found = Oversight.objects.within(period.start, period.end).filter(force__in=forces)
    for link in found.select_related("body").order_by("since", "pk"):
        links[link.force_id].append(link)
    return {force.pk: _body_names(links[force.pk], period) for force in forces}


def _body_names(links: list[Oversight], period: Period) -> tuple[str, str]:
    if not links:
        return "", ""
    office = links[-1].body.office_name
    if len({link.body_id for link in links}) == 1:
        return links[0].body.name, office
    return join_words([f"{link.body.name} ({_days(link, period)})" for link in links]), office


def _days(link: Oversight, period: Period) -> str:
    since = f"from {say(link.since)}" if link.since > period.start else ""
    until = f"to {say(link.until)}" if link.until is not None and link.until < period.end else ""
    return f"{since} {until}".strip()
