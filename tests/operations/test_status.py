"""`status` and the settings of watching: words, exit status, and what is no threshold."""

import datetime
import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone
from environs import Env

from oversight.operations.readiness import JOBS, _replica, ago
from oversight.operations.replica import Lag
from oversight.version import version_and_commit
from oversight.watch_settings import THRESHOLDS, read_metrics_token, read_thresholds
from recommendations.last_runs import note_run


@pytest.fixture(autouse=True)
def _all_ran(settings, tmp_path):
    settings.VAR_DIR, settings.WATCH = tmp_path, settings.WATCH | {"WATCH_FREE_MB": (0, 0)}
    for name in (*JOBS, "build_papers"):
        note_run(name, at=timezone.now())


def test_it_says_how_things_are_and_ends_by_it(db, capsys):
    call_command("status")
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], len(lines)) == (f"Oversight {version_and_commit()}: all 16 checks are well.", 17)
    assert lines[1] == "well  database           The database answers."
    for hours, level, code in ((30, "warn", 1), (80, "bad", 2)):
        note_run("backup", at=timezone.now() - datetime.timedelta(hours=hours))
        with pytest.raises(SystemExit) as ended:
            call_command("status", json=True)
        said = json.loads(capsys.readouterr().out)
        [backup] = [each for each in said["checks"] if each["name"] == "backup"]
        assert (ended.value.code, said["status"], backup["level"]) == (code, level, level)
        assert round(backup["value"]) == hours * 3600


@pytest.mark.parametrize(
    ("lag", "level"),
    [
        (Lag(is_receiving=True, seconds=0.0), "WELL"),
        (Lag(is_receiving=True, seconds=61.0), "WARN"),
        (Lag(is_receiving=True, seconds=601.0), "BAD"),
        (Lag(is_receiving=False, seconds=1.0), "WARN"),
        (Lag(is_receiving=False, seconds=None), "BAD"),
    ],
)
def test_a_replica_that_is_behind_or_hears_of_nothing_is_said(lag, level):
    assert _replica(lag).level.name == level


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds ago"), (119, "119 seconds ago"), (120, "2 minutes ago"), (2e5, "2 days ago")],
)
def test_how_long_ago_in_words(seconds, words):
    assert ago(seconds) == words


@pytest.mark.parametrize(
    ("name", "value", "read", "words"),
    [
        ("WATCH_FREE_MB", "100", read_thresholds, "Let WATCH_FREE_MB be two whole numbers, such as 2000,500."),
        ("WATCH_BACKUP_HOURS", "a,b", read_thresholds, "Let WATCH_BACKUP_HOURS be two whole numbers, such as 26,74."),
        ("METRICS_TOKEN", "short", read_metrics_token, "Let METRICS_TOKEN be a random text of 20 characters or more."),
    ],
)
def test_a_setting_that_will_not_do_is_refused_with_what_would(monkeypatch, name, value, read, words):
    monkeypatch.delenv("WATCH_FREE_MB")
    assert read_thresholds(Env()) == THRESHOLDS
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=words):
        read(Env())
