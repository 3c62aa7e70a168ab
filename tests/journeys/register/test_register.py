"""The register in a browser: what is above the fold, every state by the rules of accessibility, keys, no scripts."""

import datetime
import itertools

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.register import closures, voices
from recommendations.models import TrackedRecommendation
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)
# Longest words that a row is likely to have: it stays as high as the others.
LONG = "Every force should make sure that each supervisor reviews each risk assessment before a person is released"


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def register(westmarch, eastvale, officer):
    """Nine recommendations to two forces: overdue, without a date, and due."""
    today = localdate()
    inspection = make_inspection([westmarch, eastvale], published_on=today - 300 * DAY, at=now())
    for each in range(9):
        facts = [{"due_on": today - each * 9 * DAY}, {}, {"due_on": today + each * DAY}][each % 3]
        lead = {"chief_officer_lead": "T/ACC Hale", "opcc_lead": officer.name}
        make_tracked(inspection, number=f"{each}", text=f"{LONG} ({each}).", leads=lead, at=now(), **facts)
    return TrackedRecommendation.objects.get(reference="WM-0002")


@pytest.fixture
def full(register, westmarch, officer):
    """The same, of all kinds: flagged, moved, pending closure, not accepted."""
    for tracked in TrackedRecommendation.objects.filter(force=westmarch):
        speak(tracked, officer, localdate())
    return TrackedRecommendation.objects.get(pk=register.pk)


def speak(tracked, officer, today) -> None:
    facts = {"tracked": tracked, "by": officer, "at": now()}
    position = ["accepted", "partly_accepted", "not_accepted"][tracked.pk % 3]
    voices.log_force_update(done="Begun.", position=position, forecast_on=today + 500 * DAY, **facts)
    voices.record_assurance(view="partly_assured", rationale="Seen.", **facts)
    voices.record_inspectorate_status(status="no_further_action", effective_on=today - 299 * DAY, **facts)
    for days in (10, 20, 30):
        version = TrackedRecommendation.objects.get(pk=tracked.pk).version
        voices.set_target(target_on=today + days * DAY, reason="Later.", version=version, **facts)
    if tracked.pk % 4 == 0:
        closures.request_closure(outcome="implemented", reason="Done.", **facts)


def assert_eighteen_rows_are_above_the_fold(page):
    boxes = [row.bounding_box() for row in page.locator(".app-register tbody tr").all()]
    assert {round(box["height"]) for box in boxes} <= {34, 35}
    assert sum(box["y"] + box["height"] <= 768 for box in boxes) >= 18
    for name in ("All open", "Mine", "Overdue", "No date", "Closure asked", "Closed"):
        assert page.get_by_role("navigation", name="Views").get_by_text(name).bounding_box()["y"] < 80


STATES = [
    "/register/?show=overdue&rag=red&opcc_lead=Hannah+Whitlock",
    "/register/?q=zebra",
    "/register/?as_at={past}",
    "/register/?as_at={past}&known_at={past}",
    "/register/?as_at=31/6/2026&known_at=soon",
    "/register/?as_at=",
    "/register/?add={pk}",
    "/register/?add={pk}&voice=assurance",
    "/register/?add={pk}&voice=status",
]


def test_eighteen_rows_are_above_the_fold_and_on_a_phone_the_first_is(sign_in, officer, full, assert_accessible):
    page = sign_in(officer)
    page.goto("/register/")
    assert_eighteen_rows_are_above_the_fold(page)
    assert_accessible()
    for name in ("More filters", "Export and more", "Add or bring in"):
        page.locator("summary", has_text=name).click()
        assert_accessible()
    page.keyboard.press("Escape")
    expect(page.locator("summary", has_text="Add or bring in")).to_be_focused()
    expect(page.get_by_role("link", name="Bring in a spreadsheet")).to_be_hidden()
    page.set_viewport_size({"width": 375, "height": 812})
    assert page.locator(".app-register tbody tr").first.bounding_box()["y"] <= 300
    page.locator("summary", has_text="Filters and more").click()
    expect(page.get_by_label("No update, 100 days")).to_be_visible()
    assert_accessible()


def test_text_twice_as_large_overlaps_nothing(sign_in, officer, full):
    page = sign_in(officer)
    page.goto("/register/")
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    boxes = page.locator(".app-register thead th a").evaluate_all(
        "each => each.map(one => one.getBoundingClientRect().toJSON())"
    )
    assert all(one["right"] <= other["left"] for one, other in itertools.pairwise(boxes))
    assert page.locator(".app-register__text .app-clamp").first.bounding_box()["width"] > 200


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_every_state_keeps_the_rules(sign_in, officer, full, assert_accessible):
    page = sign_in(officer)
    for state in STATES:
        page.goto(state.format(pk=full.pk, past=localdate() - 50 * DAY))
        assert_accessible()


def test_an_update_is_added_with_the_keyboard(sign_in, officer, register, assert_accessible):
    page = sign_in(officer)
    page.goto("/register/?force=westmarch&sort=reference")
    expect(page.get_by_role("link", name="Add update")).to_have_count(0)
    page.get_by_role("link", name="WM-0002", exact=True).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Add update to WM-0002")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What was done")).to_be_focused()
    page.locator("#add").get_by_label("Day").first.fill("31/11/2025")
    page.get_by_role("button", name="Save and next").press("Enter")
    page.get_by_text("Nothing is saved yet").wait_for()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible()
    page.get_by_role("link", name="Say what was done.").press("Enter")
    page.keyboard.type("The bells are tested daily.")
    page.locator("#add").get_by_label("Day").first.fill("")
    page.get_by_role("button", name="Save and next").press("Enter")
    page.get_by_text("Force update added to WM-0002.").wait_for()
    expect(page.get_by_role("heading", name="Add update: WM-0003")).to_be_visible()
    expect(page.get_by_label("What was done")).to_be_focused()
    assert register.updates.filter(done="The bells are tested daily.").count() == 1


def test_on_a_phone_the_form_stands_above_the_list(sign_in, officer, register):
    page = sign_in(officer)
    page.set_viewport_size({"width": 375, "height": 700})
    record = TrackedRecommendation.objects.get(reference="WM-0009")
    page.goto(f"/register/?sort=reference&force=westmarch&add={record.pk}")
    expect(page.get_by_role("heading", name="Add update: WM-0009")).to_be_in_viewport()
    expect(page.get_by_label("What was done")).to_be_in_viewport()


def test_everything_works_without_scripts(browse, officer, register):
    page = browse(officer, java_script_enabled=False)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("/register/?sort=reference")
    page.get_by_role("link", name="Westmarch 9").click()
    page.locator("summary", has_text="More filters").click()
    page.get_by_label("No update, 100 days").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name="Flag: No update, 100 days")).to_be_visible()
    page.get_by_role("row", name="WM-0002").hover()
    page.get_by_role("link", name="Add update to WM-0002").click()
    page.get_by_label("What was done").fill("Without scripts.")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_role("heading", name="Add update: WM-0003")).to_be_visible()
    expect(page.get_by_role("link", name="Westmarch 8")).to_have_attribute("aria-current", "true")
    assert register.updates.filter(done="Without scripts.").count() == 1
