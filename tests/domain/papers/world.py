"""What the tests of a paper's sum share: moments, drafts, figures, closures, and what is taken out of the register."""

import datetime

from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register import closures
from recommendations.models import ScrutinyReport, TrackedRecommendation
from recommendations.trail import verb

START, END = datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)
BEFORE = (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))


def moment(day: datetime.date, hour: int = 10) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)


def draft(force, by=None, start=START, end=END, at=None, closed=False) -> ScrutinyReport:
    at = at or moment(datetime.date(2026, 11, 1))
    return papers.prepare(force=force, start=start, end=end, by=by, at=at, closed=closed)


def figures_of(force, start=START, end=END, known_at=None, closed=False) -> Figures:
    paper = ScrutinyReport(force=force, start=start, end=end, issue=1, closed=closed)
    return compile_figures(paper=paper, known_at=known_at or moment(datetime.date(2026, 11, 1)))


def file_paper(force, officer, approver, at, start=START, end=END, closed=False) -> ScrutinyReport:
    """A finalised paper, with other bytes than a PDF's: its figures are what counts here."""
    paper = draft(force, officer, start, end, at, closed)
    figures = compile_figures(paper=paper, known_at=at)
    assert figures.differences == []
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=at)


def close(tracked, officer, approver, day, outcome="implemented", at=None):
    at = at or moment(day)
    closures.request_closure(tracked=tracked, outcome=outcome, reason="Done.", by=officer, at=at)
    closures.approve_closure(tracked=tracked, closed_on=day, by=approver, at=at)


def take_out(tracked, by, at, why="Brought in twice."):
    """Take something out of the register, as undoing an import does."""
    with verb("undo_sheet_import", by=by, at=at, reason=why) as act:
        record = TrackedRecommendation.on_file.get(pk=tracked.pk)
        record.withdrawn_at, record.withdrawn_by, record.withdrawn_why = at, by, why
        act.save(record)


def terms(each) -> dict[str, int]:
    """The terms of a sum that are not nothing."""
    return {name: value for name, value in vars(each).items() if value}
