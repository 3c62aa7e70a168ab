"""A paper read in a browser: from the members' page to an entry of its register, on any width."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.conftest import make_inspection, make_tracked
from tests.makers.factual_checks import make_filed
from tests.makers.quarters import PASSED

WIDE = "antidisestablishmentarianism" * 8


@pytest.fixture
def filed(westmarch, body, approver):
    inspection = make_inspection(westmarch)
    for number in range(1, 53):
        text = f"Recommendation {number}. {WIDE if number == 2 else ''}"
        make_tracked(inspection, number=str(number), text=text, due_on=datetime.date(2026, 2, 1))
    return make_filed(westmarch, approver, at=timezone.now(), start=PASSED.start, end=PASSED.end)


def test_a_member_reads_a_paper_and_finds_an_entry(sign_in, member, filed, assert_accessible):
    page = sign_in(member)
    page.goto("/papers/")
    page.get_by_role("link", name=re.compile("Read it as a web page")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^HMICFRS recommendations: Westmarch Police"))
    assert_accessible()
    page.get_by_role("link", name="each with its times").click()
    expect(page).to_have_url(re.compile("/read/#overdue$"))
    page.locator(".over", has_text="WM-0052").get_by_role("link", name="Full entry").click()
    expect(page).to_have_url(re.compile(r"/read/\?page=2#wm-0052$"))
    expect(page.locator("#wm-0052")).to_be_in_viewport()
    assert_accessible()
    with page.expect_download() as download:
        page.goto("/papers/")
        page.get_by_role("link", name=re.compile("Read it as a web page")).click()
        page.get_by_role("link", name="as CSV").click()
    assert download.value.suggested_filename.endswith("-issue-1.csv")
