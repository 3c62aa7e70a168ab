"""Read undated facts as they were at an earlier audit trail entry: names, texts, leads, deadlines, labels, rules.

Dated rows can be read for any day and moment directly. Undated facts are overwritten, but their history has the old
values. So the tables that changed since are copied to temporary tables of the same name, which this connection then
reads instead, and each later change is undone in the copies, newest first. The register itself is not written.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from recommendations import trail
from recommendations.domain.audit.removals import Removals
from recommendations.models import (
    Addressee,
    Assurance,
    Attendance,
    Closure,
    Commitment,
    CommitmentCheck,
    CommitmentMove,
    CommitteeRequest,
    Delay,
    Dispute,
    Evidence,
    FactualCheck,
    FactualCorrection,
    Force,
    ForceUpdate,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    Label,
    Meeting,
    MonitoringStage,
    Oversight,
    Panel,
    PaperWords,
    PartDischarged,
    PeelCycle,
    PeelGrade,
    PlanAnnouncement,
    PlannedInspection,
    PolicingBody,
    RagRule,
    Recheck,
    Recommendation,
    RequestAnswer,
    Response,
    ResponseInspection,
    ResponseVersion,
    Restriction,
    SubRecommendation,
    TargetDate,
    TrackedRecommendation,
    TrailEntry,
    Transfer,
    User,
    Weight,
)
from recommendations.models.base import Record

# SQL by hand: to read all of one moment, an earlier one

UNDATED = (
    Addressee,
    Attendance,
    Commitment,
    CommitteeRequest,
    Evidence,
    FactualCheck,
    FactualCorrection,
    Force,
    Inspection,
    InspectionForce,
    Label,
    Meeting,
    Oversight,
    Panel,
    PaperWords,
    PeelCycle,
    PlannedInspection,
    PolicingBody,
    RagRule,
    Recommendation,
    RequestAnswer,
    Response,
    ResponseInspection,
    ResponseVersion,
    SubRecommendation,
    TrackedRecommendation,
    User,
)
# These rows have their recording time. Only what was recorded while a paper was being compiled is undone.
DATED = (
    Assurance,
    Closure,
    CommitmentCheck,
    CommitmentMove,
    Dispute,
    Delay,
    ForceUpdate,
    InspectorateStatus,
    MonitoringStage,
    PartDischarged,
    PeelGrade,
    PlanAnnouncement,
    Recheck,
    Restriction,
    TargetDate,
    Transfer,
    Weight,
)
type Recorded = type[Record] | type[User]  # the models that have a history
CHUNK = 100  # entries at a time
BATCH = 400  # rows at a time
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ", "sqlite": "BEGIN DEFERRED"}
TEMPORARY = {"postgresql": "pg_temp", "sqlite": "temp"}


@contextmanager
def rewinding() -> Iterator["Rewound"]:
    """Read everything inside this context as of one moment, rewound as far as asked. It leaves nothing behind."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield Rewound()
            transaction.set_rollback(True)
        return
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT[connection.vendor])
    try:
        yield Rewound()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


class Rewound:
    """This connection's register, and how far it has been rewound. It only goes back."""

    def __init__(self) -> None:
        self.models: dict[str, Recorded] = {model._meta.label_lower: model for model in (*UNDATED, *DATED)}
        # An entry can name a column that a later version removed.
        self.columns = {model: {each.attname: each for each in trail.trailed(model)} for model in self.models.values()}
        self.copied: set[Recorded] = set()
        self.at: int | None = None  # the last entry still in effect, or None before anything is undone
        self.saves: dict[tuple[Recorded, int], int] = {}  # (model, row) → the history row in effect now
        self.removals = Removals.read()

    def to(self, count: int, known_at: datetime) -> None:
        """Undo what the trail records after entry number `count`, and drop dated rows recorded after `known_at`.

        Must be called in trail order, newest first.
        """
        while later := self._entries_after(count):
            for entry in later:
                self._take_back(entry, known_at)
            self.at = later[-1].sequence - 1

    def _entries_after(self, count: int) -> list[TrailEntry]:
        entries = TrailEntry.objects.filter(sequence__gt=count)
        if self.at is not None:
            entries = entries.filter(sequence__lte=self.at)
        return list(entries.only("sequence", "at", "changes").order_by("-sequence")[:CHUNK])

    def _take_back(self, entry: TrailEntry, known_at: datetime) -> None:
        added: defaultdict[Recorded, list[int]] = defaultdict(list)
        changed: defaultdict[Recorded, dict[int, dict[str, str]]] = defaultdict(dict)
        for change in json.loads(entry.changes):
            model = self.models.get(change["model"])
            if model is None or (model in DATED and entry.at > known_at):
                continue
            fields = self.removals.as_it_reads(entry.sequence, change["model"], change["id"], change["fields"])
            if model._meta.pk.attname in fields:
                added[model].append(change["id"])
            elif said := {name: of for name, of in fields.items() if name in self.columns[model]}:
                changed[model][change["id"]] = said
        for touched, digests in changed.items():
            self._restore(touched, digests)
        for touched, pks in added.items():
            self._remove(touched, pks)

    def _restore(self, model: Recorded, said: dict[int, dict[str, str]]) -> None:
        """Restore these fields of each row to their values before the entry, using the row's history."""
        self._copy(model)
        columns = self.columns[model]
        with connection.cursor() as cursor:
            for pk, before in self._before(model, said, columns):
                values = {columns[name]: before[name] for name in said[pk]}
                cursor.execute(
                    f"UPDATE {_copy_of(model)} SET {', '.join(f'{_quoted(each.column)} = %s' for each in values)} "
                    f"WHERE {_quoted(model._meta.pk.column)} = %s",
                    [*(each.get_db_prep_save(value, connection) for each, value in values.items()), pk],
                )

    def _before(
        self, model: Recorded, said: dict[int, dict[str, str]], columns: Collection[str]
    ) -> Iterator[tuple[int, dict]]:
        """Yield each row's history row from before the entry: the newest that does not match the entry's digests."""
        pks = sorted(said)
        for start in range(0, len(pks), BATCH):
            saves = defaultdict(list)
            found = model.history.filter(id__in=pks[start : start + BATCH]).order_by("-history_id")
            for save in found.values("history_id", *columns):
                saves[save["id"]].append(save)
            for pk, rows in saves.items():
                last = self.saves.get((model, pk))
                earlier = (row for row in rows if last is None or row["history_id"] <= last)
                before = next((row for row in earlier if not _is(row, said[pk])), None)
                if before:
                    self.saves[model, pk] = before["history_id"]
                    yield pk, before

    def _remove(self, model: Recorded, pks: list[int]) -> None:
        self._copy(model)
        with connection.cursor() as cursor:
            for start in range(0, len(pks), BATCH):
                some = pks[start : start + BATCH]
                places = ", ".join(["%s"] * len(some))
                key = _quoted(model._meta.pk.column)
                cursor.execute(f"DELETE FROM {_copy_of(model)} WHERE {key} IN ({places})", some)

    def _copy(self, model: Recorded) -> None:
        """Create the temporary table that this connection reads from now on, with the indexes that look-ups need."""
        if model in self.copied:
            return
        self.copied.add(model)
        table = _quoted(model._meta.db_table)
        source = f"main.{table}" if connection.vendor == "sqlite" else table
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {source}")
            for place, each in enumerate(model._meta.concrete_fields):
                if each.primary_key or each.is_relation:
                    name = f"rewound_{len(self.copied)}_{place}"
                    name = f"temp.{name}" if connection.vendor == "sqlite" else name
                    cursor.execute(f"CREATE INDEX {name} ON {table} ({_quoted(each.column)})")
            if connection.vendor == "postgresql":
                cursor.execute(f"ANALYZE {table}")


def _is(save: dict, said: dict[str, str]) -> bool:
    return all(trail.digest(save[name]) == digest for name, digest in said.items() if name in save)


def _copy_of(model: Recorded) -> str:
    """Return the copy's qualified name, so that nothing else can be written."""
    return f"{TEMPORARY[connection.vendor]}.{_quoted(model._meta.db_table)}"


def _quoted(name: str | None) -> str:
    assert name is not None  # the stubs allow fields without a column, which concrete fields never are
    return connection.ops.quote_name(name)
