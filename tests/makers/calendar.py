"""One of each kind of thing that stands in the calendar, made through their verbs, on days that a test gives."""

import datetime

from recommendations.domain.papers.sections import author_text
from tests.conftest import AT, TODAY, make_inspection
from tests.makers.chief_officers import make_invitation
from tests.makers.commitments import make_commitment, make_version
from tests.makers.committees import make_panel, make_request
from tests.makers.factual_checks import Q1, issue_to, make_check, make_draft, make_filed
from tests.makers.inspections import make_plan
from tests.makers.panels import make_channel, make_meeting, make_member
from tests.makers.responses import make_response
from tests.makers.rounds import make_round

DAY = TODAY + datetime.timedelta(days=20)  # 27 November 2026
SECRET = "zqsecret"  # in each text that must not leave in a feed


def of_meetings(force, number: str = "", *, on=DAY) -> None:
    """A Channel panel's meeting, and a member's term that ends on that day."""
    panel = make_channel(force, f"{force.short_name} Channel panel{number}")
    make_meeting(panel, on, place=f"{SECRET} Guildhall")
    make_member(panel, f"{SECRET} Name", since=TODAY, until=on)


def of_responses(force, body, officer, number: str = "", *, on=DAY, at=AT) -> None:
    """A report without a response, the chief officer's comments on it, and a commitment of another response."""
    stated = {"published_on": TODAY, "respond_by": on, "short_name": f"{force.short_name}{number} 26"}
    report = make_inspection(force, title=f"Bells in {force.short_name}{number}", at=at, **stated)
    make_invitation(make_response([report], body, at=at), force, by=officer, due_on=on, at=at)
    version = make_version(body, force, title=f"Custody in {force.short_name}{number}", at=at)
    make_commitment(version, check_on=on, at=at)


def of_the_force(force, number: str = "", *, on=DAY, at=AT) -> None:
    """An inspection that is expected, an update round, a factual check."""
    days = {"expected": f"{on.day} {on:%B} {on.year}"}
    make_plan(force, title=f"{SECRET} visit{number}", at=at, **days)
    make_round(force, lines=1, name=f"{SECRET} round{number}", title=f"Round{number}", due_on=on, at=at)
    make_check(make_draft(force, at=at, **_quarter(number)), due_on=on, at=at)


def of_committees(force, approver, number: str = "", *, on=DAY, at=AT) -> None:
    """A request, a paper that was issued to a meeting, a draft of one for a meeting."""
    panel = make_panel(f"Audit committee {force.short_name}{number}")
    make_request(panel, f"26/{number or 1}", due_on=on, text=SECRET, force=force, at=at)
    filed = make_filed(force, approver, at=at, **_quarter(number, 2025))
    issue_to(filed, panel=panel, meeting_on=on, at=at)
    draft = make_draft(force, at=at, **_quarter(number, 2024))
    author_text.write_words(paper=draft, version=0, meets_on=on, by=None, at=at)


def _quarter(number: str, year: int = 2026) -> dict:
    """Some days, others for each number."""
    return {name: day.replace(year=year - int(number or 0) * 3) for name, day in Q1.items()}
