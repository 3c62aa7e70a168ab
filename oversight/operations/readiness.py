"""The state of an installation, for /readyz, `oversight status` and the metrics. Four queries, and a few small files
(a fifth query while a job never ran).

Nothing here names a person, a record, an address or a secret: anybody may read it.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Subquery

from oversight.operations.replica import Lag, lag
from recommendations.disk_space import MB, disks
from recommendations.domain.audit.secret_key import ANOTHER_KEY, is_of_this_key
from recommendations.domain.mails.mail_ledger import LEDGERS
from recommendations.enums import BuildState, MailState
from recommendations.last_runs import last_problem, last_run
from recommendations.models import PaperBuild, RegisterExport, TrailEntry, TrailHead

BUILDS = (PaperBuild, RegisterExport)
MOST_BEHIND = 60  # seconds that the clock may be behind the newest entry: machines differ a little
INSUFFICIENT_PRIVILEGE = "42501"  # as PostgreSQL numbers its errors
MAY_NOT_READ = (
    "The role of DATABASE_URL may not read the office’s tables. If it is the public reader’s, set PUBLIC_PAGES_ONLY=1."
)
RECENT = datetime.timedelta(days=2)  # an email that failed earlier is no longer due
# For each job run by a timer: the threshold (in hours), and what it does in words.
JOBS = {
    "backup": ("WATCH_BACKUP_HOURS", "backup"),
    "verify_audit": ("WATCH_VERIFY_HOURS", "verification of the trail"),
    "verify_reports": ("WATCH_REPORTS_HOURS", "verification of filed papers"),
    "verify_backup": ("WATCH_PROOF_HOURS", "verification of a backup"),
    "send_head": ("WATCH_VERIFY_HOURS", "sending of the trail's head"),
    "send_reminders": ("WATCH_REMINDERS_HOURS", "sending of reminders"),
    "build_due_reports": ("WATCH_REMINDERS_HOURS", "run of build_due_reports"),
    "responses_due": ("WATCH_REMINDERS_HOURS", "run of responses_due"),
    "tidy": ("WATCH_VERIFY_HOURS", "tidying"),
}
# Run by hand, so never late. Listed only if something was found wrong.
BY_HAND = {
    "verify_standing": "verification of how recommendations stand",
    "verify_search": "verification of search",
}
# Every check, as READY_NEEDS names them.
CHECKS = (*("database", "replica", "migrations", "disk", "worker", "builds", "mails", "key", "clock"), *JOBS, *BY_HAND)


class Level(IntEnum):
    """How bad a finding is. The numbers are the exit status of `status`, and the values of a metric."""

    WELL = 0
    WARN = 1
    BAD = 2


@dataclass(frozen=True)
class Finding:
    """The result of one check. `value` is the number compared with its thresholds, if any."""

    name: str
    level: Level
    words: str
    value: float | None = None


def findings(*, at: datetime.datetime) -> list[Finding]:
    """The result of each check at a moment, in a fixed order. If the database is down, without those that need it."""
    try:
        asked = [*_database_findings(at)]
    except (OperationalError, InterfaceError):
        asked = [Finding("database", Level.BAD, "The database does not answer.")]
    except ProgrammingError as wrong:
        if getattr(wrong.__cause__, "sqlstate", "") != INSUFFICIENT_PRIVILEGE:
            raise
        asked = [Finding("database", Level.BAD, MAY_NOT_READ)]
    if settings.PUBLIC_PAGES_ONLY:
        return [*asked, _disk()]
    return [*asked, _disk(), *_job_findings(at, database_answers=asked[0].level == Level.WELL)]


def worst(findings: Iterable[Finding]) -> Level:
    """The highest level among findings."""
    return max((each.level for each in findings), default=Level.WELL)


def _database_findings(at: datetime.datetime) -> Iterator[Finding]:
    if settings.PUBLIC_PAGES_ONLY:  # its role can't read the office's work
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        yield Finding("database", Level.WELL, "The database answers.")
        if (found := lag(at=at)) is not None:
            yield _replica(found)
        return
    waiting = waiting_migrations()
    yield Finding("database", Level.WELL, "The database answers.")
    yield Finding("migrations", Level.BAD if waiting else Level.WELL, _say_migrations(waiting))
    if not waiting:
        unfinished = [each.objects.unfinished().order_by() for each in BUILDS]
        builds = [each.values_list("state", "asked_at", "beat_at") for each in unfinished]
        states = [*builds[0].union(*builds[1:], all=True).order_by()]
        yield _worker([beat for state, _, beat in states if state == BuildState.RUNNING and beat], at)
        yield _builds([asked for state, asked, _ in states if state == BuildState.WAITING], at)
        yield _mails(at)
        yield from _trail_findings(at)


def _replica(replica_lag: Lag) -> Finding:
    """How far the database of the public pages is behind the office's."""
    level = Level.BAD if replica_lag.seconds is None else _above("WATCH_REPLICA_SECONDS", replica_lag.seconds)
    return Finding(
        "replica", level if replica_lag.is_receiving else max(level, Level.WARN), str(replica_lag), replica_lag.seconds
    )


def waiting_migrations() -> int:
    """How many migrations are not applied. One query. Raises DatabaseError if the database can't be queried."""
    recorder = MigrationRecorder(connection)
    try:
        applied = set(recorder.migration_qs.values_list("app", "name"))
    except DatabaseError:
        if recorder.has_table():
            raise
        applied = set()
    return len(_on_disk() - applied)


@cache
def _on_disk() -> frozenset[tuple[str, str]]:
    """The migrations of this version, read once: a worker serves only one version."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def _say_migrations(waiting: int) -> str:
    if not waiting:
        return "All migrations are applied."
    return f"{waiting} {'migration waits' if waiting == 1 else 'migrations wait'}: run migrate."


def _worker(beats: list[datetime.datetime], at: datetime.datetime) -> Finding:
    """When the build worker was last active: between builds by its file, during one by the build."""
    if (noted := last_run("build_papers")) is not None:
        beats = [*beats, noted.at]
    if not beats:
        return Finding("worker", Level.WARN, "build_papers has not run here yet: no file can be made.")
    age = (at - max(beats)).total_seconds()
    level = _above("WATCH_WORKER_SECONDS", age)
    words = "build_papers is at work." if level == Level.WELL else f"build_papers was last heard of {ago(age)}."
    return Finding("worker", level, words, age)


def _builds(moments: list[datetime.datetime], at: datetime.datetime) -> Finding:
    age = (at - min(moments, default=at)).total_seconds()
    level = _above("WATCH_BUILD_MINUTES", age / 60)
    words = f"{len(moments)} waiting, the oldest was asked for {ago(age)}." if moments else "No file waits to be made."
    return Finding("builds", level, words, age)


def _mails(at: datetime.datetime) -> Finding:
    """Failed emails of the ledgers: the hourly run retries each, so attempts correspond to hours."""
    recent = {"state": MailState.FAILED, "claimed_at__gte": at - RECENT}
    each = [ledger.objects.filter(**recent).order_by().values_list("attempts", flat=True) for ledger in LEDGERS]
    tried = [*each[0].union(*each[1:], all=True).order_by()]
    failed, attempts = len(tried), max(tried, default=0)
    words = f"{failed} did not go, after up to {attempts} attempts." if failed else "No email waits to be sent again."
    return Finding("mails", _above("WATCH_MAIL_ATTEMPTS", attempts), words, attempts)


def _trail_findings(at: datetime.datetime) -> Iterator[Finding]:
    """Whether the database belongs to SECRET_KEY, and the clock is not behind its trail. One query."""
    newest = TrailEntry.objects.order_by("-sequence").values("at")[:1]
    seal, entry_at = TrailHead.objects.values_list("key_seal", Subquery(newest)).first() or ("", None)
    is_well = is_of_this_key(seal)
    words = "The database belongs to this SECRET_KEY." if is_well else ANOTHER_KEY
    yield Finding("key", Level.WELL if is_well else Level.BAD, words)
    yield clock_finding(entry_at, at)


def newest_entry_at() -> datetime.datetime | None:
    """The moment of the newest entry of the trail, or None if there is none."""
    return TrailEntry.objects.order_by("-sequence").values_list("at", flat=True).first()


def clock_finding(entry_at: datetime.datetime | None, at: datetime.datetime) -> Finding:
    """Whether this machine's clock, at `at`, is behind the newest entry of the trail."""
    behind = (entry_at - at).total_seconds() if entry_at else 0.0
    if behind < MOST_BEHIND:
        return Finding("clock", Level.WELL, "The clock is not behind the newest entry of the trail.", behind)
    words = f"The clock of this machine is {duration(behind)} behind the newest entry of the trail. Set it."
    return Finding("clock", Level.BAD, words, behind)


def _disk() -> Finding:
    """Free space where the program writes: its data, temporary files, and an SQLite database."""
    if not Path(settings.VAR_DIR).is_dir():
        return Finding("disk", Level.BAD, "The folder of the data (VAR_DIR) cannot be read.")
    fullest = min(disks(), key=lambda disk: disk.free)
    free = fullest.free / MB
    level = Level.BAD if free < settings.WATCH["WATCH_FREE_MB"][1] else Level.WARN if fullest.is_low else Level.WELL
    return Finding("disk", level, f"{fullest.in_words} free for {fullest.what}.", free)


def watched_jobs() -> list[str]:
    """Those of JOBS that this office runs: it may send heads nowhere, and have the key of its backups elsewhere."""
    left_out = {"send_head": not settings.HEADS_TO, "verify_backup": bool(settings.BACKUP_RECIPIENT)}
    return [name for name in JOBS if not left_out.get(name)]


def _job_findings(at: datetime.datetime, *, database_answers: bool) -> Iterator[Finding]:
    """What each job found wrong, or how long ago it ended well. One that never did is late as the office gets old."""
    runs = {name: last_run(name) for name in watched_jobs()}
    office_age = _office_age(at) if database_answers and None in runs.values() else 0
    for name, (threshold, words) in JOBS.items():
        if problem := _problem(name, words, at):
            yield problem
        elif name not in runs:
            continue
        elif run := runs[name]:
            age = (at - run.at).total_seconds()
            yield Finding(name, _above(threshold, age / 3600), f"The last {words} was {ago(age)}.", age)
        else:
            level = max(Level.WARN, _above(threshold, office_age / 3600))
            yield Finding(name, level, f"No {words} has been noted here yet.")
    yield from filter(None, (_problem(name, words, at) for name, words in BY_HAND.items()))


def _problem(name: str, words: str, at: datetime.datetime) -> Finding | None:
    """What a job found wrong and has not since found well."""
    if (found := last_problem(name)) is None:
        return None
    age = (at - found.at).total_seconds()
    said = f"The {words} {ago(age)} found something wrong: {found.detail}. Run {name} and read what it says."
    return Finding(name, Level.BAD, said, age)


def _office_age(at: datetime.datetime) -> float:
    """How many seconds ago the first entry of the trail was written; 0 if there is none, or no table of it."""
    try:
        first = TrailEntry.objects.order_by("sequence").values_list("at", flat=True).first()
    except DatabaseError:
        return 0
    return (at - first).total_seconds() if first else 0


def _above(threshold: str, number: float) -> Level:
    """The level of a number that should be small."""
    warn, bad = settings.WATCH[threshold]
    return Level.BAD if number >= bad else Level.WARN if number >= warn else Level.WELL


def ago(seconds: float) -> str:
    """A past duration in words: "40 seconds ago", "3 days ago"."""
    return f"{duration(seconds)} ago"


def duration(seconds: float) -> str:
    """A duration in the largest fitting unit: "40 seconds", "3 days"."""
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(seconds, 0):.0f} seconds"
