"""Uploaded spreadsheets: the rows read and the answers so far, for the uploader only.

An upload is not a record: it has no history or audit entry, and is deleted after a day.
"""

import datetime
import secrets
from typing import Any

from django.db.models import QuerySet

from recommendations.models import SheetDraft, User

KEPT = datetime.timedelta(days=1)
REGISTER = "register"


def keep_draft(
    *, by: User | None, at: datetime.datetime, name: str, sha256: str, table: dict, answers: dict
) -> SheetDraft:
    """Store the rows read from a register spreadsheet under an unguessable token. Returns the upload.

    Deletes the same user's uploads of this kind that are more than a day old.
    """
    # written at once: a person's pending imports of more than a day ago are no records
    SheetDraft.objects.filter(by=by, purpose=REGISTER, at__lt=at - KEPT).delete()
    draft = SheetDraft(token=secrets.token_urlsafe(24), by=by, at=at, name=name[:200], sha256=sha256)
    draft.table, draft.answers = table, answers
    # no record: a pending import
    draft.save(force_insert=True)
    return draft


def find_draft(*, token: str, by: User | None, at: datetime.datetime) -> SheetDraft | None:
    """Return this user's upload with this token, or None if there is none or it is more than a day old."""
    return _drafts(token, by, at).first()


def has_draft(*, token: str, by: User | None, at: datetime.datetime) -> bool:
    """Whether `find_draft` would find it, without loading the rows, so that it is cheap to ask often."""
    return _drafts(token, by, at).exists()


def _drafts(token: str, by: User | None, at: datetime.datetime) -> QuerySet:
    return SheetDraft.objects.filter(token=token, by=by, purpose=REGISTER, at__gte=at - KEPT)


def keep_answers(*, draft: SheetDraft, answers: dict) -> None:
    """Save the answers given so far for an upload."""
    draft.answers = _without_nul(answers)
    # no record: a pending import
    draft.save(update_fields=["answers"])


def _without_nul(answers: Any) -> Any:
    """The answers without NUL characters in what was typed, which PostgreSQL refuses."""
    if isinstance(answers, dict):
        return {key: _without_nul(value) for key, value in answers.items()}
    if isinstance(answers, list):
        return [_without_nul(value) for value in answers]
    return answers.replace("\x00", "") if isinstance(answers, str) else answers


def discard_draft(*, draft: SheetDraft) -> None:
    """Delete an upload after its import, because its file may name people."""
    draft.delete()
