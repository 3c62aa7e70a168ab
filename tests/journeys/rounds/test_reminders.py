"""Reminders in a browser: an administrator tries a rule on last month and saves it; an officer switches one off."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from recommendations.domain.register import voices
from recommendations.domain.reminders import switches
from recommendations.domain.reminders.preview import last_month
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import ReminderRule
from tests.conftest import make_inspection, make_tracked


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_rule_is_tried_and_saved_and_a_reminder_switched_off(
    browse, administrator, officer, force_lead, westmarch, assert_accessible
):
    month = last_month(timezone.localdate())
    long_ago = timezone.now() - datetime.timedelta(days=120)
    report = make_inspection(westmarch, published_on=long_ago.date(), at=long_ago)
    tracked = make_tracked(report, at=long_ago)
    voices.set_target(tracked=tracked, target_on=month.start.replace(day=15), by=None, at=long_ago)
    page = browse(administrator)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Rules for reminders").click()
    assert_accessible(page)
    page.get_by_role("link", name="Target date").click()
    page.get_by_label("Days before the day").fill("soon")
    page.get_by_role("button", name=re.compile("See what it would have sent")).click()
    page.get_by_role("link", name=re.compile("“soon” is not a number of days")).click()
    assert_accessible(page)
    page.get_by_label("Days before the day").fill("3")
    page.get_by_label("The force’s inspection leads too").check()
    page.get_by_role("button", name=re.compile("See what it would have sent")).click()
    expect(page.get_by_role("row", name=re.compile("Callum Tranter Target date 3 days before 1"))).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Back to the rule").click()
    expect(page.get_by_label("The force’s inspection leads too")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name=re.compile("Target date 3 days before .* leads too"))).to_be_visible()
    assert ReminderRule.objects.get().plan.days_before == (3,)
    page = browse(officer)
    page.goto("/you/")
    page.get_by_role("link", name="Your reminders").click()
    page.get_by_label("Target date").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Target date")).not_to_be_checked()
    assert_accessible(page)
    assert switches.switched_off_topics(officer) == {ReminderTopic.TARGET}
