"""One of Westmarch's recommendations is restricted while a complaint is investigated, and a closed paper is started."""

from recommendations.demo.office import WM
from recommendations.domain.papers import papers
from recommendations.domain.register import restrictions
from recommendations.models import ScrutinyReport, TrackedRecommendation
from recommendations.periods import Period

WHY = "A live investigation rests on it. Look again when it is over."


def restrict(office, quarter: Period, at):
    """Restrict the newest recommendation that was open at the quarter's end and still is."""
    found = TrackedRecommendation.objects.filter(force=office.forces[WM]).open()
    found = found.filter(tracked_on__lte=quarter.end)
    tracked = found.order_by("tracked_on", "pk").last()
    return restrictions.restrict(tracked=tracked, reason=WHY, by=office.people["officer"], at=at)


def draft(office, quarter: Period, at) -> ScrutinyReport:
    """Draft the closed paper for the same quarter as Westmarch's newest open one."""
    of = {"force": office.forces[WM], "start": quarter.start, "end": quarter.end, "closed": True}
    return papers.prepare(**of, by=office.people["officer"], at=at)
