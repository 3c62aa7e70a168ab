"""Asking a force for updates: from a filter or a selection, in a new round or an open one; and the list of rounds."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.register import closures
from recommendations.domain.rounds import choices, rounds
from recommendations.models import TrailEntry, UpdateRound
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, lacking, number_of, wrong

ADD, LIST = reverse("add_round"), reverse("rounds")
ASK = f"{ADD}?force=westmarch"
DAY = datetime.timedelta(days=1)
NAIR, LECKIE = "DCC Priya Nair", "ACO Tom Leckie"


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@per_module
def three(westmarch):
    """Two of one lead, one of another, of two inspections."""
    first = make_inspection(westmarch)
    second = make_inspection(westmarch, title="Vetting", short_name="Vet 26")
    return [
        make_tracked(inspection, number=str(place), leads={"chief_officer_lead": lead})
        for place, (inspection, lead) in enumerate(((first, NAIR), (first, LECKIE), (second, NAIR)))
    ]


def parsed(answer) -> LexborHTMLParser:
    return LexborHTMLParser(answer.content.decode())


def words(page, selector) -> list[str]:
    return [" ".join(each.text(separator=" ").split()) for each in page.css(selector)]


def listed(page) -> list[str]:
    return words(page, ".app-round__rows .app-pick label")


def ticked(page) -> list[str]:
    return [each.attributes["value"] for each in page.css(".app-round__rows input[checked]")]


def form_of(page) -> dict:
    form = page.css_first("main form[method=post]")
    return {"path": form.attributes["action"], "data": fields_among(form.css("[name]"))}


def ask(client, answer, follow=True, **typed):
    form = form_of(parsed(answer))
    return client.post(form["path"], form["data"] | typed, follow=follow)


def test_all_that_is_open_is_offered_with_two_weeks_and_a_name(office, three, force_lead):
    page = parsed(office.get(ASK))
    assert listed(page) == [str(each) for each in three]
    assert ticked(page) == [str(each.pk) for each in three]
    assert words(page, "h1") == ["Ask Westmarch Police for updates"]
    data = form_of(page)["data"]
    assert data["name"] == [f"{localdate():%B} round"]
    assert lacking(page, ".app-round__say", "Callum Tranter") == []


def test_a_filter_is_asked_about_and_the_round_opens_on_what_waits(office, three, westmarch, officer):
    inspection = three[0].recommendation.inspection
    answer = office.get(f"{ASK}&lead={NAIR}&inspection={inspection.pk}")
    assert listed(parsed(answer)) == [str(three[0])]
    due = localdate() + 9 * DAY
    done = ask(office, answer, name="In nine days", due_on=f"{due:%d/%m/%Y}", note="In short.")
    made = UpdateRound.objects.get()
    assert done.redirect_chain == [(f"{made.get_absolute_url()}?show=asked", 302)]
    assert (flashes(done), lacking(done, ".app-flash", "Westmarch Police")) == (["success"], [])
    assert (made.name, made.due_on, made.note, made.asked_by) == ("In nine days", due, "In short.", officer)
    assert list(made.lines.values_list("tracked", flat=True)) == [three[0].pk]


def test_the_filter_and_what_was_ticked_stay_when_something_is_wrong(office, three):
    answer = office.get(f"{ASK}&lead={NAIR}")
    refused = ask(office, answer, tracked=[three[2].pk], name="", due_on="31/2/2027", note="Two sentences.")
    page = parsed(refused)
    assert (refused.status_code, wrong(page)) == (422, ["due_on", "name"])
    assert (listed(page), ticked(page)) == ([str(three[0]), str(three[2])], [str(three[2].pk)])
    assert words(page, "[name=note]") == ["Two sentences."]
    assert UpdateRound.objects.count() == 0


@pytest.mark.suite(0, 3, 5)
@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ({"due_on": "1/1/2020"}, "1 January 2020"),
        ({"due_on": "soon"}, "“soon”"),
        ({"due_on": ""}, "last day"),
        ({"tracked": []}, "at least one"),
        ({"tracked": ["999999"]}, "no longer"),
        ({"name": "x" * 81}, "80"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(office, three, typed, fact):
    page = parsed(ask(office, office.get(ASK), **typed))
    assert (wrong(page), lacking(page, ".govuk-error-summary", fact)) == ([*typed], [])
    assert UpdateRound.objects.count() == 0


def test_a_selection_from_the_register_is_asked_about_and_what_cannot_be_is_listed(
    office, three, westmarch, eastvale, officer, approver
):
    closures.request_closure(tracked=three[1], outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=three[1], by=approver, at=AT)
    foreign = make_tracked(make_inspection(eastvale, title="Fraud"))
    ids = f"{three[2].pk},{three[1].pk},{foreign.pk}"
    answer = office.post(ADD, {"ids": ids, "force": "westmarch"})
    page = parsed(answer)
    assert listed(page) == [str(three[2])]
    assert sorted(each.split()[0] for each in words(page, ".app-round__left li")) == sorted(
        [str(foreign), str(three[1])]
    )
    assert page.css("select[name=lead]") == []  # it is a selection, and not narrowed further
    ask(office, answer)
    assert list(UpdateRound.objects.get().lines.values_list("tracked", flat=True)) == [three[2].pk]


@pytest.mark.parametrize(("most", "lines"), [(2, 2), (3, 3)])
def test_a_list_that_is_cut_says_so(office, three, monkeypatch, most, lines):
    monkeypatch.setattr(choices, "MOST", most)
    page = parsed(office.get(ASK))
    assert len(listed(page)) == lines
    assert page.any_css_matches((".app-round__cut",)) == (lines < len(three))


def test_more_is_asked_in_the_round_that_is_open(office, three, westmarch):
    made = rounds.ask_for_updates(
        force=westmarch, tracked=three[:1], due_on=localdate() + DAY, name="November", by=None, at=AT
    )
    answer = office.get(ASK)
    page = parsed(answer)
    assert listed(page) == [str(each) for each in three[1:]]
    assert words(page, ".app-round__left li") == [f"{three[0]} is in November already."]
    ask(office, answer, into=made.pk)
    assert list(made.lines.values_list("tracked", flat=True)) == [each.pk for each in three]
    assert UpdateRound.objects.count() == 1


def test_what_was_asked_meanwhile_is_said_and_asked_once(office, three, westmarch):
    answer = office.get(ASK)
    rounds.ask_for_updates(
        force=westmarch, tracked=three[:1], due_on=localdate() + DAY, name="November", by=None, at=AT
    )
    refused = ask(office, answer)
    assert (refused.status_code, wrong(refused)) == (422, ["tracked"])
    ask(office, refused, name="December")
    assert {made.name: made.lines.count() for made in UpdateRound.objects.all()} == {"November": 1, "December": 2}


def test_a_double_click_asks_once_and_leads_to_the_round(office, three):
    answer = office.get(ASK)
    first, second = (ask(office, answer, follow=False) for _ in range(2))
    made = UpdateRound.objects.get()
    assert (first.status_code, second.status_code, second.url) == (302, 302, made.get_absolute_url())
    assert TrailEntry.objects.filter(verb="ask_for_updates").count() == 1


def test_what_is_directed_to_others_is_offered_and_not_ticked(office, westmarch):
    inspection = make_inspection(westmarch)
    new = NewRecommendation(number="1", text="The Home Office should write.", directed_to_force=False)
    inspections.add_recommendation(inspection=inspection, new=new, by=None, at=AT)
    own = make_tracked(inspection, number="2")
    page = parsed(office.get(ASK))
    assert (listed(page), ticked(page)) == (["WM-0001", "WM-0002"], [str(own.pk)])


def test_nothing_to_ask_about_says_so(office, westmarch):
    page = parsed(office.get(ASK))
    assert (number_of(page, ".app-empty"), listed(page), number_of(page, "main form[method=post]")) == (1, [], 0)


def test_no_force_named_is_the_first_with_something_open(office, three):
    page = parsed(office.get(ADD))
    assert (form_of(page)["path"], len(listed(page))) == (f"{ADD}?force=westmarch", 3)


@pytest.mark.suite(0, 3, 5)
@pytest.mark.parametrize(
    "query", ["?force=nowhere", "?lead=Nobody", "?inspection=x", "?inspection=999999", "?ids=x", "?ids=1,,2,%00"]
)
def test_an_address_that_names_nothing_shows_a_page(office, three, query):
    assert office.get(f"{ADD}{query}").status_code == 200


def test_a_force_and_a_committee_ask_nothing(sign_in, three, force_lead, member):
    for person in (force_lead, member):
        client = sign_in(person)
        assert (client.get(ASK).status_code, client.post(ASK, {"name": "x"}).status_code) == (403, 403)
    assert UpdateRound.objects.count() == 0


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_asking_costs_the_same_for_one_as_for_three(office, westmarch, number, django_assert_num_queries):
    inspection = make_inspection(westmarch)
    for place in range(number):
        make_tracked(inspection, number=str(place))
    office.get(ASK)
    with django_assert_num_queries(14):
        office.get(ASK)


# The list


def test_the_list_has_the_open_ones_first_and_what_waits(sign_in, office, westmarch, eastvale, force_lead, officer):
    closed = make_round(westmarch, name="October", title="Fraud")
    rounds.close_round(round=closed, by=officer, at=AT)
    make_round(eastvale, name="Later", title="Vetting", due_on=localdate() + 20 * DAY)
    soon = make_round(westmarch, name="Soon", due_on=localdate() + 3 * DAY)
    answered(soon.lines.first(), force_lead)
    page = parsed(office.get(LIST))
    assert words(page, "tbody th") == ["Westmarch Police, Soon", "Eastvale Police, Later", "Westmarch Police, October"]
    assert words(page, "tbody td[data-label=Answered]") == ["1 of 3", "0 of 3", "0 of 3"]
    assert words(page, "tbody td:last-child")[:2] == [f"1 in {soon}", "none"]
    assert "3 days left" in words(page, "tbody tr")[0]
    theirs = parsed(sign_in(force_lead).get(LIST))
    assert words(theirs, "tbody th") == ["Soon", "October"]
    assert words(theirs, "tbody td:last-child")[0] == f"2 in {soon}"
    assert theirs.css("a[href$='/rounds/add/']") == []


def test_an_empty_list_says_what_a_round_is(office, sign_in, force_lead):
    empty = office.get(LIST)
    assert (number_of(empty, ".app-empty"), number_of(empty, "table")) == (1, 0)
    theirs = parsed(sign_in(force_lead).get(LIST))
    assert (number_of(theirs, ".app-empty"), number_of(theirs, "table")) == (1, 0)
    assert words(theirs, ".app-empty") != words(parsed(empty), ".app-empty")


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_costs_the_same_for_one_round_as_for_three(office, westmarch, number, django_assert_num_queries):
    for place in range(number):
        make_round(westmarch, title=f"Report {place}", lines=1)
    office.get(LIST)
    with django_assert_num_queries(8):
        office.get(LIST)
