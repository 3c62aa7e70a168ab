"""What was taken out comes back in unchanged; an edited cell changes its own row, and no other."""

import datetime

import pytest

from recommendations.domain.people.records import keep
from recommendations.domain.register import closures, voices
from recommendations.domain.register.queries import CountedRows
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.enums import Position
from recommendations.models import Label
from tests.conftest import AT, PUBLISHED, TODAY, make_inspection, make_tracked
from tests.exchange.imports.exports import cell, changes, edited, plan, taken_out
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


@per_module
def register(westmarch, eastvale, officer, approver, force_lead):
    """Two forces and everything that a row can be: silent, spoken of by all, pending, closed, reopened, hostile."""
    custody, both = make_inspection(westmarch), make_inspection([westmarch, eastvale], title="Vetting", short_name="V")
    keep(record=Label(vocabulary="stage", key="planned", words="Planned for later"), by=None, at=AT)
    make_tracked(custody)
    make_tracked(custody, number="", text="One without a number.\r\n\r\nIt goes on:\r\n- first\r\n- second")
    make_tracked(both, number="AFI 11", kind="area_for_improvement", parts=("in each suite", "at night"))
    immediate = {"deadline_words": "Immediately", "deadline_kind": "immediate", "deadline_on": PUBLISHED}
    now = make_tracked(custody, number="7.1", **immediate, addressees=("Chief constables", "The College"))
    hostile = make_tracked(custody, number="-3", text="=1+1", heading="@SUM(A1)", leads={"business_lead": "+44 20"})
    pending, closed, reopened, refused = (make_tracked(custody, number=f"C{each}", due_on=TODAY) for each in range(4))
    for tracked, done in ((now, "Begun.\r\nMore."), (hostile, '=HYPERLINK("https://example.org")'), (refused, "'No.")):
        about = {"tracked": tracked, "at": AT}
        position = Position.NOT_ACCEPTED if tracked == refused else Position.ACCEPTED
        for number in (2, 1):
            voices.log_force_update(
                done=done if number == 1 else "An older one.",
                **dict.fromkeys(UPDATE_TEXT_KEYS, "-"),
                said_by="Sgt Hale",
                position=position,
                stage="planned",
                forecast_on=TODAY + 90 * DAY,
                effective_on=TODAY - number * DAY,
                by=force_lead,
                **about,
            )
        voices.set_target(target_on=TODAY, effective_on=TODAY - 9 * DAY, by=force_lead, **about)
        voices.set_target(target_on=TODAY + 30 * DAY, reason="Delay.", by=force_lead, **about)
        voices.record_assurance(view="partly_assured", rationale="Seen,\nin part.", by=officer, **about)
        voices.record_inspectorate_status(status="being_progressed", effective_on=PUBLISHED, by=officer, **about)
        weigh(risk="high", why="Cells,\nat night.", effective_on=TODAY - DAY, by=officer, **about)
        record_delay(cause="resources", words="Two short: of ten.", mitigation="-", by=force_lead, **about)
    words = {"outcome": "not_implemented", "reason": "Too dear.", "by": officer}
    for hours, tracked in enumerate((pending, closed, reopened)):
        closures.request_closure(tracked=tracked, at=AT + hours * HOUR, **words)
    for tracked in (closed, reopened):
        closures.approve_closure(tracked=tracked, reason="Agreed.", by=approver, at=AT + 4 * HOUR)
    closures.reopen(tracked=reopened, reason="It is not.", by=officer, at=AT + 5 * HOUR)
    return officer


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_row_comes_back_as_it_was(register, form):
    found = plan(taken_out(register, form), form)
    assert found.problems == ()
    assert changes(found) == {}
    assert (found.unchanged, found.changed, found.created) == (10, 0, 0)


def test_another_program_may_have_saved_it(register):
    found = plan(edited(taken_out(register, "xlsx"), lambda sheet: None), "xlsx")
    assert (found.problems, found.unchanged, found.changed) == ((), 10, 0)


def test_a_filtered_and_sorted_file_comes_back_too(register):
    found = plan(taken_out(register, "xlsx", show=CountedRows.CLOSED, sort="reference", descending=True), "xlsx")
    assert (found.problems, found.unchanged, found.changed) == ((), 1, 0)


def test_an_edited_cell_changes_its_own_row_and_no_other(register):
    def change(sheet):
        cell(sheet, "WM-0001", "opcc_lead").value = "Joe Brandreth"

    found = plan(edited(taken_out(register, "xlsx"), change), "xlsx")
    assert found.problems == ()
    assert changes(found) == {"WM-0001": [("OPCC lead", "", "Joe Brandreth")]}
    assert (found.unchanged, found.changed, found.created) == (9, 1, 0)


def test_a_day_that_is_typed_into_the_sheet_is_a_day(register):
    def change(sheet):
        cell(sheet, "WM-0001", "target_on").value = datetime.datetime(2027, 3, 4)  # noqa: DTZ001 a sheet has no zones

    found = plan(edited(taken_out(register, "xlsx"), change), "xlsx")
    assert found.problems == ()
    assert list(changes(found)) == ["WM-0001"]


def test_rows_in_another_order_are_the_same_rows(register):
    def shuffle(sheet):
        rows = [[each.value for each in row] for row in sheet.iter_rows(min_row=2)]
        for place, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(place, column).value = value
                if isinstance(value, str):
                    sheet.cell(place, column).data_type = "s"

    found = plan(edited(taken_out(register, "xlsx"), shuffle), "xlsx")
    assert (found.problems, found.unchanged, found.changed) == ((), 10, 0)
