"""Calendar entries of changes ahead of forces and policing bodies."""

from collections.abc import Iterator

from recommendations.domain.calendar.entries import CalendarEntry, CalendarSpan, EntryKind, source
from recommendations.domain.succession.wording import title_of
from recommendations.models import Succession, User
from recommendations.permissions import May

CHANGE = EntryKind("change", "Change ahead")


@source(120, CHANGE, May.SEE_CHANGES_AHEAD, is_choice=False)
def changes(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """Changes that are confirmed and not done. One query, and one for the forces where there is any."""
    found = Succession.objects.visible_to(user).open().filter(confirmed_at__isnull=False, day__lte=span.last)
    for each in found.with_names():
        yield CalendarEntry(
            CHANGE,
            each.pk,
            each.day,
            title_of(each),
            "Change of forces or policing bodies",
            each.get_absolute_url(),
            each.entered_at,
            forces=frozenset(force.pk for force in each.forces),
            is_late=each.day < span.today,
        )
