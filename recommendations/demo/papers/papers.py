"""The papers of the last four whole quarters, and Eastvale's of the last two.

Each is drafted twelve days after the quarter's end and finalised a week later. There is also the draft of a joint
paper, a year of both forces for the accountability board.
"""

import datetime
from typing import Any

from recommendations.demo.office import EV, WM
from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.papers import papers
from recommendations.domain.papers.finalising import finalise_paper
from recommendations.domain.papers.joint import papers as joint_papers
from recommendations.domain.papers.sections import author_text
from recommendations.enums import AssuranceView, Matter, PanelKind
from recommendations.models import Panel, ScrutinyReport
from recommendations.periods import Period, recent_quarters

WORDS = {
    "item": "7",
    "view": AssuranceView.PARTLY_ASSURED,
    "view_words": "What the force closed, it closed with evidence that we looked at. But what is overdue has been "
    "overdue for long, and too little of it has a date that held.",
    "matter_3": Matter.OWN,
    "matter_3_words": "The force’s new board for inspections first meets after this paper. "
    "We will read what it decides before the next one.",
    "remark_colours": "Most of what is amber has no date at all. It cannot turn red, and nobody need account for it: "
    "we ask that each is given a date before the next paper.",
    "remark_ages": "Age alone is no fault, and some of the oldest ask for change that takes years. But nobody has read "
    "them together since they came in, and we recommend that somebody does.",
    "questions": (
        "On what day will the longest overdue recommendation be done, and who says so to you each week?",
        "Why are targets moved after their day has passed, and not before?",
        "What would you stop doing to bring the overdue ones down by the next paper?",
    ),
}
# The differing text of the three earlier papers, newest first. The figures depend on the day on which the
# demonstration is loaded, so no sentence here gives or compares one.
EARLIER = (
    {
        "view_words": "We looked at the evidence for what was closed, and it bears the closures out. The oldest "
        "recommendations still have nobody who drives them.",
        "matter_3": "",
        "matter_3_words": "",
        "remark_ages": "We asked the force to read its oldest recommendations together, and it has agreed to.",
        "questions": (
            "Which of the oldest recommendations would you reopen with HMICFRS, and why?",
            "Who checks that what was closed stays done?",
        ),
    },
    {
        "view": AssuranceView.NOT_ASSURED,
        "view_words": "Targets are moved after their day has passed, and the reasons that we are given do not say what "
        "will be different.",
        "remark_ages": "",
        "remark_colours": "",
        "questions": (
            "What does a target mean in this force, if it can move after its day?",
            "Which recommendations have no lead who can spend money on them?",
            "What do you need from this office to close the first of them?",
        ),
    },
    {
        "view_words": "The force now names a lead for each recommendation. Whether that moves them, the next paper "
        "will show.",
        "matter_3": "",
        "matter_3_words": "",
        "remark_colours": "",
        "remark_ages": "",
        "questions": ("How often does each lead report to you, and when did you last send a report back?",),
    },
)
# The text of Eastvale's two papers where it differs from Westmarch's for the same quarter, newer one first.
EASTVALE = (
    {
        "view_words": "The force answers what we ask, and late. We ask for a date for each recommendation without one.",
        "questions": (
            "When will each recommendation without a date have one?",
            "Which immediate recommendation worries you most, and what guards the public meanwhile?",
        ),
    },
    {
        "view_words": "This is the first paper on this force. We know now what is open, and not yet how it moves.",
        "questions": ("Who in the force reads this paper first, and what do they do with it?",),
    },
)
YEAR: dict[str, Any] = {
    "item": "4",
    "view": AssuranceView.PARTLY_ASSURED,
    "view_words": "Both forces close what they can show. Neither has brought down what is longest overdue.",
}
MEETS = datetime.timedelta(days=40)  # after the quarter's end, or on the Thursday after that
THURSDAY = 3
DRAFTED, FINALISED = datetime.timedelta(days=12), datetime.timedelta(days=19)


def quarters(today: datetime.date) -> list[Period]:
    """Return the last four quarters whose papers can be finalised before `today`, newest first."""
    ended = recent_quarters(today, 6)[1:]
    return [quarter for quarter in ended if quarter.end + FINALISED < today][:4]


def forces_of(today: datetime.date, quarter: Period) -> tuple[str, ...]:
    """Return the forces with a paper for a quarter: Eastvale's begin later."""
    return (WM, EV) if quarter in quarters(today)[:2] else (WM,)


def meeting_of(quarter: Period) -> datetime.date:
    """Return the Thursday on which the committee meets about a quarter."""
    earliest = quarter.end + MEETS
    return earliest + datetime.timedelta(days=(THURSDAY - earliest.weekday()) % 7)


def words_for(force: str, place: int) -> dict:
    """Return the text of a force's paper; `place` is 0 for the newest quarter."""
    return WORDS | ({}, *EARLIER)[place] | (EASTVALE[place] if force == EV else {})


def draft(office, force: str, quarter: Period, at) -> ScrutinyReport:
    """As the officer, draft a paper for the audit committee and write its text."""
    panel = Panel.objects.get(kind=PanelKind.AUDIT)
    by = office.people["officer"]
    of = {"force": office.forces[force], "start": quarter.start, "end": quarter.end}
    paper = papers.prepare(**of, panel=panel, by=by, at=at)
    said = words_for(force, quarters(office.today).index(quarter))
    author_text.write_words(paper=paper, version=0, meets_on=meeting_of(quarter), **said, by=by, at=at)
    return paper


def draft_of_the_year(office, quarter: Period, at) -> ScrutinyReport:
    """As the officer, draft a joint paper for the year ending with a quarter, and write its text."""
    panel, by = Panel.objects.get(kind=PanelKind.ACCOUNTABILITY), {"by": office.people["officer"], "at": at}
    start = quarter.end.replace(year=quarter.end.year - 1) + datetime.timedelta(days=1)
    forces = [office.forces[EV], office.forces[WM]]
    whole = joint_papers.prepare_joint(forces=forces, start=start, end=quarter.end, panel=panel, **by)
    author_text.write_words(paper=whole, version=0, **YEAR, **by)
    return whole


def finalise(office, force: str, quarter: Period, at) -> ScrutinyReport:
    """Finalise it as the approving officer. Not inside a transaction, because making the PDF takes time."""
    paper = ScrutinyReport.objects.get(force=office.forces[force], start=quarter.start)
    return finalise_paper(paper=paper, render=render_paper, by=office.people["approver"], at=at)
