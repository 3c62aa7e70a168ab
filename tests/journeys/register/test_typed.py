"""Half-written words in a form of a record: another tab, another row, a reload, and they are there."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import ForceUpdate, TypedDraft
from tests.conftest import make_inspection, make_tracked

pytestmark = pytest.mark.journey
WORDS = "Bells are tested at every handover."


def test_half_written_words_are_there_again(page, sign_in, officer, westmarch, assert_accessible):
    inspection = make_inspection(westmarch, published_on=localdate() - datetime.timedelta(days=30))
    first, second = (make_tracked(inspection, number=number) for number in "12")
    sign_in(officer)
    page.goto(first.get_absolute_url())
    notice = page.locator("[data-typed-notice]")
    expect(notice).to_be_hidden()
    page.get_by_label("What was done").fill(WORDS)
    page.get_by_role("link", name="OPCC assurance").click()
    expect(page.get_by_label("Why")).to_have_value("")
    page.get_by_role("link", name="Force update").click()
    expect(page.get_by_label("What was done")).to_have_value(WORDS)
    expect(notice).to_contain_text("Not saved yet: your words from")
    assert_accessible()
    page.goto(f"{page.url.split('/recommendations')[0]}/register/?add={second.pk}")
    expect(page.get_by_label("What was done")).to_have_value("")
    page.get_by_label("What was done").fill("Of the second.")
    expect(notice).to_be_visible()
    page.goto(f"{page.url.split('/register')[0]}/register/?add={first.pk}")
    expect(page.get_by_label("What was done")).to_have_value(WORDS)
    assert_accessible()
    page.get_by_label("What was done").fill(f"{WORDS} And at night.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".app-flash")).to_contain_text("Force update added")
    expect(page.get_by_label("What was done")).to_have_value("")
    assert ForceUpdate.objects.get().done == f"{WORDS} And at night."
    page.goto(second.get_absolute_url())
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("What was done")).to_have_value("")
    assert TypedDraft.objects.count() == 0
