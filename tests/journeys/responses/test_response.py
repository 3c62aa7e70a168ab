"""A response in a browser, from an empty draft to a published page and its correction, by everybody who has a part."""

import datetime
import re
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import Commitment, ResponseVersion
from tests.conftest import make_inspection, make_tracked
from tests.makers.responses import comment_of_chief_officer, make_response

NARRATIVE = "We welcome this report[^1].\n\n[^1]: Its page 4."
PAUSE = 2_000  # after typing, before a part is saved
PROMISE = "We have asked for the figures each quarter."


@pytest.fixture
def response(westmarch, body, officer):
    """A report of twenty days ago with four recommendations, the last directed to others; the chief officer spoke."""
    at = timezone.now()
    report = make_inspection(westmarch, published_on=localdate() - datetime.timedelta(days=20), at=at)
    for number in (1, 2, 3):
        make_tracked(report, number=str(number), text=f"Within two months the force should test light {number}.", at=at)
    others = {"directed_to_force": False, "addressees": ("the Home Office",)}
    make_tracked(report, number="4", text="The Home Office should fund lights.", at=at, **others)
    response = make_response(report, body, by=officer, at=at)
    comment_of_chief_officer(response, westmarch, at=at)
    return response


@pytest.fixture
def as_person(sign_in, page):
    """Somebody else sits down at the same browser."""

    def change(person):
        page.context.clear_cookies()
        return sign_in(person)

    return change


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_an_empty_draft_to_a_correction(page, as_person, officer, approver, response, assert_accessible):
    page.clock.install()
    draft(as_person(officer), response, assert_accessible)
    send_back(as_person(approver), response, assert_accessible)
    edit_and_submit(as_person(officer), response, assert_accessible)
    approve(as_person(approver), response, assert_accessible)
    publish(as_person(officer), response, assert_accessible)
    read_in_public(page, assert_accessible, version=1)
    begin_correction(as_person(officer), response, assert_accessible)
    approve_correction(as_person(approver), response, assert_accessible)
    publish(as_person(officer), response, assert_accessible)
    read_in_public(page, assert_accessible, version=2)
    assert [each.quote for each in Commitment.objects.all()] == [PROMISE]


def saved(page) -> None:
    page.clock.fast_forward(PAUSE)
    expect(page.locator("[data-saved]").first).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def rec(page, number: int):
    return page.locator(".app-rec").filter(has=page.get_by_role("heading", name=f"Recommendation {number}"))


def answer(page, number: int, action: str, comment: str) -> None:
    rec(page, number).get_by_label(action, exact=True).check()
    rec(page, number).get_by_label("OPCC comment").fill(comment)
    saved(page)


def draft(page, response, assert_accessible) -> None:
    page.goto(response.get_absolute_url())
    assert_accessible()
    page.get_by_role("link", name="Write the draft").click()
    assert_accessible()
    page.get_by_label("Narrative", exact=True).fill(NARRATIVE)
    saved(page)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview li")).to_have_text("Its page 4.")
    page.get_by_label("Narrative", exact=True).press("End")
    assert_accessible()
    answer(page, 1, "Proposed", f"The force tests them. {PROMISE}")
    expect(rec(page, 1).locator(".app-rec__state")).to_have_text("Complete")
    rec(page, 1).locator("summary", has_text="More").click()
    rec(page, 1).get_by_label("Other recommendations that this answers").fill("2")
    page.clock.fast_forward(PAUSE)
    expect(rec(page, 2).get_by_text("Answered with the comment on Recommendation 1.")).to_be_visible()
    answer(page, 3, "Taken", "The lights were tested soon.")
    page.get_by_role("button", name="Use stock reason").click()
    expect(rec(page, 4).locator(".app-rec__state")).to_have_text("Complete")
    mark(page, assert_accessible)
    expect(page.get_by_role("heading", name="Nothing is missing")).to_be_visible()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("Margaret Osei can approve it or send it back.")).to_be_visible()
    assert_accessible()


def mark(page, assert_accessible) -> None:
    rec(page, 1).get_by_role("button", name="Mark it as a commitment").click()
    expect(page.get_by_label("Checked", exact=True)).to_have_value("quarter")
    page.get_by_label("First check").fill("")
    page.get_by_role("button", name="Save commitment").click()
    expect(page.get_by_role("link", name="Say when it is checked first.")).to_be_visible()
    assert_accessible()
    page.get_by_label("First check").fill("31/1/2027")
    page.get_by_role("button", name="Save commitment").click()
    expect(page.get_by_role("heading", name="Commitments: 1 marked")).to_be_visible()


def send_back(page, response, assert_accessible) -> None:
    page.goto(f"{response.get_absolute_url()}approve/")
    assert_accessible()
    page.get_by_label("Send it back with remarks").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_role("link", name="Say what should be different.")).to_be_visible()
    page.get_by_role("textbox", name="Remarks").fill("Say when they were tested.")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("Sent back with your remarks.")).to_be_visible()


def edit_and_submit(page, response, assert_accessible) -> None:
    page.goto(f"{response.get_absolute_url()}draft/")
    expect(page.get_by_text("“Say when they were tested.”")).to_be_visible()
    rec(page, 3).get_by_label("OPCC comment").fill("The lights were tested in October.")
    page.get_by_role("button", name="Submit for approval").click()  # what was typed a moment ago goes with it
    expect(page.get_by_text("Submitted for approval.")).to_be_visible()


def approve(page, response, assert_accessible) -> None:
    page.goto(f"{response.get_absolute_url()}approve/")
    assert page.locator(".app-diff del").all_inner_texts() == ["soon"]
    assert page.locator(".app-diff ins").all_inner_texts() == ["in October"]
    assert_accessible()
    page.get_by_role("link", name="Read it as it will be published").click()
    expect(page.get_by_text("Draft, not published.")).to_be_visible()
    assert_accessible()
    page.go_back()
    page.get_by_label("Approve this text").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("Approved.", exact=True)).to_be_visible()
    assert_accessible()


def publish(page, response, assert_accessible) -> None:
    page.goto(response.get_absolute_url())
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="What goes public")).to_be_visible()
    assert_accessible()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("with its PDF and its text.")).to_be_visible(timeout=60_000)
    assert_accessible()
    assert_one_column_on_a_phone(page)


def assert_one_column_on_a_phone(page) -> None:
    size = page.viewport_size
    page.set_viewport_size({"width": 375, "height": 768})
    assert page.locator(".app-public__text").bounding_box()["width"] >= 320
    page.set_viewport_size(size)


def read_in_public(page, assert_accessible, *, version: int) -> None:
    published = ResponseVersion.objects.get(number=version)
    page.context.clear_cookies()
    page.goto(published.response.get_public_url())
    page.reload()  # a browser may keep a public page for some minutes
    words = "Two things in it were wrong." if version == 2 else "We welcome this report"
    expect(page.get_by_text(words)).to_be_visible()
    assert_accessible()
    for link, kept in (("Download as PDF", published.pdf), ("Plain text", published.text)):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=link).click()
        assert Path(waiting.value.path()).read_bytes() == bytes(kept.content)
    if version == 2:
        page.get_by_role("link", name="Version 1").click()
        expect(page.get_by_text("The lights were tested in October.")).to_be_visible()


def begin_correction(page, response, assert_accessible) -> None:
    page.goto(response.get_absolute_url())
    page.get_by_role("button", name="Start a correction").click()
    expect(page.get_by_text("A correction is being drafted.")).to_be_visible()
    assert_accessible()
    page.get_by_role("link", name="Write the draft").click()
    page.get_by_label("What is corrected", exact=True).fill("Two things in it were wrong.")
    rec(page, 3).get_by_label("OPCC comment").fill("The lights were tested in September.")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("Submitted for approval.")).to_be_visible()


def approve_correction(page, response, assert_accessible) -> None:
    page.goto(f"{response.get_absolute_url()}approve/")
    expect(page.get_by_role("heading", name="What changed since version 1")).to_be_visible()
    assert page.locator(".app-diff del").all_inner_texts() == ["October"]
    assert_accessible()
    page.get_by_label("Approve this text").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("Approved.", exact=True)).to_be_visible()
