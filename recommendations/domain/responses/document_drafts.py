"""Documents that are being imported: kept from when they are read until they are saved, discarded or 30 days old.

They are no records, so they have no history or audit entry.
"""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from recommendations.models import DocumentDraft, DocumentLayout, User

KEPT = datetime.timedelta(days=30)


def keep_document(
    *,
    by: User,
    at: datetime.datetime,
    kind: str,
    name: str,
    lines: Sequence[Any],
    typed: dict[str, str],
    layout: DocumentLayout | None = None,
) -> DocumentDraft:
    """Store a document that was read, with the facts that were typed with it, and the layout that it is in, if known.
    Returns the draft.
    """
    facts = {"kind": kind, "name": name[-200:], "lines": lines, "typed": typed, "layout": layout}
    draft = DocumentDraft(by=by, at=at, changed_at=at, **facts)
    # no record: a document on its way in
    draft.save(force_insert=True)
    return draft


def change_document(
    *, draft: DocumentDraft, at: datetime.datetime, change: Callable[[DocumentDraft], bool]
) -> DocumentDraft:
    """Call `change` with the newest state of the draft, locked, and store it if that returns True. Returns this state.

    Raises DocumentDraft.DoesNotExist if it was saved or discarded meanwhile.
    """
    with transaction.atomic():
        newest = DocumentDraft.objects.select_for_update().get(pk=draft.pk)
        newest.layout = draft.layout  # never changed
        if change(newest):
            newest.version += 1
            newest.changed_at = at
            # no record: a document on its way in
            newest.save()
    return newest


def discard_document(*, draft: DocumentDraft) -> None:
    """Delete a document that was saved, or that its owner discards."""
    # written at once: a document on its way in is no record
    DocumentDraft.objects.filter(pk=draft.pk).delete()
