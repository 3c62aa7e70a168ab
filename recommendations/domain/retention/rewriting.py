"""Removing words from every table, inside a verb whose entry lists each row (docs/adr/0022).

Rows are written bypassing the models; nothing else changes histories. For each trailed field the entry has the digest
before and after.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, QuerySet

from recommendations import trail
from recommendations.domain.attachments.storage import remove
from recommendations.domain.retention.columns import (
    ADDRESSES,
    NAMED_BY_PEOPLE,
    columns_of,
    derived_columns,
    is_history,
    record_of,
    searched_models,
)
from recommendations.domain.retention.places import Found, rows_with
from recommendations.domain.retention.words import SoughtWords
from recommendations.domain.search.following import follow_rows, forget_words, rebuild_index
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildKind, BuildState
from recommendations.models import (
    Attachment,
    ChiefOfficerComments,
    FileDraft,
    IssuedFile,
    PaperBuild,
    RegisterExport,
    ShortLivedValue,
    StoredFile,
    TrailEntry,
)
from recommendations.models.base import Guarded
from recommendations.models.reminders.reminders import LedgerMail
from recommendations.search_words import read_words
from recommendations.session_store import data_of
from recommendations.trail import VerbContext

# SQL by hand: what SQLite leaves of a text on the disk

INSTEAD_OF_A_FILE = b"This file was removed: it had personal data that does not belong here.\n"
PLAIN = "text/plain; charset=utf-8"

type Wanted = Callable[[type[models.Model], str], bool]


@dataclass
class Rewriting:
    """A removal of words from the whole database, and what it changed so far."""

    act: VerbContext
    words: SoughtWords
    wanted: Wanted = lambda model, column: True
    texts: int = 0
    replaced: dict[tuple[type[models.Model], Any], dict[str, dict[str, str]]] = field(default_factory=dict)
    changed: dict[type[models.Model], list[int]] = field(default_factory=dict)

    def run(self) -> int:
        """Remove the words everywhere; return the number of texts. Raises Refusal if two records would become alike."""
        _overwrite_what_goes()
        try:
            found = [(model, self._out_of_table(model)) for model in searched_models()]
            for model, pks in found:  # derived values may depend on another table's texts
                self._derive_again(model, pks)
                if pks and not is_history(model):
                    self.changed[model] = pks
        except IntegrityError:
            raise Refusal(
                "Without these words two records would have the same name or reference. Change one of them first."
            ) from None
        for (record, pk), removed in self.replaced.items():
            self.act.say(record(pk=pk), removed=removed)
        self._out_of_search()
        return self.texts

    def _out_of_search(self) -> None:
        """Rebuild the search entries of these records, and the index, so that neither keeps the words."""
        for model, pks in self.changed.items():
            follow_rows(model, pks)
        forget_words(read_words(self.words.text))
        rebuild_index()

    def _out_of_table(self, model: type[models.Model]) -> list[Any]:
        """Remove the words from the rows of a table; return the keys of those rows."""
        pks = []
        for row in list(rows_with(model, self.words)):
            pks.append(row.pk)
            self._out_of_row(model, row)
        return pks

    def _out_of_row(self, model: type[models.Model], row: Found) -> None:
        values = {name: value for name, value in row.values.items() if self._is_replaced(model, name)}
        if not values:
            return
        now = {name: self._redacted_value(model, name, value) for name, value in values.items()}
        for name, value in values.items():
            self.note(model, row.record, name, value, now[name])
        self.texts += len(now)
        raised: dict[str, Any] = {"version": F("version") + 1} if _has_version(model) else {}
        # written at once: words are taken out of a row past its guard, inside the verb that says so
        QuerySet(model).filter(pk=row.pk).update(**now, **raised)
        self._update_dependants(model, row)

    def _is_replaced(self, model: type[models.Model], name: str) -> bool:
        return name not in derived_columns(model) and self.wanted(model, name)

    def _redacted_value(self, model: type[models.Model], name: str, value: Any) -> Any:
        column = next(each for each in columns_of(model) if each.attname == name)
        named = record_of(model).__name__ in NAMED_BY_PEOPLE
        now = self.words.out_of(value, keys=named, in_address=isinstance(column, ADDRESSES))
        if isinstance(column, models.EmailField):
            return f"{self.words.in_address}@removed.invalid"
        return now[: column.max_length] if isinstance(now, str) and column.max_length else now

    def _derive_again(self, model: type[models.Model], pks: list[Any]) -> None:
        """Compute the derived columns of these rows again, and note what changed."""
        derived = derived_columns(model)
        for row in QuerySet[Any](model).filter(pk__in=pks) if derived else ():
            now = {column: compute(row) for column, compute in derived.items()}
            for column, value in now.items():
                self.note(model, row.id if is_history(model) else row.pk, column, getattr(row, column), value)
            # written at once: what follows from texts that were redacted, inside the verb
            QuerySet[Any](model).filter(pk=row.pk).update(**now)

    def _update_dependants(self, model: type[models.Model], row: Found) -> None:
        """Update what depends on a row: the hash an entry should now have, or the file a text was read from."""
        if model is TrailEntry:
            entry = TrailEntry.objects.get(pk=row.pk)
            self.act.say(entry, reads=trail.entry_hash(entry))
        if model is ChiefOfficerComments and (file := ChiefOfficerComments.objects.get(pk=row.pk).file):
            self._empty(file)
        if model is StoredFile:
            self._remove_bytes(row.pk)

    def _empty(self, file: IssuedFile) -> None:
        """Replace an uploaded file by a line that says it was removed."""
        now = {"content": INSTEAD_OF_A_FILE, "sha256": hashlib.sha256(INSTEAD_OF_A_FILE).hexdigest()}
        now |= {"media_type": PLAIN, "name": "removed"}
        for name, value in now.items():
            self.note(IssuedFile, file.pk, name, getattr(file, name), value)
        # written at once: a file with the words is emptied, inside the verb that says so
        QuerySet(IssuedFile).filter(pk=file.pk).update(**now)

    def _remove_bytes(self, sha256: str) -> None:
        """Delete the bytes that a text was read from, for all attachments with them; these stay on record."""
        for attachment in Attachment.on_file.select_for_update().filter(sha256=sha256, removed_at__isnull=True):
            attachment.removed_at = self.act.at
            self.act.save(attachment)
        # written at once: the text of bytes that go is no record
        StoredFile.objects.filter(pk=sha256).update(text="")
        transaction.on_commit(partial(remove, sha256))

    def note(self, model: type[models.Model], pk: Any, column: str, before: Any, now: Any) -> None:
        """Note a field's digests before and after, if the trail records it."""
        record = record_of(model)
        was, reads = trail.digest(before), trail.digest(now)
        if was != reads and issubclass(record, (Guarded, LedgerMail)) and is_trailed(record, column):
            fields = self.replaced.setdefault((record, pk), {})
            fields.setdefault(column, {})[was] = reads

    def out_of_drafts(self) -> None:
        """Delete uploads, previews, exports, cached values and sessions that contain, or may contain, the words."""
        drafts = [each.pk for each in FileDraft.objects.all() if self._is_in_bytes(each.text, bytes(each.content))]
        # written at once: a file on its way in is no record
        FileDraft.objects.filter(pk__in=drafts).delete()
        # written at once: a preview of a draft is no record, and can be made again
        PaperBuild.objects.filter(kind=BuildKind.PREVIEW, state=BuildState.DONE).delete()
        # written at once: nor is a file of the register; one being built is requested again
        RegisterExport.objects.all().delete()
        for value in ShortLivedValue.objects.filter(value__icontains=self.words.token):
            # written at once: a cache, which is no record
            ShortLivedValue.objects.filter(pk=value.pk).delete()
        for session in Session.objects.iterator():
            if self.words.are_in(trail.canonical(data_of(session))):
                # written at once: a session with the words in it ends
                Session.objects.filter(pk=session.pk).delete()

    def _is_in_bytes(self, text: str, content: bytes) -> bool:
        """Whether a file has the words: in its text (replaced by now), or in its bytes, which can't be replaced."""
        return self.words.instead in text or self.words.are_in(content.decode(errors="ignore"))


def is_trailed(model: type[models.Model], column: str) -> bool:
    """Whether the trail records a column."""
    return any(each.attname == column for each in trail.trailed_fields(record_of(model)))


def _has_version(model: type[models.Model]) -> bool:
    """Whether the model has a version, so that somebody with the record open is told of a change (models/base.py)."""
    columns = model._meta.concrete_fields
    return not is_history(model) and any(each.attname == "version" for each in columns)


def _overwrite_what_goes() -> None:
    """Make SQLite overwrite deleted data, which it otherwise leaves on disk until the space is used again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def may_rewrite() -> bool:
    """Whether this connection may change the trail. On PostgreSQL an office can reserve that for the owner's role."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [TrailEntry._meta.db_table])
        return bool(cursor.fetchone()[0])


def check_may_rewrite() -> None:
    """Raise Refusal if this connection may not change the trail."""
    if not may_rewrite():
        raise Refusal("This role may not change the trail. Run the command with the owner’s DATABASE_URL.")
