"""Whether the register was tampered with: walk the chained trail and hold rows and histories against it.

Three things must agree: the chain itself (each entry's hash, and the hash of the one before), each row as it is with
what the trail said last of its fields, and each save in a row's history with what the trail said at the time, who, when
and why included. Fields are compared by the names that entries give, so a migration that adds, renames or removes a
field breaks nothing. The ledgers of e-mails are no records: entries say how a mail stood when an attempt to send it had
ended (mail_rows.py). What the trail does not answer for and other fields do is checked beside it (`also`).

What was redacted or folded since is held against the sealed entry that did it (domain/audit/removals.py). Whatever
stands in a cell, the walk names the row and goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import Model

from recommendations import trail
from recommendations.domain.audit.mail_rows import MailRows, mail_rows
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.removals import Removals
from recommendations.domain.audit.trailed_rows import TrailedRows, changes_of
from recommendations.models import TrailEntry
from recommendations.models.base import Guarded

# SQL by hand: to read all of one moment

type Check = Callable[[], Iterator[str]]

_beside: list[Check] = []
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


@dataclass(frozen=True)
class Verdict:
    """What is wrong, the first bad entry first, and the head as it was when the trail was walked.

    `passed` is what was taken out of the record as it may be, by kind: redactions, foldings of access records.
    """

    problems: list[str]
    count: int
    head: str
    passed: dict[str, int] = field(default_factory=dict)


def also(check: Check) -> Check:
    """Let `check()` yield what is wrong beside the trail, each time that it is walked. A function can be decorated."""
    _beside.append(check)
    return check


def guarded_models() -> list[type[Model]]:
    """Every model whose rows only verbs write."""
    return [model for model in apps.get_app_config("recommendations").get_models() if issubclass(model, Guarded)]


def verify(head: str = "", count: int | None = None) -> list[str]:
    """What is wrong; an empty list where all is well. See `judge`."""
    return judge(head, count).problems


def judge(head: str = "", count: int | None = None) -> Verdict:
    """Walk the whole trail, then compare rows and histories with it.

    `head` and `count` are a head kept outside, as printed on a board's paper: the entry at `count` (or any entry)
    must have that hash. Without one, a cut tail or a full rewrite can't be seen.
    """
    with one_moment():
        told: dict[str, TrailedRows | MailRows] = {
            **{model._meta.label_lower: TrailedRows(model) for model in guarded_models()},
            **mail_rows(),
        }
        removals = Removals.verified()
        chain = Chain(wanted="".join(head.split()).lower(), wanted_at=count, removals=removals)
        for entry in rows_of(TrailEntry.objects.order_by("sequence")):
            chain.add(entry)
            for change in changes_of(entry, removals):
                if change.model in told:
                    told[change.model].note(change)
        count_now, head_now = _head()
        problems = [*chain.problems, *chain.at_the_end(count_now, head_now), *removals.problems]
        for each in told.values():
            problems += each.differences()
        for check in _beside:
            problems += check()
    return Verdict(problems, count_now, head_now, dict(removals.passed))


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, and nobody who writes meanwhile has to wait."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _head() -> tuple[int, str]:
    """The head that is kept beside the trail; (-1, "") where its row cannot be read."""
    try:
        count, head = trail.head()
        return int(count), str(head)
    except Exception:  # whatever stands in the row
        return -1, ""


@dataclass
class Chain:
    """The chain as far as it was walked."""

    wanted: str
    wanted_at: int | None
    length: int = 0
    last: str = ""
    sequence: int = 0
    scheme: int = 0
    found: bool = False
    problems: list[str] = field(default_factory=list)
    removals: Removals = field(default_factory=Removals)

    def add(self, entry: TrailEntry | UnreadableRow) -> None:
        """Check one entry against itself and the one before."""
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

    def _wrong_in_itself(self, entry: TrailEntry) -> str:
        """What is wrong with an entry's hash, "" where it is right.

        Schemes only become newer along the chain: else an entry could be forged with an old one that was broken.
        """
        if entry.scheme not in trail.SCHEMES:
            return f"names the hash scheme {entry.scheme}, which this version does not know"
        if entry.scheme < self.scheme:
            return f"has the hash scheme {entry.scheme}, which is older than that of an entry before it"
        try:
            return "" if trail.entry_hash(entry) == self.removals.hash_of(entry) else "was changed"
        except Exception:  # a number where a text was, and the like
            return "was changed"

    def at_the_end(self, count: int, head: str) -> list[str]:
        """What is wrong with the head that is kept beside the trail, and with the one that was kept outside."""
        return [problem for problem in (self._beside(count, head), self._outside()) if problem]

    def _beside(self, count: int, head: str) -> str:
        if count < 0:
            return f"Entry {self.length} is not the one that the head names: the head cannot be read."
        if count > self.length:
            return f"Entry {self.length + 1} is missing: the head says {count} entries."
        if count < self.length:
            return f"Entry {count + 1} was inserted: the head says {count} entries."
        return "" if head == self.last else f"Entry {count} is not the one that the head names."

    def _outside(self) -> str:
        if not self.wanted or self.found:
            return ""
        if self.wanted_at is None:
            return f"No entry has the hash {self.wanted}."
        if self.wanted_at > self.length:
            return f"Entry {self.length + 1} is missing: there were {self.wanted_at} entries."
        return f"Entry {self.wanted_at} does not have the hash {self.wanted}."
