"""Accountability meetings for tests, through their verbs."""

import datetime

from recommendations.digests import sha256_of
from recommendations.domain.accountability import agenda, meetings, minutes
from recommendations.domain.accountability.agenda import NewItem
from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.actions.actions import NewAction
from recommendations.domain.public.meetings import compile_meeting, prepare_meeting_page
from recommendations.models import AccountabilityMeeting, AgendaItem, Force, MeetingRelease
from recommendations.periods import london_day
from tests.conftest import AT

DAY = datetime.timedelta(days=1)
DUE = datetime.date(2026, 12, 1)


def plan(force: Force, *, by, at=AT, title="Accountability meeting", **facts) -> AccountabilityMeeting:
    """A meeting of today."""
    facts = {"on": london_day(at)} | facts
    return meetings.plan_accountability(force=force, title=title, by=by, at=at, **facts)


def put_on(meeting: AccountabilityMeeting, *, by, at=AT, **facts) -> AgendaItem:
    """An item: of a recommendation if there is `tracked`, of free words if nothing else is said."""
    about = next(
        (name for name in ("tracked", "inspection", "grade", "commitment", "action") if name in facts), "words"
    )
    facts = {"kind": about} | facts
    new = NewItem(**({"heading": "Call handling"} if facts["kind"] == "words" else {}) | facts)
    return agenda.add_agenda_item(meeting=meeting, item=new, by=by, at=at)


def make_ready(meeting: AccountabilityMeeting, *, by, at=AT) -> AccountabilityMeeting:
    meeting.refresh_from_db()
    return meetings.make_agenda_ready(meeting=meeting, version=meeting.version, by=by, at=at)


def agreed(words="Publish the plan.", owner="Head of custody", due_on=DUE, **facts) -> NewAction:
    return NewAction(words=words, owner=owner, due_on=due_on, **facts)


def write(meeting: AccountabilityMeeting, *notes: ItemNotes, by, at=AT, present="") -> AccountabilityMeeting:
    meeting.refresh_from_db()
    return minutes.write_minutes(meeting=meeting, version=meeting.version, present=present, notes=notes, by=by, at=at)


def confirm(meeting: AccountabilityMeeting, *, by, at=AT) -> AccountabilityMeeting:
    meeting.refresh_from_db()
    return minutes.confirm_minutes(meeting=meeting, version=meeting.version, by=by, at=at)


def minuted(force: Force, *, by, at=AT, actions=(), title="Accountability meeting", **item) -> AccountabilityMeeting:
    """A meeting with one item, at which these actions were agreed."""
    meeting = plan(force, by=by, at=at, title=title)
    item = put_on(meeting, by=by, at=at, **item)
    make_ready(meeting, by=by, at=at)
    write(meeting, ItemNotes(item=item, asked="How is it?", answered="It is well.", actions=actions), by=by, at=at)
    return confirm(meeting, by=by, at=at)


def seen_of(meeting: AccountabilityMeeting, *, by, at=AT) -> str:
    """The SHA-256 of what would be public of a meeting."""
    meeting = AccountabilityMeeting.objects.select_related("force").get(pk=meeting.pk)
    return sha256_of(compile_meeting(meeting=meeting, user=by, on=london_day(at)).to_json())


def prepare_release(meeting: AccountabilityMeeting, *, by, at=AT) -> MeetingRelease:
    """A release that waits."""
    seen = seen_of(meeting, by=by, at=at)
    return prepare_meeting_page(force=meeting.force, meeting=meeting, seen=seen, by=by, at=at)
