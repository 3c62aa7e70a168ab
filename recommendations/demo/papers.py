"""The papers of the last two whole quarters: drafted twelve days after the quarter's end, finalised a week later."""

import datetime

from recommendations.documents import issuing
from recommendations.domain import papers
from recommendations.enums import PanelKind
from recommendations.models import Panel, ScrutinyReport
from recommendations.periods import Period, recent_quarters

DRAFTED, FINALISED = datetime.timedelta(days=12), datetime.timedelta(days=19)


def quarters(today: datetime.date) -> list[Period]:
    """The last two quarters whose papers can be finalised before `today`, newest first."""
    ended = recent_quarters(today, 4)[1:]
    return [quarter for quarter in ended if quarter.end + FINALISED < today][:2]


def draft(told, force: str, quarter: Period, at) -> ScrutinyReport:
    """The officer drafts a paper for the audit committee."""
    panel = Panel.objects.get(kind=PanelKind.AUDIT)
    by = told.people["officer"]
    return papers.prepare(force=told.forces[force], start=quarter.start, end=quarter.end, panel=panel, by=by, at=at)


def finalise(told, force: str, quarter: Period, at) -> ScrutinyReport:
    """The approving officer finalises it: figures and file are kept. Not inside a transaction: a PDF takes its time."""
    paper = ScrutinyReport.objects.get(force=told.forces[force], start=quarter.start)
    return issuing.finalise(paper, by=told.people["approver"], at=at)
