"""The force's page of a round: what is to do, what was said and asked, drafts that are saved and stay inside."""

import datetime

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people import records
from recommendations.domain.register.transfers import transfer
from recommendations.domain.register.voices import log_force_update
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.sheets import lines_out
from recommendations.enums import Role
from recommendations.models import ForceUpdate, RoundAnswer, RoundDraft
from tests.conftest import AT, make_person
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, lacking, wrong

NOTE = "Say in two sentences what has changed."


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer, note=NOTE, due_on=datetime.date(2099, 1, 5))


@pytest.fixture
def lead(sign_in, force_lead):
    return sign_in(force_lead)


def page_of(client, asked, query="") -> LexborHTMLParser:
    return LexborHTMLParser(client.get(f"{asked.get_absolute_url()}{query}").content.decode())


def sent(client, asked, line, query="", **typed) -> dict:
    """The page's form as a browser sends it, with something typed into one line."""
    form = page_of(client, asked, query).css_first("form[data-drafts]")
    return fields_among(form.css("[name]")) | {f"l{line.pk}-{name}": value for name, value in typed.items()}


def save(client, asked, line, **typed):
    return client.post(reverse("save_drafts", args=[asked.pk]), sent(client, asked, line, **typed))


def counts(page) -> list[str]:
    return [" ".join(each.text().split()) for each in page.css(".app-counts a")]


def text_of(page, selector: str) -> str:
    return " ".join(page.css_first(selector).text().split())


def test_it_says_what_is_asked_until_when_and_by_whom(lead, asked):
    page = page_of(lead, asked)
    assert lacking(page, "h1", "November") == []
    line = text_of(page, ".app-record__line")
    assert line.startswith("0 of 3 answered ·")
    assert line.endswith(f"left, until Monday 5 January · Hannah Whitlock asks: “{NOTE}”")
    assert counts(page) == ["3 all", "3 to do", "0 returned to you", "0 drafts", "0 ready to release", "3 not started"]
    assert lacking(page, ".app-inside", "Westmarch Police") == []


def test_a_line_shows_what_was_said_last_and_what_the_office_asks(lead, asked, force_lead, officer):
    first, second, _ = asked.lines.all()
    log_force_update(tracked=first.tracked, done="Draft plan.", by=force_lead, at=AT)
    answer = answered(second, force_lead, done="212 of 340 renewed.")
    rounds.return_answer(answer=answer, question="How many are left?", by=officer, at=AT)
    page = page_of(lead, asked)
    assert text_of(page, f"#line-{first.pk} .app-line__was") == "Your last answer, 7 November 2026 Draft plan."
    assert text_of(page, f"#line-{second.pk} .app-line__was") == "Your last answer, 7 November 2026 212 of 340 renewed."
    asks = ("How many are left?", "Hannah Whitlock, 7 November 2026")
    assert lacking(page, f"#line-{second.pk} .app-line__q", *asks) == []
    assert text_of(page, f"#line-{second.pk} .app-line__state") == "Returned to you"
    assert text_of(page, f"#line-{second.pk} textarea") == "212 of 340 renewed."
    assert counts(page)[1:3] == ["3 to do", "1 returned to you"]


def test_drafts_are_saved_and_stay_inside_the_force(lead, asked, force_lead):
    first, second, _ = asked.lines.all()
    answer = save(lead, asked, first, done="Seen to.", forecast="1/5/2027")
    assert (answer.status_code, answer.url) == (302, f"{asked.get_absolute_url()}?show=todo")
    assert list(RoundDraft.objects.values_list("line", "done", "forecast")) == [(first.pk, "Seen to.", "1/5/2027")]
    page = LexborHTMLParser(lead.get(answer.url).content.decode())
    assert (flashes(page), lacking(page, ".app-flash", "Westmarch Police")) == (["success"], [])
    assert text_of(page, f"#line-{first.pk} .app-line__state").startswith("Draft, saved ")
    assert counts(page)[3] == "1 draft"
    assert text_of(page, f"#line-{second.pk} .app-line__state") == "To do"


def test_a_colleague_sees_the_draft_and_can_go_on_with_it(lead, sign_in, asked, westmarch):
    line = asked.lines.first()
    save(lead, asked, line, done="Pilot in the north.", ready="on", agreed_by="DCC Nair")
    colleague = sign_in(make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch))
    page = page_of(colleague, asked, "?show=ready")
    assert text_of(page, "textarea") == "Pilot in the north."
    assert text_of(page, ".app-line__state").startswith("Ready: DCC Nair agreed it ")
    assert len(page.css(".app-line")) == 1


def test_what_cannot_be_read_stays_as_typed_and_is_named_on_its_line(lead, asked):
    line = asked.lines.first()
    answer = save(
        lead, asked, line, done="Seen to.", forecast="31/2/2027", no_change="on", closure_outcome="implemented"
    )
    page = LexborHTMLParser(lead.get(answer.url).content.decode())
    assert (flashes(page), lacking(page, ".app-flash", "1 of them")) == (["success"], [])
    section = page.css_first(f"#line-{line.pk}")
    wrong = [each.attributes["id"] for each in section.css("[id$=_error]")]
    assert wrong == [f"id_l{line.pk}-{name}_error" for name in ("closure_reason", "forecast", "no_change")]
    assert section.css_first(f"[name=l{line.pk}-forecast]").attributes["value"] == "31/2/2027"
    assert "open" in section.css_first(".app-line__new details").attributes


def test_a_text_that_is_too_long_comes_back_and_the_others_are_saved(lead, asked):
    first, second, _ = asked.lines.all()
    page = sent(lead, asked, first, said_by="x" * 121, done="Kept here.") | {f"l{second.pk}-done": "Saved."}
    answer = lead.post(reverse("save_drafts", args=[asked.pk]), page)
    assert answer.status_code == 200
    shown = LexborHTMLParser(answer.content.decode())
    assert text_of(shown, f"#line-{first.pk} textarea") == "Kept here."
    assert wrong(shown) == [f"l{first.pk}-said_by"]
    assert list(RoundDraft.objects.values_list("done", flat=True)) == ["Saved."]


def test_both_texts_are_shown_where_two_people_wrote_and_saving_again_is_a_decision(lead, sign_in, asked, westmarch):
    line = asked.lines.first()
    mine = sent(lead, asked, line, done="Mine.")
    colleague = sign_in(make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch))
    save(colleague, asked, line, done="Theirs.")
    answer = colleague.post(reverse("save_drafts", args=[asked.pk]), mine)
    page = LexborHTMLParser(answer.content.decode())
    assert "Theirs." in text_of(page, f"#line-{line.pk} .app-line__theirs")
    assert text_of(page, f"#line-{line.pk} textarea") == "Mine."
    assert RoundDraft.objects.get().done == "Theirs."
    again = fields_among(page.css_first("form[data-drafts]").css("[name]"))
    assert colleague.post(reverse("save_drafts", args=[asked.pk]), again).status_code == 302
    assert RoundDraft.objects.get().done == "Mine."


def test_the_script_is_told_what_became_of_a_line(lead, asked):
    line = asked.lines.first()
    url, script = reverse("save_drafts", args=[asked.pk]), {"accept": "application/json"}
    form = sent(lead, asked, line, done="Seen to.", forecast="soon") | {"line": [str(line.pk)]}
    told = lead.post(url, form, headers=script).json()["lines"][str(line.pk)]
    assert told["kept"] == "saved"
    assert {name: "“soon”" in words for name, words in told["problems"].items()} == {"forecast": True}
    other = form | {f"l{line.pk}-done": "Other words."}
    told = lead.post(url, other, headers=script).json()["lines"][str(line.pk)]
    assert (told["kept"], told["theirs"]["who"], told["theirs"]["text"]) == ("theirs", "Callum Tranter", "Seen to.")
    assert RoundDraft.objects.get().done == "Seen to."
    decided = other | {f"l{line.pk}-shown": told["shown"]}
    assert lead.post(url, decided, headers=script).json()["lines"][str(line.pk)]["kept"] == "saved"


def test_one_answer_is_copied_to_the_lines_that_it_names(lead, asked):
    first, second, _ = asked.lines.all()
    answer = save(lead, asked, first, done="One plan.", also=f"{second.tracked}, XX-1")
    page = LexborHTMLParser(lead.get(answer.url).content.decode())
    assert flashes(page) == ["success", "warning", "success"]
    assert lacking(page, ".app-flash", str(first.tracked), str(second.tracked), "XX-1") == []
    assert set(RoundDraft.objects.values_list("line", "done")) == {(first.pk, "One plan."), (second.pk, "One plan.")}


def test_another_force_and_the_office_have_no_such_address(sign_in, asked, other_force_lead, officer):
    url, line = reverse("save_drafts", args=[asked.pk]), asked.lines.first()
    forged = {"line": line.pk, f"l{line.pk}-done": "Forged."}
    assert sign_in(other_force_lead).get(asked.get_absolute_url()).status_code == 404
    assert sign_in(other_force_lead).post(url, forged).status_code == 404
    assert sign_in(officer).post(url, forged).status_code == 403
    assert RoundDraft.objects.count() == 0


def test_a_line_of_another_force_in_the_form_never_changes(lead, asked, eastvale):
    line = make_round(eastvale, lines=1, title="Vetting").lines.get()
    forged = {"line": line.pk, f"l{line.pk}-done": "Forged.", f"l{line.pk}-shown": ""}
    assert lead.post(reverse("save_drafts", args=[asked.pk]), forged).status_code == 302
    assert RoundDraft.objects.count() == 0


def test_a_closed_round_is_read_only_and_says_whom_to_ask(lead, asked, officer):
    form = sent(lead, asked, asked.lines.first(), done="Still typing.")
    rounds.close_round(round=asked, by=officer, at=AT)
    page = page_of(lead, asked)
    assert page.css("textarea") == []
    assert lacking(page, ".app-inside", "Hannah Whitlock", "Marches OPCC") == []
    answer = lead.post(reverse("save_drafts", args=[asked.pk]), form)
    assert "Still typing." in answer.content.decode()
    assert (wrong(answer), lacking(answer, ".govuk-error-summary", "7 November 2026")) == ([""], [])
    assert RoundDraft.objects.count() == 0


def test_whoever_asked_and_left_is_not_named_as_the_one_to_ask(lead, asked, officer):
    rounds.close_round(round=asked, by=officer, at=AT)
    officer.is_active = False
    records.keep(record=officer, by=None, at=AT)
    facts = ("Hannah Whitlock", "Marches OPCC")
    assert lacking(page_of(lead, asked), ".app-inside", *facts) == ["Hannah Whitlock"]


@pytest.mark.soak
def test_a_round_past_its_day_says_so_and_takes_answers(lead, body, westmarch, officer):
    late = make_round(westmarch, by=officer, due_on=datetime.date(2026, 11, 10))
    assert lacking(page_of(lead, late), ".app-record__line", " late", "Tuesday 10 November") == []
    save(lead, late, late.lines.first(), done="Late, but here.")
    assert RoundDraft.objects.get().done == "Late, but here."


def test_what_is_accepted_is_read_only(lead, asked, force_lead, officer):
    line = asked.lines.first()
    rounds.accept_answer(answer=answered(line, force_lead, done="All renewed."), by=officer, at=AT)
    page = page_of(lead, asked, "?show=all")
    assert text_of(page, f"#line-{line.pk} .app-line__state") == "Accepted, 7 November"
    assert page.css(f"#line-{line.pk} textarea") == []
    assert "All renewed." in text_of(page, f"#line-{line.pk} .app-line__new")
    assert ForceUpdate.objects.get().done == "All renewed."


def test_nothing_to_do_says_so(lead, asked, force_lead):
    for line in asked.lines.all():
        answered(line, force_lead)
    assert "Nothing to do" in text_of(page_of(lead, asked), ".app-empty")


@pytest.mark.suite(0)
@pytest.mark.parametrize("lines", [3, 1])
def test_the_page_costs_the_same_for_one_line_as_for_three(
    lead, body, westmarch, officer, lines, django_assert_num_queries
):
    asked = make_round(westmarch, by=officer, lines=lines)
    lead.get(asked.get_absolute_url())
    with django_assert_num_queries(16):
        lead.get(asked.get_absolute_url())


@pytest.mark.soak
def test_two_hundred_lines_come_twenty_at_a_time(lead, body, westmarch, officer):
    asked = make_round(westmarch, by=officer, lines=45)
    page = page_of(lead, asked, "?page=2")
    assert len(page.css(".app-line")) == 20
    form = fields_among(page.css_first("form[data-drafts]").css("[name]")) | {"then": "page-3"}
    answer = lead.post(f"{reverse('save_drafts', args=[asked.pk])}?page=2", form)
    assert answer.url == f"{asked.get_absolute_url()}?show=todo&page=3"
    assert len(page_of(lead, asked, "?page=3").css(".app-line")) == 5


def test_what_was_returned_comes_first(lead, asked, force_lead, officer):
    first, second, third = asked.lines.all()
    rounds.return_answer(answer=answered(third, force_lead), question="Which?", by=officer, at=AT)
    shown = [each.attributes["id"] for each in page_of(lead, asked).css(".app-line")]
    assert shown == [f"line-{line.pk}" for line in (third, first, second)]


def test_what_a_lead_wrote_who_then_left_is_shown_to_a_colleague_who_goes_on(
    lead, sign_in, asked, force_lead, westmarch
):
    line = asked.lines.first()
    save(lead, asked, line, done="Written before leaving.", ready="on")
    force_lead.is_active = False
    records.keep(record=force_lead, by=None, at=AT)
    colleague = sign_in(make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch))
    assert text_of(page_of(colleague, asked), "textarea") == "Written before leaving."
    release = reverse("release_answers", args=[asked.pk])
    form = LexborHTMLParser(colleague.get(release).content.decode()).css_first("main form")
    assert colleague.post(release, fields_among(form.css("[name]"))).status_code == 302
    answer = RoundAnswer.objects.get()
    assert (answer.done, answer.released_by.name) == ("Written before leaving.", "Dana Fox")


def test_what_was_typed_when_the_session_ran_out_is_shown_and_saved_on_demand(lead, asked, force_lead):
    line = asked.lines.first()
    form = sent(lead, asked, line, done="Typed while signed out.", forecast="1/5/2027")
    lead.logout()
    answer = lead.post(reverse("save_drafts", args=[asked.pk]), form)
    assert answer.url == "/account/login/?next=/kept/"
    lead.force_login(force_lead)
    page = LexborHTMLParser(lead.get("/kept/").content.decode())
    shown = dict(zip([each.text() for each in page.css("dt")], [each.text() for each in page.css("dd")], strict=True))
    assert shown == {"Done": "Typed while signed out.", "Forecast": "1/5/2027"}
    form = page.css_first("main form")
    assert lead.post(form.attributes["action"], fields_among(form.css("[name]"))).status_code == 302
    assert RoundDraft.objects.get().done == "Typed while signed out."


def test_the_script_is_told_that_the_session_ran_out_and_keeps_no_line(lead, asked):
    """The script says so and leaves the text where it is; the button then keeps the whole page."""
    line = asked.lines.first()
    form = sent(lead, asked, line, done="Typed while signed out.")
    lead.logout()
    bare = {name: value for name, value in form.items() if name != "kept_for"}
    answer = lead.post(reverse("save_drafts", args=[asked.pk]), bare, headers={"accept": "application/json"})
    assert (answer.status_code, "kept_form" in lead.session) == (302, False)
    assert RoundDraft.objects.count() == 0


def test_a_line_that_another_force_has_now_is_not_shown(lead, asked, eastvale, officer):
    """A round that was closed keeps its lines: of one that was given away nothing is told that was said since."""
    rounds.close_round(round=asked, by=officer, at=AT)
    given = asked.lines.first().tracked
    transfer(tracked=given, to_force=eastvale, reason="It is theirs.", by=officer, at=AT)
    log_force_update(tracked=given, done="The canary is out.", by=officer, at=AT)
    for page in (lead.get(f"{asked.get_absolute_url()}?show=all"), lead.get(asked.get_absolute_url())):
        assert ("canary" in page.content.decode(), given.reference in page.content.decode()) == (False, False)
    assert asked.lines.last().tracked.reference in lead.get(f"{asked.get_absolute_url()}?show=all").content.decode()
    assert [line.reference for line in lines_out(asked, with_drafts=True)] == ["WM-0002", "WM-0003"]
