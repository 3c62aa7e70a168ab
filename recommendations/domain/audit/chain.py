"""The hash chain of the trail's entries: each entry's own hash, the one before it, and the known heads."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from recommendations import trail
from recommendations.domain.audit.reading import UnreadableRow, values_of
from recommendations.domain.audit.removals import Removals
from recommendations.models import TrailEntry


@dataclass(frozen=True)
class KnownHead:
    """A head of the trail that was verified before: the number of entries, and the hash of the last."""

    count: int
    head: str


BEGINNING = KnownHead(0, "")


class WalkedEntry(NamedTuple):
    """An entry as read for verification: the columns of a row, without a model instance."""

    pk: int
    sequence: int
    at: datetime.datetime
    by_id: int | None
    by_name: str
    verb: str
    subject_model: str
    subject_id: int | None
    about: str
    reason: str
    changes: str
    previous: str
    hash: str
    scheme: int


def entries_after(known: KnownHead) -> Iterator[WalkedEntry | UnreadableRow]:
    """The entries after a head, in order, including rows that can't be read."""
    rows = TrailEntry.objects.order_by("sequence")
    rows = rows.filter(sequence__gt=known.count) if known.count else rows
    for row in values_of(rows, *WalkedEntry._fields[1:]):
        yield row if isinstance(row, UnreadableRow) else WalkedEntry._make(row)


@dataclass
class Chain:
    """The state of the chain as verified so far."""

    wanted: str
    wanted_at: int | None
    length: int = 0
    last: str = ""
    sequence: int = 0
    scheme: int = 0
    found: bool = False
    problems: list[str] = field(default_factory=list)
    removals: Removals = field(default_factory=Removals)

    @classmethod
    def after(cls, known: KnownHead, wanted: str, wanted_at: int | None, removals: Removals) -> Self:
        """A chain verified up to a known head. `wanted` is another head, to be found from here on."""
        chain = cls("".join(wanted.split()).lower(), wanted_at, removals=removals)
        if known.count:
            chain.length = chain.sequence = known.count
            chain.last, chain.scheme = chain._known_entry(known)
        return chain

    def _known_entry(self, known: KnownHead) -> tuple[str, int]:
        """Hash and scheme of the entry at a known head. Adds a problem if it is missing or different."""
        wanted, found = "".join(known.head.split()).lower(), TrailEntry.objects.filter(sequence=known.count)
        for said, scheme in found.values_list("hash", "scheme"):
            if str(said).startswith(wanted):
                return str(said), scheme
            self.problems.append(f"Entry {known.count} does not have the hash {wanted}.")
            return str(said), scheme
        self.problems.append(f"Entry {known.count} is missing: there were {known.count} entries.")
        return wanted, 0

    def add(self, entry: WalkedEntry | UnreadableRow) -> None:
        """Check one entry's own hash, and that it follows the one before."""
        if isinstance(entry, UnreadableRow) or not isinstance(entry.sequence, int):
            self.problems.append(f"Entry {self.sequence + 1} was changed: the row {entry.pk} cannot be read.")
            self.length, self.sequence, self.last = self.length + 1, self.sequence + 1, ""
            return
        if entry.sequence != self.sequence + 1:
            self.problems.append(f"Entry {self.sequence + 1} is missing: the next is {entry.sequence}.")
        elif entry.previous != self.last:
            self.problems.append(f"Entry {entry.sequence} does not follow the entry before it.")
        if wrong := self._wrong_in_itself(entry):
            self.problems.append(f"Entry {entry.sequence} ({entry.verb}, {entry.about}) {wrong}.")
        else:
            self.scheme = entry.scheme
        self.length, self.sequence, self.last = self.length + 1, entry.sequence, str(entry.hash)
        if self.wanted and self.last.startswith(self.wanted) and self.wanted_at in (None, entry.sequence):
            self.found = True

    def _wrong_in_itself(self, entry: Any) -> str:
        """What is wrong with an entry's hash, or "".

        Schemes may only get newer along the chain: else an entry could be forged with a broken old scheme.
        """
        if entry.scheme not in trail.SCHEMES:
            return f"names the hash scheme {entry.scheme}, which this version does not know"
        if entry.scheme < self.scheme:
            return f"has the hash scheme {entry.scheme}, which is older than that of an entry before it"
        try:
            return "" if trail.entry_hash(entry) == self.removals.hash_of(entry) else "was changed"
        except Exception:  # a number in place of a text, and the like
            return "was changed"

    def end_problems(self, count: int, head: str) -> list[str]:
        """The problems of the head stored beside the trail, and of the one kept outside."""
        return [
            problem for problem in (self._stored_head_problem(count, head), self._outside_head_problem()) if problem
        ]

    def _stored_head_problem(self, count: int, head: str) -> str:
        if count < 0:
            return f"Entry {self.length} is not the one that the head names: the head cannot be read."
        if count > self.length:
            return f"Entry {self.length + 1} is missing: the head says {count} entries."
        if count < self.length:
            return f"Entry {count + 1} was inserted: the head says {count} entries."
        return "" if head == self.last else f"Entry {count} is not the one that the head names."

    def _outside_head_problem(self) -> str:
        if not self.wanted or self.found:
            return ""
        if self.wanted_at is None:
            return f"No entry has the hash {self.wanted}."
        if self.wanted_at > self.length:
            return f"Entry {self.length + 1} is missing: there were {self.wanted_at} entries."
        return f"Entry {self.wanted_at} does not have the hash {self.wanted}."
