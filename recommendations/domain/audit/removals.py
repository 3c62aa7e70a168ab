"""What entries of the trail removed from the record, to verify the rest against what it should be now.

An entry that removes words names each row and field with the digest before and after, and for each earlier entry that
it changed the hash it should now have. It counts only with a valid seal, which nobody can make without the key
(models/audit/retention.py): a forged redaction is reported, and so is the tampering.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from recommendations import keys, trail
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.models import EntrySeal, TrailEntry
from recommendations.models.audit.retention import REMOVING, REWRITING, sealed_entry

type Digests = dict[str, str]  # of a row's fields, as an entry has them
type Replaced = dict[str, dict[str, str]]  # field → digest before → digest now

ENTRY = TrailEntry._meta.label_lower
USER = "recommendations.user"
PASSED = {
    "confirm_redaction": "redaction",
    "carry_out_redaction": "redaction",
    "make_former": "former officer",
    "fold_access_records": "folding",
    "give_back_register": "register given back",
}


@dataclass
class Removals:
    """The removals, entry by entry; `problems` names entries whose removal is not valid."""

    rows: dict[tuple[str, Any], list[tuple[int, Replaced]]] = field(default_factory=dict)
    entries: dict[int, str] = field(default_factory=dict)  # id of an entry → the hash that it should now have
    gone: dict[tuple[str, Any], int] = field(default_factory=dict)  # row → the entry that removed all of it
    passed: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls) -> Self:
        """All removals from rows, for displaying them. One query if there are none, else two."""
        sealed = EntrySeal.objects.values("sequence")
        return cls()._add_entries(
            TrailEntry.objects.filter(sequence__in=sealed, verb__in=REWRITING).order_by("sequence")
        )

    @classmethod
    def verified(cls) -> Self:
        """All valid removals, and the problems of others. Damaged entries are reported by the chain."""
        rows = rows_of(TrailEntry.objects.filter(verb__in=REMOVING).order_by("sequence"))
        return cls()._add_entries(each for each in rows if not isinstance(each, UnreadableRow))

    def _add_entries(self, entries: Iterable[TrailEntry]) -> Self:
        """Newest first, so that what a later entry says about an earlier one is known before that is checked."""
        found = [each for each in entries if str(each.sequence).isdecimal()]  # SQLite accepts anything
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
        """Whether a sealed entry is unchanged. If not, the chain reports it."""
        try:
            return trail.entry_hash(entry) == self.hash_of(entry)
        except Exception:  # an invalid cell
            return False

    def add(self, entry: TrailEntry) -> None:
        """Add what one sealed entry removed from rows and from earlier entries."""
        rows: dict[tuple[str, Any], list[tuple[int, Replaced]]] = {}
        for said in json.loads(entry.changes):
            if said["model"] == ENTRY and "reads" in said and said["id"] < entry.pk:
                self.entries.setdefault(said["id"], said["reads"])
            elif said.get("gone"):
                self.gone[said["model"], said["id"]] = entry.sequence
            elif "removed" in said:
                rows.setdefault((said["model"], said["id"]), []).append((entry.sequence, said["removed"]))
        for row, replaced in rows.items():
            self.rows[row] = [*replaced, *self.rows.get(row, ())]
        self.passed[PASSED[entry.verb]] += 1

    def digests_as_read(self, sequence: int, model: str, pk: Any, fields: Digests) -> Digests:
        """The digests that entry `sequence` has of a row's fields, as they read after later removals."""
        later = [replaced for number, replaced in self.rows.get((model, pk), ()) if number > sequence]
        for replaced in later:
            fields = {name: replaced.get(name, {}).get(digest, digest) for name, digest in fields.items()}
        return fields

    def is_gone(self, sequence: int, model: str, pk: Any) -> bool:
        """Whether a row of which entry `sequence` speaks was removed by a later one."""
        return self.gone.get((model, pk), 0) > sequence

    def of(self, rows: Collection[tuple[str, Any]]) -> set[int]:
        """The numbers of the entries that removed something from any of these rows (model, id)."""
        return {number for row in rows for number, _ in self.rows.get(row, ())}

    def hash_of(self, entry: TrailEntry) -> str:
        """The hash that an entry should now have: its own, unless something was removed from it."""
        return self.entries.get(entry.pk, entry.hash)
