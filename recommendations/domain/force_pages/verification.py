"""Detecting subscribers that were written straight to the database: each is sealed, as the trail has none of them."""

from collections.abc import Iterator

from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.verification import also
from recommendations.models import ForceSubscriber

CHANGED = f"The {ForceSubscriber._meta.verbose_name} {{pk}} was changed, or inserted."


@also
def wrong_subscribers() -> Iterator[str]:
    """A line for each subscriber that does not match its seal."""
    for row in rows_of(ForceSubscriber.objects.order_by("pk")):
        if isinstance(row, UnreadableRow) or not row.is_as_sealed:
            yield CHANGED.format(pk=row.pk)
