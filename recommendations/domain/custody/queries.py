"""Suites and visits in a period, as the page of custody visits shows them. Two queries."""

from dataclasses import dataclass

from recommendations.domain.custody.coverage import SuiteCoverage, Visit, VisitTotals, coverage, totals
from recommendations.models import CustodySuite, CustodyVisit, User
from recommendations.periods import Period

COLUMNS = ("suite", "on", "start", "held", "offered", "seen", "refused", "tact_trained")


@dataclass(frozen=True)
class Covered:
    """The suites that existed in a period, how visits cover them, and the totals."""

    suites: list[SuiteCoverage]
    totals: VisitTotals


def custody_coverage(user: User, period: Period, suite: CustodySuite | None = None) -> Covered:
    """Return what this user can see for a period, for one suite or for all."""
    suites = CustodySuite.objects.visible_to(user).within(period.start, period.end)
    visits = CustodyVisit.objects.visible_to(user).within(period.start, period.end)
    if suite:
        suites, visits = suites.filter(pk=suite.pk), visits.filter(suite=suite)
    rows = [Visit(**values) for values in visits.order_by().values(*COLUMNS)]
    named = suites.order_by("force__name", "name").values_list("pk", "name")
    return Covered(coverage(named, rows), totals(rows))
