"""The story of an indicator in a browser: from nothing to a sheet, a closure, a number that got worse, and a paper."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.office_use.choice import choose_sections, current_choice
from recommendations.domain.papers.papers import prepare
from recommendations.domain.register import closures
from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.enums.indicators import IndicatorEvery
from recommendations.models import IndicatorSheet, IndicatorValue, Recheck
from recommendations.periods import Period
from recommendations.sections import Section
from tests.conftest import make_inspection, make_tracked
from tests.makers.indicators import make_indicator

DAY = datetime.timedelta(days=1)
NAMES = ("Calls answered late", "Cells without a working bell", "Children held overnight", "Nurse visits", "Logs")
MONTHS = 24


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def months(number: int) -> list[Period]:
    """The last months that have ended, the oldest first."""
    found = [IndicatorEvery.MONTH.period_of(localdate().replace(day=1) - DAY)]
    while len(found) < number:
        found.append(IndicatorEvery.MONTH.period_of(found[-1].start - DAY))
    return found[::-1]


@pytest.fixture
def record(westmarch):
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now() - 300 * DAY)
    return make_tracked(inspection, at=now() - 300 * DAY)


def sheet_of(*wrong: str) -> str:
    """Six indicators and 24 months; a wrong text takes the place of the last cell but one of the first row."""
    heads = "\t".join(["Indicator", *(f"{each.start:%b %Y}" for each in months(MONTHS))])
    rows = []
    for place, name in enumerate(("Strip searches", *NAMES)):
        cells = [str(60 - 2 * month + place) for month in range(MONTHS)]
        if place == 0 and wrong:
            cells[-2] = wrong[0]
        rows.append("\t".join([name, *cells]))
    return "\n".join([heads, *rows])


def test_from_nothing_to_a_paper(sign_in, officer, approver, administrator, record, assert_accessible_at_both):
    choice = current_choice(localdate())
    without = choice.sections_on - {Section.INDICATORS}
    choose_sections(sections=without, source_keys=choice.followed_keys, token=choice.token, by=administrator, at=now())
    page = sign_in(administrator)
    page.goto("/what-you-use/")
    page.get_by_label("Indicators").check()
    page.get_by_role("button", name="Save: indicators on").click()
    page.wait_for_load_state()

    page = sign_in(officer)
    page.goto("/register/")
    page.locator("summary", has_text="Export and more").click()
    page.get_by_role("link", name="Indicators").click()
    expect(page.get_by_text("No indicator yet.")).to_be_visible()
    assert_accessible_at_both()
    page.goto(f"/recommendations/{record.pk}/?tab=indicators")
    page.get_by_role("link", name="Add an indicator").click()
    page.get_by_label("What is counted").fill("Strip searches")
    page.get_by_label("What counts, and what does not").fill("Each search of a person under 18.")
    page.get_by_label("Where the numbers come from").fill("Custody system")
    page.get_by_label("Target", exact=False).first.fill("10")
    page.get_by_label("To be reached by").fill(f"{localdate() + 200 * DAY:%d/%m/%Y}")
    assert_accessible_at_both()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Strip searches", level=1)).to_be_visible()
    for name in NAMES:
        make_indicator(force=record.force, name=name)

    page.get_by_role("link", name="Paste values from a sheet").click()
    page.get_by_label("Cells of the sheet").fill(sheet_of("lots"))
    page.get_by_label("Whose numbers these are").fill("Superintendent, custody")
    page.get_by_role("button", name="Read the sheet").click()
    expect(page.get_by_role("row", name="X2 lots")).to_be_visible()
    assert_accessible_at_both()
    page.get_by_label("Cells of the sheet").fill(sheet_of())
    page.get_by_role("button", name="Read the sheet").click()
    assert_accessible_at_both()
    page.get_by_role("button", name="Save 144 values").click()
    expect(page.get_by_text("144 values are recorded.")).to_be_visible()
    assert_accessible_at_both()
    page.get_by_role("link", name="Paste values from a sheet").click()
    page.get_by_role("link", name="Undo").click()
    page.get_by_label("Why").fill("It is last year’s.")
    page.get_by_role("button", name="Undo all of it").click()
    page.get_by_text("The sheet is undone.").wait_for()
    assert not IndicatorValue.objects.exists()
    page.get_by_label("Cells of the sheet").fill(sheet_of())
    page.get_by_label("Whose numbers these are").fill("Superintendent, custody")
    page.get_by_role("button", name="Read the sheet").click()
    page.get_by_role("button", name="Save 144 values").click()
    page.get_by_text("144 values are recorded.").wait_for()
    assert IndicatorSheet.objects.count() == 1

    close_before_the_last_value(record, officer, approver)
    page.get_by_role("link", name="Strip searches").click()
    page.get_by_label("Period").select_option(index=0)
    page.get_by_role("textbox", name="Value").fill("40")
    page.get_by_label("Who says so").fill("Superintendent, custody")
    page.get_by_role("button", name="Save the value").click()
    expect(page.get_by_text(f"Worse since {record} was closed").first).to_be_visible()
    assert_accessible_at_both()
    page.goto("/")
    page.get_by_role("link", name="1 indicator is worse since closing").click()
    expect(page.get_by_text(f"Worse since {record} was closed")).to_be_visible()

    page.goto(f"/recommendations/{record.pk}/?form=recheck&tab=indicators")
    assert_accessible_at_both()
    page.get_by_label("No: reopen").check()
    page.get_by_label("What you saw").fill("The number went up again.")
    page.get_by_label("The indicator that shows it").select_option("Strip searches")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("An approving officer decides").first.wait_for()
    assert Recheck.objects.latest("pk").shown_by.name == "Strip searches"

    last = months(1)[0]
    paper = prepare(force=record.force, start=months(3)[0].start, end=last.end, by=officer, at=now())
    page.goto(f"/papers/{paper.pk}/read/")
    expect(page.get_by_role("heading", name="Whether it helped")).to_be_visible()
    expect(page.locator("#indicators ~ .chart svg").first).to_be_visible()
    assert_accessible_at_both()


def close_before_the_last_value(record, officer, approver) -> None:
    """Close it before the last month, to be looked at again today."""
    on = months(1)[0].start - DAY
    at = datetime.datetime.combine(on, datetime.time(12), tzinfo=datetime.UTC)
    look = LookPlan(localdate(), "Fewer than 15 a month.")
    closures.request_closure(tracked=record, outcome="implemented", reason="Done.", look=look, by=officer, at=at)
    closures.approve_closure(tracked=record, by=approver, at=at + datetime.timedelta(minutes=1))
