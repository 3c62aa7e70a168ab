"""A view of the register: made and shared by one person, opened by a colleague, whose register then opens with it."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.register import voices
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def register(westmarch, officer):
    """Three overdue and one that is not; one of the three was heard of today."""
    today = localdate()
    inspection = make_inspection(westmarch, published_on=today - 300 * DAY, at=now())
    found = [make_tracked(inspection, number=str(each), due_on=today - each * DAY, at=now()) for each in (9, 8, 7, -40)]
    voices.log_force_update(tracked=found[1], done="Bells are tested daily.", by=officer, at=now())
    return found


def headings(page):
    """The headings that are seen, without that of the boxes and that of the button."""
    return [each.inner_text().strip() for each in page.locator(".app-register thead th").all()][1:-1]


def test_a_view_is_made_and_shared_and_a_colleagues_register_opens_with_it(
    browse, officer, approver, register, assert_accessible_at_both
):
    page = browse(officer)
    page.goto("/register/?show=overdue&rag=red")
    page.get_by_role("link", name="Save as a view").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_label("Name", exact=True).fill("Board: red and late")
    page.get_by_label("The office").check()
    page.get_by_role("button", name="Choose columns").click()
    for name in ("Force position", "OPCC assurance", "HMICFRS status", "Last update"):
        page.get_by_label(name, exact=True).uncheck()
    page.get_by_text("Other columns").click()
    page.get_by_label("Latest update", exact=True).check()
    page.get_by_label("Changed since you looked", exact=True).check()
    page.get_by_role("button", name="Add the ticked columns above").click()
    page.get_by_label("Width of Latest update").select_option("Wide")
    page.get_by_role("button", name="Move RAG up").click()
    assert_accessible_at_both(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Board: red and late 3 shared")).to_have_attribute("aria-current", "page")
    expect(page.get_by_text("Nothing changed since")).to_be_visible()
    assert headings(page)[2:] == ["Lead", "RAG", "Due", "Changed since you looked", "Latest update"]

    colleague = browse(approver)
    colleague.goto("/register/")
    tab = colleague.get_by_role("link", name="Board: red and late 3 shared 3 changed since you last opened it")
    with colleague.expect_response(lambda answer: answer.request.method == "POST"):
        tab.click()
    expect(colleague.get_by_text("Shared by Hannah Whitlock")).to_be_visible()
    colleague.get_by_role("link", name="3 changed").click()
    expect(colleague.locator(".app-register tbody tr")).to_have_count(3)
    colleague.get_by_role("link", name="All open 4").click()
    expect(colleague.get_by_role("link", name="Board: red and late 3 shared", exact=True)).to_be_visible()
    colleague.locator("summary", has_text="Export and more").click()
    colleague.get_by_role("link", name="All views").click()
    assert_accessible_at_both(colleague)
    colleague.set_viewport_size({"width": 1366, "height": 768})
    colleague.get_by_role("button", name="Open the register with it").click()
    colleague.get_by_text("The register now opens with Board: red and late.").wait_for(timeout=4000)
    colleague.goto("/register/")
    expect(colleague.get_by_role("link", name="Board: red and late 3 shared")).to_have_attribute("aria-current", "page")
    assert_accessible_at_both(colleague)
