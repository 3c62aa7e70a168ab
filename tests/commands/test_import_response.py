"""The command says what it read, saves it whole or not at all, and prints nothing but JSON where it is asked to."""

import datetime
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from recommendations.domain.audit import verification
from recommendations.domain.layouts.layouts import remember_layout
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import Note
from recommendations.exchange.documents_in.lines import read_lines
from recommendations.exchange.documents_in.responses.reading import as_json, read_response
from recommendations.models import DocumentLayout, Inspection, Response, TrackedRecommendation, TrailEntry
from recommendations.trail import verb
from tests.commands.samples import REPORT, TEXT, WITH_STRAY_LINES
from tests.conftest import AT
from tests.exchange.documents_in.test_several import ONE, TWO
from tests.makers.layouts import MARKS, MISREAD, NEXT, layout_of_text, new_layout

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT.parent / "shared" / "examples" / "prevent-response.txt"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "vigilance-response.txt"
    path.write_text(TEXT)
    return path


def run(*arguments, **options):
    out, err = StringIO(), StringIO()
    call_command("import_response", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def refused(*arguments) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value)


GIVEN = ("--force", "westmarch", "--published", "16/7/2020")


def test_it_saves_the_whole_response(file, body, westmarch, officer):
    out, err = run(file, *GIVEN, "--responded", "2020-09-01", "--by", "HANNAH.whitlock@example.org")
    assert err == ""
    assert "1 recommendation, 1 comment, 1 footnote, 2 paragraphs of narrative." in out
    assert "“With immediate effect”, read as immediate" in out
    assert "Saved as response" in out
    assert "followed as WM-0001." in out
    inspection, version = Inspection.objects.get(), Response.objects.get().versions.get()
    assert (inspection.title, inspection.kind, inspection.short_name, inspection.published_on) == (
        "Counter-terrorism policing A look at how forces support Vigilance",
        "thematic",
        "Vigilance 20",
        REPORT,
    )
    assert (version.published_on.isoformat(), version.recorded_by, version.body_name) == (
        "2020-09-01",
        officer,
        "Office of the Police and Crime Commissioner, Marches",
    )
    assert version.source_name == "vigilance-response.txt"
    tracked = TrackedRecommendation.objects.get()
    assert (tracked.force, tracked.directed_to_force, tracked.deadline_on) == (westmarch, True, REPORT)
    assert [name.name for name in tracked.recommendation.addressees.all()] == [
        "NPCC national Vigilance lead",
        "each force Vigilance lead",
    ]
    assert TrailEntry.objects.filter(verb="record_published_response").count() == 1
    assert verification.verify() == []


def test_without_its_own_day_the_response_is_dated_today_and_says_so(file, body):
    out, err = run(file, *GIVEN)
    assert "The response is dated today" in err
    assert "give --responded if it was earlier" in err
    assert "dated today" not in out


def test_the_day_that_the_document_says_is_its_day(file, body, officer):
    file.write_text(file.read_text().replace("\n", "\nDate of response: 1 September 2020\n", 1))
    _, err = run(file, *GIVEN, "--by", officer.email)
    assert "dated today" not in err
    assert Response.objects.get().versions.get().published_on == datetime.date(2020, 9, 1)
    file.write_text(file.read_text().replace("September 2020", "September 2199"))
    assert "1 September 2199: give --responded" in refused(file, *GIVEN, "--by", officer.email)


def test_json_is_exactly_what_the_reader_gives_with_its_blocks(file, body):
    lines = read_lines(file.read_bytes(), file.name)
    expected = as_json(read_response(lines, published_on=REPORT))
    for options in (("--dry-run",), ("--responded", "1 September 2020")):
        said = json.loads(run(file, *GIVEN, "--json", *options)[0])
        blocks = said.pop("blocks")
        assert (said.pop("layout"), said) == (None, expected)
        assert [block["id"] for block in blocks] == list(range(1, len(lines) + 1))
    assert Response.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_saves_nothing(file):
    out, _ = run(file, *GIVEN, "--dry-run")
    assert "Nothing was saved: this was a dry run." in out
    assert not Inspection.objects.exists()
    assert not TrailEntry.objects.exists()


def manage(*arguments, database):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, ROOT / "manage.py", "import_response", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_dry_run_needs_no_database_at_all(file, tmp_path):
    database = tmp_path / "none.sqlite3"
    done = manage(file, *GIVEN, "--dry-run", "--json", database=database)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["recommendations"][0]["deadline"] == {
        "words": "With immediate effect",
        "kind": "immediate",
        "due_on": "2020-07-16",
    }
    assert not database.exists()


@pytest.mark.soak
def test_an_empty_database_is_said_in_words(file, tmp_path):
    done = manage(file, *GIVEN, database=tmp_path / "none.sqlite3")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Is it there, and migrated?" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--force", "northmarch", "--published", "16/7/2020"), "There is no force northmarch. There are: eastvale,"),
        (("--force", "westmarch", "--published", "31/2/2020"), "31 February 2020 does not exist"),
        (("--force", "westmarch", "--published", "1/1/2199"), "--published: 1 January 2199 is in the future"),
        (("--force", "westmarch", "--published", "soon"), "--published: “soon” is not a day"),
        ((*GIVEN, "--responded", "15/7/2020"), "--responded 15 July 2020 is before the report was published"),
        ((*GIVEN, "--by", "nobody@example.org"), "There is no account for nobody@example.org."),
        ((*GIVEN, "--by", "callum.tranter@example.org"), "Callum Tranter may not add responses"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(file, body, force_lead, arguments, message):
    assert message in refused(file, *arguments)
    assert not Inspection.objects.exists()


def test_the_same_document_again_is_refused(file, body):
    run(file, *GIVEN)
    assert "This document is here already" in refused(file, *GIVEN)
    assert Response.objects.count() == 1


def test_lines_without_a_place_are_listed_and_left_out_only_when_told_to(tmp_path, body):
    file = tmp_path / "custody.txt"
    file.write_text(WITH_STRAY_LINES)
    message = refused(file, *GIVEN)
    assert message.startswith("2 lines are not used yet:\n  See also item 7, appendix B\n  See also")
    assert "--leave-out-unplaced" in message
    assert not Response.objects.exists()
    run(file, *GIVEN, "--leave-out-unplaced")
    left_out = Response.objects.get().versions.get().left_out
    assert left_out == ["See also item 7, appendix B", "See also the letter of 4 June to the Minister."]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.txt", None, "cannot be opened: No such file or directory"),
        ("empty.txt", b"", "This file is empty"),
        ("binary.txt", b"\x7fELF\x00\x01\x02" * 50, "not text"),
        ("old.doc", b"x", "old Word document"),
        ("huge.txt", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_an_unreadable_file_is_refused_in_words(tmp_path, body, name, content, message):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert message in refused(file, *GIVEN)


def test_a_number_used_twice_names_it(tmp_path, body):
    file = tmp_path / "twice.txt"
    file.write_text(TEXT.replace("OPCC Comment:", "1. By 1 May 2021, the force should act again.\n\nOPCC Comment:"))
    message = refused(file, *GIVEN)
    assert message.startswith("Recommendation 1")
    assert message.endswith("Nothing was saved.")
    assert not Inspection.objects.exists()


def test_a_body_that_nobody_knows_says_what_to_do(file, westmarch):
    message = refused(file, *GIVEN)
    assert "“Office of the Police and Crime Commissioner, Marches”" in message
    assert "Add the policing body and its oversight" in message


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the real example is not beside this checkout")
def test_the_real_example_comes_in_whole(body, westmarch):
    run(EXAMPLE, "--force", "westmarch", "--published", "1 December 2022", "--responded", "25/1/2023")
    version, tracked = Response.objects.get().versions.get(), TrackedRecommendation.objects.get()
    assert Inspection.objects.get().title == (
        "Counter-terrorism policing An inspection of the police's contribution to the government's Prevent programme"
    )
    text = text_of_version(version)
    assert text.footnotes == (Note("1", "https://www.mi5.gov.uk/threat-levels"),)
    assert (len(text.narrative), version.left_out, version.comments.count()) == (3, [], 1)
    assert tracked.recommendation.deadline_words == "With immediate effect"
    assert tracked.recommendation.addressees.count() == 2


def test_of_several_responses_one_is_named(tmp_path, body):
    path = tmp_path / "both.html"
    path.write_text(f"<html><body><main>{ONE}{TWO}</main></body></html>")
    given = (path, *GIVEN, "--section-55", "yes")
    assert refused(*given) == (
        "This document has 2 responses (1: First light; 2: HMICFRS report: Second sight). "
        "Give --part with one number, or all."
    )
    run(*given, "--part", "2")
    assert [each.title for each in Inspection.objects.all()] == ["Second sight"]


def test_it_remembers_a_layout_if_asked_and_reads_by_those_on_record(tmp_path, body, westmarch, officer):
    first, following = tmp_path / "first.txt", tmp_path / "next.txt"
    first.write_text(TEXT)
    following.write_text(NEXT)
    run(first, *GIVEN, "--responded", "2020-09-01", "--by", officer.email, "--remember")
    (learned,) = DocumentLayout.objects.all()
    assert (learned.kind, learned.body, learned.kept_by) == ("response", body, officer)
    with verb("test", by=None, at=AT) as act:  # what a person taught on the page
        known = new_layout(layout_of_text(MISREAD, MARKS), body=body, document_on=REPORT)
        taught = remember_layout(act, known)
    given = ("--force", "westmarch", "--published", "1/9/2025", "--section-55", "no")
    out, _ = run(following, *given, "--dry-run")
    assert f"Read as {taught.document_words}." in out.splitlines()
    out, _ = run(following, *given)
    version = Response.objects.latest("pk").versions.get()
    assert (version.layout, version.comments.count(), DocumentLayout.objects.count()) == (taught, 2, 2)


def test_without_being_asked_it_remembers_no_layout(file, body, westmarch):
    run(file, *GIVEN, "--responded", "2020-09-01")
    assert DocumentLayout.objects.count() == 0


MARKED = [
    {"id": 1, "role": "nothing"},
    {"id": 3, "role": "title"},
    {"id": 5, "role": "recommendation"},
    {"id": 6, "role": "comment"},
]
STRANGE = ("--force", "westmarch", "--published", "2/10/2025", "--section-55", "no")


@pytest.fixture
def misread(tmp_path):
    (tmp_path / "misread.txt").write_text(MISREAD)
    (tmp_path / "next.txt").write_text(NEXT)
    (tmp_path / "marks.json").write_text(json.dumps(MARKED))
    (tmp_path / "layouts").mkdir()
    return tmp_path


def test_marks_are_applied_as_on_the_page(misread, body, westmarch):
    marked = (misread / "misread.txt", *STRANGE, "--marks", misread / "marks.json")
    said = json.loads(run(*marked, "--dry-run", "--json")[0])
    assert [(block["role"], block.get("by", ""), block.get("like", 0)) for block in said["blocks"]][3:8] == [
        ("narrative", "", 0),
        ("recommendation", "you", 0),
        ("comment", "you", 0),
        ("recommendation", "like", 5),
        ("comment", "like", 6),
    ]
    assert [block.get("recommendations", []) for block in said["blocks"]][6:8] == [["2"], ["2"]]
    run(*marked, "--responded", "2025-10-02")
    assert Response.objects.get().versions.get().comments.count() == 3


def test_layouts_are_those_of_a_folder_and_are_remembered_there(misread):
    folder = ("--layouts", misread / "layouts", "--dry-run")
    out, _ = run(misread / "misread.txt", *STRANGE, "--marks", misread / "marks.json", "--remember", *folder)
    assert f"Its layout is in {misread / 'layouts' / 'misread.json'}." in out.splitlines()
    out, _ = run(misread / "next.txt", *STRANGE, *folder)
    assert "Read as the layout in misread.json." in out.splitlines()
    assert "2 recommendations, 2 comments, 0 footnotes, 1 paragraph of narrative." in out.splitlines()
    assert json.loads(run(misread / "next.txt", *STRANGE, *folder, "--json")[0])["layout"] == "misread.json"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--marks", "wrong.json"), "wrong.json: Mark 1 has a role that there is not: king. The roles are "),
        (("--marks", "no.json"), "no.json is not JSON."),
        (("--marks", "none.json"), "none.json cannot be opened: No such file or directory."),
        (("--layouts", "none"), "There is no folder none."),
        (("--layouts", "wrong"), "wrong/layout.json: This is not a file of layouts."),
    ],
)
def test_a_file_of_marks_or_layouts_that_is_wrong_is_refused(misread, monkeypatch, arguments, message):
    monkeypatch.chdir(misread)
    (misread / "wrong.json").write_text('[{"id": 1, "role": "king"}]')
    (misread / "no.json").write_text("title: 3")
    (misread / "wrong").mkdir()
    (misread / "wrong" / "layout.json").write_text("{}")
    assert refused("misread.txt", *STRANGE, "--dry-run", *arguments).startswith(message)
