"""First-page items about chief officers' comments: requested from a force, and received by the office."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem
from recommendations.domain.responses.chief_officers.force_invitations import waiting
from recommendations.models import ChiefOfficerComments
from recommendations.periods import london_day, say


@line(Desk.FORCE, "do", 10)
def to_submit(context: HomeContext) -> Iterator[HomeItem]:
    """For the force: comments to submit, and those not submitted by their day."""
    for each in waiting(context.user):
        details = ["Draft started."] if each.draft else []
        if each.withdrawn and each.withdrawn.withdrawn_at:
            details.insert(0, f"Withdrawn by the office on {say(london_day(each.withdrawn.withdrawn_at))}.")
        what = f"Write the chief officer’s comments on {each.short_name}"
        url = reverse("write_comments", args=[each.invitation.pk])
        yield HomeItem(what, url, " ".join(details), each.invitation.due_on)


@line(Desk.OFFICE, "changed", 10)
def received_comments(context: HomeContext) -> Iterator[HomeItem]:
    """For the office: forces' comments since its last look (`mine`: on responses that the user keeps), latest first.

    Not those withdrawn. One query.
    """
    comments = ChiefOfficerComments.objects.visible_to(context.user).standing()
    comments = comments.filter(recorded_at__gt=context.since, recorded_by__force__isnull=False)
    comments = comments.filter(response__keeper=context.user) if context.mine else comments
    for each in comments.defer("text").select_related("force", "response").order_by("-recorded_at", "-pk"):
        words = f"Comments of {each.force} came on {say(london_day(each.recorded_at))}"
        yield HomeItem(words, each.response.get_absolute_url(), each.response.title)
