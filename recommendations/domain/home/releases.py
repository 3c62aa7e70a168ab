"""First-page lines about releases for the public that wait for a second person."""

from collections.abc import Iterator

from django.db.models import QuerySet

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ActionPlan, ForceRelease
from recommendations.models.releases import Release
from recommendations.permissions import May
from recommendations.sections import Section


def _waiting(viewer: Viewer, kind: type[Release]) -> QuerySet:
    """The releases that this user can release: not prepared by them."""
    if not viewer.user.has_perm(May.FINALISE_PAPER):
        return kind.objects.none()
    waiting = kind.objects.visible_to(viewer.user).filter(state=ReleaseState.WAITING)
    return waiting.exclude(prepared_by=viewer.user)


@tally(Desk.OFFICE, section=Section.FORCE_PAGE)
def waiting_pages(viewer: Viewer) -> RowsToCount:
    """The public pages of forces that wait for this user's release."""
    return RowsToCount(_waiting(viewer, ForceRelease))


@tally(Desk.OFFICE)
def waiting_plans(viewer: Viewer) -> RowsToCount:
    """The action plans that wait for this user's release."""
    return RowsToCount(_waiting(viewer, ActionPlan))


@line(Desk.OFFICE, "waits", 85, section=Section.FORCE_PAGE)
def pages_to_release(viewer: Viewer) -> Iterator[HomeLine]:
    """Public pages of forces that this user can release."""
    words = ("public page of a force to release", "public pages of forces to release")
    return _to_release(viewer, ForceRelease, *words) if viewer.tally(waiting_pages) else iter(())


@line(Desk.OFFICE, "waits", 86)
def plans_to_publish(viewer: Viewer) -> Iterator[HomeLine]:
    """Versions of action plans that this user can publish."""
    words = ("action plan to publish", "action plans to publish")
    return _to_release(viewer, ActionPlan, *words) if viewer.tally(waiting_plans) else iter(())


def _to_release(viewer: Viewer, kind: type[Release], one: str, more: str) -> Iterator[HomeLine]:
    """A line for each. One query."""
    for release in _waiting(viewer, kind).select_related("force").order_by("prepared_at"):
        yield number_line(1, one, more, release.get_absolute_url())
