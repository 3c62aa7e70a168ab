"""The page on which administrators choose what the office uses, as it works without scripts."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.office_use.choice import choose_sections, current_choice, start_with_hmicfrs
from recommendations.models import OfficeUse
from recommendations.periods import say
from recommendations.sections import STARTS_OFF, Section, switched_off_sections
from tests.conftest import AT, make_person
from tests.makers.sources import follow
from tests.per_module import per_module
from tests.views.form_of import fields_among

pytestmark = pytest.mark.django_db
ALL = tuple(map(str, Section))


@per_module
def other_administrator():
    return make_person("Priya Nair", "administrator")


@pytest.fixture
def client(sign_in, administrator):
    return sign_in(administrator)


def page(client, **more):
    return client.get(reverse("what_you_use"), **more)


def lines(answer) -> dict:
    return {line.key: line for line in answer.context["page"].lines}


def form_on(answer, *, without=(), also=()):
    """What a browser would send from the page, with these boxes unticked and ticked."""
    found = fields_among(LexborHTMLParser(answer.text).css("form[data-uses] [name]"))
    found["sections"] = [each for each in found.get("sections", []) if each not in without]
    found["sources"] = [each for each in found.get("sources", []) if each not in without]
    for key in also:
        found["sections" if key in ALL else "sources"].append(key)
    return found


def send(client, answer, **changes):
    return client.post(reverse("what_you_use"), form_on(answer, **changes))


def test_it_shows_what_is_on_with_a_sentence_each(client):
    follow("iopc")
    shown = lines(page(client))
    on = ("panels", "custody", "rounds", "rechecks", "risk", "saved-views", "commitments", "files")
    assert [key for key, line in shown.items() if line.is_ticked] == ["iopc", "force-page", "public-papers", "api", *on]
    assert all(line.words.sentence for line in shown.values())


def test_what_few_offices_have_is_folded_while_it_is_off_and_has_nothing_on_file(client):
    follow("inquiry")
    folded = [each.attributes["value"] for each in LexborHTMLParser(page(client).text).css("details input")]
    assert folded == ["review", "direction", "other"]
    sent = send(client, page(client), also=("review",), without=("inquiry",))
    folded = [each.attributes["value"] for each in LexborHTMLParser(sent.text).css("details input")]
    assert folded == ["direction", "other"]  # what is ticked, or is to be hidden, stays in sight


def test_what_will_be_hidden_is_said_before_it_is_saved(client):
    follow("iopc")
    asked = send(client, page(client), without=("custody", "iopc"))
    assert (asked.status_code, OfficeUse.objects.count()) == (200, 0)
    assert [line.key for line in asked.context["page"].going] == ["iopc", "custody"]
    assert asked.context["page"].changes == "IOPC and custody visits off"
    assert lines(asked)["custody"].hidden_words in asked.text
    saved = send(client, asked)
    assert (saved.status_code, saved["Location"]) == (302, reverse("what_you_use"))
    assert set(switched_off_sections()) == {Section.CUSTODY} | STARTS_OFF
    assert current_choice(localdate()).followed_keys == frozenset()


def test_what_is_switched_on_needs_no_second_press(client):
    start_with_hmicfrs(at=AT)
    first = page(client)
    assert first.context["page"].is_first
    assert send(client, first, also=("risk", "coroner")).status_code == 302
    assert Section.RISK.is_on
    assert current_choice(localdate()).followed_keys == {"coroner"}
    assert not page(client).context["page"].is_first


def test_the_message_says_what_was_saved(client):
    sent = form_on(page(client), without=("api",)) | {"shown": "api"}
    saved = client.post(reverse("what_you_use"), sent, follow=True)
    assert [str(each) for each in saved.context["messages"]] == ["Saved: other programs off. Nothing is deleted."]
    assert saved.context["page"].last_changed == f"by you on {say(localdate())}"


def test_it_says_who_changed_it_last(client, other_administrator):
    token = current_choice(localdate()).token
    choose_sections(sections=list(Section)[1:], source_keys=(), token=token, by=other_administrator, at=AT)
    assert page(client).context["page"].last_changed == "by Priya Nair on 7 November 2026"


def test_a_choice_that_someone_made_meanwhile_is_shown_and_not_overwritten(client, other_administrator):
    read = page(client)
    token = current_choice(localdate()).token
    others = [each for each in Section if each not in {Section.PANELS} | STARTS_OFF]
    choose_sections(sections=others, source_keys=(), token=token, by=other_administrator, at=AT)
    refused = client.post(reverse("what_you_use"), form_on(read, without=("api",)) | {"shown": "api"})
    assert (refused.status_code, set(switched_off_sections())) == (422, {Section.PANELS} | STARTS_OFF)
    assert [line.key for line in refused.context["page"].coming] == ["panels"]
    assert send(client, refused).status_code == 302
    assert set(switched_off_sections()) == {Section.API} | STARTS_OFF


def test_more_changes_than_fit_are_counted_on_the_button(client):
    asked = send(client, page(client), without=("api", "risk", "files", "custody"))
    assert asked.context["page"].changes == "4 changes"


def test_what_the_settings_switch_off_cannot_be_ticked_and_keeps_its_choice(client, settings):
    settings.SECTIONS_OFF = ("panels",)
    shown = page(client)
    line = lines(shown)["panels"]
    assert (line.is_fixed, line.is_ticked, line.is_going) == (True, False, False)
    assert "SECTIONS_OFF" in shown.text
    assert send(client, send(client, shown, without=("api",))).status_code == 302
    settings.SECTIONS_OFF = ()
    assert set(switched_off_sections()) == {Section.API} | STARTS_OFF


def test_an_unknown_section_is_refused(client):
    sent = form_on(page(client)) | {"sections": ["nonsense"]}
    assert client.post(reverse("what_you_use"), sent).status_code == 422


def test_the_page_costs_the_same_whatever_there_is(client, django_assert_num_queries):
    page(client)
    with django_assert_num_queries(21):
        page(client)
    follow("iopc", "coroner", "audit")
    with django_assert_num_queries(21):
        page(client)
