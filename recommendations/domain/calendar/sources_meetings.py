"""Calendar entries of committees and panels: meetings, requests, papers for them, and ends of terms."""

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.urls import reverse

from recommendations.domain.calendar.entries import (
    CalendarEntry,
    CalendarSpan,
    EntryKind,
    late_words,
    one_force,
    source,
)
from recommendations.enums import MeetingState, PaperState
from recommendations.models import CommitteeRequest, Meeting, PanelMember, PaperIssue, PaperWords, ScrutinyReport, User
from recommendations.permissions import May
from recommendations.sections import Section

MEETING = EntryKind("meeting", "Meeting")


@source(10, MEETING, May.SEE_PANELS, section=Section.PANELS)
def meetings(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """Panels' meetings, including cancelled ones; for users who record attendance also those without it."""
    records = user.has_perm(May.RECORD_MEETINGS)
    lacking = Q(state=MeetingState.PLANNED, on__lt=span.today) if records else Q(pk__in=())
    found = Meeting.objects.visible_to(user).filter(Q(on__range=(span.first, span.last)) | lacking)
    for each in found.select_related("panel"):
        is_late = records and each.state == MeetingState.PLANNED and each.on < span.today
        is_cancelled = each.state == MeetingState.CANCELLED
        yield CalendarEntry(
            MEETING,
            each.pk,
            each.on,
            f"Meeting: {each.panel}",
            f"Meeting: {each.panel}",
            each.get_absolute_url(),
            each.recorded_at,
            start=each.start,
            end=each.end,
            forces=one_force(each.panel.force_id),
            is_late=is_late,
            is_cancelled=is_cancelled,
            note=_meeting_note(each, is_late, is_cancelled),
        )


def _meeting_note(meeting: Meeting, is_late: bool, is_cancelled: bool) -> str:
    """ "10:00 to 12:00, Guildhall", or that it is cancelled, or that attendance is not recorded."""
    if is_cancelled:
        return "cancelled"
    if is_late:
        return "attendance not recorded"
    times = " to ".join(f"{each:%H:%M}" for each in (meeting.start, meeting.end) if each)
    return ", ".join(filter(None, (times, meeting.place)))


REQUEST = EntryKind("request", "Committee’s request")


@source(80, REQUEST, May.DRAFT_PAPER)
def requests(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """Committees' requests that nothing answers yet."""
    found = CommitteeRequest.objects.visible_to(user).waiting().filter(due_on__lte=span.last).select_related("panel")
    for each in found:
        is_late = each.due_on < span.today
        words = f"Answer to a request: {each.panel}, {each.number}"
        yield CalendarEntry(
            REQUEST,
            each.pk,
            each.due_on,
            words,
            words,
            each.get_absolute_url(),
            each.recorded_at,
            forces=one_force(each.force_id),
            is_late=is_late,
            note=late_words(each.due_on, span.today),
            is_own=each.owner.casefold() == user.name.casefold(),
        )


PAPER = EntryKind("paper", "Paper")


@source(90, PAPER, May.SEE_PAPERS)
def papers(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The meetings that finalised papers were issued to and, for the office, those that drafts are for."""
    for each in _visible_issues(user, span):
        words = f"Paper to {each.panel}, item {each.item}"
        yield CalendarEntry(
            PAPER,
            each.pk,
            each.meeting_on,
            words,
            words,
            each.paper.get_absolute_url(),
            each.issued_at,
            forces=one_force(each.paper.force_id),
            note=_force_label(each.paper, span),
            is_own=each.paper.prepared_by_id == user.pk,
        )
    for each in _drafts(user, span):
        yield replace(_draft(each, span), is_own=each.paper.prepared_by_id == user.pk)


def _visible_issues(user: User, span: CalendarSpan) -> QuerySet:
    found = PaperIssue.objects.visible_to(user).filter(meeting_on__range=(span.first, span.last))
    return found.select_related("panel", "paper__force").defer("paper__figures")


def _drafts(user: User, span: CalendarSpan) -> QuerySet:
    found = PaperWords.objects.visible_to(user).filter(meets_on__lte=span.last, paper__state=PaperState.DRAFT)
    return found.select_related("paper__force", "paper__panel").defer("paper__figures")


def _draft(words: PaperWords, span: CalendarSpan) -> CalendarEntry:
    """The meeting that a draft is for. Its key is negative, to differ from the keys of issues."""
    assert words.meets_on is not None  # _drafts requires a day
    paper, is_late = words.paper, words.meets_on < span.today
    said = f"Draft of a paper for {paper.panel or 'a committee'}"
    return CalendarEntry(
        PAPER,
        -paper.pk,
        words.meets_on,
        said,
        said,
        paper.get_absolute_url(),
        words.written_at,
        forces=one_force(paper.force_id),
        is_late=is_late,
        note="meeting has passed" if is_late else _force_label(paper, span),
    )


def _force_label(paper: ScrutinyReport, span: CalendarSpan) -> str:
    return span.force_on(paper.force, paper.end).name if paper.force else "joint paper"


TERM = EntryKind("term", "Member’s term")


@source(100, TERM, May.SEE_PANELS, section=Section.PANELS)
def terms(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The last days of panel members' terms."""
    found = PanelMember.objects.visible_to(user).filter(until__range=(span.first, span.last)).select_related("panel")
    for each in found:
        yield CalendarEntry(
            TERM,
            each.pk,
            each.until,
            f"Term ends: {each.name}, {each.panel}",
            f"Term of a member ends: {each.panel}",
            reverse("panel", args=[each.panel_id]),
            each.recorded_at,
            forces=one_force(each.panel.force_id),
        )
