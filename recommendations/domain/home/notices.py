"""First-page items about records given to this user, and notes that mention them, since their last look."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.domain.notes.queries import naming
from recommendations.domain.ownership.notices import handed_since


@line(Desk.OFFICE, "do", 2)
def given_records(context: HomeContext) -> Iterator[HomeItem]:
    """Commitments, rounds and responses given to them and still theirs. Recommendations: register_lines.py."""
    for each in handed_since(context.user, context.since):
        by = f" by {each.by}" if each.by else ""
        what = f"{each.noun.capitalize()} given to you{by}"
        yield HomeItem(what, each.url, each.words, context.day)


@line(Desk.OFFICE, "do", 3)
def mentions(context: HomeContext) -> Iterator[HomeItem]:
    """Notes that mention them."""
    if number := naming(context.user).filter(written_at__gt=context.since).count():
        words = f"Read {count(number, 'note that names you', 'notes that name you')}"
        yield HomeItem(words, reverse("notes"), day=context.day, number=number)
