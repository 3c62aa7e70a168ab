"""The first-page item about redactions that wait for a second person."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.enums.retention import RedactionState
from recommendations.models import Redaction
from recommendations.permissions import May


@line(Desk.OFFICE, "decide", 90)
def to_decide(context: HomeContext) -> Iterator[HomeItem]:
    """Redactions to confirm or decline: not the user's own proposals."""
    if not context.user.has_perm(May.DECIDE_REDACTION):
        return
    proposed = Redaction.objects.filter(state=RedactionState.PROPOSED)
    if number := proposed.exclude(proposed_by=context.user).count():
        yield HomeItem(f"Decide {count(number, 'redaction', 'redactions')}", reverse("redactions"), number=number)
