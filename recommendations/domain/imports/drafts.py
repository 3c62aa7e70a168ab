"""Spreadsheets on their way in: what was read of a file and answered so far, for the person who brought it alone.

A draft is no record: it has no history, it leaves no entry on the trail, and it is let go after a day.
"""

import datetime
import secrets

from django.db.models import QuerySet

from recommendations.models import SheetDraft, User

KEPT = datetime.timedelta(days=1)
REGISTER = "register"


def keep_draft(
    *, by: User | None, at: datetime.datetime, name: str, sha256: str, table: dict, answers: dict
) -> SheetDraft:
    """Keep what was read of a file on its way into the register, under a token that nobody can guess.

    That person's drafts of this kind that are older than a day are let go. Returns the draft.
    """
    # written at once: a person's pending imports of more than a day ago are no records
    SheetDraft.objects.filter(by=by, purpose=REGISTER, at__lt=at - KEPT).delete()
    draft = SheetDraft(token=secrets.token_urlsafe(24), by=by, at=at, name=name[:200], sha256=sha256)
    draft.table, draft.answers = table, answers
    # no record: a pending import
    draft.save(force_insert=True)
    return draft


def find_draft(*, token: str, by: User | None, at: datetime.datetime) -> SheetDraft | None:
    """This person's draft with this token; None where it is somebody else's, is older than a day, or never was."""
    return _drafts(token, by, at).first()


def has_draft(*, token: str, by: User | None, at: datetime.datetime) -> bool:
    """Whether find_draft would find it. It does not read all that the file says, so it can be asked often."""
    return _drafts(token, by, at).exists()


def _drafts(token: str, by: User | None, at: datetime.datetime) -> QuerySet:
    return SheetDraft.objects.filter(token=token, by=by, purpose=REGISTER, at__gte=at - KEPT)


def keep_answers(*, draft: SheetDraft, answers: dict) -> None:
    """Keep what was answered about a draft so far."""
    draft.answers = answers
    # no record: a pending import
    draft.save(update_fields=["answers"])


def let_go_draft(*, draft: SheetDraft) -> None:
    """Delete a draft that was brought in, where its file may name persons."""
    draft.delete()
