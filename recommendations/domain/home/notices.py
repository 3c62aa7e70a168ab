"""First-page lines about records assigned to this user, and notes that mention them, since their last look."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, HomeLinePart, number_line
from recommendations.domain.notes.queries import naming
from recommendations.domain.ownership.notices import HandedRecord, handed_since


@line(Desk.OFFICE, "changed", 1)
def assigned_records(context: HomeContext) -> Iterator[HomeLine]:
    """Records assigned to them and still theirs: recommendations in one line, others one by one."""
    yield from context.register.lines(
        ("changed_given", "recommendation given to you", "recommendations given to you", ())
    )
    yield from map(_line, handed_since(context.user, context.since))


def _line(each: HandedRecord) -> HomeLine:
    more = (HomeLinePart(f"{each.words}, by {each.by}" if each.by else each.words),)
    return HomeLine("1", f"{each.noun} given to you", each.url, more=more)


@line(Desk.OFFICE, "changed", 2)
def mentions(context: HomeContext) -> Iterator[HomeLine]:
    """Notes that mention them."""
    if number := naming(context.user).filter(written_at__gt=context.since).count():
        yield number_line(number, "note that names you", "notes that name you", reverse("notes"))
