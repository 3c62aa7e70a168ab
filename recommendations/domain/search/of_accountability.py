"""Search entries for accountability meetings: the items of an agenda, and their minutes.

The force finds those of its own meetings, an item once the agenda is ready, minutes once they are confirmed.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from recommendations.domain.search.sources import RestsOn, SearchDocument, day_and_month, source
from recommendations.enums.accountability import AgendaState
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import AccountabilityMeeting, AgendaItem, Force, ItemMinutes
from recommendations.sections import Section

OF_MEETING = {"title", "on", "place", "state", "force_id", "withdrawn_at"}


@source(
    AgendaItem,
    related=("meeting__force",),
    rests_on=(RestsOn(AccountabilityMeeting, "meeting", OF_MEETING), RestsOn(Force, "meeting__force", {"short_name"})),
    section=Section.ACCOUNTABILITY,
)
def agenda_items(row: AgendaItem) -> Iterator[SearchDocument]:
    """The words of an item: its heading and what to ask."""
    if row.heading or row.question:
        is_ready = row.meeting.state != AgendaState.PREPARING
        yield SearchDocument(
            text="\n".join(filter(None, (row.heading, row.question))),
            about="on the agenda",
            recorded_at=row.meeting.recorded_at,
            by=row.meeting.recorded_by_id,
            withdrawn_at=row.withdrawn_at or row.meeting.withdrawn_at,
            **_facts_of(row.meeting, is_ready),
        )


@source(
    ItemMinutes,
    related=("item__meeting__force",),
    rests_on=(
        RestsOn(AgendaItem, "item", {"heading", "withdrawn_at"}),
        RestsOn(AccountabilityMeeting, "item__meeting", OF_MEETING),
        RestsOn(Force, "item__meeting__force", {"short_name"}),
    ),
    section=Section.ACCOUNTABILITY,
)
def item_minutes(row: ItemMinutes) -> Iterator[SearchDocument]:
    """What was asked and answered at an item, and why the body has its view."""
    meeting = row.item.meeting
    if row.asked or row.answered or row.why:
        yield SearchDocument(
            text="\n".join(filter(None, (row.asked, row.answered, row.why))),
            about="in the minutes",
            recorded_at=row.written_at,
            by=row.written_by_id,
            withdrawn_at=_gone_at(row),
            beside=(row.item.heading,),
            **_facts_of(meeting, meeting.state == AgendaState.MINUTED),
        )


def _gone_at(row: ItemMinutes) -> datetime.datetime | None:
    return row.item.withdrawn_at or row.item.meeting.withdrawn_at


def _facts_of(meeting: AccountabilityMeeting, force_sees_it: bool) -> dict[str, Any]:
    return {
        "kind": SearchKind.MEETING,
        "speaker": Speaker.OFFICE,
        "readers": Readers.FORCE if force_sees_it else Readers.OFFICE,
        "force": meeting.force_id,
        "record": meeting.pk,
        "address": meeting.get_absolute_url(),
        "title": f"{meeting.title}, {meeting.force.short_name}, {day_and_month(meeting.on)}",
        "names": (meeting.title, meeting.place),
        "day": meeting.on,
    }
