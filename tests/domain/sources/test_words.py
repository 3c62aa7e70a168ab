"""What the status and the deadline of other sources are called: on the first page, in histories, in sheets."""

import datetime

from recommendations.documents.rounds.sheet_export import as_sheet
from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.register import voices
from recommendations.domain.responses.text_builders import facts_of
from recommendations.domain.rounds.rounds import ask_for_updates
from recommendations.domain.rounds.sheets import lines_out
from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.rounds.sheet_import import columns_of
from recommendations.models import Label, Response
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.domain.home.test_first_page import page_of
from tests.makers.sources import follow, from_iopc
from tests.per_module import per_module

WEEK = datetime.timedelta(days=7)


@per_module
def two(westmarch, officer):
    """One of HMICFRS and one of the IOPC, each with a status."""
    follow("iopc")
    made = [make_tracked(make_inspection(westmarch)), make_tracked(from_iopc(westmarch))]
    for tracked in made:
        voices.record_inspectorate_status(tracked=tracked, status="complete", effective_on=TODAY, by=officer, at=AT)
    return made


def changed(user) -> list[str]:
    return [item.what for item in page_of(user).changes if "status" in item.what]


def test_the_first_page_names_hmicfrs_while_there_is_nothing_else(westmarch, officer):
    tracked = make_tracked(make_inspection(westmarch))
    voices.record_inspectorate_status(tracked=tracked, status="complete", effective_on=TODAY, by=officer, at=AT)
    assert changed(officer) == ["1 recommendation with a new HMICFRS status"]


def test_the_first_page_says_source_where_there_are_others(two, officer):
    assert changed(officer) == ["2 recommendations with a new source status"]


def test_a_history_names_the_status_of_its_own_source(two, officer):
    verbs = []
    for tracked in two:
        (line, *_) = tell(tracked, events_of(tracked, user=officer), Label.objects.words())
        words = str([line.verb, *((row.title, [each.field for each in row.changes]) for row in line.rows)])
        verbs.append((line.verb, "HMICFRS" in words, "IOPC status" in words))
    assert verbs == [("HMICFRS status recorded", True, False), ("IOPC status recorded", False, True)]


def test_a_rounds_sheet_has_the_deadline_of_its_source_and_is_read_back(two, westmarch, officer):
    headings = []
    for tracked in (two[:1], two[1:]):
        asked = {"force": westmarch, "tracked": tracked, "due_on": TODAY + WEEK, "name": str(tracked[0]), "note": ""}
        round = ask_for_updates(**asked, by=officer, at=AT)
        content = as_sheet(round, lines_out(round, with_drafts=False), office="OPCC", at=AT)
        (sheet,) = read_workbook(content, "round.xlsx").sheets
        headings.append([each for each in sheet.headings if "deadline" in each])
        assert {"deadline_on", "deadline_words", "done"} <= columns_of(sheet.headings).keys()
    assert headings == [
        ["HMICFRS deadline words", "HMICFRS deadline"],
        ["Source deadline words", "Source deadline"],
    ]


def test_a_response_says_under_which_law_its_last_day_is_counted(westmarch):
    # wording: the law under which it is counted
    follow("iopc")
    body = from_iopc(westmarch, answerer="policing_body", made_to="the commissioner")
    found = facts_of(Response(title="One"), [body])
    assert (found["is_stated"], found["last_day"]) == (True, datetime.date(2026, 3, 16))
    assert found["counted_under"] == "paragraph 28B of Schedule 3 to the Police Reform Act 2002"
    assert facts_of(Response(title="One"), [make_inspection(westmarch)])["counted_under"] == ""
