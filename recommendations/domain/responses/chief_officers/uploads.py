"""Uploaded files with a chief officer's comments, kept for the uploader until the comments are recorded.

An upload is not a record: it has no history or audit entry, and is deleted after a day.
"""

import datetime
import secrets

from recommendations.models import FileDraft, Force, Response, User

KEPT = datetime.timedelta(days=1)


def keep_file(
    *, response: Response, force: Force, name: str, content: bytes, text: str, by: User | None, at: datetime.datetime
) -> FileDraft:
    """Store an uploaded file, with the text read from it, under an unguessable token. Returns the upload.

    Deletes the same user's uploads that are more than a day old.
    """
    # written at once: pending uploads that are too old are no records
    FileDraft.objects.filter(by=by, at__lt=at - KEPT).delete()
    draft = FileDraft(token=secrets.token_urlsafe(24), by=by, at=at, response=response, force=force)
    draft.name, draft.content, draft.text = name[-200:], content, text
    # no record: a pending upload
    draft.save(force_insert=True)
    return draft


def find_file(
    *, response: Response, force: Force, token: str, by: User | None, at: datetime.datetime
) -> FileDraft | None:
    """Return this user's upload with this token for these comments, or None if there is none or it is too old."""
    found = FileDraft.objects.filter(token=token, by=by, response=response, force=force, at__gte=at - KEPT)
    return found.first() if token else None


def delete_upload(draft: FileDraft) -> None:
    """Delete an upload that was recorded or is no longer needed."""
    # written at once: the file is on record now
    FileDraft.objects.filter(token=draft.token).delete()
