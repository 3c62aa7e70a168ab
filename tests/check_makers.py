"""Factual checks of draft papers, made through their verbs."""

import datetime

from recommendations.domain import factual_checks, papers
from recommendations.domain.factual_checks import Correction
from recommendations.models import FactualCheck, ScrutinyReport
from tests.conftest import AT

DUE = datetime.date(2026, 12, 1)
Q1 = {"start": datetime.date(2026, 4, 1), "end": datetime.date(2026, 6, 30)}
WRONG = Correction("Page 1, overdue", "It says 3 overdue.", "2 are overdue.")


def make_draft(force, *, by=None, at=AT, **days) -> ScrutinyReport:
    """A draft about a quarter that is over."""
    return papers.prepare(force=force, by=by, at=at, **(Q1 | days))


def make_check(paper: ScrutinyReport, *, due_on=DUE, by=None, at=AT) -> FactualCheck:
    """The draft is with its force."""
    return factual_checks.send_to_check(paper=paper, due_on=due_on, by=by, at=at)


def reply(check: FactualCheck, *corrections: Correction, by=None, at=AT) -> FactualCheck:
    """What the force says: no correction, unless there are some."""
    said = "corrections" if corrections else "none"
    return factual_checks.reply_to_check(check=check, reply=said, corrections=corrections, by=by, at=at)
