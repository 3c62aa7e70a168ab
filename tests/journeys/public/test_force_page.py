"""The public page of a force in a browser: released by two people, changed by a second release, withdrawn."""

import pytest
from playwright.sync_api import expect

from recommendations.domain.public.releases import last_released
from recommendations.domain.register import restrictions
from recommendations.models import ForceRelease
from tests.conftest import AT, make_tracked
from tests.makers.force_pages import prepared

PUBLIC = "/published/forces/westmarch/"


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_released_changed_and_withdrawn(browse, page, inspection, body, officer, approver, assert_accessible_at_both):
    lines = [make_tracked(inspection, number=n, text=f"The force should test bell {n}.") for n in "12"]
    office, approving = browse(officer), browse(approver)
    prepare(office, assert_accessible_at_both)
    release(approving, ForceRelease.objects.get(), assert_accessible_at_both)
    page.goto(PUBLIC)
    expect(page.get_by_role("heading", name="The force should test bell 1.")).to_be_visible()
    expect(page.get_by_text("2 recommendations are open")).to_be_visible()
    expect(page.get_by_role("heading", name="National priorities for policing")).to_be_visible()
    became = page.get_by_role("table", name="Recommendations on complaints")
    expect(became.get_by_role("row", name="The force should test bell 1.")).to_contain_text("HMICFRS")
    assert_accessible_at_both(page)
    restrictions.restrict(tracked=lines[1], reason="An operation.", effective_on=None, by=officer, at=AT)
    page.reload()
    expect(page.get_by_text("2 recommendations are open")).to_be_visible()
    office.goto("/forces/westmarch/public-page/")
    expect(office.get_by_text("WM-0002 is restricted")).to_be_visible()
    second = prepared(inspection.covers.get().force, by=officer)
    approving.goto(second.get_absolute_url())
    expect(approving.get_by_role("row", name="Open: WM-0002")).to_contain_text("Nothing")
    release(approving, second)
    page.reload()
    expect(page.get_by_text("1 more is not shown")).to_be_visible()
    page.get_by_role("link", name="Release 1,").click()
    expect(page.get_by_text("This is release 1")).to_be_visible()
    withdraw(approving, second)
    page.goto(PUBLIC)
    page.reload()  # the browser may keep a public page for five minutes
    expect(page.get_by_text("It named a person.")).to_be_visible()
    assert_accessible_at_both(page)


def prepare(page, assert_accessible_at_both) -> None:
    """Chosen, looked at, sent."""
    page.goto("/forces/westmarch/")
    page.get_by_role("link", name="Public page").click()
    page.get_by_role("link", name="Prepare a release").click()
    page.get_by_label("Shown in full (optional)", exact=True).select_option("WM-0001: The force should test bell 1.")
    page.get_by_label("What the force contributes").fill("Homicide fell by a tenth.")
    page.get_by_label("How you hold the chief officer to account for complaints").fill("We meet each month.")
    page.get_by_label("Recommendations of HMICFRS and the IOPC on complaints").fill("wm1, EV-0001")
    page.get_by_role("button", name="Look at what would be public").click()
    page.get_by_role("link", name="EV-0001: the register of the force has no").click()
    page.get_by_label("Recommendations of HMICFRS and the IOPC on complaints").fill("wm1")
    page.get_by_role("button", name="Look at what would be public").click()
    expect(page.get_by_role("heading", name="As the public would read it")).to_be_visible()
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Send for release").click()
    page.get_by_text("Sent. An approving officer releases it.").wait_for()


def release(page, waiting: ForceRelease, look=lambda page: None) -> None:
    """Looked at and released by somebody else."""
    page.goto(waiting.get_absolute_url())
    look(page)
    page.get_by_role("link", name="Release", exact=True).click()
    page.get_by_role("button", name="Release", exact=True).click()
    page.get_by_text("Anyone can read it now.").wait_for()


def withdraw(page, released: ForceRelease) -> None:
    page.goto(released.get_absolute_url())
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Why it is withdrawn").fill("It named a person.")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Withdrawn from the public.").wait_for()
    assert last_released(ForceRelease, released.force).withdrawn_at is not None
