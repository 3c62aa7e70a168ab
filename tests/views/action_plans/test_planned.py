"""The planned action goes out, comes in and is found as other texts of a record, where an action plan answers it."""

import csv
import datetime
import io

import docx
import pytest
from django.urls import reverse

from recommendations.documents.rounds.sheet_export import as_sheet
from recommendations.domain.imports.fact_cells import NOT_IN_A_PLAN
from recommendations.domain.inspections.inspections import edit_tracked
from recommendations.domain.rounds import sheets
from recommendations.domain.rounds.rounds import ask_for_updates
from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.rounds.sheet_import import read_round_sheet
from recommendations.models import TrackedRecommendation
from tests.conftest import AT, PUBLISHED, make_tracked
from tests.exchange.imports.sheets_of import SIMPLE, brought_in, planned
from tests.makers.action_plans import fire_inspection
from tests.makers.sources import follow
from tests.per_module import per_module
from tests.views.api.conftest import Program
from tests.views.hooks import parsed
from tests.views.imports.upload import book, choose, field, page_of, row

DRILL = "Drill each crew at the tower."
HEADING = "Planned action"
COLUMNS = SIMPLE | {"planned_action": HEADING}
FIRE = {
    "inspection": "Marches Fire and Rescue Service 2026",
    "published_on": PUBLISHED,
    "number": "1",
    "text": "Drill.",
}


@per_module
def drilled(westmarch, officer):
    """A recommendation of a fire inspection, with what is planned."""
    made = make_tracked(fire_inspection(westmarch), text="The service should drill each crew.")
    return edit_tracked(tracked=made, version=made.version, by=officer, at=AT, planned_action=DRILL)


def taken_out(client) -> list[dict[str, str]]:
    said = client.get(reverse("export_register", args=["csv"])).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(said)))


def offered(client) -> set[str]:
    """The columns that a saved view can have."""
    return {each.key for each in client.get(reverse("save_view")).context["view_panel"].form.column_choices}


@pytest.mark.parametrize("is_followed", [True, False])
def test_a_register_with_an_action_plan_has_the_column_and_no_other_has(client, sign_in, officer, drilled, is_followed):
    if is_followed:
        follow("fire")
    sign_in(officer)
    (line,) = taken_out(client)
    assert line.get(HEADING) == (DRILL if is_followed else None)
    assert ("planned_action" in offered(client)) is is_followed


def test_following_the_source_alone_adds_no_column(client, sign_in, officer, tracked):
    follow("fire")
    sign_in(officer)
    assert HEADING not in taken_out(client)[0]


def test_the_word_file_and_the_api_have_it(client, sign_in, officer, drilled, settings):
    settings.DEMO, settings.ORIGIN = True, "http://testserver"
    sign_in(officer)
    made = docx.Document(io.BytesIO(client.get(reverse("tracked_word", args=[drilled.pk])).content))
    facts = {row.cells[0].text: row.cells[1].text for row in made.tables[0].rows}
    assert facts[HEADING] == DRILL
    assert [each["planned_action"] for each in Program(officer).get("register").json()["items"]] == [DRILL]


def test_search_finds_it_as_the_forces_words(client, sign_in, officer, drilled):
    sign_in(officer)
    page = parsed(client.get(f"{reverse('search')}?q=tower"))
    found = [each.attributes["href"] for each in page.css(".app-found__what")]
    assert ([each.text() for each in page.css(".app-found h2")], found) == (
        ["Force updates"],
        [drilled.get_absolute_url()],
    )
    edit_tracked(tracked=drilled, version=drilled.version, by=officer, at=AT, planned_action="Buy hoses.")
    assert parsed(client.get(f"{reverse('search')}?q=tower")).css(".app-found__what") == []


def test_it_comes_in_for_what_a_fire_authority_answers_alone(westmarch, officer, inspection):
    follow("fire")
    rows = [FIRE | {"planned_action": DRILL}, FIRE | {"inspection": inspection.title, "planned_action": DRILL}]
    plan = planned(COLUMNS, *rows)
    assert [NOT_IN_A_PLAN in each.notes for each in plan.entries] == [False, True]
    brought_in(COLUMNS, *rows, by=officer)
    assert sorted(TrackedRecommendation.objects.values_list("planned_action", flat=True)) == ["", DRILL]
    again = planned(COLUMNS, FIRE | {"planned_action": "Buy hoses."})
    assert [(each.field, each.before, each.after) for each in again.entries[0].changes] == [
        (HEADING, DRILL, "Buy hoses.")
    ]


def test_a_sheet_of_an_office_without_action_plans_is_not_asked_about_it(client, sign_in, officer, westmarch):
    sign_in(officer)
    heading = ("Ref", "Report", "Published", "Rec No", "Recommendation", "Exec lead", "Deadline", HEADING)

    def choices() -> set[str]:
        answer = choose(client, book(row(), headings=heading))
        return {each.attributes["value"] for each in page_of(answer).css(f"[name={field(answer, HEADING)}] option")}

    assert "planned_action" not in choices()
    follow("fire")
    assert "planned_action" in choices()


def test_a_round_says_it_on_its_pages_and_in_its_sheet(client, sign_in, officer, force_lead, westmarch, body, drilled):
    facts = {"due_on": datetime.date(2099, 1, 5), "name": "November", "note": "", "by": officer, "at": AT}
    asked = ask_for_updates(force=westmarch, tracked=[drilled], **facts)
    for person, show in ((officer, "asked"), (force_lead, "all")):
        sign_in(person)
        page = parsed(client.get(f"{asked.get_absolute_url()}?show={show}"))
        assert DRILL in page.css_first(".app-answer__was, .app-line__was").text()
    lines = sheets.lines_out(asked, with_drafts=True)
    content = as_sheet(asked, lines, office="Marches OPCC", at=AT)
    (table,) = read_workbook(content, "round.xlsx").sheets
    place = table.headings.index(HEADING)
    assert (table.headings[place - 1], table.rows[0].cells[place].text) == ("The OPCC asks", DRILL)
    (said,) = read_round_sheet(read_workbook(content, "round.xlsx"))
    assert (said.reference, any(said.values.values())) == (drilled.reference, False)


def test_a_round_without_one_has_no_column_of_it(westmarch, body, officer, tracked):
    facts = {"due_on": datetime.date(2099, 1, 5), "name": "November", "note": "", "by": officer, "at": AT}
    lines = sheets.lines_out(ask_for_updates(force=westmarch, tracked=[tracked], **facts), with_drafts=True)
    assert "planned_action" not in sheets.headings_of(lines)
