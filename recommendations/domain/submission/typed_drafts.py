"""Autosaved form drafts: what a user types in a record's form. Not records, not in the trail, only for that user."""

import datetime

from django.db import transaction

from recommendations.models import TypedDraft, User

LONGEST = 200_000  # characters of one form


def save_typed(*, place: str, fields: dict[str, str], by: User, at: datetime.datetime) -> TypedDraft | None:
    """Save what `by` typed in the form at `place`, replacing the previous draft; without fields the draft is deleted.

    With two windows, the last save wins. A text that is too long is not saved: returns None, and the old draft stays.
    """
    if not fields:
        discard_typed(place=place, by=by)
        return None
    if sum(len(name) + len(text) for name, text in fields.items()) > LONGEST:
        return None
    with transaction.atomic():
        # written at once: what is not saved yet is no record
        return TypedDraft.objects.update_or_create(by=by, place=place, defaults={"fields": fields, "at": at})[0]


def typed_draft(*, place: str, by: User) -> TypedDraft | None:
    """What this user typed in the form at `place` and has not saved, or None."""
    return TypedDraft.objects.filter(by=by, place=place).first()


def discard_typed(*, place: str, by: User) -> None:
    """Delete this user's draft of a form: it was saved, or is not wanted."""
    # written at once: what is not saved yet is no record
    TypedDraft.objects.filter(by=by, place=place).delete()


def discard_all_typed(*, of: User) -> None:
    """Delete all drafts of a person who has left."""
    # written at once: what is not saved yet is no record
    TypedDraft.objects.filter(by=of).delete()
