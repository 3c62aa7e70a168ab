"""The first page's line about releases of forces' public pages that wait for a second person."""

from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ForceRelease
from recommendations.permissions import May
from recommendations.sections import Section


@line(Desk.OFFICE, "waits", 85, section=Section.FORCE_PAGE)
def to_release(viewer: Viewer) -> Iterator[HomeLine]:
    """Those that this person can release: nobody releases their own. One query, of approving officers alone."""
    if not viewer.user.has_perm(May.FINALISE_PAPER):
        return
    waiting = ForceRelease.objects.filter(state=ReleaseState.WAITING).exclude(prepared_by=viewer.user)
    for release in waiting.select_related("force").order_by("prepared_at"):
        words = "public page of a force to release", "public pages of forces to release"
        yield number_line(1, *words, release.get_absolute_url())
