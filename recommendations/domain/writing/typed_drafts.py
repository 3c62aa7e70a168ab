"""What a person types in a form of a record, saved as they type. It is no record, in no trail, and theirs alone."""

import datetime

from django.db import transaction

from recommendations.models import TypedDraft, User

LONGEST = 200_000  # characters of one form


def save_typed(*, place: str, fields: dict[str, str], by: User, at: datetime.datetime) -> TypedDraft | None:
    """Keep what `by` typed in the form at `place`, in place of what they typed before; with no fields nothing is left.

    Of two windows of one person the last one counts. What is too long is not kept: None, and the last one stays.
    """
    if not fields:
        discard_typed(place=place, by=by)
        return None
    if sum(len(name) + len(text) for name, text in fields.items()) > LONGEST:
        return None
    with transaction.atomic():
        # written at once: what is not saved yet is no record
        return TypedDraft.objects.update_or_create(by=by, place=place, defaults={"fields": fields, "at": at})[0]


def typed_in(*, place: str, by: User) -> TypedDraft | None:
    """What this person typed in the form at `place` and has not saved."""
    return TypedDraft.objects.filter(by=by, place=place).first()


def discard_typed(*, place: str, by: User) -> None:
    """Forget what this person typed there: it is saved, or not wanted."""
    # written at once: what is not saved yet is no record
    TypedDraft.objects.filter(by=by, place=place).delete()


def discard_all_typed(*, of: User) -> None:
    """Forget all that a person typed and did not save: they have left."""
    # written at once: what is not saved yet is no record
    TypedDraft.objects.filter(by=of).delete()
