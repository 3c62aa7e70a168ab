"""What changed here since an export, and in the file too, is asked about; an untouched cell changes nothing."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from recommendations.domain.imports.conflict_details import NOT_KNOWN, details_of
from recommendations.domain.imports.conflicts import FILE, HERE, export_cells_now
from recommendations.domain.imports.imports import bring_in
from recommendations.domain.imports.register_snapshot import register_of
from recommendations.domain.imports.row_marks import UNITS
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.register import closures, voices
from recommendations.domain.register.export.lines import lines_out
from recommendations.domain.register.export.marks import KEYS, cell_text, row_signature
from recommendations.domain.register.export.sheets import ACTIONS, MARK, UPDATES
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.sheet_columns import FIELDS, UPDATE_TEXT_KEYS
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.exchange.imports.spreadsheet import ONLY_UPDATES, Unreadable, read_workbook
from recommendations.models import Label, Thresholds, TrackedRecommendation
from tests.conftest import AT, PUBLISHED, TODAY, make_inspection, make_tracked
from tests.exchange.imports.exports import MINUTE, cell, changes, edited, plan, taken_out

DAY = datetime.timedelta(days=1)
LATER = AT + 2 * MINUTE


@pytest.fixture
def tracked(westmarch, officer, force_lead):
    """A recommendation of which every voice has spoken."""
    tracked = make_tracked(make_inspection(westmarch), due_on=TODAY, leads={"opcc_lead": "Joe Brandreth"})
    about = {"tracked": tracked, "at": AT}
    voices.log_force_update(
        done="Begun.",
        said_by="Sgt Hale",
        position="accepted",
        stage="in_progress",
        forecast_on=TODAY + 90 * DAY,
        effective_on=TODAY - 9 * DAY,
        by=force_lead,
        **dict.fromkeys(UPDATE_TEXT_KEYS, "A minute."),
        **about,
    )
    voices.set_target(target_on=TODAY, effective_on=TODAY - 9 * DAY, by=force_lead, **about)
    voices.record_assurance(view="partly_assured", rationale="Seen.", effective_on=TODAY - 8 * DAY, by=officer, **about)
    status = {"status": "being_progressed", "effective_on": PUBLISHED}
    voices.record_inspectorate_status(by=officer, **status, **about)
    return TrackedRecommendation.objects.get(pk=tracked.pk)


def lead(tracked, name: str, by) -> None:
    """Another lead, here, after the export."""
    tracked.refresh_from_db()
    inspections.edit_tracked(
        tracked=tracked, version=tracked.version, opcc_lead=name, reason="A new lead.", by=by, at=LATER
    )


def with_cells(content: bytes, **cells) -> bytes:
    """The file with other words in some cells of its first row (field → words)."""

    def change(sheet):
        for key, words in cells.items():
            cell(sheet, "WM-0001", key).value = words

    return edited(content, change)


def sides(found) -> list[tuple]:
    """The three values of each conflict."""
    return [(each.conflict.unit, each.was, each.now, each.in_file) for each in details_of(found.conflicts)]


def choose(content: bytes, choice: str):
    """The plan with one choice for all that it asks."""
    asked = plan(content)
    return plan(content, choices={each.key: choice for each in asked.conflicts})


@pytest.mark.parametrize("spoken", [True, False])
def test_what_the_register_says_now_is_what_an_export_would_say(westmarch, officer, request, spoken):
    tracked = request.getfixturevalue("tracked") if spoken else make_tracked(make_inspection(westmarch))
    query = RegisterQuery(day=TODAY)
    (line,) = lines_out(query, (tracked.pk,), officer, Thresholds(), Label.objects.words())
    register = register_of(["westmarch"], with_risk=True)
    (here,) = register.by_recommendation.values()
    said = {key: cell_text(getattr(line, key)) for keys in UNITS.values() for key in keys}
    assert export_cells_now(register, here) == said


def test_every_column_that_can_change_a_record_is_asked_about():
    """The others name the record, come in with a new one only, or are worked out here in a table of our own."""
    others = {"reference", "force", "inspection", "source", "published_on", "kind", "parts", "addressees"}
    others |= {"rag", "status"}
    assert {key for keys in UNITS.values() for key in keys} | others == set(KEYS)


def test_what_the_person_did_not_touch_changes_nothing_though_the_register_moved_on(tracked, officer, force_lead):
    content = taken_out(officer, "xlsx")
    lead(tracked, "Ann Rook", officer)
    voices.log_force_update(tracked=tracked, done="Done.", stage="pending_sign_off", by=force_lead, at=LATER)
    voices.set_target(tracked=tracked, target_on=TODAY + 9 * DAY, reason="Delay.", by=force_lead, at=LATER)
    voices.record_assurance(tracked=tracked, view="assured", rationale="All.", by=officer, at=LATER)
    found = plan(content)
    assert (found.problems, changes(found), found.conflicts) == ((), {}, [])
    assert (found.unchanged, [entry.notes for entry in found.entries]) == (1, [[]])


def test_what_was_changed_in_the_file_alone_is_an_ordinary_change(tracked, officer, force_lead):
    content = with_cells(taken_out(officer, "xlsx"), business_lead="Supt Fenner", stage="Pending sign-off")
    lead(tracked, "Ann Rook", officer)
    voices.set_target(tracked=tracked, target_on=TODAY + 9 * DAY, reason="Delay.", by=force_lead, at=LATER)
    found = plan(content)
    assert (found.problems, found.conflicts) == ((), [])
    assert changes(found) == {
        "WM-0001": [("Business lead", "", "Supt Fenner"), ("Stage", "In progress", "Pending sign-off")]
    }


def test_what_changed_on_both_sides_is_asked_about_and_stays_until_somebody_chooses(tracked, officer):
    content = with_cells(taken_out(officer, "xlsx"), opcc_lead="Zoe Pike", business_lead="Supt Fenner")
    lead(tracked, "Ann Rook", officer)
    found = plan(content)
    assert sides(found) == [("opcc_lead", [("", "Joe Brandreth")], [("", "Ann Rook")], [("", "Zoe Pike")])]
    (told,) = details_of(found.conflicts)
    assert (told.by, told.on is not None, told.conflict.mark.at) == (officer.name, True, AT + MINUTE)
    business = ("Business lead", "", "Supt Fenner")
    assert changes(found) == changes(choose(content, HERE)) == {"WM-0001": [business]}
    assert changes(choose(content, FILE)) == {"WM-0001": [business, ("OPCC lead", "Ann Rook", "Zoe Pike")]}


def test_the_same_change_on_both_sides_is_no_conflict(tracked, officer):
    content = with_cells(taken_out(officer, "xlsx"), opcc_lead="Ann Rook")
    lead(tracked, "Ann Rook", officer)
    found = plan(content)
    assert (changes(found), found.conflicts) == ({}, [])


def test_a_choice_is_about_exactly_what_was_shown(tracked, officer):
    """Once the register says something else again, it is asked again."""
    content = with_cells(taken_out(officer, "xlsx"), opcc_lead="Zoe Pike")
    lead(tracked, "Ann Rook", officer)
    choices = {each.key: FILE for each in plan(content).conflicts}
    assert changes(plan(content, choices=choices)) == {"WM-0001": [("OPCC lead", "Ann Rook", "Zoe Pike")]}
    lead(tracked, "Di Lowe", officer)
    found = plan(content, choices=choices)
    assert (changes(found), [each.choice for each in found.conflicts]) == ({}, [""])


def test_it_comes_in_as_it_was_chosen(tracked, officer):
    content = with_cells(taken_out(officer, "xlsx"), opcc_lead="Zoe Pike")
    lead(tracked, "Ann Rook", officer)
    bring_in(plan=choose(content, FILE), by=officer, at=LATER)
    tracked.refresh_from_db()
    assert tracked.opcc_lead == "Zoe Pike"


def update(words: str, day: str, by: str, evidence: str) -> list[tuple[str, str]]:
    return [("Latest update", words), ("Date of update", day), ("Said by", by), ("Evidence", evidence)]


def assurance(view: str, why: str, day: str) -> list[tuple[str, str]]:
    return [("OPCC assurance", view), ("OPCC comment", why), ("Date of OPCC assurance", day)]


ALLOCATION = "Awaiting allocation"
# A unit → what is typed into its first cell, and the three values that are shown.
EVERY = {
    "risk": (
        "Low",
        [("Risk level", "Nothing"), ("Risk reason", "Nothing"), ("Risk last reviewed", "Nothing")],
        [("Risk level", "High"), ("Risk reason", "Cells."), ("Risk last reviewed", "7 November 2026")],
        [("Risk level", "Low"), ("Risk reason", "Nothing"), ("Risk last reviewed", "Nothing")],
    ),
    "delay_cause": ("Resources", [("", "Nothing")], [("", "Change of scope: More was asked.")], [("", "Resources")]),
    "heading": ("A new heading", [("", "Nothing")], [("", "Another heading")], [("", "A new heading")]),
    "update": (
        "Begun, and more.",
        update("Begun.", "29 October 2026", "Sgt Hale", "A minute."),
        update("Done.", "7 November 2026", "Nothing", "Nothing"),
        update("Begun, and more.", "29 October 2026", "Sgt Hale", "A minute."),
    ),
    "stage": (ALLOCATION, [("", "In progress")], [("", "Pending sign-off")], [("", ALLOCATION)]),
    "target_on": (
        datetime.datetime(2027, 3, 4),  # noqa: DTZ001 a sheet has no zones
        [("", "7 November 2026")],
        [("", "16 November 2026")],
        [("", "4 March 2027")],
    ),
    "assurance": (
        "Not assured",
        assurance("Partly assured", "Seen.", "30 October 2026"),
        assurance("Assured", "All.", "7 November 2026"),
        assurance("Not assured", "Seen.", "30 October 2026"),
    ),
    "inspectorate_status": (
        "Complete",
        [("HMICFRS status", "Being progressed"), ("Date of HMICFRS status", "15 January 2026")],
        [("HMICFRS status", "Awaiting review"), ("Date of HMICFRS status", "7 November 2026")],
        [("HMICFRS status", "Complete"), ("Date of HMICFRS status", "15 January 2026")],
    ),
    "outcome": (
        "Superseded",
        [("Outcome", "Nothing"), ("Closed", "Nothing")],
        [("Outcome", "Not implemented"), ("Closed", "7 November 2026")],
        [("Outcome", "Superseded"), ("Closed", "Nothing")],
    ),
}


def reword(asked, by) -> None:
    """Another heading, and all else as it is."""
    same = {name: getattr(asked, name) for name in ("text", "kind", "number", "deadline_kind", "deadline_on")}
    new = NewRecommendation(**same, heading="Another heading")
    inspections.edit_recommendation(
        recommendation=asked, version=asked.version, new=new, reason="Wrong.", by=by, at=LATER
    )


def move_on(tracked, unit: str, officer, approver) -> None:
    """Something else in a unit, here, after the export."""
    about = {"tracked": tracked, "by": officer, "at": LATER}
    if unit == "heading":
        reword(tracked.recommendation, officer)
    elif unit == "outcome":
        closures.request_closure(outcome="not_implemented", reason="Too dear.", **about)
        closures.approve_closure(tracked=tracked, reason="Agreed.", by=approver, at=LATER)
    elif unit == "target_on":
        voices.set_target(target_on=TODAY + 9 * DAY, reason="Delay.", **about)
    elif unit == "assurance":
        voices.record_assurance(view="assured", rationale="All.", **about)
    elif unit == "risk":
        weigh(risk="high", why="Cells.", **about)
    elif unit == "delay_cause":
        record_delay(cause="scope", words="More was asked.", **about)
    elif unit == "inspectorate_status":
        voices.record_inspectorate_status(status="awaiting_review", effective_on=TODAY, **about)
    else:
        voices.log_force_update(done="Done.", stage="pending_sign_off", **about)


@pytest.mark.suite(0, 2, 8)
@pytest.mark.parametrize("unit", EVERY)
def test_every_kind_of_cell_has_its_three_values(tracked, officer, approver, unit):
    words, *three = EVERY[unit]
    content = with_cells(taken_out(officer, "xlsx"), **{unit: words})
    move_on(tracked, unit, officer, approver)
    found = plan(content)
    assert found.problems == ()
    assert (sides(found), changes(found)) == ([(unit, *three)], {})
    (told,) = details_of(found.conflicts)
    assert told.by == (approver if unit == "outcome" else officer).name


def test_a_mark_that_was_tampered_with_asks_about_every_cell_that_differs(tracked, officer):
    """A row with another row's mark, or one that somebody made up, overwrites nothing unseen."""
    line = {field.key: "" for field in FIELDS} | {"reference": "WM-0002"}
    others = row_signature(type("Line", (), line), AT)

    for mark in ("made up", others):

        def change(sheet, mark=mark):
            place = next(each.column for each in sheet[1] if each.value == MARK.heading)
            sheet.cell(2, place).value = mark
            cell(sheet, "WM-0001", "opcc_lead").value = "Zoe Pike"

        found = plan(edited(taken_out(officer, "xlsx"), change))
        assert sides(found) == [("opcc_lead", [("", NOT_KNOWN)], [("", "Joe Brandreth")], [("", "Zoe Pike")])]
        assert (found.problems, changes(found)) == ((), {})


def test_a_file_without_marks_works_as_a_foreign_sheet_does(tracked, officer):
    def unmark(sheet):
        sheet.delete_cols(next(each.column for each in sheet[1] if each.value == MARK.heading))
        cell(sheet, "WM-0001", "opcc_lead").value = "Zoe Pike"

    content = edited(taken_out(officer, "xlsx"), unmark)
    lead(tracked, "Ann Rook", officer)
    found = plan(content)
    assert (found.conflicts, changes(found)) == ([], {"WM-0001": [("OPCC lead", "Ann Rook", "Zoe Pike")]})


def test_a_row_that_is_no_longer_in_the_register_is_named_and_not_recorded_again(tracked, officer):
    content = taken_out(officer, "xlsx")
    tracked.refresh_from_db()
    inspections.edit_tracked(
        tracked=tracked, version=tracked.version, reference="WM-0099", reason="Wrong.", by=officer, at=LATER
    )
    found = plan(content)
    assert [problem.message for problem in found.problems] == [
        "WM-0001 is no longer in the register. Leave this row out."
    ]


def test_the_updates_are_not_read_by_name_or_by_their_headings(tracked, officer):
    content = taken_out(officer, "xlsx")
    assert [read_workbook(content, "a.xlsx").not_read, plan(content).problems] == [(UPDATES, ACTIONS), ()]
    book, renamed, alone = load_workbook(BytesIO(content)), BytesIO(), BytesIO()
    book[UPDATES].title, book[ACTIONS].title = "Said", "Done"
    book.save(renamed)
    assert read_workbook(renamed.getvalue(), "a.xlsx").not_read == ("Said", "Done")
    del book["Register"], book["About"]
    book.save(alone)
    with pytest.raises(Unreadable) as refused:
        read_workbook(alone.getvalue(), "a.xlsx")
    assert str(refused.value) == ONLY_UPDATES


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_details_cost_the_same_queries(westmarch, officer, number, django_assert_num_queries):
    inspection = make_inspection(westmarch)
    rows = [make_tracked(inspection, number=str(each), leads={"opcc_lead": "Joe"}) for each in range(number)]

    def change(sheet):
        for tracked in rows:
            cell(sheet, tracked.reference, "opcc_lead").value = "Zoe Pike"

    content = edited(taken_out(officer, "xlsx"), change)
    for tracked in rows:
        lead(tracked, "Ann Rook", officer)
    found = plan(content).conflicts
    with django_assert_num_queries(8):
        assert len(details_of(found)) == number
