"""Which backups stay."""

import datetime

import pytest

from oversight.operations.backups.retention import Keep, backups_of, name_of, no_longer_kept, read_keep

FIRST = datetime.datetime(2026, 1, 1, 3, 15, tzinfo=datetime.UTC)
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
OLD, NEW, NEWER = ["0075_a", "0076_b"], ["0076_b", "0080_c"], ["0085_d"]


def name(at: datetime.datetime, migrations=OLD, **kind: bool) -> str:
    return name_of("main", at, migrations, **kind)


def names(days: int) -> list[str]:
    return [name(FIRST + day * DAY) for day in range(days)]


def removed(names: list[str], keep: Keep) -> list[str]:
    return no_longer_kept(backups_of(names, "main"), keep)


def kept_day_by_day(names: list[str], keep: Keep) -> list[str]:
    """What is left where each backup is followed by removing what is no longer kept, as a timer does it."""
    kept: list[str] = []
    for each in names:
        kept.append(each)
        gone = removed(kept, keep)
        kept = [name for name in kept if name not in gone]
    return kept


@pytest.mark.parametrize(
    ("text", "keep"),
    [("7d 5w 24m", Keep(7, 5, 24)), ("30d", Keep(30)), ("12m 2d", Keep(2, 0, 12)), ("", Keep())],
)
def test_what_is_kept_is_read(text, keep):
    assert read_keep(text) == keep


@pytest.mark.parametrize("text", ["7", "d7", "7d 7d", "0d", "7y", "-1d", "7d,5w"])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match="no number of days"):
        read_keep(text)


def test_a_year_of_backups_thins_out():
    kept = backups_of(kept_day_by_day(names(365), Keep(7, 5, 12)), "main")
    assert [f"{backup.at:%m-%d}" for backup in reversed(kept)] == [
        *("01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-06"),
        *("12-13", "12-20", "12-25", "12-26", "12-27", "12-28", "12-29", "12-30", "12-31"),
    ]


def test_the_newest_is_kept_after_years_without_one_and_others_files_always():
    other = name_of("other", FIRST, OLD)
    files = [*names(3), other, "oversight-main-20260101T031500Z-0076.tar.unfinished", "notes.txt"]
    assert removed(files, Keep(1)) == names(2)
    assert removed(files, Keep()) == []
    assert removed([], Keep(1)) == []


def test_a_name_tells_moment_migration_and_kind():
    every = [name(FIRST), name(FIRST, NEW, is_whole=False), name(FIRST, is_whole=False, is_encrypted=True)]
    assert every == [
        "oversight-main-20260101T031500Z-0076.tar",
        "oversight-main-20260101T031500Z-0080-incomplete.tar",
        "oversight-main-20260101T031500Z-0076-incomplete.tar.age",
    ]
    of_before = "oversight-main-20251231T031500Z.tar.age"  # the names up to 0.3.0
    found = {backup.name: backup for backup in backups_of([*every, of_before], "main")}
    assert {backup.at for backup in found.values()} == {FIRST, FIRST - DAY}
    assert [(found[each].migration, found[each].kind) for each in (*every, of_before)] == [
        ("0076", (True, False)),
        ("0080", (False, False)),
        ("0076", (False, True)),
        ("", (True, True)),
    ]


def test_one_made_by_hand_leaves_that_of_the_night():
    night, by_hand, again = name(FIRST), name(FIRST + 8 * HOUR), name(FIRST + 9 * HOUR)
    assert kept_day_by_day([night, by_hand, again], Keep(1)) == [night, again]
    assert removed([night, by_hand, name(FIRST + DAY)], Keep(1)) == [night, by_hand]


@pytest.mark.parametrize("kind", [{"is_encrypted": True}, {"is_whole": False}])
def test_an_encrypted_or_incomplete_one_takes_no_others_place(kind):
    """Neither of the same day nor of the same week or month. With the days they go like any."""
    plain, other = name(FIRST), name(FIRST + HOUR, **kind)
    assert removed([plain, other], Keep(1, 1, 1)) == []
    assert removed([name(FIRST - HOUR, **kind), plain], Keep(1, 1, 1)) == []
    assert removed([plain, name(FIRST + DAY, **kind)], Keep(1)) == [plain]


def test_the_last_one_before_an_update_stays():
    """Where the migrations changed. Made by hand before an update, it is of the database that was."""
    before = [name(FIRST + hour * HOUR) for hour in range(3)]
    after = [name(FIRST + day * DAY, NEW) for day in range(1, 400)]
    assert kept_day_by_day([*before, *after], Keep(2)) == [before[-1], *after[-2:]]
    incomplete = name(FIRST + 4 * HOUR, is_whole=False)
    assert kept_day_by_day([*before, incomplete, *after], Keep(2)) == [before[-1], *after[-2:]]


def test_those_of_earlier_updates_stay_as_long_as_any():
    """A week here: two updates within it can both be gone back from, and after it the latest alone."""
    first, second = name(FIRST), name(FIRST + DAY, NEW)
    on_day = [name(FIRST + day * DAY, NEWER) for day in range(9)]
    assert kept_day_by_day([first, second, *on_day[2:7]], Keep(0, 1)) == [first, second, on_day[6]]
    assert kept_day_by_day([first, second, *on_day[2:8]], Keep(0, 1)) == [second, on_day[7]]


def test_those_named_without_a_migration_are_of_before_the_update():
    old = "oversight-main-20251230T031500Z.tar"
    assert removed([old, "oversight-main-20251229T031500Z.tar", *names(9)], Keep(2)) == [
        "oversight-main-20251229T031500Z.tar",
        *names(7),
    ]
