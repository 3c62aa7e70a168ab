"""Which backups stay."""

import datetime

import pytest

from oversight.operations.backups.retention import Keep, moments_of, name_of, no_longer_kept, read_keep

FIRST = datetime.datetime(2026, 1, 1, 3, 15, tzinfo=datetime.UTC)


def names(days: int) -> list[str]:
    return [name_of("main", FIRST + datetime.timedelta(days=day)) for day in range(days)]


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
    """Day by day, as a timer does it."""
    kept = {}
    for name in names(365):
        kept |= moments_of([name], "main")
        ordered = dict(sorted(kept.items(), reverse=True))
        kept = {name: at for name, at in ordered.items() if name not in no_longer_kept(ordered, Keep(7, 5, 12))}
    days = sorted(f"{at:%m-%d}" for at in kept.values())
    assert days == [
        *("01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-06"),
        *("12-13", "12-20", "12-25", "12-26", "12-27", "12-28", "12-29", "12-30", "12-31"),
    ]


def test_the_newest_is_kept_after_years_without_one_and_others_files_always():
    files = [*names(3), name_of("other", FIRST), "oversight-main-20260101T031500Z.tar.unfinished", "notes.txt"]
    assert no_longer_kept(moments_of(files, "main"), Keep(1)) == names(2)
    assert no_longer_kept(moments_of(files, "main"), Keep()) == []
    assert no_longer_kept({}, Keep(1)) == []


def test_encrypted_ones_count_with_the_others():
    mixed = [name_of("main", FIRST), name_of("main", FIRST + datetime.timedelta(days=1), ".age")]
    assert no_longer_kept(moments_of(mixed, "main"), Keep(1)) == mixed[:1]
