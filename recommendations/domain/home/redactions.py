"""The first-page line about redactions that wait for a second person."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.enums.retention import RedactionState
from recommendations.models import Redaction
from recommendations.permissions import May


@tally(Desk.OFFICE)
def waiting(viewer: Viewer) -> RowsToCount:
    """The redactions that wait for this user's decision (not their own proposals)."""
    if not viewer.user.has_perm(May.DECIDE_REDACTION):
        return RowsToCount(Redaction.objects.none())
    return RowsToCount(Redaction.objects.filter(state=RedactionState.PROPOSED).exclude(proposed_by=viewer.user))


@line(Desk.OFFICE, "waits", 90)
def to_decide(viewer: Viewer) -> Iterator[HomeLine]:
    """Redactions to confirm or decline."""
    if found := viewer.tally(waiting).total():
        yield number_line(found, "redaction to decide", "redactions to decide", reverse("redactions"))
