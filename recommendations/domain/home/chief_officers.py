"""First-page lines about chief officers' comments: requested from a force, and received by the office."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine, HomeLinePart, left
from recommendations.domain.responses.chief_officers.force_invitations import InvitationStatus, waiting
from recommendations.models import ChiefOfficerComments
from recommendations.periods import london_day, say


@line(Desk.FORCE, "waits", 10)
def to_submit(viewer: Viewer) -> Iterator[HomeLine]:
    """For the force: comments that it can still submit, soonest first."""
    for each in viewer.fetch(waiting):
        if each.is_open(viewer.day):
            yield _line(each, f"are asked for by {say(each.invitation.due_on)}", viewer.day)


@line(Desk.FORCE, "late", 20)
def not_submitted(viewer: Viewer) -> Iterator[HomeLine]:
    """For the force: comments not submitted by their day."""
    for each in viewer.fetch(waiting):
        if not each.is_open(viewer.day):
            yield _line(each, f"were asked for by {say(each.invitation.due_on)}", viewer.day)


def _line(each: InvitationStatus, words: str, day: datetime.date) -> HomeLine:
    url = reverse("write_comments", args=[each.invitation.pk])
    told = (HomeLinePart("draft started"),) if each.draft else ()
    if each.withdrawn and each.withdrawn.withdrawn_at:
        told = (HomeLinePart(f"withdrawn by the office on {say(london_day(each.withdrawn.withdrawn_at))}"), *told)
    end = left(each.invitation.due_on, day)
    return HomeLine("", f"Chief officer’s comments on {each.short_name} {words}", url, more=told, end=end)


def _received(viewer: Viewer) -> QuerySet:
    """Forces' comments received since the office's last look (`mine`: on responses that the user keeps)."""
    rows = ChiefOfficerComments.objects.visible_to(viewer.user).standing()
    rows = rows.filter(recorded_at__gt=viewer.since, recorded_by__force__isnull=False)
    return rows.filter(response__keeper=viewer.user) if viewer.mine else rows


@tally(Desk.OFFICE)
def received(viewer: Viewer) -> RowsToCount:
    """Forces' comments received since the office's last look."""
    return RowsToCount(_received(viewer))


@line(Desk.OFFICE, "changed", 10)
def came(viewer: Viewer) -> Iterator[HomeLine]:
    """For the office: forces' comments received since its last look and not withdrawn, latest first. One query."""
    if not viewer.tally(received):
        return
    for each in _received(viewer).defer("text").select_related("force", "response").order_by("-recorded_at", "-pk"):
        words = f"Comments of {each.force} came on {say(london_day(each.recorded_at))}"
        yield HomeLine("", words, each.response.get_absolute_url(), more=(HomeLinePart(each.response.title),))
