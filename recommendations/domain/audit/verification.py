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
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import Model

from recommendations import trail
from recommendations.domain.audit.chain import BEGINNING, Chain, KnownHead, entries_after
from recommendations.domain.audit.mail_rows import mail_rows
from recommendations.domain.audit.removals import Removals
from recommendations.domain.audit.told import Told, changes_of
from recommendations.domain.audit.trailed_rows import TrailedRows
from recommendations.models.base import Guarded

# SQL by hand: to read all of one moment

type Check = Callable[[], Iterator[str]]

_beside: list[Check] = []
_beside_the_whole: list[Check] = []  # where the whole trail is walked
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


@dataclass(frozen=True)
class Verdict:
    """What is wrong, the first bad entry first, and the head as it was when the trail was walked.

    `since` is the number of entries before that were not walked. `passed` is what was taken out of the record as it
    may be, by kind: redactions, foldings of access records.
    """

    problems: list[str]
    count: int
    head: str
    since: int = 0
    passed: dict[str, int] = field(default_factory=dict)


def also(check: Check) -> Check:
    """Let `check()` yield what is wrong beside the trail, each time that it is walked. A function can be decorated."""
    _beside.append(check)
    return check


def also_of_the_whole(check: Check) -> Check:
    """The same for what takes long: it is left out where only the end of the trail is walked."""
    _beside_the_whole.append(check)
    return check


def guarded_models() -> list[type[Model]]:
    """Every model whose rows only verbs write."""
    return [model for model in apps.get_app_config("recommendations").get_models() if issubclass(model, Guarded)]


def verify(head: str = "", count: int | None = None) -> list[str]:
    """What is wrong; an empty list where all is well. See `judge`."""
    return judge(head, count).problems


def judge(head: str = "", count: int | None = None, since: KnownHead = BEGINNING) -> Verdict:
    """Walk the whole trail, then compare rows and histories with it.

    `head` and `count` are a head kept outside, as printed on a board's paper: the entry at `count` (or any entry)
    must have that hash. Without one, a cut tail or a full rewrite can't be seen.

    `since` is a head up to which all was well: only the entries after it are walked, and only what they name is held
    against them.
    """
    rows = {model._meta.label_lower: TrailedRows(model) for model in guarded_models()}
    mails = mail_rows()
    counted = {label: frozenset(each.columns) for label, each in (rows | mails).items()}
    with one_moment(), closing(Told(counted)) as told:
        removals = Removals.verified()
        chain = Chain.after(since, head, count, removals)
        _walk(chain, told, since)
        count_now, head_now = _head()
        problems = [*chain.problems, *chain.at_the_end(count_now, head_now), *removals.problems]
        for label, each in (rows | mails if told.tells_of(mails) else rows).items():
            problems += each.differences(told.records(label), partly=since.count > 0)
        for check in [*_beside, *([] if since.count else _beside_the_whole)]:
            problems += check()
    return Verdict(problems, count_now, head_now, since.count, dict(removals.passed))


def _walk(chain: Chain, told: Told, since: KnownHead) -> None:
    for entry in entries_after(since):
        chain.add(entry)
        for change in changes_of(entry, chain.removals):
            told.note(change)
    told.sort()


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
