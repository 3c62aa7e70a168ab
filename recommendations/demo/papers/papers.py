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

# No sentence gives or compares a figure: figures depend on the day on which the demonstration is loaded. What is said
# of a recommendation holds on each day on which that paper's period can end.
WORDS = {
    "item": "7",
    "view": AssuranceView.PARTLY_ASSURED,
    "view_words": "When the force moves a date it does so before the day, and says why. Too often the next date "
    "does not hold either: those for digital devices and for reviews before release have moved more than once.",
    "matter_3": Matter.OWN,
    "matter_3_words": "The force’s new board for inspections first meets after this paper. "
    "We will read what it decides before the next one.",
    "remark_colours": "What has no date cannot turn red, and nobody need account for it. We ask that each open "
    "recommendation without a date is given one before the next paper.",
    "remark_ages": "Age alone is no fault: to analyse every fatal collision takes years. We ask for a day on which the "
    "last report on them is published.",
    "questions": (
        "On what day will the analysis of fatal collisions be complete, and who reports on it to you?",
        "When you move a date, what makes you sure that the next one holds?",
        "Which overdue recommendation would more money bring forward, and which would it not?",
    ),
}
# The differing text of the three earlier papers, newest first.
EARLIER = (
    {
        "view_words": "The force moves its dates before they pass. For fatal collisions, and for the digital devices "
        "that wait, it has yet to give one that holds.",
        "matter_3": "",
        "matter_3_words": "",
        "remark_ages": "Only the work on fatal collisions is older than two years: it needs partners. Its age is no "
        "fault, but it needs a date that holds.",
        "questions": (
            "Which recommendation would you ask HMICFRS to look at again, and why?",
            "Who checks that what was closed stays done?",
        ),
    },
    {
        "view": AssuranceView.NOT_ASSURED,
        "view_words": "Cell call bells were marked as tested and did not work, so a closed recommendation had to be "
        "opened again. We want to see the work itself, and not only the record of it.",
        "matter_3": "",
        "matter_3_words": "",
        "remark_ages": "",
        "remark_colours": "",
        "questions": (
            "What has the force learned from the cell call bells, and where else would it look?",
            "Which recommendations have a lead who cannot spend money on them?",
            "What do you need from this office to complete the analysis of fatal collisions?",
        ),
    },
    {
        "view_words": "The force now names a chief officer for each recommendation that it has to answer. Whether that "
        "moves them, the next paper will show.",
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
        "view_words": "The grading of missing children’s risk gets better each time that the force reports on it. We "
        "ask for a date for each recommendation without one.",
        "matter_3": "",
        "matter_3_words": "",
        "remark_ages": "Among the oldest is the recording of crimes in care homes, which waits for one council. We ask "
        "what the force can do without it.",
        "questions": (
            "When will each recommendation without a date have one?",
            "Which recommendation about children worries you most, and what protects them meanwhile?",
        ),
    },
    {
        "view_words": "This is the first paper on this force, so nothing in it is compared with an earlier one. The "
        "next paper will be.",
        "remark_ages": "",
        "questions": ("Who in the force reads this paper first, and what do they do with it?",),
    },
)
YEAR: dict[str, Any] = {
    "item": "4",
    "view": AssuranceView.PARTLY_ASSURED,
    "view_words": "In both forces what has waited long waits for others: for partners on fatal collisions in "
    "Westmarch, for a council on crimes in care homes in Eastvale.",
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
