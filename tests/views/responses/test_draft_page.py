"""The page on which a response is drafted: parts are saved by themselves, and nobody overwrites another unseen."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.domain import drafting, inspections
from recommendations.domain.draft_missing import stock_reason
from recommendations.enums import ResponseState
from recommendations.models import TrailEntry
from tests.conftest import AT, make_person, make_tracked
from tests.response_makers import make_approved, make_published, make_response, make_submitted, part, write
from tests.views.form_of import fields_of
from tests.views.responses.conftest import address, now, words

JOE = "Joe Brandreth"


def said(response, key: str) -> str:
    return part(now(response), key).text


def test_what_was_changed_is_saved_and_nothing_else(page, officer, response, keys):
    client, _, fields = page(officer, response)
    fields |= {"narrative-text": "We welcome it.", f"{keys[1]}-action": "taken", f"{keys[1]}-text": "Done in May."}
    answer = client.post(address(response), fields)
    assert (answer.status_code, answer.url) == (302, address(response))
    parts = {each.key: (each.version, each.text, each.action) for each in drafting.parts_of(response)}
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
    assert re.fullmatch(
        r"Draft saved \d\d:\d\d. Joe Brandreth is writing in recommendation 2, saved \d\d:\d\d.",
        words(html, "#draft-writers")[0],
    )
