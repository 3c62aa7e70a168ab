"""The first-page line about redactions that wait for a second person."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.enums.retention import RedactionState
from recommendations.models import Redaction
from recommendations.permissions import May


@line(Desk.OFFICE, "waits", 90)
def to_decide(context: HomeContext) -> Iterator[HomeLine]:
    """Redactions to confirm or decline: not the user's own proposals."""
    if not context.user.has_perm(May.DECIDE_REDACTION):
        return
    proposed = Redaction.objects.filter(state=RedactionState.PROPOSED)
    if number := proposed.exclude(proposed_by=context.user).count():
        yield number_line(number, "redaction to decide", "redactions to decide", reverse("redactions"))
