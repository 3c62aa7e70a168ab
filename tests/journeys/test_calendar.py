"""A calendar in a browser, and elsewhere: its page, a secret address that is made, read, replaced and ended."""

import datetime
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import CalendarAddress
from tests.makers.panels import make_channel, make_meeting, make_member

DAY = datetime.timedelta(days=1)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_the_page_to_another_calendar_and_back(
    sign_in, force_lead, westmarch, eastvale, live_server, assert_accessible_at_both
):
    page = sign_in(force_lead)
    page.goto("/calendar/")
    page.get_by_text("Nothing is ahead.").wait_for()
    assert_accessible_at_both(page)
    soon = localdate() + 10 * DAY
    make_meeting(make_channel(westmarch), soon)
    make_meeting(make_channel(eastvale, "Belford Channel panel"), soon)
    make_member(make_channel(westmarch, "Cefn Channel panel"), "Bell", of_force=True, until=soon)
    page.goto("/calendar/")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(2)
    assert_accessible_at_both(page)
    page.get_by_label("Kind").select_option("Meeting")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="See it in your own calendar").click()
    assert_accessible_at_both(page)
    first = make_address(page, "Make an address", live_server)
    assert_accessible_at_both(page)
    assert summaries(first) == ["Meeting: Aldford Channel panel", "Term of a member ends: Cefn Channel panel"]
    second = make_address(page, "Replace with a new address", live_server)
    assert (summaries(first), len(summaries(second))) == (None, 2)
    page.get_by_role("button", name="End this address").click()
    page.get_by_text("The address has ended.").wait_for()
    assert_accessible_at_both(page)
    assert (summaries(second), CalendarAddress.objects.filter(ended_at=None).count()) == (None, 0)


def make_address(page, button: str, live_server) -> str:
    """Press a button, and read the address on the page, as another program would ask for it here."""
    page.get_by_role("button", name=button).click()
    page.get_by_text("The address is made.").wait_for()
    path = urlsplit(page.get_by_label("Address of your calendar").input_value()).path
    return f"{live_server.url}{path}"


def summaries(address: str) -> list[str] | None:
    """What the feed at an address names; None where there is none. No cookie goes with it."""
    try:
        with urlopen(address) as answer:
            lines = answer.read().decode().replace("\r\n ", "").split("\r\n")
    except HTTPError as error:
        return None if error.code == 404 else [str(error)]
    return sorted(line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:"))
