"""The releases of an accountability meeting: prepared by one person, released or sent back by another.

The prepared facts are stored, and exactly those are released, with a PDF made from them. They have nothing that is
restricted: if part of them is restricted by then, the release is refused.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from recommendations.domain.accountability.data import MeetingFacts
from recommendations.domain.accountability.log import log_lines
from recommendations.domain.accountability.queries import items_of, meeting_facts, numbers_of
from recommendations.domain.accountability.restricted import restricted_items, restricted_references
from recommendations.domain.public.released import FACTS, PublicRelease, public_release
from recommendations.domain.public.releases import (
    decide_with_pdf,
    keep,
    lock_for,
    lock_to_release,
    next_number,
    refuse_own,
)
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import AccountabilityMeeting, Force, MeetingRelease, PublicMeetingFacts, User
from recommendations.periods import london_day, say
from recommendations.trail import verb

OVERTAKEN = "Another was released while the PDF was made. Release it again."
# (facts, number=, at=) → the bytes of the PDF. Raises RenderFailed.
RenderMeeting = Callable[..., bytes]


def may_be_public(meeting: AccountabilityMeeting) -> bool:
    """Whether a release of a meeting can be prepared: its agenda is ready, or it is minuted."""
    return meeting.is_ready or meeting.is_minuted


def compile_meeting(*, meeting: AccountabilityMeeting, user: User, on: datetime.date) -> MeetingFacts:
    """What the public would read of a meeting, prepared on a London day: nothing that is restricted."""
    return meeting_facts(meeting, user=user, day=on, with_restricted=False)


def prepare_meeting_page(
    *, force: Force, meeting: AccountabilityMeeting, seen: str, by: User, at: datetime.datetime
) -> MeetingRelease:
    """Store a new release for an approving officer to decide. `seen` is the SHA-256 of the facts that were checked.

    Raises Refusal if another release is waiting, the agenda is not ready, or the facts have changed since.
    """
    with verb("prepare_meeting_page", by=by, at=at) as act:
        lock_for(MeetingRelease, force)
        meeting = AccountabilityMeeting.on_file.select_for_update().get(pk=meeting.pk)
        if meeting.force_id != force.pk or not may_be_public(meeting):
            raise Refusal("Choose a meeting whose agenda is ready.", "meeting", code="not-ready")
        facts = compile_meeting(meeting=meeting, user=by, on=london_day(at)).to_json()
        release = MeetingRelease(force=force, meeting=meeting, prepared_at=at, prepared_by=by)
        return keep(act, release, PublicMeetingFacts, facts, seen)


def release_meeting(
    *, release: MeetingRelease, render: RenderMeeting, by: User | None, at: datetime.datetime
) -> MeetingRelease:
    """Make the PDF of a prepared release, outside any transaction, and release it. Raises as `release_with_pdf`."""
    refuse_own(release, by)
    facts, number = _releasable(release), next_number(release)
    pdf = render(facts, number=number, at=at)
    return release_with_pdf(release=release, pdf=pdf, number=number, by=by, at=at)


def release_with_pdf(
    *, release: MeetingRelease, pdf: bytes, number: int, by: User | None, at: datetime.datetime
) -> MeetingRelease:
    """Release what was prepared, under the next number.

    Raises NotAllowed if this person prepared it, Refusal if it is not waiting, part of it may no longer be public, or
    another one was released while its PDF was made.
    """
    with verb("release_meeting_page", by=by, at=at, subject=release) as act:
        release = lock_to_release(release, by)
        _releasable(release)
        name = f"{release.force.slug}-meeting-release-{number}.pdf"
        return decide_with_pdf(act, release, number=number, pdf=pdf, name=name, overtaken=OVERTAKEN)


def _releasable(release: MeetingRelease) -> MeetingFacts:
    """The facts of a release. Raises Refusal if part of them may no longer be public."""
    facts = facts_of(release)
    if gone := restricted_since(facts, release):
        raise Refusal(f"{gone[0]} Send this back and prepare it again.", code="not-public")
    return facts


def restricted_since(facts: MeetingFacts, release: MeetingRelease) -> list[str]:
    """A sentence for each part of a release that is restricted now, and for a meeting that is withdrawn or changed."""
    rows = AccountabilityMeeting.objects.filter(force=release.force_id, title=facts.title, on=facts.on)
    if (meeting := rows.filter(pk=release.meeting_id).select_related("force").first()) is None:
        return ["This meeting is withdrawn, or has another title or day now."]
    items = items_of(meeting)
    hidden = restricted_items(items)
    shown = {each.number for each in facts.items}
    gone = [
        f"Item {number} is restricted now."
        for item, number in zip(items, numbers_of(items), strict=True)
        if item.pk in hidden and number in shown
    ]
    references = {line.reference for each in facts.items for line in each.words.lines}
    gone += [f"{each} is restricted now." for each in sorted(restricted_references(references, meeting.force_id))]
    log = log_lines(meeting.force, facts.as_at, datetime.date.min)
    said = {each.words for each in facts.log} | {each.words for item in facts.items for each in item.actions}
    hidden_words = {line.words for line in log if line.restricted}
    return gone + [f"The action “{words}” is restricted now." for words in sorted(hidden_words & said)]


def releases_of_meeting(meeting: AccountabilityMeeting) -> tuple[MeetingRelease | None, MeetingRelease | None]:
    """What the public reads of a meeting, and what waits to be released, or None. One query."""
    rows = MeetingRelease.objects.filter(meeting=meeting).exclude(state=ReleaseState.RETURNED).select_related("force")
    found = {row.state: row for row in rows.order_by("number", "pk")}
    return found.get(ReleaseState.RELEASED), found.get(ReleaseState.WAITING)


def facts_of(release: MeetingRelease) -> MeetingFacts:
    """The facts of a release, as prepared. One query."""
    return MeetingFacts.from_json(PublicMeetingFacts.objects.get(of=release).facts)


@dataclass(frozen=True, kw_only=True)
class PublicMeeting:
    """A release of a meeting at its address, with what it is of; empty words if it was withdrawn."""

    release: PublicRelease
    meeting: int
    title: str = ""
    on: datetime.date | None = None
    minuted: bool = False

    @property
    def words(self) -> str:
        """ "Minutes: Accountability meeting, 3 November 2026"."""
        what = "Minutes" if self.minuted else "Agenda"
        return f"{what}: {self.title}, {say(self.on)}" if self.on else f"Release {self.release.number}"


def public_meetings(slug: str = "") -> list[PublicMeeting]:
    """The newest release of each meeting that is not withdrawn, of one force or of all, the latest meeting first."""
    rows = MeetingRelease.on_file.released().order_by("number", "pk")
    rows = rows.filter(force__slug=slug) if slug else rows
    by_meeting = {row["meeting"]: row for row in rows.values("meeting", *FACTS, *ABOUT) if row["withdrawn_at"] is None}
    found = [_public_meeting(row) for row in by_meeting.values()]
    return sorted(found, key=lambda each: (each.on or datetime.date.min, each.release.pk), reverse=True)


def released_meetings(slug: str) -> list[PublicMeeting]:
    """All releases of a force, the newest first, withdrawn ones included. One query."""
    rows = MeetingRelease.on_file.released().filter(force__slug=slug).order_by("-number")
    return [_public_meeting(row) for row in rows.values("meeting", *FACTS, *ABOUT)]


ABOUT = ("says__facts__title", "says__facts__on", "says__facts__minuted")


def _public_meeting(row: dict[str, Any]) -> PublicMeeting:
    release = public_release(row)
    if release.withdrawn_on:
        return PublicMeeting(release=release, meeting=row["meeting"])
    on = row["says__facts__on"]
    return PublicMeeting(
        release=release,
        meeting=row["meeting"],
        title=row["says__facts__title"] or "",
        on=datetime.date.fromisoformat(on) if on else None,
        minuted=bool(row["says__facts__minuted"]),
    )
