"""First-page lines about releases for the public that wait for a second person."""

from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ActionPlan, ForceRelease
from recommendations.models.public.releases import Release
from recommendations.permissions import May
from recommendations.sections import Section


@line(Desk.OFFICE, "waits", 85, section=Section.FORCE_PAGE)
def pages_to_release(context: HomeContext) -> Iterator[HomeLine]:
    """Public pages of forces that this user can release."""
    return _waiting_lines(
        context, ForceRelease, "public page of a force to release", "public pages of forces to release"
    )


@line(Desk.OFFICE, "waits", 86)
def plans_to_publish(context: HomeContext) -> Iterator[HomeLine]:
    """Versions of action plans that this user can publish."""
    return _waiting_lines(context, ActionPlan, "action plan to publish", "action plans to publish")


def _waiting_lines(context: HomeContext, kind: type[Release], one: str, more: str) -> Iterator[HomeLine]:
    """A line for each release that waits, unless the user prepared it. One query, for those who may release."""
    if not context.user.has_perm(May.FINALISE_PAPER):
        return
    waiting = kind.objects.visible_to(context.user).filter(state=ReleaseState.WAITING)
    for release in waiting.exclude(prepared_by=context.user).select_related("force").order_by("prepared_at"):
        yield number_line(1, one, more, release.get_absolute_url())
