"""The command says what it read of a report, saves it whole or not at all, and prints only JSON where asked to."""

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from recommendations.domain.audit import verification
from recommendations.exchange.documents_in.lines import read_lines
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import as_json
from recommendations.models import Inspection, InspectionDocument, Response, TrackedRecommendation, TrailEntry
from tests.domain.sources.test_recorded import follow
from tests.readers.layouts import file_of
from tests.readers.source import source

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = ROOT / "tests" / "samples" / "reports"
PEEL, THEMATIC = REPORTS / "peel.html", REPORTS / "thematic.pdf"
GIVEN = ("--force", "westmarch", "--published", "12/3/2026")


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("import_report", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(*arguments) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value)


def test_it_saves_the_whole_report_and_begins_its_response(body, westmarch, officer):
    out, err = run(PEEL, *GIVEN, "--by", "HANNAH.whitlock@example.org")
    assert err == ""
    assert "Kind: PEEL force assessment.\nReport published on 12 March 2026. Deadline to respond: 6 May" in out
    assert "2 recommendations, 3 areas for improvement, 1 cause of concern, 1 innovative practice." in out
    assert "“Within three months”, read as counted from publication: 12 June 2026" in out
    assert "Comment" not in out
    response = Response.objects.get()
    followed = "followed as WM-0001, WM-0002, WM-0003, WM-0004, WM-0005"
    assert out.strip().endswith(
        f"Saved as PEEL 26: {followed}. Response {response.pk} is being drafted: last day 6 May 2026."
    )
    inspection, document = Inspection.objects.get(), InspectionDocument.objects.get()
    assert (inspection.kind, inspection.published_on, response.body) == ("peel", date(2026, 3, 12), body)
    assert (document.name, document.recorded_by) == ("peel.html", officer)
    assert TrailEntry.objects.filter(verb="record_report").count() == 1
    assert verification.verify() == []


def test_json_is_exactly_what_the_reader_gives_with_its_blocks(body):
    expected = as_json(read_report(read_lines(PEEL.read_bytes(), PEEL.name), date(2026, 3, 12)))
    for options in (("--dry-run",), ()):
        said = json.loads(run(PEEL, *GIVEN, "--json", *options)[0])
        assert len(said.pop("blocks")) == len(expected["lines"])
        assert (said.pop("layout"), said) == (None, expected)
    assert {rec["comment"] for rec in expected["recommendations"]} == {""}
    assert Response.objects.count() == 1


@pytest.mark.soak
def test_a_dry_run_needs_no_database_at_all(tmp_path):
    database = tmp_path / "none.sqlite3"
    command = [sys.executable, ROOT / "manage.py", "import_report", THEMATIC, *GIVEN, "--dry-run"]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Recommendation 7: Within six months, chief constables, with their police and crime" in done.stdout
    assert done.stdout.endswith("Every line is used.\nNothing was saved: this was a dry run.\n")
    assert not database.exists()


def test_the_same_report_again_adds_nothing(body):
    run(REPORTS / "thematic.html", *GIVEN)
    assert refused(THEMATIC, *GIVEN).startswith("This report is here already: “Fit for the call, a thematic")
    assert (Inspection.objects.count(), Response.objects.count(), TrackedRecommendation.objects.count()) == (1, 1, 4)


def test_no_response_is_begun_where_none_is_needed(body):
    out, _ = run(PEEL, *GIVEN, "--no-response", "The national response covers it.")
    assert out.strip().endswith("No response is needed: The national response covers it.")
    assert not Response.objects.exists()
    assert refused(THEMATIC, *GIVEN, "--no-response", " ") == "Say why no response is needed."


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("recipes.html", GIVEN, "does not read as an inspection report: it speaks of no inspection"),
        ("news.html", (*GIVEN, "--dry-run"), "does not read as an inspection report: there is no recommendation, area"),
        ("../twin.docx", GIVEN, "reads as a response to a report, not as the report itself"),
        ("peel.html", ("--force", "northmarch", "--published", "1/3/2026"), "There is no force northmarch."),
        ("peel.html", ("--force", "westmarch", "--published", "1/1/2199"), "1 January 2199 is in the future"),
        ("peel.html", (*GIVEN, "--by", "callum.tranter@example.org"), "Callum Tranter may not add reports"),
        ("peel.json", GIVEN, "This kind of file cannot be read."),
        ("missing.html", GIVEN, "cannot be opened: No such file or directory"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(body, force_lead, name, arguments, message):
    assert message in refused(REPORTS / name, *arguments)
    assert not Inspection.objects.exists()


def test_lines_without_a_place_are_left_out_only_when_told_to(tmp_path, body):
    file = tmp_path / "report.txt"
    file.write_text("HMICFRS: An inspection\n\nRecommendation 1\n\nThe force should act.\n\nRecommendation 9\n")
    assert refused(file, *GIVEN).startswith("1 line is not used yet:\n  Recommendation 9\n")
    run(file, *GIVEN, "--leave-out-unplaced", "--section-55", "yes")
    assert InspectionDocument.objects.get().left_out == ["Recommendation 9"]


def test_a_number_used_twice_names_it(tmp_path, body):
    file = tmp_path / "report.txt"
    file.write_text(
        "HMICFRS: An inspection\n\nRecommendation 1\n\nThe force should act.\n\n"
        "Recommendation 1\n\nThe Home Office should pay for new radios.\n"
    )
    message = refused(file, *GIVEN, "--section-55", "yes")
    assert message.startswith("Recommendation 1 (2nd): There is a recommendation 1 in this inspection")
    assert not Inspection.objects.exists()


def test_a_stated_last_day_is_given_and_said(body, westmarch):
    out, _ = run(PEEL, *GIVEN, "--respond-by", "1 June 2026")
    assert "Report published on 12 March 2026. Stated last day to respond: 1 June 2026." in out
    assert out.strip().endswith("is being drafted: last day 1 June 2026.")
    assert Inspection.objects.get().respond_by == date(2026, 6, 1)


def test_a_stated_last_day_that_is_wrong_saves_nothing(body, westmarch):
    assert refused(PEEL, *GIVEN, "--respond-by", "31/2/2026") == "--respond-by: 31 February 2026 does not exist."
    before = "The last day is before the report was published."
    assert refused(PEEL, *GIVEN, "--respond-by", "1/3/2026") == before
    assert Inspection.objects.count() == 0


OTHER = "HMICFRS: An inspection\n\nRecommendation 1\n\nThe force should act.\n"
LAST = "Deadline to respond"


@pytest.mark.parametrize(
    ("said", "last_day", "saved"),
    [
        (None, f"{LAST}, if section 55 applies: 6 May 2026", ""),
        ("yes", f"{LAST}: 6 May 2026", "last day 6 May 2026."),
        (
            "no",
            "No last day to respond is counted: give the one that is stated, if there is one",
            "no last day is stated.",
        ),
    ],
)
def test_whether_section_55_applies_is_asked_where_the_kind_does_not_say(tmp_path, body, said, last_day, saved):
    file = tmp_path / "report.txt"
    file.write_text(OTHER)
    options = ("--section-55", said) if said else ()
    assert f"Report published on 12 March 2026. {last_day}." in run(file, *GIVEN, "--dry-run", *options)[0]
    if said:
        assert run(file, *GIVEN, *options)[0].strip().endswith(saved)
        assert Inspection.objects.get().section_55 is (said == "yes")
    else:
        assert refused(file, *GIVEN) == (
            "Say whether section 55 of the Police Act 1996 applies to this report. "
            "Give --section-55 yes or --section-55 no."
        )
        assert not Inspection.objects.exists()


@pytest.fixture
def document(tmp_path):
    """The file of one of the fictional documents."""

    def make(name, layout="word:styles"):
        data, file_name = file_of(source(name), layout)
        path = tmp_path / file_name
        path.write_bytes(data)
        return path

    return make


def test_a_document_of_another_source_is_saved_with_its_rule(body, westmarch, document):
    follow("iopc")
    out, _ = run(document("iopc-page"), "--force", "westmarch", "--published", "11/3/2026")
    assert "Reference: 2025/204417.\nMade under: 28A.\nAnswer due, as printed: 5 May 2026." in out
    assert out.strip().endswith("followed as WM-0001, WM-0002. The chief officer answers it. Last day 5 May 2026.")
    inspection = Inspection.objects.get()
    assert (inspection.source, inspection.basis, inspection.starts_on) == ("iopc", "iopc-28a", date(2026, 3, 11))
    assert verification.verify() == []


def test_a_dry_run_of_a_coroners_report_names_no_one(document):
    out, _ = run(document("coroner-form-table"), "--force", "westmarch", "--published", "14/2/2026", "--dry-run")
    assert "3 recommendations." in out
    assert [name for name in ("Quennell", "Langholm", "Drax") if name in out] == []


def test_another_source_needs_to_be_followed(body, westmarch, document):
    said = refused(document("audit-table"), "--force", "westmarch", "--published", "22/1/2026")
    assert "Choose a source that the office follows." in said
    assert not Inspection.objects.exists()
