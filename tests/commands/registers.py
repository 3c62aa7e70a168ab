"""A small register as an office keeps it, and the command run on it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.makers.spreadsheet_file import book_file

HEADINGS = ("Ref", "Report", "Published", "Rec No", "Recommendation", "Exec lead", "Target date", "RAG")
REPORT = ("Custody in Westmarch: an unannounced inspection", "15/01/2020")
ROWS = (
    ("OP-1", *REPORT, "1", "The force should write it down.", "DCC Nair", "30/09/2020", "Green"),
    ("OP-2", *REPORT, "2", "The force should read it out.", "ACC Rowe", "31 March 2021", "Amber"),
    ("OP-3", *REPORT, "3", "The force should keep it.", "ACC Rowe", "", "Green"),
)
WORDS = {"meanings": {"rag": {"green": "stage:in_progress", "amber": "nothing"}}, "undated_on": "2 November 2020"}


def register(folder: Path, *rows, name: str = "register.xlsx", headings=HEADINGS, sheet: str = "Register") -> Path:
    """A workbook with these rows under the headings."""
    return written(folder / name, book_file({sheet: [headings, *(rows or ROWS)]}))


def written(path: Path, content: bytes | str | dict) -> Path:
    """A file with this content; an object is written as JSON."""
    content = json.dumps(content) if isinstance(content, dict) else content
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def run(*arguments, force: str = "westmarch") -> str:
    """What the command prints."""
    out = StringIO()
    call_command("import_register", *map(str, arguments), "--force", force, stdout=out, stderr=StringIO())
    return out.getvalue()


def ran(*arguments, force: str = "westmarch") -> dict:
    """What the command prints with --json."""
    return json.loads(run(*arguments, "--json", force=force))


def numbers(said: dict) -> tuple[int, int, int, int]:
    """How many rows are new, changed, unchanged; how many problems there are."""
    return said["created"], said["changed"], said["unchanged"], len(said["problems"])


def refused(*arguments, force: str = "westmarch") -> str:
    """What the command says when it refuses."""
    with pytest.raises(CommandError) as error:
        run(*arguments, force=force)
    return str(error.value)


def refused_json(*arguments, force: str = "westmarch") -> dict:
    """What it prints with --json when it refuses."""
    out = StringIO()
    with pytest.raises(CommandError, match=r"first\. Nothing was saved\.$"):
        call_command("import_register", *map(str, arguments), "--force", force, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())
