"""The office's page of a round: where it stands, who has what, answers side by side, each accepted or returned."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.domain.rounds import rounds
from recommendations.enums import LineState
from recommendations.models import Closure, ForceUpdate, RoundAnswer, TrailEntry
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module
from tests.snapshots import undone
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, lacking, links, number_of, wrong

DAY = datetime.timedelta(days=1)
LATER = AT + datetime.timedelta(hours=2)
NAIR, LECKIE = "DCC Priya Nair", "ACO Tom Leckie"


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer, note="Two sentences will do.", due_on=localdate() + 6 * DAY)


@pytest.fixture
def office(sign_in, officer):
    return sign_in(officer)


def page_of(client, asked, query="") -> LexborHTMLParser:
    return LexborHTMLParser(client.get(f"{asked.get_absolute_url()}{query}").content.decode())


def words(page, selector) -> list[str]:
    return [" ".join(each.text(separator=" ").split()) for each in page.css(selector)]


def flash(answer) -> list[str]:
    return words(LexborHTMLParser(answer.content.decode()), ".app-flash")


def sent(client, asked, line, action: str, query="", **typed) -> dict:
    """One of the two forms of an answer, as a browser sends it."""
    form = page_of(client, asked, query).css_first(f"#a-{line.pk} form[action*='/{action}/']")
    return {"path": form.attributes["action"], "data": fields_among(form.css("[name]")) | typed}


def accept(client, asked, line, query="", **kwargs):
    return client.post(**sent(client, asked, line, "accept", query), **kwargs)


def send_back(client, asked, line, question, **kwargs):
    return client.post(**sent(client, asked, line, "return", question=question), **kwargs)


# Where it stands


def test_it_says_how_much_is_answered_and_how_long_is_left(office, asked, force_lead, officer):
    first, second, _ = asked.lines.all()
    answered(first, force_lead)
    rounds.return_answer(answer=answered(second, force_lead), question="Which?", by=officer, at=LATER)
    page = page_of(office, asked)
    until = asked.due_on
    assert words(page, "h1") == ["Westmarch Police, November"]
    assert words(page, ".app-roundsum__big p") == [
        "1 of 3 answered",
        f"6 days left, until {until:%A} {until.day} {until:%B}",
    ]
    assert [each.split()[0] for each in words(page, ".app-key a")] == ["0", "1", "1", "1"]
    shows = ("accepted", "to_look", "returned", "asked")
    assert links(page, ".app-key a") == [f"{asked.get_absolute_url()}?show={show}" for show in shows]
    assert page.css_first(".app-bar").attributes["aria-label"] == ", ".join(words(page, ".app-key a"))


def test_each_number_leads_to_exactly_those_lines(office, asked, force_lead, officer):
    first, second, third = asked.lines.all()
    rounds.accept_answer(answer=answered(first, force_lead), by=officer, at=LATER)
    rounds.return_answer(answer=answered(second, force_lead), question="Which?", by=officer, at=LATER)
    links = [each.attributes["href"] for each in page_of(office, asked).css(".app-key a")]
    shown = [words(LexborHTMLParser(office.get(url).content.decode()), ".app-answer h3 a") for url in links]
    assert shown == [[str(first.tracked)], [], [str(second.tracked)], [str(third.tracked)]]


@per_module
def led(body, westmarch, officer):
    inspection = make_inspection(westmarch)
    leads = (NAIR, LECKIE, "")
    tracked = [
        make_tracked(inspection, number=str(place), leads={"chief_officer_lead": lead})
        for place, lead in enumerate(leads)
    ]
    due = {"due_on": localdate() + 6 * DAY, "name": "November"}
    return rounds.ask_for_updates(force=westmarch, tracked=tracked, by=officer, at=AT, **due)


def test_who_has_what_is_said_for_each_lead_and_leads_to_their_lines(office, led, force_lead, officer):
    nair, leckie, _ = led.lines.all()
    answered(nair, force_lead)
    rounds.return_answer(answer=answered(leckie, force_lead), question="Which?", by=officer, at=LATER)
    page = page_of(office, led)  # wording: the words of a column and of its link say what it counts
    assert words(page, ".app-table--plain tbody tr") == [
        f"{LECKIE} 1 0 1 returned, {LECKIE} 0",
        f"{NAIR} 1 1 0 0",
        "No lead named 1 0 0 1 not answered, No lead named",
        "Total 3 1 1 1",
    ]
    urls = [each.attributes["href"] for each in page.css(".app-table--plain tbody a")]
    shown = [LexborHTMLParser(office.get(url).content.decode()) for url in urls]
    assert [words(each, ".app-answer h3 a") for each in shown] == [
        [str(leckie.tracked)],
        [str(led.lines.last().tracked)],
    ]
    assert words(shown[0], "h2")[-1] == f"1 returned with a question, {LECKIE}"
    assert words(shown[1], ".app-chips") == ["Lead: none named × , remove"]


def test_what_was_closed_before_it_was_answered_is_named_and_not_counted(office, asked, officer, approver):
    line = asked.lines.first()
    closures.request_closure(tracked=line.tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=line.tracked, by=approver, at=AT)
    page = page_of(office, asked)
    assert words(page, ".app-roundsum__big p")[0] == "0 of 2 answered"
    assert words(page, ".app-round__unneeded")[0].endswith(f"are not counted: {line.tracked}.")


@pytest.mark.parametrize(("days", "says"), [(0, "Last day today, until"), (-2, "2 days late, ")])
def test_the_last_day_and_the_days_after_it(office, body, westmarch, days, says):
    due = localdate() + days * DAY
    at = datetime.datetime.combine(due - 5 * DAY, datetime.time(9), tzinfo=datetime.UTC)
    late = make_round(westmarch, due_on=due, at=at)
    assert words(page_of(office, late), ".app-roundsum__big p")[1].startswith(says)


def test_nobody_to_answer_says_how_the_round_is_done_by_e_mail(office, asked, force_lead):
    assert "Callum Tranter can answer for Westmarch Police." in words(page_of(office, asked), ".app-round__say")
    force_lead.is_active = False
    records.keep(record=force_lead, by=None, at=AT)
    page = page_of(office, asked)
    assert (number_of(page, ".app-round__say strong"), lacking(page, ".app-round__say", "Westmarch Police")) == (1, [])
    assert page.css_first(".app-round__say a").attributes["href"] == reverse("round_sheet", args=[asked.pk])


# An answer


def test_an_answer_stands_beside_what_was_said_before(office, asked, force_lead):
    line = asked.lines.first()
    before = {"done": "212 of 340 renewed.", "forecast_on": datetime.date(2027, 1, 31)}
    voices.log_force_update(tracked=line.tracked, by=force_lead, at=AT - 3 * DAY, **before)
    said = {"done": "291 of 340 renewed.", "forecast_on": datetime.date(2027, 3, 31), "evidence": "Chart 4"}
    answered(line, force_lead, said_by="T/ACC Hale", **said)
    page = page_of(office, asked)
    assert words(page, ".app-answer__was") == ["Before, 4 November 212 of 340 renewed."]
    assert words(page, ".app-answer__facts") == ["Forecast 31 March 2027, was 31 January 2027 Evidence Chart 4"]
    article = words(page, ".app-answer")[0]
    for text in ("Now, 7 November, said by T/ACC Hale", "291 of 340 renewed."):
        assert text in article


def test_an_accepted_answer_stands_beside_the_update_before_it(office, asked, force_lead):
    line = asked.lines.first()
    for days, done in ((5, "One of three."), (3, "Two of three.")):
        voices.log_force_update(tracked=line.tracked, by=force_lead, at=AT - days * DAY, done=done)
    answered(line, force_lead, done="All three.")
    accept(office, asked, line)
    voices.log_force_update(tracked=line.tracked, by=force_lead, at=localtime() + DAY, done="Since then.")
    assert words(page_of(office, asked, "?show=accepted"), ".app-answer__was") == ["Before, 4 November Two of three."]


def test_one_press_makes_it_a_force_update_and_leads_to_the_next(office, asked, force_lead):
    first, second, third = asked.lines.all()
    for line in (first, second, third):
        answered(line, force_lead, said_by="T/ACC Hale")
    answer = accept(office, asked, second)
    assert answer.url == f"{asked.get_absolute_url()}?show=to_look#a-{third.pk}"
    told = office.get(answer.url)
    assert (flashes(told), lacking(told, ".app-flash", str(second.tracked))) == (["success"], [])
    assert list(ForceUpdate.objects.values_list("tracked", "effective_on", "said_by")) == [
        (second.tracked_id, AT.date(), "T/ACC Hale")
    ]
    assert accept(office, asked, third).url.endswith(f"#a-{first.pk}")  # the last of those that are left
    assert accept(office, asked, first).url == f"{asked.get_absolute_url()}?show=to_look"
    page = page_of(office, asked)
    assert (words(page, "h2")[-1][0], number_of(page, ".app-empty"), number_of(page, ".app-answer")) == ("0", 1, 0)


def test_it_goes_back_with_a_question_and_the_next_answer_shows_what_was_asked(office, asked, force_lead):
    line = asked.lines.first()
    answered(line, force_lead, done="212 of 340.")
    answer = send_back(office, asked, line, "Which ones?", follow=True)
    assert (flashes(answer), lacking(answer, ".app-flash", str(line.tracked))) == (["success"], [])
    page = page_of(office, asked, "?show=returned")
    assert words(page, ".app-answer__asked")[0].endswith("by Hannah Whitlock Which ones?")
    assert page.css(".app-answer form") == []
    line.refresh_from_db()
    answered(line, force_lead, at=LATER, done="The 128 of the north.")
    page = page_of(office, asked)
    assert words(page, ".app-answer__asked")[0].endswith("Which ones?")
    assert "The 128 of the north." in words(page, ".app-answer")[0]


def test_a_return_without_a_question_comes_back_open_with_what_is_wrong(office, asked, force_lead):
    first, second, _ = asked.lines.all()
    for line in (first, second):
        answered(line, force_lead)
    answer = send_back(office, asked, second, " ")
    page = LexborHTMLParser(answer.content.decode())
    assert answer.status_code == 422
    assert wrong(page)[0].endswith("_question")
    assert "open" in page.css_first(f"#a-{second.pk} details").attributes
    assert "open" not in page.css_first(f"#a-{first.pk} details").attributes
    assert RoundAnswer.objects.filter(state=LineState.RETURNED).count() == 0


def test_a_double_click_accepts_once(office, asked, force_lead):
    line = asked.lines.first()
    answered(line, force_lead)
    form = sent(office, asked, line, "accept")
    assert [office.post(**form).status_code for _ in range(2)] == [302, 302]
    assert ForceUpdate.objects.count() == 1
    assert TrailEntry.objects.filter(verb="accept_answer").count() == 1


def test_of_two_officers_the_second_is_told(sign_in, office, asked, force_lead, approver):
    line = asked.lines.first()
    answered(line, force_lead)
    form, back = sent(office, asked, line, "accept"), sent(office, asked, line, "return", question="Which?")
    other = sign_in(approver)
    accept(other, asked, line, follow=True)
    assert flashes(other.post(**form, follow=True)) == ["error"]
    assert flashes(other.post(**back, follow=True)) == ["error"]
    assert (ForceUpdate.objects.count(), RoundAnswer.objects.get().state) == (1, "accepted")


def test_a_closure_comes_the_same_way_and_says_who_decides(office, sign_in, asked, force_lead, approver):
    line = asked.lines.first()
    answered(line, force_lead, closure_outcome="implemented", closure_reason="It holds.")
    assert lacking(page_of(office, asked), ".app-answer__closure", "implemented", "It holds.") == []
    accept(office, asked, line)
    assert (Closure.objects.get().requested_by, Closure.objects.get().state) == (force_lead, "requested")
    deciding = sign_in(approver)
    assert "It holds." in deciding.get(line.tracked.get_absolute_url()).content.decode()


def test_what_was_closed_meanwhile_is_said_and_nothing_changes(office, asked, force_lead, officer, approver):
    line = asked.lines.first()
    answered(line, force_lead)
    form = sent(office, asked, line, "accept")
    closures.request_closure(tracked=line.tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=line.tracked, by=approver, at=AT)
    told = office.post(**form, follow=True)
    facts = (str(line.tracked), "7 November 2026")
    assert (flashes(told), lacking(told, ".app-flash", *facts)) == (["error"], [])
    assert ForceUpdate.objects.count() == 0


def test_whoever_released_it_is_refused(office, sign_in, asked, force_lead):
    """Somebody who moved from the force to the office."""
    line = asked.lines.first()
    answer = answered(line, force_lead)
    form = sent(office, asked, line, "accept")
    force_lead.role, force_lead.force = "opcc_officer", None
    records.keep(record=force_lead, by=None, at=AT)
    assert flashes(sign_in(force_lead).post(**form, follow=True)) == ["error"]
    answer.refresh_from_db()
    assert answer.state == "released"


@pytest.mark.soak
def test_an_answer_after_the_last_day_says_so(office, body, westmarch, force_lead):
    late = make_round(westmarch, due_on=AT.date(), at=AT)
    answered(late.lines.first(), force_lead, at=AT + 2 * DAY)
    assert (
        number_of(page_of(office, late), ".app-late"),
        lacking(page_of(office, late), ".app-late", "7 November"),
    ) == (1, [])


# Closing


def test_closing_says_what_stays_without_an_answer_and_takes_no_more(office, asked, force_lead):
    first = asked.lines.first()
    answered(first, force_lead)
    url = reverse("close_round", args=[asked.pk])
    page = LexborHTMLParser(office.get(url).content.decode())
    assert [each.split()[0] for each in words(page, "main form li")] == ["2", "1", "0"]
    form = fields_among(page.css_first("main form").css("[name]"))
    assert flash(office.post(url, form, follow=True)) == ["November is closed."]
    page = page_of(office, asked)
    assert words(page, ".app-roundsum__big p")[1].endswith("by Hannah Whitlock. 2 stayed unanswered.")
    assert links(page, ".app-head__end a") == [reverse("round_sheet", args=[asked.pk])]
    assert len(page.css(f"#a-{first.pk} form")) == 1  # it can be accepted, and not returned
    accept(office, asked, first)
    assert ForceUpdate.objects.get().done == "Bells are tested."
    assert number_of(page_of(office, asked), ".app-empty") == 1


def test_a_round_that_somebody_closed_meanwhile_is_not_closed_twice(office, asked, approver):
    url = reverse("close_round", args=[asked.pk])
    form = fields_among(LexborHTMLParser(office.get(url).content.decode()).css_first("main form").css("[name]"))
    rounds.close_round(round=asked, by=approver, at=LATER)
    answer = office.post(url, form)
    assert answer.status_code == 422
    assert (wrong(answer), lacking(answer, ".govuk-error-summary", "7 November 2026")) == ([""], [])
    assert office.get(url).url == asked.get_absolute_url()


# Many


@pytest.mark.soak
def test_forty_five_answers_come_twenty_at_a_time_and_the_next_is_found_on_its_page(
    office, body, westmarch, force_lead
):
    asked = make_round(westmarch, lines=45)
    lines = list(asked.lines.all())
    answers = [rounds.NewAnswer(line, done="Seen to.") for line in lines]
    rounds.release_answers(round=asked, answers=answers, by=force_lead, at=AT)
    page = page_of(office, asked, "?show=to_look&page=2")
    assert (len(page.css(".app-answer")), words(page, "h2")[-1].split()[0]) == (20, "45")
    answer = accept(office, asked, lines[39], "?show=to_look&page=2")
    assert answer.url == f"{asked.get_absolute_url()}?show=to_look&page=2#a-{lines[40].pk}"
    page = LexborHTMLParser(office.get(answer.url).content.decode())
    assert page.css_first(f"#a-{lines[40].pk}") is not None


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_page_costs_the_same_for_one_line_as_for_three(
    office, body, westmarch, force_lead, officer, number, django_assert_num_queries
):
    asked = make_round(westmarch, by=officer, lines=number)

    def costs(show: str, queries: int) -> None:
        url = f"{asked.get_absolute_url()}?show={show}"
        office.get(url)
        with django_assert_num_queries(queries, info=show):
            office.get(url)

    costs("asked", 21)
    answers = [answered(line, force_lead) for line in asked.lines.all()]
    costs("to_look", 22)
    with undone():
        for answer in answers:
            rounds.accept_answer(answer=answer, by=officer, at=LATER)
        costs("accepted", 22)
    for answer in answers:
        rounds.return_answer(answer=answer, question="Which?", by=officer, at=LATER)
    costs("returned", 22)


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize("query", ["?show=nothing", "?page=x", "?page=-1", "?page=999", "?lead=Nobody", "?show=%00"])
def test_an_address_that_names_nothing_shows_the_round(office, asked, force_lead, query):
    answered(asked.lines.first(), force_lead)
    answer = office.get(f"{asked.get_absolute_url()}{query}")
    assert answer.status_code == 200
    assert "Westmarch Police, November" in answer.content.decode()
