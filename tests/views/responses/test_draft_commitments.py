"""Sentences of a draft that are marked as commitments on its page: suggested, marked, changed, declined, taken off."""

import datetime

import pytest

from recommendations.models import DraftCommitment, Response
from tests.conftest import make_inspection
from tests.makers.responses import SAID, make_response, part, promise, write
from tests.per_module import per_module
from tests.views.form_of import fields_of
from tests.views.hooks import number_of, wrong
from tests.views.responses.conftest import address, words

SENTENCE = SAID["text"]  # "We have asked for the figures each quarter."


@per_module
def key(keys, response, officer):
    write(response, keys[0], by=officer, **SAID)
    return keys[0]


def press(page, officer, response, button: str, **typed):
    client, _, fields = page(officer, response)
    return client.post(address(response), fields | typed | {"do": button}, follow=True).content.decode()


def marked(response: Response) -> list[tuple]:
    rows = DraftCommitment.objects.filter(part__response=response)
    return [(row.quote, row.keeper, row.check_on, row.every, row.declined) for row in rows]


def test_a_sentence_that_reads_like_one_is_marked_with_what_its_words_say(page, officer, response, key):
    _, html, _ = page(officer, response)
    assert words(html, f"#{key}-sentences .app-suggest") == [SENTENCE]
    html = press(page, officer, response, f"open:{key}:0")
    fields = fields_of(html, "draft")
    assert fields["commitment-quote"] == [SENTENCE]
    assert (fields["commitment-keeper"], fields["commitment-every"]) == (["Hannah Whitlock"], ["quarter"])
    client, _, _ = page(officer, response)
    html = client.post(
        address(response), fields | {"commitment-check_on": "31/1/2027", "do": "mark"}, follow=True
    ).content.decode()
    assert marked(response) == [(SENTENCE, "Hannah Whitlock", datetime.date(2027, 1, 31), "quarter", False)]
    assert words(html, f"#{key}-sentences .app-commitment") == [SENTENCE]
    assert words(html, "#draft-promised h2") == ["Commitments: 1 marked"]


def test_what_is_wrong_with_it_is_said_beside_what_was_typed(page, officer, response, key):
    client, _, fields = page(officer, response, f"?mark={key}&start=0")
    typed = {"commitment-keeper": "", "commitment-check_on": "31/2/2027", "do": "mark"}
    answer = client.post(address(response), fields | typed)
    assert answer.status_code == 422
    assert wrong(answer) == ["commitment-keeper", "commitment-check_on"]
    typed = {"commitment-quote": "Words of nobody.", "commitment-check_on": "31/1/2027", "do": "mark"}
    html = client.post(address(response), fields | typed).content.decode()
    assert wrong(html) == ["commitment-quote"]
    assert marked(response) == []


def test_it_is_changed_and_taken_off(page, officer, response, key):
    row = promise(response, key, SENTENCE)
    html = press(page, officer, response, f"change:{row.pk}")
    fields = fields_of(html, "draft")
    assert "commitment-quote" not in fields
    client, _, _ = page(officer, response)
    client.post(address(response), fields | {"commitment-keeper": "Joe Brandreth", "do": "mark"})
    assert [each[:2] for each in marked(response)] == [(SENTENCE, "Joe Brandreth")]
    html = press(page, officer, response, f"remove:{row.pk}")
    assert marked(response) == []
    assert words(html, f"#{key}-sentences .app-suggest") == [SENTENCE]


def test_one_that_is_none_is_not_suggested_again(page, officer, response, key):
    html = press(page, officer, response, f"decline:{key}:0")
    assert [each[-1] for each in marked(response)] == [True]
    assert words(html, f"#{key}-sentences .app-suggest") == []


def test_a_mark_whose_sentence_was_rewritten_is_shown_and_missing(page, officer, response, key):
    promise(response, key, SENTENCE)
    html = press(page, officer, response, "save", **{f"{key}-text": "We will see."})
    assert number_of(html, "#draft-promised .app-accent") == 1
    assert [SENTENCE in each for each in words(html, ".app-missing a")].count(True) == 1


@pytest.mark.suite(3, 6)
@pytest.mark.parametrize(
    "button", ["open:no-such-part", "change:0", "remove:x", "decline:{}:999", "mark", "own:narrative", "x:y:z"]
)
def test_words_that_were_typed_are_saved_whatever_the_button_does(page, officer, response, key, button):
    client, _, fields = page(officer, response)
    client.post(address(response), fields | {"do": button.format(key), "narrative-text": "Before it."}, follow=True)
    assert part(response, "narrative").text == "Before it."


def test_another_responses_commitment_is_out_of_reach(page, officer, response, key, eastvale, body):
    other = make_response(make_inspection(eastvale, title="Custody in Eastvale", short_name="Cus E"), body)
    row = promise(response, key, SENTENCE)
    client, _, fields = page(officer, other)
    for button in (f"change:{row.pk}", f"remove:{row.pk}"):
        assert client.post(address(other), fields | {"do": button}, follow=True).status_code == 404
    typed = {"commitment-ids": row.pk, "commitment-keeper": "x", "commitment-check_on": "1/1/2030", "do": "mark"}
    assert client.post(address(other), fields | typed | {"commitment-every": "once"}).status_code == 404
    assert marked(response)[0][1] == "Hannah Whitlock"
