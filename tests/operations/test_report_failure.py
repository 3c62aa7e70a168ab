"""What is reported where a unit of systemd fails."""

import pytest
from django.core.management import call_command

LISTED = """\
oversight-backup@west.service loaded failed failed A backup of Oversight for the office west
oversight-verify@west.service loaded failed failed Verifying Oversight’s trail for the office west
"""


@pytest.fixture
def systemctl(settings, tmp_path, monkeypatch):
    """A program of that name which says what systemd would, and keeps what it was asked."""
    settings.OFFICE = "west"
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "listed").write_text(LISTED)
    program = tmp_path / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/asked\nexec /bin/cat {tmp_path}/listed\n')
    program.chmod(0o755)
    return tmp_path


def reported(caplog) -> list[tuple[str, str]]:
    call_command("report_failure")
    return [(each.levelname, each.getMessage()) for each in caplog.records]


def test_the_offices_failed_units_are_one_error(systemctl, caplog):
    units = "oversight-backup@west.service, oversight-verify@west.service"
    words = f"{units} failed. To see why: journalctl -u 'oversight-*@west'"
    assert reported(caplog) == [("ERROR", words)]
    asked = "list-units --state=failed --plain --no-legend --no-pager oversight-*@west.*"
    assert (systemctl / "asked").read_text().strip() == asked


@pytest.mark.parametrize("away", ["no program", "nothing listed"])
def test_a_failure_that_systemd_does_not_name_is_an_error_too(systemctl, caplog, away):
    (systemctl / "systemctl").unlink() if away == "no program" else (systemctl / "listed").write_text("")
    words = "A unit that systemd does not name failed. To see why: journalctl -u 'oversight-*@west'"
    assert reported(caplog) == [("ERROR", words)]
