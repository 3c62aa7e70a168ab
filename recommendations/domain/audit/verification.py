"""Detecting tampering: verify the chained trail, and compare rows and histories with it.

Three things must agree: the chain (each entry's hash and the one before), each row with the trail's last digests of
its fields, and each save in a history with the trail, including who, when and why. Fields are compared by the names in
the entries, so that migrations that add, rename or remove a field break nothing. Email ledgers are not records: their
entries give a mail's state after each attempt (mail_rows.py). Other checks can be added (`also`).

Redactions and foldings are verified against the sealed entry that made them (domain/audit/removals.py). Unreadable
rows are reported, and verification continues.
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
from recommendations.domain.audit.secret_key import ANOTHER_KEY, has_seal_of_another_key
from recommendations.domain.audit.told import TrailChanges, changes_of
from recommendations.domain.audit.trailed_rows import TrailedRows
from recommendations.models.base import Guarded

# SQL by hand: to read one snapshot

type Check = Callable[[], Iterator[str]]

_beside: list[Check] = []
_beside_the_whole: list[Check] = []  # run only when the whole trail is verified
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


@dataclass(frozen=True)
class Verdict:
    """The problems, first bad entry first, and the head at the time of verification.

    `since` is the number of earlier entries that were skipped. `passed` counts the legitimate removals by kind:
    redactions, foldings of access records.
    """

    problems: list[str]
    count: int
    head: str
    since: int = 0
    passed: dict[str, int] = field(default_factory=dict)


def also(check: Check) -> Check:
    """Add a check, run with each verification, whose `check()` yields problems. Works as a decorator."""
    _beside.append(check)
    return check


def also_of_the_whole(check: Check) -> Check:
    """As `also`, for a slow check: it is skipped if only the end of the trail is verified."""
    _beside_the_whole.append(check)
    return check


def guarded_models() -> list[type[Model]]:
    """Every model that only verbs write."""
    return [model for model in apps.get_app_config("recommendations").get_models() if issubclass(model, Guarded)]


def verify(head: str = "", count: int | None = None) -> list[str]:
    """The problems; [] if all is well. See `judge`."""
    return judge(head, count).problems


def judge(head: str = "", count: int | None = None, since: KnownHead = BEGINNING) -> Verdict:
    """Verify the whole trail, then compare rows and histories with it.

    `head` and `count` are a head kept outside, as printed in a board paper: the entry at `count` (or any entry)
    must have that hash. Without one, a cut tail or a full rewrite can't be detected.

    `since` is a head up to which all was well: only later entries are verified, and only the rows that they name.

    Of a database of another SECRET_KEY that is the one problem.
    """
    rows = {model._meta.label_lower: TrailedRows(model) for model in guarded_models()}
    mails = mail_rows()
    counted = {label: frozenset(each.columns) for label, each in (rows | mails).items()}
    with one_moment(), closing(TrailChanges(counted)) as told:
        if has_seal_of_another_key():  # nothing that is sealed could be held against it
            return Verdict([ANOTHER_KEY], *_head())
        removals = Removals.verified()
        chain = Chain.after(since, head, count, removals)
        _walk(chain, told, since)
        count_now, head_now = _head()
        problems = [*chain.problems, *chain.end_problems(count_now, head_now), *removals.problems]
        for label, each in (rows | mails if told.tells_of(mails) else rows).items():
            problems += each.differences(told.records(label), partly=since.count > 0)
        for check in [*_beside, *([] if since.count else _beside_the_whole)]:
            problems += check()
    return Verdict(problems, count_now, head_now, since.count, dict(removals.passed))


def _walk(chain: Chain, trail_changes: TrailChanges, since: KnownHead) -> None:
    for entry in entries_after(since):
        chain.add(entry)
        for change in changes_of(entry, chain.removals):
            if not chain.removals.is_gone(chain.sequence, change.model, change.pk):
                trail_changes.note(change)
    trail_changes.sort()


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything inside from one snapshot, without blocking writers."""
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
    """The head stored beside the trail, or (-1, "") if its row can't be read."""
    try:
        count, head = trail.head()
        return int(count), str(head)
    except Exception:  # an invalid cell
        return -1, ""
