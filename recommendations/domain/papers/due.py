"""The drafts of papers that are due: each force's next finished period without a paper. Used by a scheduled command."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.forces.dates import why_not_about
from recommendations.domain.papers.joint.papers import prepare_for
from recommendations.domain.papers.papers import TakenPeriod
from recommendations.models import Force, Oversight, Panel, ScrutinyReport
from recommendations.periods import Period, quarter_of

DAY = datetime.timedelta(days=1)
MOST = 4  # quarters to catch up on at most, newest first


@dataclass(frozen=True)
class DuePaper:
    """A due draft: for one force, or for the forces that last had a joint paper, with their usual committee."""

    forces: tuple[Force, ...]
    period: Period
    panel: Panel | None

    @property
    def words(self) -> str:
        """ "Westmarch Police, Q2 2026/27, July to September 2026, for the Audit committee"."""
        names = " and ".join(str(force) for force in self.forces)
        return f"{names}, {self.period.label}, {f'for the {self.panel}' if self.panel else 'for no committee yet'}"


def due_reports(on: datetime.date) -> list[DuePaper]:
    """Return the drafts due on a London day, by force and period. Reads only.

    A force's next period is the quarter after its newest paper's period; if it has no paper yet, the last full calendar
    quarter. If a paper ended within a quarter, the rest of that quarter comes next, so that no day is left out.
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
    """Prepare the drafts due on a London day, as the command line user, and yield each. Skips any already prepared."""
    for due in due_reports(on):
        try:
            start, end = due.period.start, due.period.end
            yield prepare_for(forces=due.forces, panel=due.panel, start=start, end=end, by=None, at=at)
        except TakenPeriod:
            continue


def periods_after(last: datetime.date | None, on: datetime.date) -> list[Period]:
    """Return the newest few periods after `last` that have ended by `on`, oldest first.

    They are whole quarters, except for the rest of a quarter in which a paper ended. Without `last`, only the last full
    quarter.
    """
    if last is None:
        return [quarter_of(quarter_of(on).start - DAY)]
    found = []
    while (period := Period(last + DAY, quarter_of(last + DAY).end)).end < on:
        found.append(period)
        last = period.end
    return found[-MOST:]


def _papers_by_force() -> dict[int, list[ScrutinyReport]]:
    """Return each force's papers, newest period first, without closed and single-source ones (not scheduled)."""
    found: dict[int, list[ScrutinyReport]] = {}
    papers = ScrutinyReport.objects.filter(closed=False, source="").select_related("panel").defer("figures")
    for paper in papers.order_by("-end", "-issue", "-pk"):
        if paper.force_id:
            found.setdefault(paper.force_id, []).append(paper)
    return found


def _together(papers: dict[int, list[ScrutinyReport]]) -> list[list[Force]]:
    """Return all forces by name, grouped if their newest papers are parts of the same joint paper."""
    found: dict[object, list[Force]] = {}
    for force in Force.objects.order_by("name"):
        newest = papers.get(force.pk, [None])[0]
        joint = newest.part_of_id if newest else None
        found.setdefault(("joint", joint) if joint else force.pk, []).append(force)
    return list(found.values())


def _is_about(force: Force, period: Period, has_papers: bool) -> bool:
    """Whether the force existed, and has papers already or is overseen by the office at the period's end."""
    if why_not_about(force, period.start, period.end):
        return False
    return has_papers or Oversight.objects.on(period.end).filter(force=force).exists()


def _usual_panel(own: list[ScrutinyReport], on: datetime.date) -> Panel | None:
    """Return the committee of the newest paper that had one, if it still exists, or None."""
    panel = next((paper.panel for paper in own if paper.panel), None)
    return panel if panel and (panel.until is None or panel.until >= on) else None
