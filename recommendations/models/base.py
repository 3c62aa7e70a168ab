"""Base classes of records: written by verbs only, with a history, never deleted."""

import datetime
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.db.models.functions import RowNumber
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from recommendations import trail

_unrecorded: ContextVar[bool] = ContextVar("unrecorded", default=False)


@contextmanager
def unrecorded() -> Iterator[None]:
    """Let a request write what is no record to a table of records: a preference, a new hash of the same password."""
    token = _unrecorded.set(True)
    try:
        yield
    finally:
        _unrecorded.reset(token)


def is_unrecorded() -> bool:
    """Whether what is written now is no record, inside `unrecorded`."""
    return _unrecorded.get()


class ActedRow(models.Model):
    """The base of history rows: also keeps the actor's name as text, which outlives the account."""

    # Fields that simple-history adds.
    id: int
    history_date: datetime.datetime
    history_change_reason: str | None

    history_actor = models.CharField(max_length=200, default=trail.actor_name, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if (act := trail.acting()) is not None:
            act.history_moment = self.history_date


class RecordQuerySet(models.QuerySet):
    """A queryset for reading. Bulk writes are refused, because they would bypass history and trail."""

    def update(self, **values):
        raise trail.WriteOutsideVerb("update() escapes the history: save each record inside a verb")

    def bulk_create(self, *args, **kwargs):
        raise trail.WriteOutsideVerb("bulk_create() escapes the history: save each record inside a verb")

    def bulk_update(self, *args, **kwargs):
        raise trail.WriteOutsideVerb("bulk_update() escapes the history: save each record inside a verb")

    def delete(self):
        raise trail.WriteOutsideVerb("records are not deleted: withdraw or supersede them, with a reason")

    delete.alters_data = True  # type: ignore[attr-defined]  # Django's mark on a method
    delete.queryset_only = True  # type: ignore[attr-defined]  # the same

    def claim_version(self, record) -> bool:
        """Increment `record.version` if it is still the one that was read. False: someone else was first.

        The conditional UPDATE is what keeps two editors apart; the caller saves the record, with history, right after.
        """
        claimed: models.QuerySet = models.QuerySet(self.model, using=self.db).filter(
            pk=record.pk, version=record.version
        )
        # written at once: a conditional UPDATE claims the version, inside a verb
        if not claimed.update(version=models.F("version") + 1):
            return False
        record.version += 1
        return True

    def raise_versions(self, records) -> None:
        """Increment the version of each of `records`, which must be locked."""
        rows: models.QuerySet = models.QuerySet(self.model, using=self.db).filter(pk__in=[each.pk for each in records])
        # written at once: each takes its next version, inside a verb
        rows.update(version=models.F("version") + 1)
        for each in records:
            each.version += 1


class OneHistoryManager(HistoryManager):
    """Makes its class once: simple-history asks for it at each access to a history, each save included."""

    @classmethod
    @functools.cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """Gives each history its own reason field: a shared field would write to the table of the last model."""

    def _get_history_change_reason_field(self):
        return models.TextField(null=True)


def history(**options) -> HistoricalRecords:
    """The history of a record: who (as a user and as text), when, why, and every field."""
    return History(bases=[ActedRow], get_user=trail.actor, history_manager=OneHistoryManager, **options)


class Guarded(models.Model):
    """A row that only verbs can write and nobody can delete.

    Columns that follow from texts of the row, such as a digest, are named in `derived_columns` (column → function
    of a row of the table or its history): a redaction computes them again.
    """

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if trail.acting() is None:
            raise trail.WriteOutsideVerb(f"{type(self).__name__} is saved outside a verb (domain/)")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise trail.WriteOutsideVerb("records are not deleted: withdraw or supersede them, with a reason")


class Record(Guarded):
    """The base of all records: guarded, with a history."""

    history = history(inherit=True)

    class Meta:
        abstract = True


class ActiveManager(models.Manager):
    """A manager without withdrawn records, which appear in no list, count or choice."""

    def get_queryset(self):
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Withdrawable(Record):
    """A record that can be withdrawn, as if it had never been added. `on_file` includes withdrawn ones."""

    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn_why = models.TextField(blank=True, default="", editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_withdrawn_says_why",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_why="")),
            ),
        ]


def latest_index(name: str, *said: str) -> models.Index:
    """An index for the dated rows of a recommendation, latest first.

    On PostgreSQL it includes the columns `said` of the latest row that counts need, for an index-only scan.
    """
    order = ["tracked", "-effective_on", "-recorded_at", "-id"]
    return models.Index(fields=order, include=["withdrawn_at", *said] if said else None, name=f"{name}_latest")


def recorded_index(name: str) -> models.Index:
    """An index for what was recorded since a moment; on PostgreSQL an index-only scan gives recommendation and day."""
    return models.Index(
        fields=["recorded_at"],
        include=["id", "tracked", "effective_on"],
        condition=models.Q(withdrawn_at__isnull=True),
        name=f"{name}_recorded",
    )


class DatedRow(Record):
    """A fact that is true from a day on (`effective_on`), with the moment that it was recorded.

    The latest row that is not withdrawn is in force; each row has all the fields of its voice.
    """

    effective_on = models.DateField("day")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        ordering = ["-effective_on", "-recorded_at", "-id"]
        indexes = [latest_index("%(class)s")]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_reason",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_why="")),
                violation_error_message="Give a reason for the withdrawal.",
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_by_at",
                condition=models.Q(withdrawn_by__isnull=True) | models.Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_after_recorded",
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gte=models.F("recorded_at")),
            ),
        ]


LATEST_FIRST = ("-effective_on", "-recorded_at", "-id")


class DatedQuerySet(RecordQuerySet):
    """Rows of one voice, as at a day and as known at a moment."""

    def standing(self, as_at=None, known_at=None):
        """Rows in force on `as_at` (a London day), recorded and not withdrawn at `known_at` (UTC)."""
        rows = self
        if as_at is not None:
            rows = rows.filter(effective_on__lte=as_at)
        if known_at is None:
            return rows.filter(withdrawn_at__isnull=True)
        return rows.filter(
            models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gt=known_at), recorded_at__lte=known_at
        )

    def latest_first(self):
        return self.order_by(*LATEST_FIRST)

    def latest_of_each(self):
        """Of these rows, the latest of each tracked recommendation: `filter` first, also by the day."""
        place = models.Window(RowNumber(), partition_by="tracked", order_by=LATEST_FIRST)
        return self.order_by().alias(place=place).filter(place=1)
