"""What other subjects show on a record's page: each registers it in the module `panel` of its views."""

import pytest
from django.utils import timezone

from recommendations.domain.notes.notes import add_note
from recommendations.views.register.panels import RECORD_PANELS, RECORD_TABS, REGISTER_PANELS
from tests.conftest import make_tracked
from tests.views.hooks import number_of
from tests.views.register.tracked.said import text_of

DATES = ["legacy_reviews/on_record.html", "risk/strip.html", "action_plans/on_record.html"]


def tabs_of(response) -> dict[str, int]:
    return {tab.label: tab.number for tab in response.context["tabs"]}


def test_each_subject_has_its_place_and_goes_with_its_section(inspection, officer, sign_in, settings):
    record, client = make_tracked(inspection), sign_in(officer)
    shown = {"dates": DATES, "list": []}
    assert client.get(record.get_absolute_url()).context["panels"] == shown
    settings.SECTIONS_OFF = ("risk",)
    page = client.get(record.get_absolute_url())
    assert (page.context["panels"], "strip" in page.context) == (shown | {"dates": [DATES[0], DATES[2]]}, False)


def test_no_two_panels_share_a_place_or_a_name():
    for registry in (RECORD_PANELS, REGISTER_PANELS):
        names = [each.name for each in registry]
        places = [(spot, place) for place, each, _ in registry._added for spot in each.templates]
        assert (len(names), len(places)) == (len(set(names)), len(set(places)))
    keys, places = [each.key for each in RECORD_TABS], [place for place, _, _ in RECORD_TABS._added]
    assert (len(keys), len(places)) == (len(set(keys)), len(set(places)))


def test_the_tabs_are_counted_and_each_shows_its_own(tracked, officer, sign_in, page):
    add_note(record=tracked, text="Ask at the next meeting.", by=officer, at=timezone.now())
    client = sign_in(officer)
    first = client.get(page)
    assert tabs_of(first) == {"What happened": 1, "Actions": 0, "Notes": 1, "Files": 0, "Evidence": 0}
    assert ("Ask at the next meeting." in text_of(first), number_of(first, ".app-timeline")) == (False, 1)
    notes = client.get(page, {"tab": "notes"})
    assert ("Ask at the next meeting." in text_of(notes), number_of(notes, ".app-timeline")) == (True, 0)
    assert [tab.key for tab in notes.context["tabs"]] == ["", "actions", "notes", "files", "evidence"]


def test_a_force_has_no_tab_of_notes(tracked, officer, force_lead, sign_in, page):
    add_note(record=tracked, text="Ask at the next meeting.", by=officer, at=timezone.now())
    response = sign_in(force_lead).get(page, {"tab": "notes"})
    assert (tabs_of(response), "next meeting" in response.text) == ({"What happened": 1, "Actions": 0}, False)
    assert sign_in(force_lead).get(page, {"form": "notes"}).status_code == 403


@pytest.mark.parametrize("query", ["tab=notes", "form=notes"])
def test_on_the_notes_the_form_is_that_of_a_note_and_saving_leads_back_to_them(officer, sign_in, page, query):
    client = sign_in(officer)
    response = client.get(f"{page}?{query}")
    assert (response.context["panel"].key, response.context["tab"].key) == ("notes", "notes")
    sent = client.post(response.context["action"] + "?from=rag%3Dred&place=2", {"text": "Kept."})
    assert sent["Location"] == f"{page}?from=rag%3Dred&place=2&tab=notes#notes"
    assert client.get(page, {"tab": "notes", "form": "target"}).context["panel"].key == "target"


def test_a_form_that_was_opened_stays_beside_each_tab_but_the_notes(officer, sign_in, page):
    tabs = sign_in(officer).get(page, {"form": "closure"}).context["tabs"]
    assert {tab.key: "form=closure" in tab.url for tab in tabs} == {
        "": True,
        "actions": True,
        "notes": False,
        "files": True,
        "evidence": True,
    }
