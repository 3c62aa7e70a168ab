"""What manage.py lists, and what it refuses because it would harm the record."""

import subprocess
import sys

import pytest
from django.core.management import get_commands

from oversight.operations.commands import OF_DJANGO, OF_THE_OFFICE, REFUSED, OfficeUtility, first_sentence
from tests.database import ROOT

# Commands of Django that read, or change the program and no record.
HARMLESS = {
    *("collectstatic", "findstatic", "compilemessages", "makemessages", "makemigrations", "optimizemigration"),
    *("squashmigrations", "startapp", "startproject", "test", "runserver", "sendtestemail", "createcachetable"),
    *("dbshell", "shell", "diffsettings", "dumpdata", "inspectdb", "showmigrations", "sqlmigrate", "sqlsequencereset"),
}
NOT_INSTALLED = {"reset_db"}


def test_each_command_is_the_offices_harmless_or_refused():
    """One that comes with a new library has to be thought about."""
    others = {name for name, app in get_commands().items() if app not in OF_THE_OFFICE}
    assert others == HARMLESS | (REFUSED.keys() - NOT_INSTALLED)


def test_help_lists_the_offices_commands_with_what_they_do_and_none_that_is_refused(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = OfficeUtility(["manage.py"]).main_help_text()
    own = sorted(name for name, app in get_commands().items() if app in OF_THE_OFFICE)
    lines = text.splitlines()
    listed = [line.split() for line in lines[2:] if line[:2] == "  " and line[2] != " "]
    assert [name for name, *_ in listed] == own
    assert [name for name, *words in listed if not words] == []
    assert " ".join(text.rpartition("\n\n")[2].split()) == OF_DJANGO.format(", ".join(sorted(HARMLESS)))
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_harm_the_record_is_refused_with_what_to_do_instead(name):
    with pytest.raises(SystemExit) as ended:
        OfficeUtility(["manage.py", name, "--no-input"]).execute()
    assert ended.value.code == f"oversight: {name} is refused: {REFUSED[name]}"


def test_manage_py_refuses_in_one_sentence_before_it_looks_at_a_database():
    command = [sys.executable, "manage.py", "flush", "--no-input"]
    done = subprocess.run(command, cwd=ROOT, env={"SECRET_KEY": "x" * 60}, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"oversight: flush is refused: {REFUSED['flush']}\n")


def test_a_help_begins_with_its_first_sentence():
    assert first_sentence("Do this: and that. Then more.") == "Do this"
