"""Indicators in a scrutiny report: those of the paper's recommendations, as known when it is compiled."""

import datetime
from collections import defaultdict

from recommendations.domain.indicators.facts import IndicatorFacts
from recommendations.domain.indicators.queries import facts_of, marks_of, values_of
from recommendations.domain.papers.membership import PaperScope
from recommendations.models import Closure, DefinitionChange, Indicator, IndicatorLink
from recommendations.periods import Period


def indicators_of(scope: PaperScope, period: Period, known_at: datetime.datetime) -> tuple[IndicatorFacts, ...]:
    """Return the indicators of the force that are of recommendations in this paper, with values up to its last day.

    An indicator that is also of a recommendation that belongs in the other paper is in neither: an open paper must not
    say what is restricted. One query if there are none.
    """
    of_force = IndicatorLink.objects.filter(indicator__withdrawn_at=None, indicator__force=scope.force)
    links = of_force.filter(tracked__isnull=False, recorded_at__lte=known_at)
    by_indicator: dict[Indicator, list[IndicatorLink]] = defaultdict(list)
    for link in links.select_related("indicator", "tracked__recommendation__inspection").order_by("pk"):
        by_indicator[link.indicator].append(link)
    chosen = {each: rows for each, rows in by_indicator.items() if _is_in_paper(rows, scope, period.end)}
    if not chosen:
        return ()
    values = values_of(chosen, period.end, known_at)
    changes: dict[int, list[DefinitionChange]] = defaultdict(list)
    rows = DefinitionChange.on_file.standing(known_at).filter(indicator__in=[each.pk for each in chosen])
    for change in rows.filter(changed_on__lte=period.end).order_by("changed_on", "pk"):
        changes[change.indicator_id].append(change)
    closures = _closures(chosen, period.end, known_at)
    found = [
        facts_of(
            each,
            values.get(each.pk, {}),
            period.end,
            changes=changes[each.pk],
            marks=marks_of([closure for link in links for closure in closures[link.tracked_id]], ()),
            references=sorted(link.tracked.reference for link in links if link.tracked),
        )
        for each, links in sorted(chosen.items(), key=lambda pair: (pair[0].name, pair[0].pk))
        if values.get(each.pk)
    ]
    return tuple(found)


def _is_in_paper(links: list[IndicatorLink], scope: PaperScope, day: datetime.date) -> bool:
    """Whether each recommendation of an indicator is in this paper, of its source, and in the force's register."""
    return all(
        link.tracked
        and link.tracked_id
        and scope.in_paper(link.tracked_id)
        and scope.in_register(link.tracked_id, day)
        and scope.source in ("", link.tracked.recommendation.inspection.source)
        for link in links
    )


def _closures(
    chosen: dict[Indicator, list[IndicatorLink]], day: datetime.date, known_at: datetime.datetime
) -> dict[int | None, list[Closure]]:
    """Return when each recommendation was closed and opened again by a day, as known then."""
    ids = {link.tracked_id for links in chosen.values() for link in links}
    found: dict[int | None, list[Closure]] = defaultdict(list)
    closed = Closure.objects.filter(tracked__in=ids, closed_on__lte=day, decided_at__lte=known_at)
    for each in closed.select_related("tracked").order_by("closed_on", "pk"):
        if each.reopened_at and (each.reopened_at > known_at or (each.reopened_on and each.reopened_on > day)):
            each.reopened_on = None
        found[each.tracked_id].append(each)
    return found
