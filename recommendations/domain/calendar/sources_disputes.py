"""The days on which the office reviews what it decided on recommendations that the force does not accept."""

from collections.abc import Iterator

from recommendations.domain.calendar.entries import (
    CalendarEntry,
    CalendarSpan,
    EntryKind,
    late_words,
    one_force,
    source,
)
from recommendations.models import Standing, User
from recommendations.permissions import May

DISPUTE = EntryKind("dispute", "Review of a dispute")


@source(75, DISPUTE, May.RECORD_ASSURANCE)
def reviews(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """Of open recommendations. One query."""
    found = Standing.objects.visible_to(user).on(span.today).open().filter(dispute_review_on__lte=span.last)
    for each in found.select_related("tracked", "force"):
        assert each.dispute_review_on is not None  # only those with a day are asked for
        yield CalendarEntry(
            DISPUTE,
            each.tracked_id,
            each.dispute_review_on,
            f"Decision on a dispute to review: {each.reference}, {each.force.short_name}",
            f"Decision on a dispute to review: {each.force.short_name}",
            each.tracked.get_absolute_url(),
            each.tracked.recorded_at,
            forces=one_force(each.force_id),
            is_late=each.dispute_review_on < span.today,
            note=late_words(each.dispute_review_on, span.today),
            is_own=each.tracked.opcc_person_id == user.pk,
        )
