"""What entries of the trail took out of the record, so that what is left is held against what it should read now.

An entry that takes words out names each row and field, the digest that the field had and the one that it has now, and
of each earlier entry that it changed the hash that this would have now. It counts only where its seal is right, which
nobody can make without the key (models/retention.py): a tamper that calls itself a redaction is found as both.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from recommendations import keys, trail
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.models import EntrySeal, TrailEntry
from recommendations.models.retention import REMOVING, REWRITING, sealed_entry

type Digests = dict[str, str]  # of a row's fields, as an entry has them
type Replaced = dict[str, dict[str, str]]  # field → the digest that it had → the one that it has now

ENTRY = TrailEntry._meta.label_lower
USER = "recommendations.user"
PASSED = {
    "confirm_redaction": "redaction",
    "carry_out_redaction": "redaction",
    "make_former": "former officer",
    "fold_access_records": "folding",
}


@dataclass
class Removals:
    """What was taken out, entry by entry; `problems` names the entries that only say so."""

    rows: dict[tuple[str, Any], list[tuple[int, Replaced]]] = field(default_factory=dict)
    entries: dict[int, str] = field(default_factory=dict)  # id of an entry → the hash that it would have now
    passed: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls) -> Self:
        """All that was taken out of rows, for who reads them. One query where nothing was, two otherwise."""
        sealed = EntrySeal.objects.values("sequence")
        return cls()._with(TrailEntry.objects.filter(sequence__in=sealed, verb__in=REWRITING).order_by("sequence"))

    @classmethod
    def verified(cls) -> Self:
        """All that was taken out, and whatever says that it took something out. What is spoilt the chain names."""
        rows = rows_of(TrailEntry.objects.filter(verb__in=REMOVING).order_by("sequence"))
        return cls()._with(each for each in rows if not isinstance(each, UnreadableRow))

    def _with(self, entries: Iterable[TrailEntry]) -> Self:
        """The newest first: what a later one says of an earlier one is known before that one is believed."""
        found = [each for each in entries if str(each.sequence).isdecimal()]  # SQLite takes anything
        seals = EntrySeal.objects.in_bulk([each.sequence for each in found])
        for entry in reversed(found):
            seal = seals.get(entry.sequence)
            if not seal or not keys.is_sealed(sealed_entry(entry.sequence, entry.hash), str(seal.seal)):
                named = f"Entry {entry.sequence} ({entry.verb}, {entry.about})"
                self.problems.insert(0, f"{named} has no seal of this system.")
            elif self._is_whole(entry):
                self.add(entry)
        return self

    def _is_whole(self, entry: TrailEntry) -> bool:
        """Whether a sealed entry says what it said; where it does not, the chain tells so."""
        try:
            return trail.entry_hash(entry) == self.hash_of(entry)
        except Exception:  # whatever stands in a cell
            return False

    def add(self, entry: TrailEntry) -> None:
        """Take down what one sealed entry took out: of rows, and of entries before it."""
        rows: dict[tuple[str, Any], list[tuple[int, Replaced]]] = {}
        for said in json.loads(entry.changes):
            if said["model"] == ENTRY and "reads" in said and said["id"] < entry.pk:
                self.entries.setdefault(said["id"], said["reads"])
            elif "removed" in said:
                rows.setdefault((said["model"], said["id"]), []).append((entry.sequence, said["removed"]))
        for row, replaced in rows.items():
            self.rows[row] = [*replaced, *self.rows.get(row, ())]
        self.passed[PASSED[entry.verb]] += 1

    def as_it_reads(self, sequence: int, model: str, pk: Any, fields: Digests) -> Digests:
        """The digests that entry `sequence` gives of a row's fields, as they are after what was taken out since."""
        later = [replaced for number, replaced in self.rows.get((model, pk), ()) if number > sequence]
        for replaced in later:
            fields = {name: replaced.get(name, {}).get(digest, digest) for name, digest in fields.items()}
        return fields

    def of(self, rows: Collection[tuple[str, Any]]) -> set[int]:
        """The entries that took something out of any of these rows (model, id)."""
        return {number for row in rows for number, _ in self.rows.get(row, ())}

    def hash_of(self, entry: TrailEntry) -> str:
        """The hash that an entry as it reads now should have: its own, where nothing was taken out of it."""
        return self.entries.get(entry.pk, entry.hash)
