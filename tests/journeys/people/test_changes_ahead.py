"""May 2028 and a merger: entered ahead, rehearsed, confirmed, withdrawn and entered again, and done by themselves."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from recommendations.enums import Role
from recommendations.enums.succession import SuccessionState
from recommendations.models import Force, Response, Succession, TrailEntry
from tests.conftest import AT, make_person, make_tracked
from tests.domain.succession.plans import MAY, moment
from tests.views.responses.test_responses import make_response

NEXT_APRIL = datetime.date(2029, 4, 1)


@pytest.fixture
def at(monkeypatch):
    """Step the clock to a moment."""

    def step(now: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now)

    step(AT)
    return step


@pytest.fixture
def administrators(administrator):
    return administrator, make_person("Nadia Ferris", Role.ADMINISTRATOR)


def test_may_2028_is_entered_ahead_rehearsed_and_done_on_its_day(
    browse, page, at, body, westmarch, inspection, administrators, officer, assert_accessible_at_both
):
    response = make_response(body, westmarch, title="Custody in 2020", at=AT)
    tracked = make_tracked(inspection)
    first, second = (browse(person) for person in administrators)
    enter_the_mayor(first, assert_accessible_at_both)
    confirm(second, assert_accessible_at_both)
    expect(masthead(office := browse(officer))).to_contain_text("Marches OPCC")
    assert work() == "Nothing waits to be made."

    at(moment(MAY, 0, 5))
    work()
    assert Succession.objects.get().state == SuccessionState.DONE
    assert TrailEntry.objects.latest("sequence").verb == "carry_out_succession"
    expect(masthead(office := browse(officer))).to_contain_text("Marches Combined Authority")
    assure(office, tracked)
    page.goto(Response.objects.get(pk=response.pk).get_public_url())
    expect(page.get_by_text("Police and Crime Commissioner for the Marches").first).to_be_visible()
    expect(page.get_by_text("Mayor of the Marches").first).to_be_visible()


def enter_the_mayor(page, assert_accessible_at_both):
    page.goto(reverse("admin:recommendations_policingbody_changelist"))
    page.get_by_role("link", name="Changes ahead").click()
    assert_accessible_at_both(page)
    page.get_by_role("link", name="Enter a change").click()
    assert_accessible_at_both(page)
    page.get_by_label("A new policing body follows").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save and rehearse").click()
    expect(page.get_by_role("link", name="Enter the first day.")).to_be_visible()
    assert_accessible_at_both(page)
    page.get_by_label("First day").fill("5 May 2028")
    page.get_by_label("Westmarch Police").check()
    page.get_by_label("Eastvale Police").check()
    page.get_by_label("Name of the body").fill("Mayor of the Marches")
    page.get_by_label("Kind of body").select_option("Mayor")
    page.get_by_label("Name of its office").fill("Marches Combined Authority")
    page.get_by_label("Order or other source").fill("The Marches Order 2027")
    page.get_by_role("button", name="Save and rehearse").click()
    expect(page.get_by_role("heading", name="What happens on 5 May 2028")).to_be_visible()
    expect(page.get_by_text("has no end on record. It ends on 4 May 2028.")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    assert_accessible_at_both(page)


def confirm(page, assert_accessible_at_both):
    page.goto(Succession.objects.latest("pk").get_absolute_url())
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Confirm: do it on").click()
    expect(page.get_by_text("Confirmed.", exact=True)).to_be_visible()


def masthead(page):
    page.goto("/register/")
    return page.locator(".app-masthead__office")


def work() -> str:
    """One pass of the worker, and what it says."""
    out = io.StringIO()
    call_command("build_papers", stdout=out)
    return out.getvalue().strip()


def assure(page, tracked):
    """The office works on."""
    page.goto(tracked.get_absolute_url())
    page.get_by_role("link", name="OPCC assurance").first.click()
    page.get_by_label("Partly assured").check()
    page.get_by_label("Why", exact=True).fill("One quarter is not a trend.")
    page.get_by_role("button", name="Save assurance").click()
    page.get_by_text("One quarter is not a trend.").first.wait_for()


@pytest.mark.sqlite_alone
def test_a_merger_is_withdrawn_entered_again_and_done(
    browse, at, body, westmarch, eastvale, inspection, administrators, officer, assert_accessible_at_both
):
    make_tracked(inspection)
    first, second = (browse(person) for person in administrators)
    enter_the_merger(first)
    expect(first.get_by_role("heading", name="From Westmarch Police")).to_be_visible()
    first.get_by_role("link", name="Withdraw").click()
    first.get_by_label("Why it is withdrawn").fill("The order was not made.")
    assert_accessible_at_both(first)
    first.get_by_role("button", name="Withdraw").click()
    expect(first.get_by_text("Nothing happens on that day.")).to_be_visible()
    enter_the_merger(first)
    confirm(second, assert_accessible_at_both)
    at(moment(NEXT_APRIL, 0, 5))
    work()
    assert [plan.state for plan in Succession.objects.order_by("pk")] == [
        SuccessionState.WITHDRAWN,
        SuccessionState.DONE,
    ]
    office = browse(officer)
    office.goto("/register/?force=marches")
    expect(office.get_by_role("link", name="WM-0001", exact=True)).to_be_visible()
    assert Force.objects.get(slug="westmarch").until == NEXT_APRIL - datetime.timedelta(days=1)


def enter_the_merger(page):
    page.goto(reverse("choose_succession"))
    page.get_by_label("Forces merge").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("First day").fill("1 April 2029")
    page.get_by_label("Westmarch Police").check()
    page.get_by_label("Eastvale Police").check()
    page.get_by_label("Name of the new force").fill("Marches Police")
    page.get_by_label("Short name").fill("Marches")
    page.get_by_label("Order or other source").fill("The order of 2028")
    page.get_by_role("button", name="Save and rehearse").click()
