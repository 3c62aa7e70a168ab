"""Accountability meetings: one that is public, one that waits to be, one to be minuted, one in preparation."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from recommendations.demo.office import EV, WM
from recommendations.digests import sha256_of
from recommendations.documents.accountability.meeting_pdf import released_meeting_pdf
from recommendations.domain.accountability import agenda, meetings, minutes
from recommendations.domain.accountability.agenda import NewItem
from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.accountability.proofs import close_action
from recommendations.domain.actions.actions import NewAction
from recommendations.domain.committees.proofs import NewProof
from recommendations.domain.public.meetings import compile_meeting, prepare_meeting_page, release_meeting
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    AgendaItem,
    Inspection,
    MeetingRelease,
    PeelGrade,
    TrackedRecommendation,
)
from recommendations.periods import london_day

SPRING, SUMMER, THIS, NEXT = -98, -35, -3, 24  # the days of the meetings
PRESENT = (
    "The commissioner, the chief executive\nThe chief constable, the deputy chief constable, the head of corporate"
)
VETTING = "The vetting of one senior officer"


def happenings(office) -> Iterator[tuple[int, tuple, Callable, bool]]:
    """Yield each event: day counted from today, order in the day, function to call at a moment, whether alone."""
    yield SPRING - 9, (0,), partial(_plan, office, WM, SPRING, "in_public"), False
    yield SPRING - 8, (0,), partial(_spring_agenda, office), False
    yield SPRING, (0,), partial(_spring_minutes, office), False
    yield SPRING + 6, (0,), partial(_prepare, office, SPRING), False
    yield SPRING + 7, (0,), partial(_release, office), True
    yield SPRING + 30, (0,), partial(_letter, office), False
    yield SUMMER - 9, (0,), partial(_plan, office, WM, SUMMER, "in_public"), False
    yield SUMMER - 8, (0,), partial(_summer_agenda, office), False
    yield SUMMER, (0,), partial(_summer_minutes, office), False
    yield THIS - 9, (0,), partial(_plan, office, EV, THIS, ""), False
    yield THIS - 8, (0,), partial(_eastvale_agenda, office), False
    yield -1, (0,), partial(_prepare, office, SUMMER), False
    yield -1, (1,), partial(_plan, office, WM, NEXT, "in_public"), False
    yield -1, (2,), partial(_next_agenda, office), False


def _plan(office, force: str, number: int, where: str, at: datetime.datetime) -> None:
    meetings.plan_accountability(
        force=office.forces[force],
        title="Accountability meeting",
        on=office.working_day(number),
        time_words="10am to noon",
        place="County Hall" if where else "Police headquarters",
        in_public=bool(where),
        by=office.people["officer"],
        at=at,
    )


def _meeting(office, number: int) -> AccountabilityMeeting:
    return AccountabilityMeeting.objects.get(on=office.working_day(number))


def _put_on(office, number: int, at: datetime.datetime, *items: NewItem) -> None:
    for item in items:
        agenda.add_agenda_item(meeting=_meeting(office, number), item=item, by=office.people["officer"], at=at)


def _open_record(office, force: str, place: int) -> TrackedRecommendation:
    """One of a force's open recommendations that are not restricted."""
    rows = TrackedRecommendation.objects.filter(force=office.forces[force]).open().with_standing()
    return [each for each in rows.order_by("pk") if not each.standing.restricted][place]


def _make_ready(office, number: int, at: datetime.datetime) -> None:
    meeting = _meeting(office, number)
    meetings.make_agenda_ready(meeting=meeting, version=meeting.version, by=office.people["officer"], at=at)


def _write(office, number: int, at: datetime.datetime, *notes: dict) -> None:
    """Write about the first items of a meeting that are no requests of committees, and confirm the minutes."""
    meeting, by = _meeting(office, number), office.people["officer"]
    items = AgendaItem.objects.filter(meeting=meeting).exclude(kind="request").order_by("carried", "position")
    written = [ItemNotes(item=item, **said) for item, said in zip(items, notes, strict=False)]
    about = {"meeting": meeting, "version": meeting.version, "by": by, "at": at}
    meeting = minutes.write_minutes(present=PRESENT, notes=written, **about)
    minutes.confirm_minutes(meeting=meeting, version=meeting.version, by=by, at=at)


def _action(office, words: str, owner: str, day: int, voice: str = "force") -> NewAction:
    return NewAction(words=words, owner=owner, due_on=office.day(day), voice=voice)


def _spring_agenda(office, at: datetime.datetime) -> None:
    late = NewItem(
        kind="register", colours=("red",), late_only=True, question="What is in the way of each of these, and by when?"
    )
    about = NewItem(kind="tracked", tracked=_open_record(office, WM, 0), question="What changed for the public?")
    calls = NewItem(kind="words", heading="Answering 101 calls", question="Why do one in five callers give up?")
    _put_on(office, SPRING, at, late, about, calls)
    _make_ready(office, SPRING, at)


def _spring_minutes(office, at: datetime.datetime) -> None:
    plan = _action(office, "Bring a plan with a day for each red recommendation.", "Deputy chief constable", -60)
    figures = _action(office, "Send the weekly figures of abandoned calls.", "Head of contact", -70)
    visit = _action(office, "Visit the control room and report back.", "Chief executive", 40, "office")
    _write(
        office,
        SPRING,
        at,
        {
            "asked": "What is in the way of each of these?",
            "answered": "Two wait for the new system.",
            "actions": (plan,),
        },
        {
            "asked": "What changed for the public?",
            "answered": "Checks are made daily, and the custody sergeants sign for them.",
            "view": "partly_assured",
            "why": "The checks are made, but nobody yet looks at what they find.",
        },
        {
            "asked": "Why do one in five callers give up?",
            "answered": "Posts were empty; six people start next month.",
            "actions": (figures, visit),
        },
    )


def _prepare(office, number: int, at: datetime.datetime) -> None:
    meeting, by = _meeting(office, number), office.people["officer"]
    seen = sha256_of(compile_meeting(meeting=meeting, user=by, on=london_day(at)).to_json())
    prepare_meeting_page(force=meeting.force, meeting=meeting, seen=seen, by=by, at=at)


def _release(office, at: datetime.datetime) -> None:
    release = MeetingRelease.objects.get(force=office.forces[WM])
    release_meeting(release=release, render=released_meeting_pdf, by=office.people["approver"], at=at)


def _letter(office, at: datetime.datetime) -> None:
    action = Action.objects.get(words="Send the weekly figures of abandoned calls.")
    proof = NewProof(kind="letter", words="The chief constable’s letter with the figures of twelve weeks.")
    close_action(action=action, version=action.version, proof=proof, by=office.people["officer"], at=at)


def _summer_agenda(office, at: datetime.datetime) -> None:
    report = Inspection.objects.filter(covers__force=office.forces[WM]).order_by("-published_on", "pk")[0]
    grade = PeelGrade.objects.filter(force=office.forces[WM]).standing().latest_first()[0]
    _put_on(
        office,
        SUMMER,
        at,
        NewItem(kind="grade", grade=grade, question="When will this be good?"),
        NewItem(kind="inspection", inspection=report),
        NewItem(kind="words", heading=VETTING, restricted=True, question="Is the check complete?"),
    )
    _make_ready(office, SUMMER, at)


def _summer_minutes(office, at: datetime.datetime) -> None:
    review = _action(office, "Report what the peer review found.", "Assistant chief constable", 20)
    check = _action(office, "Confirm in writing that the check is complete.", "Head of professional standards", -10)
    _write(
        office,
        SUMMER,
        at,
        {"asked": "When will this be good?", "answered": "A peer review starts in a month.", "actions": (review,)},
        {"answered": "Work on each recommendation has begun."},
        {"asked": "Is the check complete?", "answered": "One part is missing.", "actions": (check,)},
        {"answered": "The plan is late, and is promised for next month."},
    )


def _eastvale_agenda(office, at: datetime.datetime) -> None:
    _put_on(
        office,
        THIS,
        at,
        NewItem(kind="register", colours=("red", "amber"), question="What will be green by the spring?"),
        NewItem(kind="tracked", tracked=_open_record(office, EV, 0)),
    )
    _make_ready(office, THIS, at)


def _next_agenda(office, at: datetime.datetime) -> None:
    late = NewItem(kind="register", colours=("red",), late_only=True, question="What has moved since the spring?")
    _put_on(office, NEXT, at, late, NewItem(kind="tracked", tracked=_open_record(office, WM, 2)))
