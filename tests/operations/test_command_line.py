"""The command `oversight`: which office, which settings, and what is said where something is missing."""

import os
import subprocess
import sys

import pytest

from oversight.operations.command_line import environment, main, main_all, needs_no_settings, settings_of, split_office
from oversight.operations.offices import IS_NO_NAME, Installation, Trouble, read_settings, write_settings

NOTHING = {"PATH": os.environ["PATH"]}  # no SECRET_KEY, no database


@pytest.fixture
def there(tmp_path, monkeypatch):
    """An installation with the office main."""
    monkeypatch.setenv("OVERSIGHT_ETC", str(tmp_path / "etc"))
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("OVERSIGHT_USER", "root")
    found = Installation(tmp_path / "etc", tmp_path / "data", "root")
    add_office(found, "main")
    return found


def add_office(there, name):
    """An office with settings, and with others for the database's owner."""
    office = there.office(name)
    office.folder.mkdir(parents=True)
    write_settings(office.settings_file, {"DATABASE_URL": "postgres://application@host/x"}, remark="For a test.")
    write_settings(office.owner_file, {"DATABASE_URL": "postgres://owner@host/x"}, remark="For a test.")
    return office


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["manage.py", "verify_audit", "--help"], marks=pytest.mark.soak),
        ["-m", "oversight.operations.command_line"],
    ],
)
def test_help_is_there_without_any_settings(command):
    done = subprocess.run([sys.executable, *command], env=NOTHING, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0 if "--help" in command else 2, "")
    assert done.stdout.startswith(("usage: manage.py verify_audit", "oversight [--office NAME] COMMAND"))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["migrate"], ("main", ["migrate"])),
        (["--office", "marches", "migrate", "--plan"], ("marches", ["migrate", "--plan"])),
        (["--office=marches", "check"], ("marches", ["check"])),
        (["shell", "--office", "x"], ("main", ["shell", "--office", "x"])),
    ],
)
def test_the_office_stands_before_the_command(arguments, found):
    assert split_office(arguments) == found


def test_an_unknown_option_and_an_unknown_office_are_said(there, capsys):
    add_office(there, "west")
    assert main(["--database", "x", "migrate"]) == 2
    assert main(["--office", "marches", "migrate"]) == 2
    assert main(["--office", "../main", "migrate"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "oversight: There is no option --database. Only --office NAME stands before the command.",
        "oversight: There is no office marches. There are: main, west. Name one with --office.",
        f"oversight: “../main” can't be an office. {IS_NO_NAME}",
    ]


def test_where_there_is_no_office_yet_the_set_up_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OVERSIGHT_ETC", str(tmp_path))
    assert (main(["migrate"]), main_all(["migrate"])) == (2, 2)
    assert capsys.readouterr().err == (
        "oversight: There is no office main. There is none yet: run oversight setup.\n"
        "oversight-all: There is no office yet, or you may not see it: run it with sudo.\n"
    )


def test_only_commands_of_the_owner_get_the_owners_settings(there, tmp_path):
    office = there.find("main")
    urls = [
        settings_of(office, command, {})["DATABASE_URL"] for command in ("serve", "send_reminders", "migrate", "backup")
    ]
    assert urls == ["postgres://application@host/x"] * 2 + ["postgres://owner@host/x"] * 2
    shown = tmp_path / "credentials"  # as systemd shows it to a unit, which cannot read the file itself
    shown.mkdir()
    write_settings(shown / "owner.env", {"DATABASE_URL": "postgres://shown@host/x"}, remark="For a test.")
    found = settings_of(office, "backup", {"CREDENTIALS_DIRECTORY": str(shown)})
    assert found["DATABASE_URL"] == "postgres://shown@host/x"


def test_nothing_else_that_is_set_reaches_a_command():
    given = {"PATH": "/bin", "DATABASE_URL": "sqlite:///other", "PYTHONPATH": "/x", "LISTEN_FDS": "1"}
    assert environment({"ORIGIN": "https://a"}, given) == {"PATH": "/bin", "LISTEN_FDS": "1", "ORIGIN": "https://a"}


def test_what_needs_no_settings():
    without = [[], ["help"], ["setup", "--office", "x"], ["migrate", "--help"], ["--version"]]
    assert [needs_no_settings(each) for each in without] == [True] * 5
    assert [needs_no_settings(each) for each in (["migrate"], ["serve"])] == [False, False]


def test_each_office_is_asked_and_the_worst_status_told(there, capfd):
    add_office(there, "west").settings_file.write_text("export SECRET_KEY=x\n")
    assert main_all(["version"]) == 0
    assert main_all(["serve", "--no-such-option"]) == 2
    out = capfd.readouterr()
    assert out.out.splitlines()[-3:] == ["", "main: ended with status 2", "west: ended with status 2"]
    assert "settings.env, line 1: write NAME=value, without “export”" in out.err


def test_settings_are_read_as_they_were_written(tmp_path):
    values = {"A": "https://x.example.org:8443/?a=b&c=d", "B": "a b", "C": 'say "no" $HOME \\', "D": "", "E": "Dŵr #1"}
    write_settings(tmp_path / "settings.env", values, remark="For a test.")
    assert read_settings(tmp_path / "settings.env") == values
    assert oct((tmp_path / "settings.env").stat().st_mode) == "0o100640"
    with pytest.raises(Trouble, match="F can't hold an apostrophe or a line break"):
        write_settings(tmp_path / "settings.env", {"F": "it's"}, remark="For a test.")
    assert read_settings(tmp_path / "settings.env") == values


@pytest.mark.parametrize("line", ["A = 1", "a=1", "export A=1", "A='1", "nothing"])
def test_a_line_that_says_nothing_is_named(tmp_path, line):
    file = tmp_path / "settings.env"
    file.write_text(f"# a remark\n\nB=1\n{line}\n")
    with pytest.raises(Trouble, match="line 4: "):
        read_settings(file)
