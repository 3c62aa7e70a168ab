"""First-page lines about chief officers' comments: requested from a force, and received by the office."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, HomeLinePart, time_left
from recommendations.domain.responses.chief_officers.force_invitations import InvitationStatus, waiting
from recommendations.models import ChiefOfficerComments
from recommendations.periods import london_day, say


@line(Desk.FORCE, "waits", 10)
def to_submit(context: HomeContext) -> Iterator[HomeLine]:
    """For the force: comments that it can still submit, soonest first."""
    for each in context.fetch(waiting):
        if each.is_open(context.day):
            yield _line(each, f"are asked for by {say(each.invitation.due_on)}", context.day)


@line(Desk.FORCE, "late", 20)
def not_submitted(context: HomeContext) -> Iterator[HomeLine]:
    """For the force: comments not submitted by their day."""
    for each in context.fetch(waiting):
        if not each.is_open(context.day):
            yield _line(each, f"were asked for by {say(each.invitation.due_on)}", context.day)


def _line(each: InvitationStatus, words: str, day: datetime.date) -> HomeLine:
    url = reverse("write_comments", args=[each.invitation.pk])
    more = (HomeLinePart("draft started"),) if each.draft else ()
    if each.withdrawn and each.withdrawn.withdrawn_at:
        more = (HomeLinePart(f"withdrawn by the office on {say(london_day(each.withdrawn.withdrawn_at))}"), *more)
    end = time_left(each.invitation.due_on, day)
    return HomeLine("", f"Chief officer’s comments on {each.short_name} {words}", url, more=more, end=end)


@line(Desk.OFFICE, "changed", 10)
def received_comments(context: HomeContext) -> Iterator[HomeLine]:
    """For the office: forces' comments since its last look (`mine`: on responses that the user keeps), latest first.

    Not those withdrawn. One query.
    """
    comments = ChiefOfficerComments.objects.visible_to(context.user).standing()
    comments = comments.filter(recorded_at__gt=context.since, recorded_by__force__isnull=False)
    comments = comments.filter(response__keeper=context.user) if context.mine else comments
    for each in comments.defer("text").select_related("force", "response").order_by("-recorded_at", "-pk"):
        words = f"Comments of {each.force} came on {say(london_day(each.recorded_at))}"
        yield HomeLine("", words, each.response.get_absolute_url(), more=(HomeLinePart(each.response.title),))
