"""Records are written by verbs alone, and by no GET."""

import re

from django.db import connection, models
from django.urls import reverse

from recommendations import trail
from recommendations.models import (
    AccountSeal,
    CommentsDraft,
    DocumentDraft,
    DraftCommitment,
    DraftPart,
    FileDraft,
    ForceSubscriber,
    LastLook,
    PaperBuild,
    RegisterExport,
    ReminderSwitch,
    RoundDraft,
    SavedView,
    SavedViewUse,
    SearchEntry,
    SearchWord,
    SecurityEvent,
    SheetDraft,
    StoredFile,
    Submission,
    TrailEntry,
    TrailHead,
    TypedDraft,
    WebhookDelivery,
)
from recommendations.models.base import is_unrecorded

SAFE = ("GET", "HEAD", "OPTIONS")
# Standard SQL, whatever wrote it (ADR 2): what it does not see, the models still refuse.
WRITE = re.compile(
    r'\b(?:INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?"?(recommendations_\w+)', re.IGNORECASE
)


def _tables(*classes: type[models.Model]) -> frozenset[str]:
    return frozenset(each._meta.db_table for each in classes)


# Drafts, builds and what else someone keeps for themselves; the words for searching cover drafts too.
DRAFTS = _tables(
    *(RoundDraft, SheetDraft, DraftPart, DraftCommitment, CommentsDraft, FileDraft, TypedDraft, DocumentDraft),
    *(PaperBuild, RegisterExport, SavedView, SavedViewUse, StoredFile, ForceSubscriber, SearchEntry, SearchWord),
)
# Reading and downloading are events too; a seal follows each change of a password or second factor.
OPEN_TO_GET = _tables(TrailEntry, TrailHead, SecurityEvent, AccountSeal)
# Form tokens, the outcome of a test message, which changes someone marked as seen, which reminders they want.
OPEN_TO_POST = (
    _tables(TrailEntry, TrailHead, AccountSeal, Submission, WebhookDelivery, LastLook, ReminderSwitch) | DRAFTS
)


def table_written(sql: str) -> str | None:
    """The table of ours that a statement writes to, or None."""
    if sql.lstrip()[:6].upper() == "SELECT":
        return None
    found = WRITE.search(sql)
    return found[1].lower() if found else None


def guard_writes(get_response):
    """Allow requests to write records only through verbs, and GET requests not at all.

    The callback from Microsoft Entra is a GET by design and may write; its state works only once. The guard wraps the
    database connection, so it also sees raw SQL and unusual querysets. Exempt are the tables above, and in a POST what
    is written inside `unrecorded` (models/base.py).
    """

    def middleware(request):
        is_reading = request.method in SAFE and request.path_info != reverse("entra_callback")

        def execute(run, sql, params, many, context):
            table = table_written(sql)
            if table and not (table in OPEN_TO_GET if is_reading else _is_open_to_post(table)):
                raise trail.WriteOutsideVerb(f"a request tried to write {table} outside a verb, or in a GET")
            return run(sql, params, many, context)

        with connection.execute_wrapper(execute):
            return get_response(request)

    return middleware


def _is_open_to_post(table: str) -> bool:
    return trail.acting() is not None or is_unrecorded() or table in OPEN_TO_POST
