"""A mixed register comes in by its Source column: each report has the source and the rule that its rows say."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.imports.imports import bring_in
from recommendations.domain.imports.lines import ImportSource
from recommendations.domain.imports.plan import plan_of
from recommendations.domain.inspections.statutory_clock import clock
from recommendations.domain.sources import sources
from recommendations.enums.sources import Answerer
from recommendations.models import ForceUpdate, Inspection, Recommendation, SheetMapping, SheetRow
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.exchange.imports.exports import plan, taken_out
from tests.exchange.imports.sheets_of import SIMPLE, asked, brought_in, lines_of, planned
from tests.makers.sources import follow, from_iopc

MIXED = SIMPLE | {"source": "Source"}
DAY = datetime.date(2026, 1, 20)


def row(source: str, report: str, **said) -> dict:
    return {"source": source, "inspection": report, "published_on": DAY, "number": "1", "text": "Do it."} | said


def test_a_mixed_register_comes_in_by_its_source_column(westmarch, officer):
    follow("iopc", "coroner", "audit")
    rows = [
        row("IOPC", "Searches of children"),
        row("", "Searches of children", number="2", text="Record it."),
        row("PFD", "Checks in custody"),
        row("Internal audit", "Property stores"),
        row("HMICFRS", "Custody in Westmarch"),
        row("Super-complaint", "Stalking"),
    ]
    brought_in(MIXED, *rows, by=officer, sent_on="published")
    found = Inspection.objects.order_by("pk")
    assert list(found.values_list("source", "basis", "kind", "answerer", "starts_on")) == [
        ("iopc", "iopc-28a", "other", Answerer.CHIEF_OFFICER, DAY),
        ("coroner", "coroner", "other", Answerer.CHIEF_OFFICER, DAY),
        ("audit", "audit", "other", Answerer.STATED, None),
        ("hmicfrs", "joint", "custody", Answerer.POLICING_BODY, None),
        ("super-complaint", "super-complaint", "super_complaint", Answerer.STATED, None),
    ]
    assert (found[0].last_day, found[0].recommendations.count()) == (datetime.date(2026, 3, 16), 2)
    assert [each.is_under_section_55 for each in found] == [False, False, False, True, False]
    assert [each.needs_response for each in found[:3]] == [False] * 3
    assert found[0].no_response_reason == "The chief officer answers it."


def test_a_fire_inspection_needs_no_response_by_its_kind_or_its_source(westmarch, officer):
    follow("fire")
    rows = [row("Fire and rescue inspection", "The service in 2026"), row("", "Marches Fire and Rescue Service 2026")]
    brought_in(MIXED, *rows, by=officer)
    said = ("fire", "fire", "fire", False, "The fire authority answers it.")
    columns = ("source", "basis", "kind", "needs_response", "no_response_reason")
    assert list(Inspection.objects.values_list(*columns)) == [said, said]


def test_an_unknown_source_is_asked_about_and_can_be_any_that_is_followed(westmarch, officer):
    follow("audit")
    rows = [row("Weir and Moor LLP", "Property stores")]
    (question,) = asked(MIXED, *rows)
    assert (question.field, question.answer) == ("source", "")
    assert [each.value for each in question.choices] == ["hmicfrs", "audit"]
    assert [each.asks for each in planned(MIXED, *rows).problems] == [("meaning", "source", "weir and moor llp")]
    brought_in(MIXED, *rows, by=officer, meanings={"source": {"weir and moor llp": "audit"}})
    assert Inspection.objects.get().source == "audit"


def test_a_name_that_two_sources_share_is_asked_about(westmarch):
    sources.set_source(key="weir", name="Weir and Moor", word="Audit", initial="W", in_use=True, by=None, at=AT)
    assert [question.field for question in asked(MIXED, row("Audit", "Property stores"))] == ["source"]
    assert asked(MIXED, row("Weir and Moor", "Property stores"), row("HMICFRS", "Custody")) == []


def test_a_source_that_is_not_followed_is_refused_and_says_who_switches_it_on(westmarch):
    (problem,) = planned(MIXED, row("IOPC", "Searches of children")).problems
    assert (problem.row, problem.column, problem.value) == (2, "Source", "IOPC")
    said = "IOPC learning recommendation is not a source that this office follows."
    assert problem.message == f"{said} An administrator can tick it, under What you use."
    sources.set_source(key="iopc", in_use=True, until=datetime.date(2020, 12, 31), by=None, at=AT)
    assert len(planned(MIXED, row("IOPC", "Searches of children")).problems) == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row("IOPC", "One"), row("Audit", "One", number="2", text="More.")], "Row 2 names another source of One."),
        ([row("Audit", "Searches of children")], "Searches of children is on record with the source IOPC. "),
    ],
)
def test_sources_that_contradict_each_other_are_refused(westmarch, rows, message):
    follow("iopc", "audit")
    from_iopc(westmarch)
    (problem,) = planned(MIXED, *rows, sent_on="published").problems
    assert problem.message.startswith(message)


LETTERS = [
    row("IOPC", "Searches of children"),
    row("PFD", "Checks in custody") | {"": "21 January 2026"},
    row("Audit", "Property stores"),
]
WITH_DAY = MIXED | {"": "Letter"}


def test_the_day_that_starts_a_clock_is_asked_once_for_all_rows(westmarch):
    follow("iopc", "coroner", "audit")
    (question,) = asked(WITH_DAY, *LETTERS)
    assert (question.kind, question.field, question.count) == ("sent", "sent_on", 2)
    assert [each.value for each in question.choices] == ["published", "column: Letter", "not known"]
    assert [each.asks for each in planned(WITH_DAY, *LETTERS).problems] == [("sent", "sent_on", "")] * 2
    assert asked(MIXED, row("Audit", "Property stores"), row("HMICFRS", "Custody")) == []
    from_iopc(westmarch)
    assert asked(MIXED, LETTERS[0]) == []


@pytest.mark.parametrize(
    ("sent_on", "starts"),
    [
        ("published", [DAY, DAY, None]),
        ("column: Letter", [None, DAY + datetime.timedelta(days=1), None]),
        ("not known", [None, None, None]),
    ],
)
def test_no_clock_runs_from_a_day_that_nobody_gave(westmarch, officer, sent_on, starts):
    follow("iopc", "coroner", "audit")
    brought_in(WITH_DAY, *LETTERS, by=officer, sent_on=sent_on)
    found = Inspection.objects.order_by("pk")
    assert [each.starts_on for each in found] == starts
    assert [each.last_day is None for each in found[:2]] == [day is None for day in starts[:2]]
    assert [each.lacks_start for each in found] == [starts[0] is None, starts[1] is None, False]
    shown = [clock(each, None, TODAY).headline for each in found[:2] if each.lacks_start]
    assert shown == ["Day made not known: no clock", "Day sent not known: no clock"][: len(shown)]


def test_a_letter_of_the_future_starts_no_clock(westmarch):
    follow("iopc")
    rows = [row("IOPC", "Searches of children") | {"": "1 January 2099"}]
    (problem,) = planned(WITH_DAY, *rows, sent_on="column: Letter").problems
    assert problem.message == "Searches of children: 1 January 2099 is in the future."


def test_a_row_from_a_death_that_seems_to_name_a_person_is_asked_about_and_the_name_is_not_kept(westmarch, officer):
    follow("review")
    named = row("Review", "Calls in a crisis", number="1", text="Tell Mr Quennell’s ward.")
    rows = [named, row("Review", "Calls in a crisis", number="2", text="Open Bramley Lodge at night.")]
    problems = planned(MIXED, *rows).problems
    assert [(each.row, each.column, each.names_person) for each in problems] == [
        (2, "Recommendation", True),
        (3, "Recommendation", True),
    ]
    said = {
        "tell mr quennell’s ward.": "Tell the ward.",
        "open bramley lodge at night.": "Open Bramley Lodge at night.",
    }
    columns = MIXED | {"": "Deceased"}
    brought_in(columns, named | {"": "Leopold Quennell"}, rows[1], by=officer, corrections={"text": said})
    assert [each.text for each in Recommendation.objects.order_by("pk")] == [*said.values()]
    kept = json.dumps([[each.original for each in SheetRow.objects.all()], SheetMapping.objects.get().answers])
    assert [word for word in ("Quennell", "quennell") if word in kept] == []
    assert planned(MIXED, row("HMICFRS", "Custody", text=named["text"])).problems == ()


OF_A_PERSON = ImportSource("PFD_Leopold_Quennell.xlsx", "0" * 64)


def of_file(source: str, file: ImportSource = OF_A_PERSON, **said):
    """The plan for one row of this source in a file of this name."""
    columns = MIXED | {"update": "Update"}
    lines = lines_of(columns, row(source, "Calls in a crisis", update="Done."), undated_on="7 November 2026", **said)
    return plan_of(lines, source=file, on=TODAY)


def test_the_name_of_a_file_with_reports_from_a_death_is_asked_about(westmarch):
    follow("review")
    (problem,) = of_file("Review").problems
    assert (problem.column, problem.value, problem.names_person) == ("File name", OF_A_PERSON.name, True)
    assert problem.message.startswith("“Leopold Quennell” looks like a person’s name.")
    assert of_file("HMICFRS").problems == of_file("Review", ImportSource("Reviews 2026.xlsx")).problems == ()


@pytest.mark.parametrize(
    ("now", "called"),
    [("Reviews 2026.xlsx", "Reviews 2026.xlsx"), ("", "spreadsheet.xlsx"), (OF_A_PERSON.name, OF_A_PERSON.name)],
    ids=["renamed", "left out", "no person"],
)
def test_a_file_is_kept_under_the_name_that_somebody_saw_to(westmarch, officer, now, called):
    follow("review")
    plan = of_file("Review", corrections={"file_name": {OF_A_PERSON.name.casefold(): now}})
    make_tracked(make_inspection(westmarch))  # so that the plan is made again
    made = bring_in(plan=plan, by=officer, at=AT)
    assert made.source_name == called
    kept = json.dumps([SheetMapping.objects.get().answers, ForceUpdate.objects.get().done, made.source_name])
    assert ("quennell" in kept.casefold()) is (called == OF_A_PERSON.name)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_mixed_register_that_was_taken_out_comes_back_unchanged(westmarch, officer, form):
    follow("iopc", "super-complaint")
    make_tracked(make_inspection(westmarch))
    make_tracked(from_iopc(westmarch))
    make_tracked(make_inspection(westmarch, title="Stalking", kind="super_complaint", respond_by=TODAY))
    found = plan(taken_out(officer, form), form)
    assert (found.problems, found.created, found.changed, found.unchanged) == ((), 0, 0, 3)


def test_thirty_reports_ask_no_more_than_one(westmarch):
    follow("iopc")
    counts = []
    for many in (1, 30):
        with CaptureQueriesContext(connection) as queries:
            planned(MIXED, *(row("IOPC", f"Report {each}") for each in range(many)))
        counts.append(len(queries))
    assert counts[0] == counts[1]
