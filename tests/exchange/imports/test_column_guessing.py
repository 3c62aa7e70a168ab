"""Which columns are which fields, from headings as offices write them and from what the columns hold."""

import datetime

import pytest

from recommendations.domain.register.sheet_columns import FIELDS
from recommendations.domain.sources.naming import label_of
from recommendations.enums import InspectorateStatusKind, RecommendationKind
from recommendations.exchange.imports.column_guessing import (
    A_DEADLINE,
    A_TARGET,
    BY_A_WORD,
    COUNTS,
    WHOSE_COMMENTS,
    WHOSE_DAY,
    columns_to_ask,
    doubts_of,
    guess_columns,
    is_known,
)
from recommendations.exchange.imports.column_synonyms import SOURCE_WORDS, SOURCES_AS_OTHERS_SAY
from recommendations.exchange.imports.column_values import KINDS, OF_INSPECTORATE
from recommendations.exchange.readers.workbook import TableCell, TableRow
from recommendations.models.sources.shipped import SOURCES

ONE = {
    "Ref": "reference", "Our ref": "reference", "OPCC Ref.": "reference", "Reference No": "reference",
    "Unique ID": "reference", "Portal ref": "portal_reference", "HMIC reference": "portal_reference",
    "HMICFRS Portal Ref": "portal_reference", "Force": "force", "Police force": "force",
    "Report": "inspection", "Inspection": "inspection", "Inspection title": "inspection",
    "HMICFRS report": "inspection", "Report / Title": "inspection", "Name of inspection": "inspection",
    "Published": "published_on", "Date published": "published_on", "Publication date": "published_on",
    "Date of publication": "published_on", "PUBLISHED DATE": "published_on", "Report date": "published_on",
    "Type": "kind", "Rec type": "kind", "Rec No": "number", "Rec. No.": "number", "Recommendation #": "number",
    "Recommendation number": "number", "No.": "number", "AFI no": "number", "Recommendation ref": "number",
    "Recommendation": "text", "Recommendations": "text", "Rec text": "text", "Area for improvement": "text",
    "Areas for Improvement": "text", "Recommendation / AFI text": "text", "Full recommendation": "text",
    "Recommendation wording": "text", "AFI": "text", "Sub-recommendation": "parts", "Sub recs": "parts",
    "Directed to": "addressees", "Exec lead": "chief_officer_lead", "Executive Lead": "chief_officer_lead",
    "Chief Officer Lead": "chief_officer_lead", "SRO": "chief_officer_lead", "Business lead": "business_lead",
    "Owner": "business_lead", "Force lead": "business_lead", "Force / Lead": "business_lead",
    "Action owner": "business_lead", "Responsible officer": "business_lead", "OPCC lead": "opcc_lead",
    "OPCC / Owner": "opcc_lead",
    "PCC Lead": "opcc_lead", "Deadline": "deadline_on", "HMICFRS due date": "deadline_on",
    "HMICFRS deadline": "deadline_on", "HMICFRS / Due": "deadline_on", "Force due date": "target_on",
    "Force deadline": "target_on", "Due": "", "Due date": "",
    "Date due": "", "Due date (dd/mm/yyyy)": "",
    "Target date": "target_on", "Target": "target_on", "Revised date": "target_on", "Date revised": "target_on",
    "Revised target date": "target_on", "Original target date": "first_target_on", "Forecast": "forecast_on",
    "Expected completion date": "forecast_on", "RAG": "rag", "BRAG": "rag", "RAG status": "rag",
    "B.R.A.G rating": None, "Current RAG": "rag", "Status": "status", "Current status": "status",
    "Open/Closed": "status", "Progress": "update", "Force update": "update", "Force / Update": "update",
    "Latest update": "update", "Update": "update", "Most recent update": "update", "Progress update": "update",
    "Date of update": "update_on", "Last updated": "update", "Date updated": "update_on", "Force / Date": "update_on",
    "Update by": "said_by", "Updated by": "said_by", "Evidence": "evidence", "OPCC comment": "assurance_why",
    "PCC comments": "assurance_why", "OPCC / Comments": "assurance_why", "Commissioner's response": "assurance_why",
    "PCC's comment": "assurance_why", "OPCC assurance": "assurance", "OPCC / Status": "assurance",
    "HMICFRS status": "inspectorate_status", "HMIC status": "inspectorate_status",
    "Inspectorate / Status": "inspectorate_status", "Outcome": "outcome", "Date closed": "closed_on",
    "Closure date": "closed_on", "Completion date": "closed_on", "Date completed": "closed_on",
    "Management update": "update", "Action being taken": "update", "Progress this quarter": "update",
    "OPCC oversight": "assurance_why", "Evidence / notes": "evidence",
    "What was asked / Recommendation": "text", "When / Due": "", "HMICFRS / Recommendation": "text",
}  # fmt: skip
UNSURE = ("Comments", "Notes", "Date", "Title", "Column C", "OPCC / Evidence", "OPCC / Notes to self",
          "Force / OPCC comment on the plan", "HMICFRS / Owner", "Inspection date", "")  # fmt: skip


def rows(*values) -> list[TableRow]:
    """Rows of one text, day or cell for each column."""
    return [TableRow(number, tuple(map(cell, each))) for number, each in enumerate(values, start=2)]


def cell(value) -> TableCell:
    if isinstance(value, datetime.date):
        return TableCell(f"{value:%d/%m/%Y}", value)
    return value if isinstance(value, TableCell) else TableCell(value)


def column(*values) -> list[TableRow]:
    return rows(*[(value,) for value in values])


DAY = datetime.date(2025, 3, 31)
LONG = "The force should make sure that supervisors record why each decision was made."


@pytest.mark.parametrize("heading", ONE)
def test_a_heading_alone(heading):
    assert guess_columns([heading], []) == ({0: ONE[heading]} if ONE[heading] else {})


@pytest.mark.parametrize("heading", UNSURE)
def test_a_heading_that_could_be_anything_is_left_alone(heading):
    assert guess_columns([heading], []) == {}


def test_the_headings_of_our_own_files():
    headings = [field.heading for field in FIELDS]
    assert guess_columns(headings, []) == {place: field.key for place, field in enumerate(FIELDS)}
    backwards = headings[::-1]
    assert guess_columns(backwards, []) == {place: field.key for place, field in enumerate(FIELDS[::-1])}


def test_a_whole_register():
    headings = [
        "Ref", "Rec No", "AFI", "Recommendation", "Sub-recommendation", "Report", "Inspection", "Published", "Owner",
        "Exec lead", "Business lead", "Due", "Deadline", "Target date", "Revised date", "RAG", "BRAG", "Status",
        "Progress", "Force update", "Latest update", "Date of update", "OPCC comment", "Evidence", "HMICFRS status",
        "Portal ref",
    ]  # fmt: skip
    guessed = {headings[place]: key for place, key in guess_columns(headings, []).items()}
    assert guessed == {
        "Ref": "reference", "Rec No": "number", "Recommendation": "text", "Sub-recommendation": "parts",
        "Inspection": "inspection", "Published": "published_on", "Exec lead": "chief_officer_lead",
        "Business lead": "business_lead", "Deadline": "deadline_on", "Target date": "first_target_on",
        "Revised date": "target_on", "RAG": "rag", "Status": "status", "Latest update": "update",
        "Date of update": "update_on", "OPCC comment": "assurance_why", "Evidence": "evidence",
        "HMICFRS status": "inspectorate_status", "Portal ref": "portal_reference",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "values", "key"),
    [
        ("Recommendation", (LONG, LONG), "text"),
        ("Recommendation", ("Rec 1", "2", "7.1"), "number"),
        ("AFI", ("AFI 1", "AFI 2"), "number"),
        ("AFI", (LONG, "Do it."), "text"),
        ("Due", (DAY, "31.03.25", "31st March 2025"), None),
        ("Force / Due date", (DAY, DAY), "target_on"),
        ("Due for the force", (DAY, DAY), "target_on"),
        ("Lead (force)", ("ACC Rowe", "DCC Hale"), "chief_officer_lead"),
        ("Owner", ("ACC Rowe", "DCC Hale"), "chief_officer_lead"),
        ("Owner", ("Ch Insp Rowe", "Supt Hale"), "business_lead"),
        ("Due", ("Immediate", "Within three months", "31/03/2025"), "deadline_words"),
        ("Progress", (LONG, "Done.", "Policy is out."), "update"),
        ("Progress", ("On track",) * 8 + ("Late",) * 4, "status"),
        ("Latest update", (DAY, DAY, "1 May 2025"), "update_on"),
        ("Force position", ("Accepted", "Not accepted"), "position"),
        ("Force position", (LONG, "We have written the policy and everybody has been told. " * 3), "update"),
        ("Published", ("Yes", "No", "Yes"), None),
        ("RAG", (LONG, LONG), None),
        ("RAG", (TableCell("", None, "red"), TableCell("", None, "green")), "rag"),
        ("Status", (DAY, DAY), None),
        ("Ref", (LONG, LONG), None),
        ("Owner", (DAY, DAY), None),
        ("Completion date", (DAY, "", "", "", "", ""), "closed_on"),
        ("Completion date", (DAY, DAY, DAY, DAY, DAY, DAY), "target_on"),
        ("Target date", ("TBC", "N/A", DAY), "target_on"),
        ("Target date", ("TBC", "N/A", "Ongoing"), None),
        ("Inspection", ("PEEL 2023", "PEEL 2024"), "inspection"),
        ("No.", ("1", "2", "3"), None),
        ("No.", ("1", "2", "1"), "number"),
        ("No.", ("AFI 1", "AFI 2", "Rec 1"), "number"),
        ("Ref no", ("1", "1.1", "1"), "number"),
        ("Ref no", ("1", "2", "3"), "reference"),
        ("Comments", (LONG, "Done."), "update"),
        ("Status", (TableCell("", None, "red"), TableCell("", None, "red"), TableCell("", None, "green")), "rag"),
        ("Status", ("Being progressed", "Complete"), "inspectorate_status"),
        ("Status", ("Open", "Complete"), "status"),
        ("Recommendation / AFI", (LONG, "Do it."), "text"),
        ("Recommendation / AFI", ("Rec", "AFI"), "kind"),
        ("Category", ("Leadership", "Custody"), None),
        ("Title", ("Light", "Light", "Dark"), "inspection"),
        ("Title", ("Light", "Dark"), None),
        ("Gold commander’s lead", ("ACC Rowe", "ACC Voss"), "chief_officer_lead"),
        ("What has been done", (LONG, "Done."), "update"),
        ("Progress still to make", (LONG, "Done."), None),
        ("What the PCC thinks", (LONG, "Content."), "assurance_why"),
        ("Where HMICFRS has it", ("Awaiting review", "Complete"), "inspectorate_status"),
        ("Theme(s)", ("Preventing crime", "Custody"), "themes"),
        ("Risk rating", ("High", "Low"), "risk"),
        ("Risk", ("People in cells could come to harm before anyone looks.",) * 3, None),
        ("Finding", (LONG, LONG), "text"),
        ("Type of finding", ("AFI", "Recommendation"), "kind"),
        ("Task", ("Rec 4", "Rec 5"), "number"),
        ("State", ("Done", "In progress"), "status"),
        ("Source", ("PEEL 2025", "Custody visit"), "inspection"),
        ("Source", ("HMICFRS", "IOPC"), "source"),
        ("Assignee", ("Insp Rook", "DCI Teale"), "business_lead"),
        ("Log no", ("L1", "L2"), "reference"),
        ("Delivery date", (DAY, DAY), "target_on"),
        ("Date the report was made public", (DAY, DAY), "published_on"),
        ("Last modified", (DAY, DAY), "update_on"),
        ("Target date", ("TBC", DAY, "Jun-25", "45747"), "target_on"),
        ("Evidence", (), "evidence"),
        ("Column C", ("Red", "Amber", "green"), "rag"),
        ("Column C", (TableCell("", None, "red"), TableCell("", None, "red"), TableCell("Blue")), "rag"),
        ("Column C", (DAY, DAY, DAY), None),
        ("Column C", ("Red", "Amber"), None),
        ("Theme", ("Red", "Amber", "Green"), None),
    ],
)
def test_what_the_column_holds_decides(heading, values, key):
    assert guess_columns([heading], column(*values)) == ({0: key} if key else {})


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        (("Target date", "Revised date"), ("first_target_on", "target_on")),
        (("Revised date", "Target date"), ("target_on", "first_target_on")),
        (("Original target date", "Target date"), ("first_target_on", "target_on")),
        (("Original target date", "Target date", "Revised date"), ("first_target_on", None, "target_on")),
        (("Target date", "Revised date", "Second revised date"), ("first_target_on", None, "target_on")),
        (("Due", "Deadline"), (None, "deadline_on")),
        (("HMICFRS deadline", "Due date"), ("deadline_on", None)),
        (("Update", "Update (2)"), ("update", None)),
        (("Report", "Inspection"), (None, "inspection")),
        (("Owner", "Business lead"), (None, "business_lead")),
        (("Status", "RAG status"), ("status", "rag")),
    ],
)
def test_a_field_goes_to_one_column(headings, keys):
    assert guess_columns(headings, []) == {place: key for place, key in enumerate(keys) if key}


def test_further_columns_of_updates_are_updates_too():
    headings = ("Management update", "Progress this quarter", "Comments")
    assert guess_columns(headings, rows((LONG, LONG, LONG))) == {0: "update", 1: "update"}


def test_a_completion_date_beside_an_open_row_is_a_target_and_one_beside_closed_rows_is_not():
    headings = ("Completion date", "Status")
    assert guess_columns(headings, rows((DAY, "Open"), ("", "Closed")))[0] == "target_on"
    assert guess_columns(headings, rows(("", "Open"), (DAY, "Closed")))[0] == "closed_on"


def test_of_two_days_of_the_force_the_one_that_was_not_moved_is_the_first_target():
    held = rows((DAY, DAY), (DAY, ""))
    assert guess_columns(("Force deadline date", "Revised force deadline"), held) == {
        0: "first_target_on",
        1: "target_on",
    }
    assert guess_columns(("Force deadline date", "Force due date"), held) == {0: "target_on", 1: "target_on"}


def test_what_a_word_of_the_heading_suggests_is_in_doubt():
    headings, held = ("Activity to date",), rows(("The form was changed in May.",), ("Ten are read each month.",))
    assert (guess_columns(headings, held), doubts_of(headings, held, {0: "update"})) == ({0: "update"}, {0: BY_A_WORD})
    assert doubts_of(headings, held, {0: "evidence"}) == {}


def test_what_is_in_doubt_says_why():
    headings = ("No.", "Comments", "Completion date", "Status", "Theme", "By when?")
    held = rows(*[(str(each), LONG, DAY, "Open", "Custody", DAY) for each in (1, 2, 3)])
    doubts = doubts_of(headings, held, guess_columns(headings, held))
    assert doubts == {
        0: COUNTS,
        1: WHOSE_COMMENTS,
        2: A_TARGET,
        5: A_DEADLINE,
    }


@pytest.mark.parametrize(
    ("headings", "cells", "asked"),
    [
        (("Recommendation", "Due"), (LONG, DAY), {1: WHOSE_DAY}),
        (("Recommendation", "Date due (dd/mm/yyyy)"), (LONG, DAY), {1: WHOSE_DAY}),
        (("Recommendation", "When / Due by"), (LONG, DAY), {1: WHOSE_DAY}),
        (("Recommendation", "Due date (HMICFRS)"), (LONG, DAY), {}),
        (("Recommendation", "HMICFRS / Due"), (LONG, DAY), {}),
        (("Recommendation", "Force due date"), (LONG, DAY), {}),
        (("Recommendation", "Due"), (LONG, "Immediate"), {}),
        (("Recommendation", "Due"), (LONG, ""), {}),
        (("Recommendation", "By when?"), (LONG, DAY), {}),
        (("Deadline", "Due"), (DAY, DAY), {1: WHOSE_DAY}),
    ],
)
def test_whose_day_is_asked_of_a_column_headed_due_alone(headings, cells, asked):
    held = rows(cells, cells)
    keys = guess_columns(headings, held)
    assert columns_to_ask(headings, held, keys) == asked
    assert {place: why for place, why in doubts_of(headings, held, keys).items() if why == WHOSE_DAY} == asked


def test_a_column_headed_due_alone_is_asked_however_few_days_it_has():
    headings, held = ("Recommendation", "Due"), rows((LONG, DAY), *[(LONG, "")] * 20)
    keys = guess_columns(headings, held)
    assert (keys, columns_to_ask(headings, held, keys)) == ({0: "text"}, {1: WHOSE_DAY})


def test_a_column_headed_due_alone_is_not_guessed_from_its_cells():
    headings = ("Inspection", "Published", "Recommendation", "Due")
    held = rows(("Custody", "01/05/2024", LONG, DAY), ("Custody", "01/05/2024", f"{LONG} 2", DAY))
    assert guess_columns(headings, held).get(3) is None


def test_a_column_that_a_person_left_out_is_in_no_doubt():
    headings, held = ("Recommendation", "Due"), rows((LONG, DAY))
    assert doubts_of(headings, held, {0: "text", 1: ""}) == {}


def test_words_that_the_guessing_knows_are_those_of_the_register():
    known = set(InspectorateStatusKind.values)
    assert set(OF_INSPECTORATE.values()) == known
    assert {OF_INSPECTORATE[label.casefold()] for label in InspectorateStatusKind.labels} == known
    assert {label.casefold(): value for value, label in RecommendationKind.choices}.items() <= KINDS.items()


def test_a_second_column_takes_another_sense_only_where_its_values_show_it():
    headings = ("Deadline", "Due")
    assert guess_columns(headings, rows((DAY, "Within three months"))) == {0: "deadline_on", 1: "deadline_words"}
    assert guess_columns(headings, rows((DAY, DAY))) == {0: "deadline_on"}
    headings = ("Recommendation", "Area for improvement")
    assert guess_columns(headings, rows((LONG, LONG))) == {0: "text"}


def test_hidden_columns_are_not_guessed_at():
    assert guess_columns(("Update", "Update (2)", "RAG"), [], {0, 2}) == {1: "update"}


def test_two_columns_of_colours_without_headings_are_left_alone():
    colours = [("Red", "Red")] * 4
    assert guess_columns(("Column A", "Column B"), rows(*colours)) == {}
    assert guess_columns(("RAG", "Column B"), rows(*colours)) == {0: "rag"}


def test_rows_shorter_than_the_headings_do_no_harm():
    assert guess_columns(("Ref", "RAG"), rows(("R1",))) == {0: "reference", 1: "rag"}


def test_known_headings():
    assert [is_known(each) for each in ("Rec. No.", "Force / Update", "Smith", "")] == [True, True, False, False]


def test_the_words_of_the_shipped_sources_are_known():
    names = (name for each in SOURCES.values() for name in (each.name, label_of(each.key, each.word)))
    assert {name.casefold() for name in names} == SOURCE_WORDS
    assert set(SOURCES_AS_OTHERS_SAY.values()) <= SOURCES.keys()
