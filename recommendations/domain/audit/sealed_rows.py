"""Detecting sealed rows that were written straight to the database: the trail has none of them."""

from collections.abc import Iterator

from django.apps import apps

from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.verification import also
from recommendations.models.sealed_rows import SealedRow

CHANGED = "The {kind} {pk} was changed, or inserted."


def sealed_models() -> list[type[SealedRow]]:
    """Every model whose rows are sealed."""
    return [model for model in apps.get_app_config("recommendations").get_models() if issubclass(model, SealedRow)]


@also
def wrong_sealed_rows() -> Iterator[str]:
    """A line for each row that does not match its seal."""
    for model in sealed_models():
        for row in rows_of(model._base_manager.order_by("pk")):
            if isinstance(row, UnreadableRow) or not row.is_as_sealed:
                yield CHANGED.format(kind=model._meta.verbose_name, pk=row.pk)
