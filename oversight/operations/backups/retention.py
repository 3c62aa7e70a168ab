"""Which backups are kept: the newest of each of the last days, weeks and months, as in BACKUP_KEEP."""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

STAMP = "%Y%m%dT%H%M%SZ"
WORDS = re.compile(r"(\d{1,4})([dwm])")


@dataclass(frozen=True)
class Keep:
    """For how many days, weeks and months the newest backup is kept. All 0: every backup is kept."""

    days: int = 0
    weeks: int = 0
    months: int = 0


KEEP_ALL = Keep()


def read_keep(text: str) -> Keep:
    """Parse "7d 5w 24m"; "" keeps all. Raises ValueError for anything else."""
    found = {"d": 0, "w": 0, "m": 0}
    for word in text.split():
        match = WORDS.fullmatch(word)
        if not match or found[match[2]] or not int(match[1]):
            raise ValueError(f"{word!r} is no number of days (7d), weeks (5w) or months (24m).")
        found[match[2]] = int(match[1])
    return Keep(*found.values())


def name_of(office: str, at: datetime.datetime, ending: str = "") -> str:
    """The name of a backup's file: oversight-main-20261128T031500Z.tar."""
    return f"oversight-{office}-{at.astimezone(datetime.UTC):{STAMP}}.tar{ending}"


def moments_of(names: Iterable[str], office: str) -> dict[str, datetime.datetime]:
    """The names that are backups of this office, newest first, with their moments."""
    of_office = re.compile(rf"oversight-{re.escape(office)}-(\d{{8}}T\d{{6}}Z)\.tar(\.age)?")
    found = {name: match[1] for name in names if (match := of_office.fullmatch(name))}
    moments = {
        name: datetime.datetime.strptime(stamp, STAMP).replace(tzinfo=datetime.UTC) for name, stamp in found.items()
    }
    return dict(sorted(moments.items(), key=lambda each: (each[1], each[0]), reverse=True))


def no_longer_kept(moments: dict[str, datetime.datetime], keep: Keep) -> list[str]:
    """The names of the backups to remove, oldest first. The newest is always kept."""
    if keep == KEEP_ALL:
        return []
    stay = {*list(moments)[:1]}
    stay |= _newest_of(moments, keep.days, lambda at: at.date())
    stay |= _newest_of(moments, keep.weeks, lambda at: at.isocalendar()[:2])
    stay |= _newest_of(moments, keep.months, lambda at: (at.year, at.month))
    return [name for name in reversed(moments) if name not in stay]


def _newest_of(
    moments: dict[str, datetime.datetime], number: int, period: Callable[[datetime.datetime], object]
) -> set[str]:
    """The newest backup of each of the newest periods that have one."""
    newest: dict[object, str] = {}
    for name, at in moments.items():
        newest.setdefault(period(at), name)
    return {*list(newest.values())[:number]}
