"""What the office monitors of a force that ends goes on under its successor: Channel panels and custody suites.

Inside the verb that ends the force. Meetings and visits before the day stay as they were recorded.
"""

import datetime
from collections.abc import Collection

from django.db.models import QuerySet

from recommendations.domain.writing.records import raise_versions
from recommendations.models import CustodySuite, CustodyVisit, Evidence, Force, Panel
from recommendations.models.forces.transfers import A_DAY
from recommendations.trail import VerbContext

LONGEST_NAME = CustodySuite._meta.get_field("name").max_length or 0


def panels_of(forces: Collection[Force], day: datetime.date) -> QuerySet[Panel]:
    """The panels of forces that exist on the day or begin later."""
    return Panel.objects.filter(force__in=forces).within(day, datetime.date.max)


def suites_of(forces: Collection[Force], day: datetime.date) -> QuerySet[CustodySuite]:
    """The custody suites of forces that exist on the day or begin later."""
    return CustodySuite.objects.filter(force__in=forces).within(day, datetime.date.max)


def carry_over_panels(act: VerbContext, *, force: Force, successor: Force, day: datetime.date) -> None:
    """Let panels that go on be about the successor, and measures by all of the force’s Channel panels be by its own."""
    panels = list(panels_of([force], day).select_for_update().order_by("pk"))
    for panel in panels:
        panel.force = successor
    act.save_all(panels)
    measures = list(Evidence.objects.select_for_update().filter(channel_of=force, measure=True).order_by("pk"))
    for evidence in measures:
        evidence.channel_of = successor
    act.save_all(measures)


def carry_over_suites(act: VerbContext, *, force: Force, successor: Force, day: datetime.date) -> None:
    """End each suite the day before, and add it to the successor, with the visits from the day on.

    A suite that begins later moves as it is. Where the successor has a suite of the name, the force's is added to it.
    """
    names = set(CustodySuite.objects.filter(force=successor).values_list("name", flat=True))
    for suite in suites_of([force], day).select_for_update().order_by("pk"):
        name = suite.name
        if name in names:
            name = f"{name[: LONGEST_NAME - len(force.short_name) - 3]} ({force.short_name})"
        names.add(name)
        if suite.since and suite.since >= day:
            suite.force, suite.name = successor, name
            act.save(suite)
            continue
        new = act.save(CustodySuite(force=successor, name=name, since=day, until=suite.until))
        suite.until = day - A_DAY
        act.save(suite)
        visits = list(CustodyVisit.objects.select_for_update().filter(suite=suite, on__gte=day).order_by("pk"))
        for visit in visits:
            visit.suite = new
        raise_versions(act, visits)
        act.save_all(visits)
