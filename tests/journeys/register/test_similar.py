"""Two recommendations that say much the same, in a browser: suggested, compared, linked, answered by one update."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import ForceUpdate
from tests.conftest import make_inspection, make_tracked
from tests.domain.similar.test_pairs import AGAIN, BACKLOG


@pytest.fixture
def asked_twice(westmarch):
    """What a report of two years ago asked, and one of last month again."""
    made = []
    for title, days, text in (("Digital evidence", 730, BACKLOG), ("PEEL assessment", 30, AGAIN)):
        day, at = localdate() - datetime.timedelta(days=days), datetime.datetime.now(datetime.UTC)
        inspection = make_inspection(westmarch, title=title, short_name=title, published_on=day, at=at)
        made.append(make_tracked(inspection, number="4", text=text, at=at))
    return made


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_what_says_much_the_same_is_linked_and_answered_once(browse, officer, asked_twice, assert_accessible_at_both):
    old, new = asked_twice
    page = browse(officer)
    page.goto(f"{new.get_absolute_url()}?tab=similar")
    expect(page.locator(".app-similar")).to_contain_text(f"Much like {old.reference}, rec 4 of Digital evidence, open.")
    page.get_by_role("link", name="Compare, and link or decline").click()
    assert_accessible_at_both(page)
    page.get_by_role("button", name=f"Link {new.reference} with {old.reference}").click()
    page.get_by_role("link", name="Similar 1").click()
    expect(page.locator(".app-similar")).to_contain_text(f"Linked with {old.reference}")
    page.get_by_label("What was done").fill("The backlog is gone.")
    page.get_by_label(f"{old.reference}, rec 4 of Digital evidence").check()
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_text(f"Force update added to {new.reference}.")).to_be_visible()
    assert set(ForceUpdate.objects.values_list("tracked", "done")) == {
        (each.pk, "The backlog is gone.") for each in asked_twice
    }
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/register/")
    page.locator("summary", has_text="Export and more").click()
    page.get_by_role("link", name="Group linked").click()
    expect(page.locator("tr[id^=row-]")).to_have_count(1)
