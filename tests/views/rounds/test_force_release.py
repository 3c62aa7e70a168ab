"""Releasing answers: shown once more, all or none, and what stays inside is nowhere in the office."""

import datetime

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people import records
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.drafts import save_drafts
from recommendations.models import RoundAnswer, RoundDraft, TrailEntry
from recommendations.trail import digest
from tests.conftest import AT
from tests.makers.rounds import answered, make_round, typed
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import lacking, wrong

INSIDE = "zqinside"


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer, due_on=datetime.date(2099, 1, 5))


@pytest.fixture
def lead(sign_in, force_lead):
    return sign_in(force_lead)


def draft(asked, by, **lines):
    """Drafts by the line's place: `one={...}` for the first."""
    places = dict(zip(("one", "two", "three"), asked.lines.all(), strict=False))
    texts = [typed(places[name], **values) for name, values in lines.items()]
    save_drafts(round=asked, typed=texts, by=by, at=AT)


def shown(client, asked) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(reverse("release_answers", args=[asked.pk])).content.decode())


def form_of(page) -> dict:
    return fields_among(page.css_first("main form").css("[name]"))


def words(page, selector) -> list[str]:
    return [" ".join(each.text().split()) for each in page.css(selector)]


def test_what_is_ready_is_shown_once_more_and_goes(lead, asked, force_lead):
    draft(asked, force_lead, one={"done": "One.", "ready": True, "forecast": "1/5/2027"}, two={"done": "Two."})
    page = shown(lead, asked)
    assert words(page, "h1") == ["Release 1 answer to Marches OPCC"]
    assert words(page, "main section h2") == [
        f"{asked.lines.first().tracked} The force should test cell call bells daily."
    ]
    assert "1 draft stays inside Westmarch Police." in page.css_first("main").text()
    answer = lead.post(reverse("release_answers", args=[asked.pk]), form_of(page), follow=True)
    assert words(LexborHTMLParser(answer.content.decode()), ".app-flash") == ["1 answer went to Marches OPCC."]
    assert list(RoundAnswer.objects.values_list("done", "forecast_on", "said_by")) == [
        ("One.", datetime.date(2027, 5, 1), "Callum Tranter")
    ]
    assert list(RoundDraft.objects.values_list("done", flat=True)) == ["Two."]


def test_a_double_click_releases_once(lead, asked, force_lead):
    draft(asked, force_lead, one={"no_change": True, "ready": True})
    form = form_of(shown(lead, asked))
    url = reverse("release_answers", args=[asked.pk])
    assert [lead.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert RoundAnswer.objects.count() == 1
    assert TrailEntry.objects.filter(verb="release_answers").count() == 1


def test_lines_with_errors_are_named_and_stay(lead, asked, force_lead):
    draft(
        asked,
        force_lead,
        one={"done": "One.", "ready": True, "forecast": "soon"},
        two={"ready": True},
        three={"done": "Three.", "ready": True},
    )
    first, second, third = (line.tracked for line in asked.lines.all())
    page = shown(lead, asked)
    assert [each.split()[0] for each in words(page, ".app-line__wrong li")] == [str(first), str(second)]
    assert lacking(page, ".app-line__wrong li:first-child", "“soon”") == []
    lead.post(reverse("release_answers", args=[asked.pk]), form_of(page))
    assert list(RoundAnswer.objects.values_list("line__tracked__reference", flat=True)) == [third.reference]


def test_what_changed_after_it_was_shown_is_shown_again(lead, asked, force_lead):
    draft(asked, force_lead, one={"done": "One.", "ready": True})
    form = form_of(shown(lead, asked))
    draft(asked, force_lead, one={"done": "One, with more."})
    answer = lead.post(reverse("release_answers", args=[asked.pk]), form)
    page = LexborHTMLParser(answer.content.decode())
    assert wrong(page) == [""]
    assert RoundAnswer.objects.count() == 0
    lead.post(reverse("release_answers", args=[asked.pk]), form_of(page))
    assert RoundAnswer.objects.get().done == "One, with more."


def test_a_forged_line_is_not_released(lead, asked, eastvale, other_force_lead):
    foreign = make_round(eastvale, lines=1, title="Vetting")
    draft(foreign, other_force_lead, one={"done": "Theirs.", "ready": True})
    line = foreign.lines.get()
    for shown_as in (f"{line.pk}-{'0' * 32}", "x-y", "1-", "", f"{'9' * 30}-1"):
        answer = lead.post(reverse("release_answers", args=[asked.pk]), {"shown": shown_as})
        assert answer.status_code == 200
    assert RoundAnswer.objects.count() == 0


def test_a_closed_round_releases_nothing(lead, asked, force_lead, officer):
    draft(asked, force_lead, one={"done": "One.", "ready": True})
    form = form_of(shown(lead, asked))
    rounds.close_round(round=asked, by=officer, at=AT)
    answer = lead.post(reverse("release_answers", args=[asked.pk]), form)
    assert lacking(answer, ".govuk-error-summary, .app-flash", "7 November 2026") == []
    assert RoundAnswer.objects.count() == 0


def test_a_lead_who_left_releases_nothing(lead, asked, force_lead):
    draft(asked, force_lead, one={"done": "One.", "ready": True})
    form = form_of(shown(lead, asked))
    force_lead.is_active = False
    records.keep(record=force_lead, by=None, at=AT)
    answer = lead.post(reverse("release_answers", args=[asked.pk]), form)
    assert answer.url.startswith("/account/login/")
    assert RoundAnswer.objects.count() == 0


def test_another_force_and_the_office_release_nothing(sign_in, asked, force_lead, other_force_lead, officer):
    draft(asked, force_lead, one={"done": "One.", "ready": True})
    url = reverse("release_answers", args=[asked.pk])
    for person, status in ((other_force_lead, 404), (officer, 403)):
        client = sign_in(person)
        assert (client.get(url).status_code, client.post(url).status_code) == (status, status)
    assert RoundAnswer.objects.count() == 0


def test_the_button_saves_what_was_typed_and_leads_to_the_release(lead, asked):
    line = asked.lines.first()
    page = LexborHTMLParser(lead.get(asked.get_absolute_url()).content.decode())
    form = fields_among(page.css_first("form[data-drafts]").css("[name]"))
    form |= {f"l{line.pk}-done": "Typed just now.", f"l{line.pk}-ready": "on", "then": "release"}
    answer = lead.post(reverse("save_drafts", args=[asked.pk]), form, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("release_answers", args=[asked.pk])
    assert "Typed just now." in answer.content.decode()


def test_no_word_of_a_draft_is_anywhere_in_the_office(sign_in, asked, force_lead, officer):
    draft(
        asked,
        force_lead,
        one={name: f"{INSIDE} {name}" for name in ("done", "forecast", "evidence", "said_by", "also", "agreed_by")},
        two={"closure_outcome": "implemented", "closure_reason": INSIDE, "ready": True},
    )
    office, line = sign_in(officer), asked.lines.first()
    tracked = line.tracked
    urls = [
        asked.get_absolute_url(),
        tracked.get_absolute_url(),
        *(reverse(name) for name in ("home", "rounds", "register")),
        *(reverse("history", args=[kind, pk]) for kind, pk in (("tracked", tracked.pk), ("inspection", 1))),
        *(reverse("export_register", args=[form]) for form in ("csv", "json")),
        reverse("close_round", args=[asked.pk]),
        reverse("round_sheet", args=[asked.pk]),
    ]
    seen = [url for url in urls if INSIDE in office.get(url, follow=True).content.decode(errors="replace")]
    assert seen == []
    trail = [f"{entry.about} {entry.reason} {entry.changes}" for entry in TrailEntry.objects.all()]
    assert [entry for entry in trail if INSIDE in entry] == []
    assert INSIDE in sign_in(force_lead).get(asked.get_absolute_url()).content.decode()


def returned(asked, force_lead, officer, **said):
    """The first line's answer, returned with a question."""
    answer = answered(asked.lines.first(), force_lead, **said)
    rounds.return_answer(answer=answer, question="How many?", by=officer, at=AT)


def test_a_returned_answer_goes_unchanged_only_with_a_reason(lead, sign_in, asked, force_lead, officer):
    returned(asked, force_lead, officer, done="One.")
    draft(asked, force_lead, one={"ready": True}, two={"done": "Two.", "ready": True})
    page = shown(lead, asked)
    assert [lacking(each.html, "div", "How many?", "Hannah Whitlock") for each in page.css("main .app-line__q")] == [[]]
    line = asked.lines.first().pk
    form, url = form_of(page), reverse("release_answers", args=[asked.pk])
    assert f"why_{line}" in form
    assert wrong(lead.post(url, form | {f"why_{line}": " "})) == [f"why_{line}"]
    assert RoundAnswer.objects.count() == 1
    lead.post(url, form | {f"why_{line}": "We counted again."})
    new = RoundAnswer.objects.filter(state="released").order_by("line__position")
    assert list(new.values_list("done", "same_reason")) == [("One.", "We counted again."), ("Two.", "")]
    entry = TrailEntry.objects.filter(verb="release_answers").latest("sequence")
    assert digest("We counted again.") in entry.changes
    office = sign_in(officer)
    assert lacking(office.get(asked.get_absolute_url()), ".app-answer__same", "We counted again.") == []


def test_a_returned_answer_that_changed_needs_none(lead, asked, force_lead, officer):
    returned(asked, force_lead, officer, done="One.")
    draft(asked, force_lead, one={"done": "One, and twelve.", "ready": True})
    page = shown(lead, asked)
    assert (len(page.css("main .app-line__q")), len(page.css("main textarea"))) == (1, 0)
    lead.post(reverse("release_answers", args=[asked.pk]), form_of(page))
    assert RoundAnswer.objects.get(state="released").same_reason == ""
