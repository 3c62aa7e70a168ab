"""Files with a chief officer's comments on their way in, for the person who brought one: bytes, and the words in them.

A draft is no record: it has no history, it leaves no entry on the trail, and it is let go after a day.
"""

import datetime
import secrets

from recommendations.models import FileDraft, Force, Response, User

KEPT = datetime.timedelta(days=1)


def keep_file(
    *, response: Response, force: Force, name: str, content: bytes, text: str, by: User | None, at: datetime.datetime
) -> FileDraft:
    """Keep a file under a token that nobody can guess, with the words that were read of it. Returns the draft.

    That person's files that are older than a day are let go.
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
    """This person's file with this token, for these comments; None where it is another's, too old, or never was."""
    found = FileDraft.objects.filter(token=token, by=by, response=response, force=force, at__gte=at - KEPT)
    return found.first() if token else None


def let_go(draft: FileDraft) -> None:
    """Let go of a file: it is on record now, or nobody wants it."""
    # written at once: the file is on record now
    FileDraft.objects.filter(token=draft.token).delete()
