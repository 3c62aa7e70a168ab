"""Issue a finalised paper to a committee's meeting: recorded once for each meeting, withdrawn with a reason."""

import datetime
from collections.abc import Iterable

from recommendations.domain.papers.notifications import people_to_tell
from recommendations.domain.papers.papers import forces_slug
from recommendations.domain.writing.records import lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import MeetingState, PaperState
from recommendations.models import Meeting, Panel, PaperIssue, PaperReader, ScrutinyReport, User
from recommendations.periods import Period, london_day, say, say_days
from recommendations.trail import verb

PART = "This is a part of a joint paper. It is issued with the joint paper."
DRAFT = "This paper is a draft. Finalise it first."
CLEAR_DAYS = 5  # working days between despatch and meeting, neither counted: Local Government Act 1972, s.100B(3)
FRIDAY = 4


def issue_paper(
    *,
    paper: ScrutinyReport,
    panel: Panel,
    meeting_on: datetime.date,
    item: str,
    sent_how: str,
    tell: Iterable[User] = (),
    by: User | None,
    at: datetime.datetime,
) -> PaperIssue:
    """Record that a finalised paper goes to a committee's meeting as an agenda item, and how it was sent.

    `tell` are the committee members who get one email with a link to it (see notifications.py). Raises Refusal for a
    draft, a paper replaced by a finalised issue, a meeting before the paper was finalised, a missing item or way of
    sending, a meeting that has it already, or a reader who is not a member of that committee with an account.
    """
    with verb("issue_paper", by=by, at=at) as act:
        paper = lock_row(paper)
        if why_not := why_not_issued(paper):
            raise Refusal(why_not)
        assert paper.finalised_at is not None  # paper_finalised_is_whole
        if meeting_on < (final_on := london_day(paper.finalised_at)):
            raise Refusal(
                f"The paper was finalised on {say(final_on)}, after this meeting.",
                "meeting_on",
                code="before-finalised",
            )
        for name, value, missing in (
            ("item", item, "Enter the item’s number on the agenda."),
            ("sent_how", sent_how, "Say how it was sent."),
        ):
            if not value.strip():
                raise Refusal(missing, name, code="required")
        if PaperIssue.objects.filter(paper=paper, panel=panel, meeting_on=meeting_on).exists():
            raise Refusal(
                f"This paper was issued to {panel} on {say(meeting_on)} already.", "meeting_on", code="issued-already"
            )
        readers = _readers(tell, panel)
        meeting = Meeting.objects.filter(panel=panel, on=meeting_on).exclude(state=MeetingState.CANCELLED).first()
        facts = {
            "meeting": meeting,
            "item": item.strip(),
            "sent_how": sent_how.strip(),
            "issued_at": at,
            "issued_by": by,
        }
        act.subject = act.save(PaperIssue(paper=paper, panel=panel, meeting_on=meeting_on, **facts))
        act.add_all([PaperReader(issue=act.subject, person=person) for person in readers])
    return act.subject


def _readers(tell: Iterable[User], panel: Panel) -> list[User]:
    """Return the readers by name, without duplicates. Raises Refusal for anyone who is not a member with an account."""
    chosen = {person.pk: person for person in tell}
    readers = list(people_to_tell(panel).filter(pk__in=chosen))
    if left := set(chosen) - {person.pk for person in readers}:
        raise Refusal(
            f"{chosen[min(left)]} is not a member of this committee with an account.", "tell", code="not-a-member"
        )
    return readers


def why_not_issued(paper: ScrutinyReport) -> str:
    """Return the reason why a paper cannot be issued, or ""."""
    if paper.closed:
        return "This is a closed paper. It is not issued here: the office hands it over itself."
    if paper.part_of_id:
        return PART
    if paper.is_draft:
        return DRAFT
    later = ScrutinyReport.objects.filter(replaces=paper, state=PaperState.FINALISED).first()
    return f"Issue {later.issue} replaces this paper. Issue that one." if later else ""


def withdraw_issue(*, issue: PaperIssue, reason: str, by: User | None, at: datetime.datetime) -> PaperIssue:
    """Withdraw the record of an issue, with a reason. Raises Refusal if it is withdrawn already."""
    with verb("withdraw_issue", by=by, at=at, reason=reason, subject=issue) as act:
        issue = PaperIssue.on_file.select_for_update().get(pk=issue.pk)
        mark_withdrawn(act, issue, needs="Say why it is withdrawn.")
    return issue


def meeting_words(issue: PaperIssue) -> str:
    """ "to the Joint Audit Committee on 23 July 2026, item 7"."""
    return f"to the {issue.panel} on {say(issue.meeting_on)}, item {issue.item}"


def despatch_on(meets_on: datetime.date) -> datetime.date:
    """Return the last day to send a paper out: five clear working days before its meeting. Ignores bank holidays."""
    day, clear = meets_on, 0
    while clear < CLEAR_DAYS:
        day -= datetime.timedelta(days=1)
        clear += day.weekday() <= FRIDAY
    day -= datetime.timedelta(days=1)
    while day.weekday() > FRIDAY:
        day -= datetime.timedelta(days=1)
    return day


def despatch_words(meets_on: datetime.date, day: datetime.date) -> str:
    """Return the time left to send a draft's paper out: "9 days until papers go out, by 14 July 2026"."""
    last = despatch_on(meets_on)
    left = (last - day).days
    if left < 0:
        return f"papers were due out on {say(last)}"
    return f"{say_days(left)} until papers go out, by {say(last)}" if left else "papers are due out today"


def pack_name(paper: ScrutinyReport, meeting_on: datetime.date) -> str:
    """Return a file name that sorts in a clerk's folder: 2026-07-23-hmicfrs-westmarch-q1-2026-27.pdf."""
    period = Period(paper.start, paper.end)
    said = f"{paper.start}-to-{paper.end}"
    if period.is_quarter:
        said = period.label.partition(",")[0].lower().replace(" ", "-").replace("/", "-")
    issue = f"-issue-{paper.issue}" if paper.issue > 1 else ""
    return f"{meeting_on}-hmicfrs-{forces_slug(paper)}-{said}{issue}.pdf"
