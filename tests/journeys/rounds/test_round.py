"""An update round between browsers that are open at once: asked, drafted, shared, released, returned, accepted."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.drafts import save_drafts
from recommendations.enums import Role
from recommendations.models import ForceUpdate, RoundAnswer, RoundDraft, RoundLine, TrackedRecommendation, UpdateRound
from recommendations.periods import say
from tests.conftest import make_inspection, make_person, make_tracked
from tests.journeys.people.test_sign_in import PASSWORD, give
from tests.makers.rounds import answered, typed

DAY = datetime.timedelta(days=1)
NAIR, LECKIE = "DCC Priya Nair", "ACO Tom Leckie"
SAVED = re.compile(r"Saved \d\d:\d\d")
PAUSE = 3_000  # after typing, before a draft is saved
INSIDE = "Said among ourselves."


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def register(body, westmarch):
    """Five open recommendations: four of one lead, one of another."""
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now())
    return [
        make_tracked(inspection, number=str(each), leads={"chief_officer_lead": lead}, at=now())
        for each, lead in enumerate((NAIR, NAIR, NAIR, NAIR, LECKIE))
    ]


@pytest.fixture
def asked(register, westmarch, officer):
    due = {"due_on": localdate() + 6 * DAY, "name": "Winter round"}
    return rounds.ask_for_updates(force=westmarch, tracked=register, by=officer, at=now(), **due)


@pytest.fixture
def colleague(westmarch):
    return make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)


def line(page, reference: str):
    return page.get_by_role("region", name=reference)


def answer(page, reference: str):
    return page.get_by_role("article", name=reference)


# A whole round


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_whole_round_between_two_browsers(
    browse, register, officer, approver, force_lead, colleague, assert_accessible
):
    office, force = browse(officer), browse(force_lead)
    force.clock.install()
    ask_by_a_filter(office, assert_accessible)
    asked = UpdateRound.objects.get()
    draft(force, asked, assert_accessible)
    office.reload()
    expect(office.get_by_text("0 of 4 answered")).to_be_visible()
    assert INSIDE not in office.content()
    share_and_release(browse(colleague), asked, assert_accessible)
    accept_with_a_key_and_return_one(office, asked, assert_accessible)
    answer_again(force, asked, assert_accessible)
    accept_the_rest(office, assert_accessible)
    decide_closure(browse(approver), register[3], assert_accessible)
    the_register_says_who_and_when(office, register)
    assert [entry.effective_on for entry in ForceUpdate.objects.all()] == [localdate()] * 4
    assert RoundDraft.objects.count() == 0
    assert verification.verify() == []


def ask_by_a_filter(page, assert_accessible):
    page.goto("/rounds/")
    assert_accessible(page)
    page.get_by_role("link", name="Ask for updates").click()
    page.get_by_label("Force", exact=True).select_option("Westmarch Police")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_label("Chief officer lead").select_option(NAIR)
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("heading", name="4 recommendations to ask about").wait_for()
    assert_accessible(page)
    page.get_by_label("Name of the round").fill("Winter round")
    page.get_by_label("Last day to answer").fill("31/2/2027")
    page.get_by_label("Note to the force").fill("What has changed since the summer?")
    page.get_by_role("button", name="Ask for updates").click()
    page.get_by_role("link", name="31 February 2027 does not exist.").wait_for()
    assert_accessible(page)
    page.get_by_label("Last day to answer").fill(say(localdate() + 6 * DAY))
    page.get_by_role("button", name="Ask for updates").click()
    page.get_by_text("Westmarch Police has been asked for updates.").wait_for()
    expect(page.get_by_text("6 days left")).to_be_visible()
    assert_accessible(page)


def draft(page, asked, assert_accessible):
    """One answer for two lines, with forecast and evidence; no change; a closure. What is typed is saved by itself."""
    page.goto("/rounds/")
    assert_accessible(page)
    page.get_by_role("link", name="Winter round").first.click()
    page.get_by_text("Drafts stay inside Westmarch Police").wait_for()
    assert_accessible(page)
    first = line(page, "WM-0001")
    first.get_by_label("What was done since").fill(INSIDE)
    page.clock.fast_forward(PAUSE)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(first.locator("[data-state]")).to_have_text(re.compile("Draft, saved"))
    assert RoundDraft.objects.get().done == INSIDE
    first.get_by_label("What was done since").fill("291 of 340 clearances are renewed.")
    first.get_by_text("Evidence, who said it").click()
    first.get_by_label("Evidence", exact=True).fill("Vetting return (xlsx)")
    first.get_by_label("Use the same answer for").fill("WM-0003")
    first.get_by_label("Forecast").fill("31/3/2027")
    first.get_by_label("Ready to release").check()
    first.get_by_label("Agreed by").fill("DCC Nair")
    second = line(page, "WM-0002")
    second.get_by_label("No change").check()
    second.get_by_label("Ready to release").check()
    fourth = line(page, "WM-0004")
    fourth.get_by_label("What was done since").fill("All suites test daily.")
    fourth.get_by_text("Evidence, who said it").click()
    fourth.get_by_label("Ask to close it as").select_option("Implemented")
    fourth.get_by_label("Why it can be closed").fill("Three months without a miss.")
    fourth.get_by_label("Ready to release").check()
    page.get_by_role("button", name="Save drafts").click()
    page.get_by_text("The answer to WM-0001 was copied to WM-0003.").wait_for()
    expect(page.get_by_role("link", name="4 ready to release")).to_be_visible()
    assert_accessible(page)


def share_and_release(page, asked, assert_accessible):
    """A colleague finds what was drafted, and who agreed it, and lets it go."""
    page.goto(asked.get_absolute_url())
    expect(line(page, "WM-0003").get_by_text("Ready: DCC Nair agreed it")).to_be_visible()
    page.get_by_role("button", name="Release the 4 that are ready").click()
    page.get_by_role("heading", name="Release 4 answers to Marches OPCC").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Release 4 answers").click()
    page.get_by_text("4 answers went to Marches OPCC.").wait_for()
    expect(page.get_by_text("Nothing to do")).to_be_visible()
    assert_accessible(page)


def accept_with_a_key_and_return_one(page, asked, assert_accessible):
    page.goto(asked.get_absolute_url())
    expect(page.get_by_text("4 of 4 answered")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("a")  # the first answer is the current one from the start
    page.get_by_text("WM-0001 has a new force update.").wait_for()
    expect(answer(page, "WM-0002")).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.type("Has any post been filled at all?")  # each of its letters is a letter here
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("WM-0002 is returned to the force with your question.").wait_for()
    assert list(RoundAnswer.objects.filter(state="returned").values_list("question", flat=True)) == [
        "Has any post been filled at all?"
    ]
    expect(answer(page, "WM-0003")).to_be_focused()
    page.keyboard.press("j")
    expect(answer(page, "WM-0004")).to_be_focused()
    page.keyboard.press("k")
    expect(answer(page, "WM-0003")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.get_by_text("WM-0004 has a new force update.").wait_for()
    assert_accessible(page)


def answer_again(page, asked, assert_accessible):
    page.goto(asked.get_absolute_url())
    again = line(page, "WM-0002")
    expect(again.get_by_text("Has any post been filled at all?")).to_be_visible()
    expect(again.locator("[data-state]")).to_have_text("Returned to you")
    assert_accessible(page)
    again.get_by_label("No change").uncheck()
    again.get_by_label("What was done since").fill("One of two posts is filled.")
    again.get_by_label("Ready to release").check()
    page.get_by_role("button", name="Release what is ready").click()
    page.get_by_role("button", name="Release 1 answer").click()
    page.get_by_text("1 answer went to Marches OPCC.").wait_for()


def accept_the_rest(page, assert_accessible):
    page.reload()
    for left in ("WM-0002", "WM-0003"):
        page.get_by_role("button", name=f"Accept {left}").click()
        page.get_by_text(f"{left} has a new force update.").wait_for()
    expect(page.get_by_text("Nothing waits for you: every answer is accepted.")).to_be_visible()
    assert_accessible(page)
    page.locator("summary", has_text="More").click()
    assert_accessible(page)
    page.get_by_role("link", name="Close the round").click()
    assert_accessible(page)
    page.get_by_role("button", name="Close the round").click()
    page.get_by_text("Winter round is closed.").wait_for()
    assert_accessible(page)


def decide_closure(page, tracked, assert_accessible):
    page.goto(tracked.get_absolute_url())
    expect(page.get_by_text("Three months without a miss.").first).to_be_visible()
    expect(page.get_by_text("Dana Fox").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Approve closure").click()
    page.get_by_text("Blue").first.wait_for()
    assert TrackedRecommendation.objects.get(pk=tracked.pk).standing.outcome == "implemented"


def the_register_says_who_and_when(page, register):
    """The names of the force, and the day of the answer: not the officer who accepted it."""
    for tracked, says in (
        (register[0], "291 of 340 clearances are renewed."),
        (register[1], "One of two posts is filled."),
        (register[2], "291 of 340 clearances are renewed."),
    ):
        page.goto(f"/register/?q={tracked.reference}")
        page.get_by_role("link", name=tracked.reference, exact=True).click()
        expect(page.get_by_text(says).first).to_be_visible()
        expect(page.get_by_text(say(localdate())).first).to_be_visible()
    said = list(ForceUpdate.objects.order_by("tracked__reference").values_list("said_by", flat=True))
    assert said == ["Dana Fox", "Callum Tranter", "Dana Fox", "Dana Fox"]


# What goes wrong


def test_two_people_who_write_one_line_both_see_both_texts(browse, asked, force_lead, colleague, assert_accessible):
    mine, theirs = browse(force_lead), browse(colleague)
    for page in (mine, theirs):
        page.clock.install()
        page.goto(asked.get_absolute_url())
    line(theirs, "WM-0001").get_by_label("What was done since").fill("Theirs.")
    theirs.clock.fast_forward(PAUSE)
    expect(theirs.locator("[data-saved]")).to_have_text(SAVED)
    first = line(mine, "WM-0001")
    first.get_by_label("What was done since").fill("Mine.")
    mine.clock.fast_forward(PAUSE)
    expect(mine.locator("[data-saved]")).to_have_text("Not saved: Dana Fox saved this line too. Both texts are shown.")
    expect(first.get_by_text("Theirs.")).to_be_visible()
    expect(first.get_by_label("What was done since")).to_have_value("Mine.")
    assert RoundDraft.objects.get().done == "Theirs."
    assert_accessible(mine)
    first.get_by_label("What was done since").fill("Theirs, and mine.")
    mine.get_by_role("button", name="Save drafts").click()
    mine.get_by_text("Drafts saved.").wait_for()
    assert RoundDraft.objects.get().done == "Theirs, and mine."


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_session_that_ran_out_loses_nothing(browse, asked, force_lead, settings):
    settings.DEMO = True  # the second factor has a journey of its own
    page = browse(force_lead)
    page.clock.install()
    page.goto(asked.get_absolute_url())
    page.context.clear_cookies(name="sessionid")
    line(page, "WM-0001").get_by_label("What was done since").fill("Typed while signed out.")
    page.clock.fast_forward(PAUSE)
    expect(page.locator("[data-saved]")).to_contain_text("Not saved: your session has ended.")
    page.get_by_role("button", name="Save drafts").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert RoundDraft.objects.count() == 0
    force_lead.authenticator_set.all().delete()
    give(page, force_lead.email, PASSWORD)
    expect(page.get_by_text("Typed while signed out.").first).to_be_visible()
    page.get_by_role("button", name="Save it now").click()
    page.get_by_text("Drafts saved.").wait_for()
    assert RoundDraft.objects.get().done == "Typed while signed out."


def test_a_double_click_on_release_and_on_accept_has_one_effect(browse, asked, officer, force_lead):
    first = asked.lines.first()
    save_drafts(round=asked, typed=[typed(first, done="Seen to.", ready=True)], by=force_lead, at=now())
    force, office = browse(force_lead), browse(officer)
    force.goto(f"{asked.get_absolute_url()}release/")
    force.get_by_role("button", name="Release 1 answer").dblclick()
    force.get_by_text(re.compile("1 answer went to Marches OPCC|was sent twice")).first.wait_for()
    office.goto(asked.get_absolute_url())
    office.get_by_role("button", name="Accept WM-0001").dblclick()
    office.get_by_text(re.compile("has a new force update|was sent twice")).first.wait_for()
    assert (RoundAnswer.objects.count(), ForceUpdate.objects.count()) == (1, 1)


def test_the_pointer_presses_what_it_points_at(browse, asked, officer, force_lead):
    """An answer that becomes the current one stays where it is."""
    for each in asked.lines.all():
        answered(each, force_lead, at=now())
    page = browse(officer)
    page.goto(asked.get_absolute_url())
    before = answer(page, "WM-0003").bounding_box()
    page.get_by_role("button", name="Accept WM-0003").hover()
    page.mouse.down()
    assert answer(page, "WM-0003").bounding_box()["height"] == before["height"]
    page.mouse.up()
    page.get_by_text("WM-0003 has a new force update.").wait_for()


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_round_works_without_scripts(browse, asked, officer, force_lead):
    force = browse(force_lead, java_script_enabled=False)
    force.goto(asked.get_absolute_url())
    first = line(force, "WM-0001")
    first.get_by_label("What was done since").fill("Seen to.")
    first.get_by_label("Ready to release").check()
    force.get_by_role("button", name="Release what is ready").click()
    force.get_by_role("button", name="Release 1 answer").click()
    force.get_by_text("1 answer went to Marches OPCC.").wait_for()
    office = browse(officer, java_script_enabled=False)
    office.goto(asked.get_absolute_url())
    answer(office, "WM-0001").get_by_text("Return with a question").click()
    office.get_by_label("What should the force answer?").fill("How many?")
    office.get_by_role("button", name="Return WM-0001").click()
    office.get_by_text("WM-0001 is returned to the force").wait_for()
    assert RoundLine.objects.get(pk=asked.lines.first().pk).state == "returned"


OF_THE_OFFICE = [
    "?show=asked",
    "?show=accepted",
    "?show=returned",
    "?show=to_look&lead=ACO+Tom+Leckie",
    "close/",
    "bring-in/",
]
OF_THE_FORCE = ["?show=all", "?show=drafts", "?show=ready", "release/", "bring-in/"]


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_every_page_of_the_office_keeps_the_rules(browse, asked, officer, force_lead, assert_accessible):
    first, second, third, _, fifth = asked.lines.all()
    rounds.accept_answer(answer=answered(first, force_lead, at=now()), by=officer, at=now())
    rounds.return_answer(answer=answered(second, force_lead, at=now()), question="Which?", by=officer, at=now())
    late = {
        "closure_outcome": "implemented",
        "closure_reason": "It holds.",
        "evidence": f"https://example.org/{'a' * 90}",
    }
    for each in (third, fifth):
        answered(each, force_lead, at=now(), **late)
    page = browse(officer)
    for state in OF_THE_OFFICE:
        page.goto(f"{asked.get_absolute_url()}{state}")
        assert_accessible(page)
    page.goto(asked.get_absolute_url())
    answer(page, "WM-0003").get_by_text("Return with a question").click()
    assert_accessible(page)
    page.get_by_role("button", name="Return WM-0003").click()
    page.get_by_role("link", name="Say what the force should answer.").wait_for()
    assert_accessible(page)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_every_page_of_the_force_keeps_the_rules(browse, asked, force_lead, officer, assert_accessible):
    first, second, third, *_ = asked.lines.all()
    rounds.accept_answer(answer=answered(first, force_lead, at=now()), by=officer, at=now())
    rounds.return_answer(answer=answered(second, force_lead, at=now()), question="Which?", by=officer, at=now())
    wrong = {
        "done": "x" * 300,
        "no_change": True,
        "forecast": "31/2/2027",
        "closure_reason": "It holds.",
        "ready": True,
    }
    save_drafts(round=asked, typed=[typed(third, **wrong)], by=force_lead, at=now())
    page = browse(force_lead)
    for state in OF_THE_FORCE:
        page.goto(f"{asked.get_absolute_url()}{state}")
        assert_accessible(page)
