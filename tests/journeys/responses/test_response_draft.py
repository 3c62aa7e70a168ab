"""Writing a draft in a browser: two at once, a lost session, pasting from Word, no scripts, 30 recommendations."""

import datetime
import re

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import ResponseState
from recommendations.models import Response
from tests.conftest import make_inspection, make_person, make_tracked
from tests.makers.responses import comment_of_chief_officer, make_response, part, write

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p { color: red }</style></head><body>
<h1 style='color:#2F5496'>What we <b>found</b></h1>
<p class=MsoNormal style='margin:0'>Some <b>bold</b> and <i>slanted</i> words<a style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a>, a
<a href="https://example.org/a b">link</a> and <a href="javascript:alert(1)">none</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>offices first</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>then *stars*</p>
<ol start=3><li>three<ul><li>within</li></ul></li><li><p>four</p></li></ol>
<script>alert(1)</script><img src=x onerror="alert(1)"><table><tr><td>Kept</td><td>9 of 10</td></tr></table>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
href="#_ftnref1" name="_ftn1">[1]</a> The report, page 4.</p></div></div></body></html>"""
PAUSE = 2_000  # after typing, before a part is saved
CLEANED = """## What we found

Some **bold** and *slanted* words[^1], a [link](https://example.org/a%20b) and none.

- offices first
- then \\*stars\\*

3. three
   - within
4. four

Kept: 9 of 10

[^1]: The report, page 4."""


@pytest.fixture
def response(westmarch, body, officer):
    return begun(westmarch, body, officer, 2)


def begun(westmarch, body, officer, number: int):
    at, text = (
        timezone.now(),
        "Within two months the force should test this light, and say how often it was found dark.",
    )
    report = make_inspection(westmarch, published_on=localdate() - datetime.timedelta(days=20), at=at)
    for place in range(number):
        facts = {"addressees": ("Chief constables",), "deadline_words": "Within two months", "parts": ("by day",)}
        make_tracked(report, number=str(place + 1), text=text, at=at, **facts)
    response = make_response(report, body, by=officer, at=at)
    comment_of_chief_officer(response, westmarch, at=at)
    return response


@pytest.fixture
def draft(sign_in, officer, response):
    """The draft's page, open."""
    page = sign_in(officer)
    page.clock.install()
    page.goto(f"{response.get_absolute_url()}draft/")
    return page


def joe_writes(response, text: str) -> None:
    joe = make_person("Joe Brandreth", "opcc_officer")
    write(response, "narrative", text=text, by=joe, at=timezone.now())


def said(page):
    return page.get_by_role("status").filter(has_text=re.compile("Saved|Not saved")).first


def test_the_second_writer_of_a_part_sees_both_texts_and_keeps_their_own(draft, response, assert_accessible):
    joe_writes(response, "Joe’s narrative.")
    draft.get_by_label("Narrative", exact=True).fill("Hannah’s narrative.")
    draft.clock.fast_forward(PAUSE)
    expect(said(draft)).to_contain_text("Not saved: Joe Brandreth saved this part too.")
    expect(draft.locator("#narrative [data-theirs-text]")).to_have_text("Joe’s narrative.")
    assert_accessible()
    assert part(response, "narrative").text == "Joe’s narrative."
    draft.get_by_label("Narrative", exact=True).fill("Both our narratives.")
    draft.get_by_role("button", name="Save draft").first.click()
    expect(draft.get_by_text("Draft saved.", exact=True)).to_be_visible()
    assert part(response, "narrative").text == "Both our narratives."


def test_what_another_writes_appears_by_itself(sign_in, officer, response):
    page = sign_in(officer)
    page.clock.install()
    page.goto(f"{response.get_absolute_url()}draft/")
    joe_writes(response, "Joe’s narrative.")
    page.clock.run_for(21_000)
    expect(page.get_by_label("Narrative", exact=True)).to_have_value("Joe’s narrative.")
    expect(page.locator("#draft-writers")).to_contain_text("Joe Brandreth is writing in the narrative")


def test_a_session_that_ends_while_somebody_types_loses_nothing(draft, response, client, officer, live_server):
    draft.context.clear_cookies()
    draft.get_by_label("Narrative", exact=True).fill("Typed after the session ended.")
    draft.clock.fast_forward(PAUSE)
    expect(said(draft)).to_contain_text("Not saved: your session has ended.")
    draft.get_by_role("button", name="Save draft").first.click()
    draft.wait_for_url("**/account/login/?next=/kept/")
    kept = draft.context.cookies()
    client.cookies[settings.SESSION_COOKIE_NAME] = next(
        cookie["value"] for cookie in kept if cookie["name"] == settings.SESSION_COOKIE_NAME
    )
    client.force_login(officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    draft.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    draft.goto("/kept/")
    expect(draft.get_by_text("Typed after the session ended.")).to_be_visible()
    draft.get_by_role("button", name="Save it now").click()
    expect(draft.get_by_text("Draft saved.", exact=True)).to_be_visible()
    assert part(response, "narrative").text == "Typed after the session ended."


def paste(page, html: str) -> None:
    page.get_by_label("Narrative", exact=True).focus()
    page.evaluate(
        """html => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            clipboardData.setData("text/plain", "plain");
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        html,
    )


def test_what_is_pasted_from_word_becomes_plain_markdown(draft, response):
    dialogs = []
    draft.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    paste(draft, WORD)
    expect(draft.get_by_label("Narrative", exact=True)).to_have_value(CLEANED)
    draft.clock.fast_forward(PAUSE)
    expect(said(draft)).to_have_text(re.compile("^Saved"))
    assert part(response, "narrative").text == CLEANED
    assert dialogs == []


def test_the_buttons_write_what_somebody_has_never_seen(draft):
    field = draft.get_by_label("Narrative", exact=True)

    def press(name: str) -> str:
        draft.get_by_role("button", name=name, exact=True).click()
        return field.input_value()

    field.fill("Bold words")
    field.select_text()
    assert press("Bold") == "**Bold words**"
    field.press("End")
    assert press("Footnote") == "**Bold words**[^1]\n\n[^1]: "
    draft.keyboard.type("A note.")
    field.press("ControlOrMeta+Home")
    assert press("Heading") == "## **Bold words**[^1]\n\n[^1]: A note."
    field.fill("one\ntwo")
    field.select_text()
    assert press("List") == "- one\n- two"
    field.press("ControlOrMeta+z")
    expect(field).to_have_value("one\ntwo")
    field.fill("")
    assert press("Link") == "[words of the link](https://)"


def test_a_submitted_text_is_not_taken_back_by_a_stray_key(draft, response, officer, assert_accessible):
    for each in approval_workflow.parts_of(response):
        values = {"text": "Done.", "action": "taken"} if each.recommendation else {"text": "Words."}
        write(response, each.key, by=officer, at=timezone.now(), **values)
    approval_workflow.submit(response=response, by=officer, at=timezone.now())
    draft.reload()
    expect(draft.get_by_text("This text waits for approval.")).to_be_visible()
    assert_accessible()
    asked = []
    draft.on("request", lambda request: asked.append(request.url))
    draft.get_by_label("Narrative", exact=True).fill("Other words.")
    draft.clock.run_for(2 * PAUSE)
    assert asked == []
    assert Response.objects.get(pk=response.pk).state == ResponseState.SUBMITTED
    draft.get_by_role("button", name="Save, and take it back to be drafted").first.click()
    expect(draft.get_by_text("Your change took it back")).to_be_visible()
    assert Response.objects.get(pk=response.pk).state == ResponseState.DRAFTING


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_many_recommendations_keep_the_rules(sign_in, officer, westmarch, body, assert_accessible):
    response = begun(westmarch, body, officer, 30)
    page = sign_in(officer)
    for address in ("", "draft/", "read/"):
        page.goto(response.get_absolute_url() + address)
        assert_accessible()
    page.goto(f"{response.get_absolute_url()}draft/")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_role("heading", name="Not submitted yet: something is missing")).to_be_visible()
    assert_accessible()


def test_it_is_written_without_scripts(browse, officer, response):
    page = browse(officer, java_script_enabled=False)
    page.goto(f"{response.get_absolute_url()}draft/")
    expect(page.get_by_role("button", name="Bold")).to_have_count(0)
    page.get_by_label("Narrative", exact=True).fill("## A heading\n\nWe will publish the figures each quarter.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview h3")).to_have_text("A heading")
    page.get_by_role("button", name="Mark it as a commitment").click()
    page.get_by_label("Kept by").fill("Joe Brandreth")
    page.get_by_label("First check").fill("31/1/2027")
    page.get_by_label("Kept by").press("Enter")  # saves the commitment that is open, and the draft with it
    expect(page.get_by_role("heading", name="Commitments: 1 marked")).to_be_visible()
    page.get_by_label("No action (say why)").first.check()
    page.get_by_label("Why there is no action").first.fill("It is done already.")
    page.get_by_role("button", name="Save draft").first.click()
    first = next(each for each in approval_workflow.parts_of(response) if each.recommendation)
    assert (first.action, first.reason) == ("none", "It is done already.")
