"""Which drafts of papers are due: each force's next period that is over and has no paper. For a schedule."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.forces.dates import why_not_about
from recommendations.domain.papers.joint.papers import prepare_for
from recommendations.domain.papers.papers import TakenPeriod
from recommendations.models import Force, Oversight, Panel, ScrutinyReport
from recommendations.periods import Period, quarter_of

DAY = datetime.timedelta(days=1)
MOST = 4  # quarters that are caught up with: the newest


@dataclass(frozen=True)
class DuePaper:
    """A draft that is due: for one force, or for those that had a joint paper last, and their usual committee."""

    forces: tuple[Force, ...]
    period: Period
    panel: Panel | None

    @property
    def words(self) -> str:
        """ "Westmarch Police, Q2 2026/27, July to September 2026, for the Audit committee"."""
        names = " and ".join(str(force) for force in self.forces)
        return f"{names}, {self.period.label}, {f'for the {self.panel}' if self.panel else 'for no committee yet'}"


def due_reports(on: datetime.date) -> list[DuePaper]:
    """The drafts that are due on a London day, by force and period. Reads only.

    A force's next period is the quarter after its newest paper's period; where it has none yet, the calendar quarter
    that is over. Of a paper that ended within a quarter, the rest of that quarter is next, so that no day is left out.
    """
    papers = _papers_by_force()
    found = []
    for forces in _together(papers):
        own = papers.get(forces[0].pk, [])
        for period in periods_after(own[0].end if own else None, on):
            there = tuple(force for force in forces if _is_about(force, period, bool(own)))
            if there:
                found.append(DuePaper(there, period, _usual_panel(own, on)))
    return found


def make_due(on: datetime.date, at: datetime.datetime) -> Iterator[ScrutinyReport]:
    """Prepare what is due on a London day, by the command line; yield each draft. What another made first is left."""
    for due in due_reports(on):
        try:
            start, end = due.period.start, due.period.end
            yield prepare_for(forces=due.forces, panel=due.panel, start=start, end=end, by=None, at=at)
        except TakenPeriod:
            continue


def periods_after(last: datetime.date | None, on: datetime.date) -> list[Period]:
    """The periods from the day after `last` on that are over on `on`, the newest few, in order.

    Whole quarters, but for the rest of one in which a paper ended; without a last day the newest quarter alone.
    """
    if last is None:
        return [quarter_of(quarter_of(on).start - DAY)]
    found = []
    while (period := Period(last + DAY, quarter_of(last + DAY).end)).end < on:
        found.append(period)
        last = period.end
    return found[-MOST:]


def _papers_by_force() -> dict[int, list[ScrutinyReport]]:
    """The papers of each force, the newest period first. Closed ones, and those on one source, have no schedule."""
    found: dict[int, list[ScrutinyReport]] = {}
    papers = ScrutinyReport.objects.filter(closed=False, source="").select_related("panel").defer("figures")
    for paper in papers.order_by("-end", "-issue", "-pk"):
        if paper.force_id:
            found.setdefault(paper.force_id, []).append(paper)
    return found


def _together(papers: dict[int, list[ScrutinyReport]]) -> list[list[Force]]:
    """All forces, by name; those whose newest paper is a part of one joint paper stand together."""
    found: dict[object, list[Force]] = {}
    for force in Force.objects.order_by("name"):
        newest = papers.get(force.pk, [None])[0]
        joint = newest.part_of_id if newest else None
        found.setdefault(("joint", joint) if joint else force.pk, []).append(force)
    return list(found.values())


def _is_about(force: Force, period: Period, has_papers: bool) -> bool:
    """Whether there was such a force, and the office answers for it: it had a paper, or is overseen at the end."""
    if why_not_about(force, period.start, period.end):
        return False
    return has_papers or Oversight.objects.on(period.end).filter(force=force).exists()


def _usual_panel(own: list[ScrutinyReport], on: datetime.date) -> Panel | None:
    """The committee of the newest paper that had one, where it still sits."""
    panel = next((paper.panel for paper in own if paper.panel), None)
    return panel if panel and (panel.until is None or panel.until >= on) else None
