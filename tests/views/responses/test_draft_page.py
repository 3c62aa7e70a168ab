"""The page on which a response is drafted: parts are saved by themselves, and nobody overwrites another unseen."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.completeness import stock_reason
from recommendations.enums import ResponseState
from recommendations.models import TrailEntry
from recommendations.trail import verb
from tests.conftest import AT, make_many_tracked, make_person, make_tracked
from tests.makers.responses import (
    comment_of_chief_officer,
    make_approved,
    make_response,
    part,
    publish,
    write,
    write_part,
)
from tests.views.form_of import fields_of
from tests.views.hooks import flashes, lacking, number_of, parsed, wrong
from tests.views.responses.conftest import address, now, words

JOE = "Joe Brandreth"


def said(response, key: str) -> str:
    return part(now(response), key).text


def withdraw(record) -> None:
    """Bringing in the report is undone, whole or in part."""
    with verb("withdraw", by=None, at=AT) as act:
        record.withdrawn_at, record.withdrawn_why = AT, "Brought in twice."
        act.save(record)


def test_what_was_changed_is_saved_and_nothing_else(page, officer, response, keys):
    client, _, fields = page(officer, response)
    fields |= {"narrative-text": "We welcome it.", f"{keys[1]}-action": "taken", f"{keys[1]}-text": "Done in May."}
    answer = client.post(address(response), fields)
    assert (answer.status_code, answer.url) == (302, address(response))
    parts = {each.key: (each.version, each.text, each.action) for each in approval_workflow.parts_of(response)}
    nothing = (0, "", "")
    assert parts == {
        "narrative": (1, "We welcome it.", ""),
        keys[0]: nothing,
        keys[1]: (1, "Done in May.", "taken"),
        keys[2]: nothing,
        "reply": nothing,
    }
    assert TrailEntry.objects.filter(verb__contains="draft").count() == 0


def test_two_people_write_in_two_parts_at_once(page, officer, response, keys):
    client, _, fields = page(officer, response)
    joe = make_person(JOE, "opcc_officer")
    write(response, "narrative", text="Joe's narrative.", by=joe)
    answer = client.post(address(response), fields | {f"{keys[0]}-text": "Hannah's comment."})
    assert answer.status_code == 302
    assert (said(response, "narrative"), said(response, keys[0])) == ("Joe's narrative.", "Hannah's comment.")


def test_of_two_texts_of_one_part_both_are_shown_and_the_first_stays_until_somebody_decides(page, officer, response):
    client, _, fields = page(officer, response)
    write(response, "narrative", text="Joe's <b>text</b>.", by=make_person(JOE, "opcc_officer"))
    answer = client.post(address(response), fields | {"narrative-text": "Hannah's text."})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words(html, "#narrative [data-theirs-who]")[0].startswith("Saved by Joe Brandreth, ")
    assert words(html, "#narrative [data-theirs-text]") == ["Joe's <b>text</b>."]
    assert words(html, "#id_narrative-text") == ["Hannah's text."]
    assert said(response, "narrative") == "Joe's <b>text</b>."
    client.post(address(response), fields_of(html, "draft"))
    assert said(response, "narrative") == "Hannah's text."


def test_two_who_type_the_same_do_not_meet(page, officer, response):
    client, _, fields = page(officer, response)
    write(response, "narrative", text="The same.", by=make_person(JOE, "opcc_officer"))
    assert client.post(address(response), fields | {"narrative-text": "The same."}).status_code == 302
    assert part(response, "narrative").saved_by.name == JOE


def test_the_page_says_who_else_writes(page, officer, response, keys):
    write(response, keys[1], text="Mine.", by=make_person(JOE, "opcc_officer"), at=timezone.now())
    _, html, _ = page(officer, response)
    assert lacking(html, "#draft-writers", JOE, "recommendation 2") == []
    assert len(re.findall(r"\d\d:\d\d", words(html, "#draft-writers")[0])) == 2


def test_what_cannot_be_saved_comes_back_and_the_rest_is_saved(page, officer, response, keys):
    client, _, fields = page(officer, response)
    typed = {"narrative-text": "x" * 200_001, f"{keys[0]}-text": "A comment.", f"{keys[1]}-also": "1 and 99"}
    html = client.post(address(response), fields | typed).content.decode()
    assert wrong(html) == ["narrative-text", f"{keys[1]}-also"]
    assert lacking(html, ".govuk-error-summary", "200,001", "200,000", "“99”", "1, 3") == []
    assert (said(response, "narrative"), said(response, keys[0])) == ("", "A comment.")


def test_a_60_page_comment_is_saved(page, officer, response, keys):
    client, _, fields = page(officer, response)
    text = "We looked at each case, and found the same. " * 4_500
    assert client.post(address(response), fields | {f"{keys[0]}-text": text}).status_code == 302
    assert said(response, keys[0]) == text.strip()


def test_the_text_of_a_recommendation_that_was_withdrawn_meanwhile_is_shown(page, officer, response, report, keys):
    client, _, fields = page(officer, response)
    withdraw(report.recommendations.in_order().first())
    answer = client.post(address(response), fields | {f"{keys[0]}-text": "My words.", "narrative-text": "We read it."})
    assert answer.status_code == 422
    assert lacking(answer, ".govuk-error-summary", "My words.") == []
    assert said(response, "narrative") == "We read it."


def test_a_report_that_is_withdrawn_while_drafting_leaves_pages_that_say_so(page, officer, response, report):
    client, _, fields = page(officer, response)
    withdraw(report)
    html = client.get(address(response)).content.decode()
    assert number_of(html, ".app-missing li") == 1
    assert lacking(html, ".app-missing li", "7 November 2026", "Brought in twice.") == []
    assert client.post(address(response), fields | {"narrative-text": "Still mine."}).status_code == 302
    for name in ("response", "read_response"):
        assert client.get(address(response, name)).status_code == 200


def test_a_session_that_ran_out_loses_nothing(page, officer, response, keys):
    _, _, fields = page(officer, response)
    browser = Client()
    typed = fields | {"narrative-text": "Typed for an hour.", f"{keys[0]}-action": "taken", "do": "save"}
    assert browser.post(address(response), typed).url.endswith(f"next={reverse('kept')}")
    browser.force_login(officer)
    html = browser.get(reverse("kept")).content.decode()
    assert words(html, ".app-kept dd") == ["Typed for an hour.", "taken"]
    assert browser.post(address(response), fields_of(html, "main")).status_code == 302
    assert (said(response, "narrative"), part(response, keys[0]).action) == ("Typed for an hour.", "taken")


def test_one_comment_answers_others_until_they_have_their_own(page, officer, response, keys):
    client, _, fields = page(officer, response)
    typed = {f"{keys[0]}-text": "One for all.", f"{keys[0]}-action": "taken", f"{keys[0]}-also": "2 to 3"}
    client.post(address(response), fields | typed)
    hosts = [part(response, key).with_part for key in keys]
    assert [host and host.key for host in hosts] == [None, keys[0], keys[0]]
    _, html, fields = page(officer, response)
    assert words(html, f"#{keys[0]}-state, #{keys[1]}-state, #{keys[2]}-state") == ["Complete"] * 3
    client.post(address(response), fields | {"do": f"own:{keys[1]}"})
    _, _, fields = page(officer, response)
    assert fields[f"{keys[0]}-also"] == ["3"]
    client.post(address(response), fields | {f"{keys[0]}-also": ""})
    assert [part(response, key).with_part for key in keys] == [None] * 3


def test_a_comment_does_not_take_the_place_of_another(page, officer, response, keys):
    write(response, keys[1], text="Words of its own.", by=officer)
    client, _, fields = page(officer, response)
    html = client.post(address(response), fields | {f"{keys[0]}-text": "One.", f"{keys[0]}-also": "all"}).content
    assert wrong(html.decode()) == [f"{keys[0]}-also"]
    assert lacking(html.decode(), ".govuk-error-summary", "Recommendation 1", "Recommendation 2") == []
    assert said(response, keys[1]) == "Words of its own."
    assert part(response, keys[2]).with_part.key == keys[0]


def test_the_stock_reason_fills_in_what_is_directed_to_others(page, officer, inspection, body):
    make_tracked(inspection, number="4", directed_to_force=False, addressees=("the Home Office",))
    response = make_response(inspection, body, by=officer)
    (key,) = [each.key for each in approval_workflow.parts_of(response) if each.recommendation]
    client, html, fields = page(officer, response)
    assert parsed(html).css_first(".app-missing button").attributes["value"] == f"stock:{key}"
    client.post(address(response), fields | {"do": f"stock:{key}", "narrative-text": "Typed before it was pressed."})
    filled = part(response, key)
    assert (filled.action, filled.reason) == ("none", stock_reason(filled))
    assert said(response, "narrative") == "Typed before it was pressed."


def test_what_no_law_asks_for_is_folded_while_it_is_blank(page, officer, inspection, body):
    finding = make_tracked(inspection, kind="area_for_improvement", number="AFI 1")
    draft = make_response(inspection, body, by=officer)
    key = f"recommendation-{finding.recommendation_id}"
    _, html, fields = page(officer, draft)
    assert ordered(html) == [(key, False), ("reply", False)]
    assert {f"{key}-text", f"{key}-action", "reply-text"} <= set(fields)
    write(draft, key, action="taken", text="We did.")
    comment_of_chief_officer(draft, inspection.covers.get().force, at=AT)
    _, html, _ = page(officer, draft)
    assert ordered(html) == [(key, True)]


def ordered(html: str) -> list[tuple[str | None, bool]]:
    """Each folded part, and whether it is open."""
    found = LexborHTMLParser(html).css(".app-rec__optional")
    return [(each.parent.attributes.get("id"), "open" in each.attributes) for each in found]


def test_nothing_goes_while_something_is_missing(page, officer, response, keys):
    client, html, fields = page(officer, response)
    answer = client.post(address(response), fields | {"do": "submit", "narrative-text": "Only this."})
    lacks = words(answer.content.decode(), ".govuk-error-summary li a")
    assert answer.status_code == 422
    assert lacks == words(html, ".app-missing a")
    assert wrong(answer)[:2] == [f"{key}-action" for key in keys[:2]]
    assert now(response).state == ResponseState.DRAFTING
    assert said(response, "narrative") == "Only this."


def test_it_is_submitted_once(page, officer, draft, approver):
    client, html, fields = page(officer, draft)
    assert lacking(html, ".app-add__after", "Margaret Osei") == []
    for _ in range(2):
        assert client.post(address(draft), fields | {"do": "submit"}).url == draft.get_absolute_url()
    assert now(draft).state == ResponseState.SUBMITTED
    assert draft.submissions.count() == 1


def test_an_edit_of_an_approved_text_says_before_and_after_that_it_drops_the_approval(
    page, officer, approver, report, body
):
    response = make_approved(report, body, by=officer, approver=approver)
    client, html, fields = page(officer, response)
    assert flashes(html) == ["warning"]
    assert client.post(address(response), fields).status_code == 302
    assert now(response).state == ResponseState.APPROVED  # nothing was changed
    html = client.post(address(response), fields | {"narrative-text": "Another text."}, follow=True).content.decode()
    assert flashes(html).count("warning") == 1
    assert now(response).state == ResponseState.DRAFTING


def test_what_was_published_while_somebody_typed_is_not_changed_and_the_words_come_back(
    page, officer, approver, report, body
):
    response = make_approved(report, body, by=officer, approver=approver)
    client, _, fields = page(officer, response)
    publish(response, by=approver)
    html = client.post(address(response), fields | {"narrative-text": "Too late."}).content.decode()
    assert words(html, "#id_narrative-text") == ["Too late."]
    assert wrong(html) == ["narrative"]
    assert client.get(address(response)).url == response.get_absolute_url()


def test_scripts_in_markdown_are_inert_in_the_preview(page, officer, response):
    client, _, _ = page(officer, response)
    text = "<script>alert(1)</script> **bold** [x](javascript:alert(1))[^1]"
    answer = client.post(reverse("preview_markdown"), {"text": text})
    html = answer.content.decode()
    assert "<script" not in html
    assert "href" not in html
    assert "<strong>bold</strong>" in html
    assert lacking(html, ".govuk-error-message", "[^1]") == []


def test_without_scripts_the_preview_button_saves_and_shows(page, officer, response):
    client, _, fields = page(officer, response)
    typed = fields | {"do": "preview", "narrative-text": "## A heading\n\nSome *words*.<img src=x onerror=alert(1)>"}
    html = client.post(address(response), typed, follow=True).content.decode()
    assert words(html, "#preview h3") == ["A heading"]
    assert words(html, "#preview em") == ["words"]
    assert words(html, "#preview img") == []


def count(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def written(response, officer) -> None:
    for each in approval_workflow.parts_of(response):
        write_part(response, each, text="We will publish the figures each quarter.", by=officer)


@pytest.mark.suite(0)
@pytest.mark.parametrize("many", [3, 30])
def test_a_draft_of_many_costs_the_queries_of_one(page, officer, inspection, body, many):
    make_tracked(inspection, number="1")
    response = make_response(inspection, body, by=officer)
    written(response, officer)
    client, _, _ = page(officer, response)
    pages = [address(response, name) for name in ("draft_response", "response", "draft_news", "read_response")]
    assert [count(client, url) for url in pages] == [33, 36, 24, 18]
    make_many_tracked(inspection, range(2, many + 1))
    written(response, officer)
    assert [count(client, url) for url in pages] == [33, 36, 24, 18]
