"""An administrator unticks custody visits and the IOPC, sees what is hidden, and ticks them again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from recommendations.sections import STARTS_OFF, Section, switched_off_sections
from tests.makers.custody import make_suite, make_visit
from tests.makers.sources import follow

CUSTODY, IOPC = "Custody visits", "IOPC"


def test_what_is_unticked_leaves_the_menus_and_comes_back(
    browse, administrator, officer, westmarch, assert_accessible_at_both
):
    follow("iopc")
    make_visit(make_suite(westmarch))
    page, colleague = browse(administrator), browse(officer)
    assert _places(colleague) == (True, True)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="What you use").click()
    _box(page, CUSTODY).uncheck()
    hides = page.get_by_text("Will be hidden: visits in the menu and on records.")
    expect(hides).to_contain_text("The visit is kept and comes back when you tick it.")
    _box(page, IOPC).uncheck()
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Save: IOPC and custody visits off").click()
    expect(page.get_by_text("Saved: IOPC and custody visits off. Nothing is deleted.")).to_be_visible()
    expect(page.get_by_text("Last changed by you on")).to_be_visible()
    assert set(switched_off_sections()) == {Section.CUSTODY} | STARTS_OFF
    assert _places(colleague) == (False, False)
    assert colleague.goto(reverse("custody")).status == 404
    for box in (CUSTODY, IOPC):
        _box(page, box).check()
    page.get_by_role("button", name="Save: IOPC and custody visits on").click()
    expect(page.get_by_text("Saved: IOPC and custody visits on. Nothing is deleted.")).to_be_visible()
    assert _places(colleague) == (True, True)
    colleague.goto(reverse("custody"))
    expect(colleague.get_by_role("cell").first).to_be_visible()


@pytest.mark.sqlite_alone
def test_it_is_the_same_without_scripts(browse, administrator, westmarch):
    make_visit(make_suite(westmarch))
    page = browse(administrator, java_script_enabled=False)
    page.goto(reverse("what_you_use"))
    _box(page, CUSTODY).uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Will be hidden: visits in the menu and on records.")).to_be_visible()
    assert not switched_off_sections()
    page.get_by_role("button", name="Save: custody visits off").click()
    expect(page.get_by_text("Saved: custody visits off. Nothing is deleted.")).to_be_visible()
    assert set(switched_off_sections()) == {Section.CUSTODY} | STARTS_OFF
    page.get_by_role("link", name="Undo").is_hidden()


def _box(page, name):
    return page.get_by_role("checkbox", name=name)


def _places(page) -> tuple[bool, bool]:
    """Whether custody visits are led to, under Panels, and the IOPC is offered for a new report."""
    page.goto(reverse("panels"))
    custody = page.get_by_role("link", name=CUSTODY).count() > 0
    page.goto(reverse("add_inspection"))
    return custody, page.get_by_text("IOPC learning recommendation").count() > 0
