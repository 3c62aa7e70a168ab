"""Factual checks of draft papers, and papers that are filed and issued, made through their verbs."""

import datetime

from recommendations.domain.papers import factual_checks, issuing, papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.factual_checks import ForceCorrection
from recommendations.domain.papers.public_edition import leaves_out
from recommendations.domain.people.committees import set_committees
from recommendations.enums import Role
from recommendations.models import FactualCheck, PaperIssue, ScrutinyReport
from tests.conftest import AT
from tests.makers.committees import make_panel

DUE = datetime.date(2026, 12, 1)
Q1 = {"start": datetime.date(2026, 4, 1), "end": datetime.date(2026, 6, 30)}
WRONG = ForceCorrection("Page 1, overdue", "It says 3 overdue.", "2 are overdue.")


def make_draft(force, *, by=None, at=AT, **days) -> ScrutinyReport:
    """A draft about a quarter that is over."""
    return papers.prepare(force=force, by=by, at=at, **(Q1 | days))


def make_check(paper: ScrutinyReport, *, due_on=DUE, by=None, at=AT) -> FactualCheck:
    """The draft is with its force."""
    return factual_checks.send_to_check(paper=paper, due_on=due_on, by=by, at=at)


def reply(check: FactualCheck, *corrections: ForceCorrection, by=None, at=AT) -> FactualCheck:
    """What the force says: no correction, unless there are some."""
    said = "corrections" if corrections else "none"
    return factual_checks.reply_to_check(check=check, reply=said, corrections=corrections, by=by, at=at)


def make_filed(force, approver, *, at=AT, content=b"%PDF", **days) -> ScrutinyReport:
    """A finalised paper about a quarter that is over."""
    draft = make_draft(force, at=at, **days)
    figures = compile_figures(paper=draft, known_at=at)
    files = {"content": content, "public": content if leaves_out([figures]) else None}
    return papers.finalise(paper=draft, figures=figures, **files, by=approver, at=at)


def seat_on(person, *panels) -> None:
    """A member belongs to these committees, besides those that they belong to."""
    now = [seat.panel for seat in person.seats.current().select_related("panel")]
    if wanted := [panel for panel in panels if panel not in now]:
        set_committees(person=person, panels=[*now, *wanted], by=None, at=AT)


def issue_to(paper: ScrutinyReport, *tell, panel=None, by=None, at=AT, **meeting) -> PaperIssue:
    """A filed paper goes to a meeting, and these people are told."""
    facts = {"meeting_on": datetime.date(2026, 12, 3), "item": "7", "sent_how": "By hand."} | meeting
    panel = panel or make_panel("Joint Audit Committee")
    for person in tell:
        if person.role == Role.COMMITTEE_MEMBER:
            seat_on(person, panel)
    return issuing.issue_paper(paper=paper, panel=panel, tell=tell, by=by, at=at, **facts)
