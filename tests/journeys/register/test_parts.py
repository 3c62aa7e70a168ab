"""A part is closed by two people in a browser, and then the whole with the part that is still open."""

import pytest
from playwright.sync_api import expect

from recommendations.models import PartDischarged
from tests.conftest import make_tracked


@pytest.fixture
def whole(inspection):
    parts = ("(a) record it within a day;", "(b) sample it every month.")
    return make_tracked(inspection, number="3", text="The force should:", parts=parts)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_part_by_two_people_then_the_whole(browse, force_lead, approver, whole, assert_accessible):
    lead, decider = browse(force_lead), browse(approver)
    lead.goto(whole.get_absolute_url())
    lead.get_by_role("link", name="Close a part").click()
    lead.get_by_label("(a) record it within a day;").check()
    lead.get_by_label("What was done").fill("All 52 were recorded in time.")
    lead.get_by_role("button", name="Request closure of this part").click()
    expect(lead.get_by_text("Waits for a decision")).to_be_visible()
    decider.goto(whole.get_absolute_url())
    decider.get_by_label("Approve: this part is done").check()
    decider.get_by_role("button", name="Save decision").click()
    expect(decider.get_by_text("1 of 2 parts done.")).to_be_visible()
    assert_accessible(decider)
    lead.goto(f"{whole.get_absolute_url()}?form=closure")
    expect(lead.get_by_text("Still open: part (b).")).to_be_visible()
    lead.get_by_label("Implemented", exact=True).check()
    lead.get_by_label("Why it can be closed").fill("The rest is done too.")
    lead.get_by_role("button", name="Request closure").click()
    decider.reload()
    decider.get_by_label("Close part (b) with it: not done yet").check()
    decider.get_by_role("button", name="Approve closure").click()
    expect(decider.get_by_text("2 of 2 parts done.")).to_be_visible()
    assert PartDischarged.objects.filter(state="closed").count() == 2
