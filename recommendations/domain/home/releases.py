"""First-page items about releases for the public that wait for a second person."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ActionPlan, ForceRelease
from recommendations.models.public.releases import Release
from recommendations.permissions import May
from recommendations.sections import Section


@line(Desk.OFFICE, "decide", 85, section=Section.FORCE_PAGE)
def pages_to_release(context: HomeContext) -> Iterator[HomeItem]:
    """Public pages of forces that this user can release."""
    return _waiting(context, ForceRelease, "Release the public page of {}")


@line(Desk.OFFICE, "decide", 86)
def plans_to_publish(context: HomeContext) -> Iterator[HomeItem]:
    """Versions of action plans that this user can publish."""
    return _waiting(context, ActionPlan, "Publish the action plan of {}")


@line(Desk.OFFICE, "do", 84, section=Section.FORCE_PAGE)
def outdated_pages(context: HomeContext) -> Iterator[HomeItem]:
    """Public pages of forces that are older than the newest annual report or grade. One query."""
    if not context.user.has_perm(May.DRAFT_PAPER):
        return
    rows = ForceRelease.objects.visible_to(context.user).with_what_is_newer().select_related("force")
    for release in rows.order_by("force__name"):
        if newer := release.newer_words:
            what = f"The public page of {release.force.name} lacks {newer}"
            yield HomeItem(what, reverse("prepare_force_page", args=[release.force.slug]))


def _waiting(context: HomeContext, kind: type[Release], words: str) -> Iterator[HomeItem]:
    """An item for each release that waits, unless the user prepared it. One query, for those who may release."""
    if not context.user.has_perm(May.FINALISE_PAPER):
        return
    waiting = kind.objects.visible_to(context.user).filter(state=ReleaseState.WAITING)
    for release in waiting.exclude(prepared_by=context.user).select_related("force").order_by("prepared_at"):
        yield HomeItem(words.format(release.force.name), release.get_absolute_url())
