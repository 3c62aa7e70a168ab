"""The first-page line about redactions that wait for a second person."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.enums.retention import RedactionState
from recommendations.models import Redaction, User
from recommendations.permissions import May


def waiting_for(user: User) -> int:
    """How many redactions wait for this user's decision (not their own proposals). At most one query."""
    if not user.has_perm(May.DECIDE_REDACTION):
        return 0
    return Redaction.objects.filter(state=RedactionState.PROPOSED).exclude(proposed_by=user).count()


@line(Desk.OFFICE, "waits", 90)
def to_decide(viewer: Viewer) -> Iterator[HomeLine]:
    """Redactions to confirm or decline."""
    if found := viewer.fetch(waiting_for):
        yield number_line(found, "redaction to decide", "redactions to decide", reverse("redactions"))
