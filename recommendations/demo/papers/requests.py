"""Requests of the audit committee in the demonstration: one answered in a paper, one by a letter, and one waiting."""

import datetime

from recommendations.domain.committees import requests
from recommendations.domain.committees.proofs import NewProof, close_request
from recommendations.enums import PanelKind
from recommendations.models import CommitteeRequest, Panel, ScrutinyReport
from recommendations.periods import Period

RECORDED = -datetime.timedelta(days=38)  # relative to the quarter's end: two days after the meeting
DATES, MOVES, VISITS = "26/07", "26/15", "26/16"
ANSWER = (
    "The list “Every item and its close-down date” has each open item by number, with its page: the latest forecast, "
    "else the target, else HMICFRS’s deadline. It says which have none, or one that has passed."
)


def ask(office, quarter: Period, at) -> None:
    """Record the committee's requests after the last paper: one about one force, one about all of them."""
    panel, by = Panel.objects.get(kind=PanelKind.AUDIT), office.people["officer"]
    asked = {"panel": panel, "asked_on": quarter.end - datetime.timedelta(days=40), "by": by, "at": at}
    requests.record_request(
        number=DATES,
        text="A close-down date for every open item.",
        owner="Head of assurance",
        due_on=quarter.end + datetime.timedelta(days=40),
        force=office.forces["westmarch"],
        **asked,
    )
    requests.record_request(
        number=MOVES,
        text="Which targets moved more than twice, and what the force said each time.",
        owner="Chief executive",
        due_on=quarter.end + datetime.timedelta(days=75),
        **asked,
    )
    requests.record_request(
        number=VISITS,
        text="How many custody visits took place in the year, and what they found.",
        owner="Head of assurance",
        due_on=quarter.end + datetime.timedelta(days=30),
        force=office.forces["westmarch"],
        **asked,
    )


def answer(office, quarter: Period, at) -> None:
    """Answer the first request in the draft about its force, and the last by a letter."""
    paper = ScrutinyReport.objects.get(force=office.forces["westmarch"], start=quarter.start)
    found = CommitteeRequest.objects.get(number=DATES)
    by = office.people["officer"]
    requests.answer_request(request=found, paper=paper, version=0, text=ANSWER, by=by, at=at)
    visits = CommitteeRequest.objects.get(number=VISITS)
    figures = "To the chair, with the scheme manager’s figures of the year: 41 visits, 6 of them with concerns."
    letter = NewProof(kind="letter", words=figures)
    close_request(request=visits, version=visits.version, proof=letter, by=by, at=at)
