"""Indicators on a force's public page: those that the office chose for the release, without small numbers."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from recommendations.domain.force_pages.data import PageChoices
from recommendations.domain.indicators.facts import IndicatorFacts
from recommendations.domain.indicators.queries import closures_of_links, facts_of, marks_of, values_of
from recommendations.models import DefinitionChange, Force, Indicator, IndicatorLink, IndicatorValue, Restriction
from recommendations.sections import Section


def indicators_to_show(force: Force) -> QuerySet[Indicator]:
    """The indicators of a force with a value that may be public, by name: none of anything restricted.

    None while indicators are off.
    """
    if not Section.INDICATORS.is_on:
        return Indicator.objects.none()
    links = IndicatorLink.objects.filter(indicator=OuterRef("pk"))
    restricted = links.filter(tracked__in=Restriction.objects.in_force().values("tracked"))
    gone = links.filter(tracked__isnull=False).exclude(tracked__force=force, tracked__withdrawn_at=None)
    values = IndicatorValue.objects.filter(indicator=OuterRef("pk"))
    found = Indicator.objects.filter(Exists(values), ~Exists(restricted), ~Exists(gone), force=force)
    return found.order_by("name", "pk")


def indicators_of(force: Force, choices: PageChoices, on: datetime.date) -> tuple[IndicatorFacts, ...]:
    """The chosen ones, with values of periods that ended by the day. Five queries, or none if none is chosen."""
    if not choices.indicators:
        return ()
    chosen = list(indicators_to_show(force).filter(pk__in=choices.indicators))
    values = values_of(chosen, on)
    changes = list(DefinitionChange.objects.filter(indicator__in=chosen, changed_on__lte=on))
    links = list(IndicatorLink.objects.filter(indicator__in=chosen, tracked__isnull=False).select_related("tracked"))
    closures = closures_of_links(links)
    found = []
    for each in chosen:
        own = [link for link in links if link.indicator_id == each.pk]
        closed = [closure for link in own if link.tracked_id for closure in closures[link.tracked_id]]
        references = sorted(link.tracked.reference for link in own if link.tracked)
        of_it = [change for change in changes if change.indicator_id == each.pk]
        marks = marks_of(closed, ())
        facts = facts_of(each, values.get(each.pk, {}), on, changes=of_it, marks=marks, references=references)
        found.append(facts.without_small())
    return tuple(each for each in found if each.points)
