"""Which backups are kept: those of the last days, weeks and months as in BACKUP_KEEP, and those of before an update.

A file's name says all that this needs, since the file may be encrypted or far away.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

STAMP = "%Y%m%dT%H%M%SZ"
WORDS = re.compile(r"(\d{1,4})([dwm])")
ENCRYPTED, INCOMPLETE = ".age", "-incomplete"


@dataclass(frozen=True)
class Keep:
    """For how many days, weeks and months backups are kept. All 0: every backup is kept."""

    days: int = 0
    weeks: int = 0
    months: int = 0

    @property
    def longest(self) -> datetime.timedelta:
        """How far back this reaches."""
        return datetime.timedelta(days=max(self.days, 7 * self.weeks, 31 * self.months))


KEEP_ALL = Keep()


@dataclass(frozen=True)
class Backup:
    """A backup, as its name describes it: when it was made, and the number of the last migration in it.

    Versions up to 0.3.0 gave names without a migration. `is_whole`: no attached file was missing.
    """

    name: str
    at: datetime.datetime
    migration: str
    is_whole: bool

    @property
    def kind(self) -> tuple[bool, bool]:
        """What only another of the same kind can replace."""
        return self.is_whole, self.name.endswith(ENCRYPTED)


def read_keep(text: str) -> Keep:
    """Parse "7d 5w 24m"; "" keeps all. Raises ValueError for anything else."""
    found = {"d": 0, "w": 0, "m": 0}
    for word in text.split():
        match = WORDS.fullmatch(word)
        if not match or found[match[2]] or not int(match[1]):
            raise ValueError(f"{word!r} is no number of days (7d), weeks (5w) or months (24m).")
        found[match[2]] = int(match[1])
    return Keep(*found.values())


def name_of(
    office: str, at: datetime.datetime, migrations: list[str], *, is_whole: bool = True, is_encrypted: bool = False
) -> str:
    """The name of a backup's file: oversight-main-20261128T031500Z-0086.tar, with the number of its last migration."""
    begin = f"oversight-{office}-{at.astimezone(datetime.UTC):{STAMP}}-{max(migrations, default='0000')[:4]}"
    return f"{begin}{'' if is_whole else INCOMPLETE}.tar{ENCRYPTED if is_encrypted else ''}"


def backups_of(names: Iterable[str], office: str) -> list[Backup]:
    """The backups of this office among the names of files, newest first."""
    of_office = re.compile(
        rf"oversight-{re.escape(office)}-(\d{{8}}T\d{{6}}Z)(?:-(\d{{4}}))?({INCOMPLETE})?\.tar(?:{re.escape(ENCRYPTED)})?"
    )
    found = [
        Backup(
            name, datetime.datetime.strptime(match[1], STAMP).replace(tzinfo=datetime.UTC), match[2] or "", not match[3]
        )
        for name in names
        if (match := of_office.fullmatch(name))
    ]
    return sorted(found, key=lambda backup: (backup.at, backup.name), reverse=True)


def no_longer_kept(backups: list[Backup], keep: Keep) -> list[str]:
    """The names of the backups to remove, oldest first. `backups` are the newest first; the newest is always kept."""
    if keep == KEEP_ALL:
        return []
    stay = {*backups[:1], *_before_updates(backups, keep.longest)}
    for day in _periods(backups, keep.days, lambda at: at.date()):
        stay |= _newest_of_kinds(day) | _newest_of_kinds(day[::-1])  # made by hand, it leaves that of the night
    for week in _periods(backups, keep.weeks, lambda at: at.isocalendar()[:2]):
        stay |= _newest_of_kinds(week)
    for month in _periods(backups, keep.months, lambda at: (at.year, at.month)):
        stay |= _newest_of_kinds(month)
    return [backup.name for backup in reversed(backups) if backup not in stay]


def _before_updates(backups: list[Backup], longest: datetime.timedelta) -> Iterator[Backup]:
    """The last whole backup before each update with migrations: before the latest, and before others in `longest`."""
    whole = [backup for backup in backups if backup.is_whole]
    last = [older for newer, older in pairwise(whole) if newer.migration != older.migration]
    yield from (backup for backup in last if backup is last[0] or backup.at > whole[0].at - longest)


def _periods(
    backups: list[Backup], number: int, period: Callable[[datetime.datetime], object]
) -> Iterator[list[Backup]]:
    """The backups of each of the newest periods that have one."""
    found: dict[object, list[Backup]] = {}
    for backup in backups:
        found.setdefault(period(backup.at), []).append(backup)
    yield from islice(found.values(), number)


def _newest_of_kinds(backups: list[Backup]) -> set[Backup]:
    """The first of each kind, so that neither an encrypted nor an incomplete one removes another."""
    return {*{backup.kind: backup for backup in reversed(backups)}.values()}
