"""The first page's clock and items about responses: whose they are, who takes the next step, what is said once."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.home.lines import FirstPage, HomeItem
from recommendations.domain.responses import publishing
from recommendations.domain.responses.companions import begin_response
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import Role
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection, make_person
from tests.domain.home.test_first_page import details, page_of, todo
from tests.makers.action_plans import fire_inspection
from tests.makers.responses import make_approved, make_draft, make_published, make_response, make_submitted, write
from tests.makers.sources import follow, from_iopc

DAY = datetime.timedelta(days=1)


def clock_of(page: FirstPage) -> tuple[int, str, str, str]:
    return page.clock.days, page.clock.what, page.clock.detail, page.clock.button


def test_the_clock_of_a_response_runs_and_ends(westmarch, officer):
    # wording: an item is known by its words
    make_inspection(westmarch, title="Old", published_on=TODAY - 56 * DAY)
    running = make_inspection(westmarch, title="Running", short_name="Run 26", published_on=TODAY - 43 * DAY)
    page = page_of(officer)
    detail = "Deadline was Friday 6 November. No one has started it."
    assert clock_of(page) == (-1, "Publish the response to Old", detail, "Start the response")
    url = reverse("begin_response", args=[running.pk])
    assert page.items == (HomeItem("Write the response to Run 26", url, "Running", TODAY + 12 * DAY),)
    assert [(each.short_day, each.what) for each in page.ahead] == [("Thu 19 Nov", "Response to Run 26 due")]


def test_the_response_of_the_clock_is_not_said_again(westmarch, officer):
    make_inspection(westmarch, title="Running", short_name="Run 26", published_on=TODAY - 43 * DAY)
    page = page_of(officer)
    detail = "Deadline Thursday 19 November. No one has started it."
    assert clock_of(page)[:3] == (12, "Publish the response to Running", detail)
    assert (page.items, page.ahead) == ((), ())


@pytest.fixture
def report(westmarch):
    def make(title: str, days: int):
        return make_inspection(westmarch, title=title, short_name=f"{title} 26", published_on=TODAY - days * DAY)

    return make


def test_an_officers_clock_is_of_what_they_keep_or_nobody_does(report, body, officer, approver):
    # wording: an item is known by its words
    colleague = make_person("Joe Brandreth", Role.OPCC_OFFICER)
    theirs = begin_response(inspection=report("Theirs", 50), by=colleague, at=AT)
    begun = begin_response(inspection=report("Own", 40), by=officer, at=AT)
    unowned = report("Unowned", 30)
    page = page_of(officer, mine=True)
    detail = "Deadline Sunday 22 November. It is being written."
    assert clock_of(page) == (15, "Publish the response to Own", detail, "Continue the draft")
    assert page.clock.url == begun.get_absolute_url()
    assert [(item.what, item.url) for item in page.items] == [
        ("Write the response to Unowned 26", reverse("begin_response", args=[unowned.pk]))
    ]
    # an approving officer has the office's clock, and none of the officers' work
    page = page_of(approver, mine=True)
    assert (page.clock.url, page.items) == (theirs.get_absolute_url(), ())
    assert page.clock.detail == "Deadline Thursday 12 November. Joe Brandreth is writing it."


def test_a_response_waits_for_whoever_can_do_the_next_step(report, body, officer, approver):
    # wording: an item is known by its words
    make_submitted(report("Late", 80), body, by=officer)
    make_submitted(report("Soon", 46), body, by=officer)
    make_approved(report("Approved", 36), body, by=officer, approver=approver)
    make_response(report("Begun", 26), body, by=officer)
    report("Not begun", 16)
    to_write = [
        ("Write the response to Begun 26", "Begun", 29),
        ("Write the response to Not begun 26", "Not begun", 39),
    ]
    page = page_of(approver)
    detail = "Deadline was Tuesday 13 October. It waits for approval."
    assert clock_of(page) == (-25, "Approve the response to Late", detail, "Read and decide")
    assert details(page) == [
        ("Approve the response to Soon 26", "Soon", 9),
        ("Publish the response to Approved 26", "Approved", 19),
        *to_write,
    ]
    page = page_of(officer)
    assert clock_of(page)[1::2] == ("Publish the response to Approved", "Publish it")
    assert page.clock.detail.endswith("It is approved. Late 26 is 25 days late. It waits for approval.")
    assert details(page) == to_write


def test_many_responses_are_one_item_that_leads_to_their_list(report, body, officer):
    # wording: an item is known by its words
    for number in range(5):
        report(f"R{number}", 50 - number)
    page = page_of(officer)
    assert details(page) == [("Write 5 responses", "R0 26 first.", 5)]
    assert (page.items[0].url, page.items[0].number) == ("/responses/?waiting=write", 5)
    assert todo(page_of(officer, mine=True)) == [f"Write the response to R{number} 26" for number in range(1, 5)]


def test_what_an_approving_officer_submitted_or_wrote_waits_for_another(report, body, officer, approver):
    # wording: an item is known by its words
    make_submitted(report("Own", 40), body, by=approver)
    written = make_draft(report("Written", 40), body, by=officer)
    write(written, "narrative", text="We welcome it.", by=approver)
    approval_workflow.submit(response=written, by=officer, at=AT)
    assert (todo(page_of(approver)), page_of(approver).clock.button) == ([], "Look at the response")


def test_a_response_to_two_reports_is_approved_once(report, body, officer, approver):
    # wording: an item is known by its words
    report("Sooner", 50)
    second, first = report("Second", 30), report("First", 40)
    make_submitted([second, first], body, by=officer)
    assert details(page_of(approver)) == [("Approve the response to First 26", "First", 15)]


def test_a_correction_waits_without_a_clock(report, body, officer, approver):
    # wording: an item is known by its words
    response = make_published(report("Published", 80), body, by=officer, approver=approver)
    publishing.correct(response=response, by=officer, at=AT)
    write(response, "correction", text="A wrong number.", by=officer)
    approval_workflow.submit(response=response, by=officer, at=AT)
    page = page_of(approver)
    assert (details(page), page.clock) == ([("Approve the response to Published 26", "Published", None)], None)
    approval_workflow.approve(response=response, by=approver, at=AT)
    assert details(page_of(officer)) == [("Publish the response to Published 26", "Published", None)]


def test_nothing_is_counted_for_a_report_without_a_stated_last_day(westmarch, officer):
    old = {"kind": "super_complaint", "published_on": TODAY - 90 * DAY, "respond_by": TODAY - 1 * DAY}
    made = make_inspection(westmarch, title="Super-complaint", short_name="Super 26", **old)
    with verb("edit", by=None, at=AT) as act:
        made.respond_by = None
        act.save(made)
    page = page_of(officer)
    assert (page.clock, page.ahead) == (None, ())
    assert details(page) == [("Write the response to Super 26: no deadline is stated", "Super-complaint", None)]


def test_what_section_55_is_not_about_is_never_late(westmarch, officer):
    facts = {"published_on": TODAY - 90 * DAY}
    fire_inspection(westmarch, **facts)
    make_inspection(westmarch, title="Other", short_name="Other 26", kind="other", section_55=False, **facts)
    page = page_of(officer)
    assert (page.clock, page.ahead) == (None, ())
    assert todo(page) == ["Write the response to Other 26: no deadline is stated"]


def test_what_nobody_has_said_is_measured_and_asked(westmarch, officer):
    made = make_inspection(westmarch, kind="other", short_name="Other 26", section_55=True)
    with verb("migrate", by=None, at=AT) as act:
        made.section_55 = None
        act.save(made)
    page = page_of(officer)
    assert page.clock.days < 0
    assert todo(page) == ["Other 26: say whether section 55 applies"]


def test_a_stated_day_is_a_deadline_too(westmarch, officer):
    stated = {"kind": "super_complaint", "published_on": TODAY - DAY, "respond_by": TODAY + 12 * DAY}
    make_inspection(westmarch, title="Super-complaint", short_name="Super 26", **stated)
    page = page_of(officer)
    assert (page.clock.days, page.clock.detail) == (12, "Deadline Thursday 19 November. No one has started it.")


def test_answers_of_chief_officers_are_one_item_for_officers(westmarch, officer, approver):
    # wording: an item is known by its words
    follow("iopc")
    made = [from_iopc(westmarch, title=f"Letter {number}", short_name=f"IOPC {number}") for number in (1, 2)]
    for page in (page_of(officer), page_of(officer, mine=True), page_of(approver)):
        (item,) = [each for each in page.items if "chief officer" in each.what]
        assert (item.what, item.detail, item.number) == ("2 answers due from chief officers", "IOPC 1, IOPC 2", 2)
        assert item.day == made[0].last_day
    assert todo(page_of(approver, mine=True)) == []
