"""Factual checks of the newest papers: one checked, corrected and issued to the committee; one with its force."""

import datetime
from typing import Any

from recommendations.demo.papers.papers import meeting_of
from recommendations.domain.papers import factual_checks, issuing
from recommendations.domain.papers.factual_checks import ForceCorrection
from recommendations.enums import CorrectionAnswer, FactualReply, PanelKind
from recommendations.models import FactualCheck, FactualCorrection, Panel, ScrutinyReport
from recommendations.periods import Period, london_day

TIME = datetime.timedelta(days=9)
WRONG = (
    ForceCorrection(
        "Page 2, the worst overdue",
        "The forecast of the longest overdue one is the one from before our last update.",
        "The forecast that we gave in our latest update.",
    ),
    ForceCorrection("Page 1, overdue", "The number counts one that we closed after the period.", "One fewer."),
)
WHY = "The paper shows the register on the period’s last day. The closure stands under what happened since."


def send(office, force: str, quarter: Period, at) -> FactualCheck:
    """As the officer, ask a force to check its draft within nine days."""
    paper = ScrutinyReport.objects.get(force=office.forces[force], start=quarter.start)
    due_on = london_day(at) + TIME
    return factual_checks.send_to_check(paper=paper, due_on=due_on, by=office.people["officer"], at=at)


def reply(office, quarter: Period, at) -> FactualCheck:
    """As Westmarch's inspection lead, correct two lines."""
    check = FactualCheck.objects.get(force=office.forces["westmarch"], paper__start=quarter.start)
    by = office.people["westmarch"]
    return factual_checks.reply_to_check(check=check, reply=FactualReply.CORRECTIONS, corrections=WRONG, by=by, at=at)


def answer(office, at) -> None:
    """Accept the first correction, and reject the second with a reason."""
    first, second = FactualCorrection.objects.order_by("number")
    by = {"by": office.people["officer"], "at": at}
    factual_checks.answer_correction(correction=first, version=1, answer=CorrectionAnswer.ACCEPTED, **by)
    refused: dict[str, Any] = {"answer": CorrectionAnswer.NOT_ACCEPTED, "answer_why": WHY}
    factual_checks.answer_correction(correction=second, version=1, **refused, **by)


def issue(office, quarter: Period, at) -> None:
    """Issue the finalised paper to the audit committee's meeting."""
    paper = ScrutinyReport.objects.get(force=office.forces["westmarch"], start=quarter.start)
    panel, by = Panel.objects.get(kind=PanelKind.AUDIT), office.people["officer"]
    meeting: dict[str, Any] = {
        "meeting_on": meeting_of(quarter),
        "item": "7",
        "sent_how": "By email to the committee’s clerk.",
    }
    issuing.issue_paper(paper=paper, panel=panel, tell=[office.people["member"]], **meeting, by=by, at=at)
