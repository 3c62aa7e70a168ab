"""The page of a force's Channel panels: shares, gaps, last and next meeting over a period, its cost, who sees what."""

import datetime

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.panels.by_force import last_quarters
from recommendations.domain.people import records
from recommendations.enums import Frequency, PanelKind
from recommendations.models import Panel
from recommendations.periods import Period
from tests.conftest import AT
from tests.makers.panels import held, make_channel, make_meeting, make_member
from tests.views.hooks import lacking

OVER = {"from": "1/4/2026", "to": "31/10/2026"}
MONTHS = tuple(datetime.date(2026, month, 13) for month in (4, 6, 8, 10))


def at(slug: str = "westmarch") -> str:
    return reverse("channel_panels", args=[slug])


def page(answer):
    return LexborHTMLParser(answer.content.decode())


def text_of(element) -> str:
    return " ".join(element.text(separator=" ").split())


def rows_of(answer) -> list[list[str]]:
    return [[text_of(cell) for cell in row.css("th, td")] for row in page(answer).css("tbody tr, tfoot tr")]


def make_attended(force, name="Aldford Channel panel", ways=("present", "present", "apologies", "absent"), **facts):
    """A panel with four meetings from April to October 2026, which its member of the force attended as `ways` says."""
    panel = make_channel(force, name, **facts)
    make_member(panel, "Ada Gray", of_force=True, decision_maker=True, role="Superintendent")
    make_member(panel, "Bo Hill")
    for day, way in zip(MONTHS, ways, strict=True):
        held(panel, day, ada=way)
    return panel


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


def test_last_four_quarters_run_up_to_the_day():
    assert last_quarters(datetime.date(2026, 11, 26)) == Period(datetime.date(2026, 1, 1), datetime.date(2026, 11, 26))
    assert last_quarters(datetime.date(2026, 1, 1)) == Period(datetime.date(2025, 4, 1), datetime.date(2026, 1, 1))


def test_it_says_shares_gaps_and_days(client_of, westmarch):
    one = make_attended(westmarch)
    make_attended(westmarch, "Bexley Channel panel", ("present", "absent", "remote", "present"))
    make_meeting(one, datetime.date(2026, 12, 1))
    answer = client_of.get(at(), OVER)
    names, shares, by_deciders, gaps, last, following = map(list, zip(*rows_of(answer), strict=True))
    assert ["Aldford" in names[0], "last 2 meetings" in names[0], "last 2 meetings" in names[1]] == [True, True, False]
    assert (names[1:], shares) == (
        ["Bexley Channel panel Every two months, Aldford Council", "All 2 panels"],
        ["2 of 4 50%", "3 of 4 75%", "5 of 8 62%"],
    )
    assert (by_deciders, gaps[:2], gaps[2].split()[0]) == (["2 of 4", "3 of 4", "5 of 8"], ["2 meetings", "None"], "1")
    assert (last, following) == (["13 Oct 2026"] * 3, ["1 Dec 2026", "None planned", "1 Dec 2026"])
    links = {link.attributes["href"] for link in page(answer).css("tbody a")}
    assert links == {reverse("panel", args=[each.pk]) for each in Panel.objects.all()}
    assert lacking(answer, "main", "1 panel without") == []


def test_another_period_is_as_at_its_last_day(client_of, westmarch):
    make_attended(westmarch)
    (row,) = rows_of(client_of.get(at(), {"from": "1 April 2026", "to": "30 June 2026"}))
    assert row[1:] == ["2 of 2 100%", "2 of 2", "None", "13 Jun 2026", "None planned"]
    (row,) = rows_of(client_of.get(at(), {"to": "31 August 2026"}))
    assert row[1:] == ["2 of 3 67%", "2 of 3", "1 meeting", "13 Aug 2026", "None planned"]


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"to": "soon"}, "“soon”"),
        ({"from": "2/1/2026", "to": "1/1/2026"}, "after the last"),
        ({"from": "1/1/2199"}, "after the last"),
    ],
)
def test_a_period_that_is_none_says_why(client_of, westmarch, asked, said):
    make_attended(westmarch)
    answer = client_of.get(at(), asked)
    assert answer.status_code == 200
    words = text_of(page(answer).css_first("main"))
    assert said in words
    assert "No period to show" in words
    assert rows_of(answer) == []


def test_panels_that_were_not_there_in_the_period_are_left_out(client_of, westmarch, eastvale, body):
    day = datetime.date
    make_channel(westmarch, "Ended before", until=day(2026, 3, 31))
    make_channel(westmarch, "Begun after", since=day(2026, 11, 1))
    make_channel(westmarch, "Ended within", since=day(2020, 1, 1), until=day(2026, 6, 30))
    make_channel(eastvale, "Eastvale Channel panel")
    scrutiny = Panel(name="Scrutiny", kind=PanelKind.SCRUTINY, force=westmarch, frequency=Frequency.MONTHLY)
    records.keep(record=scrutiny, by=None, at=AT)
    (row,) = rows_of(client_of.get(at(), OVER))
    assert row[0] == "Ended within Every two months, Aldford Council, ended 30 June 2026"
    assert row[1:] == ["none held", "none held", "None", "None recorded", "None planned"]


def test_without_panels_it_says_who_adds_them(sign_in, officer, force_lead, westmarch):
    words = [text_of(page(sign_in(person).get(at())).css_first(".app-empty")) for person in (officer, force_lead)]
    assert ["dministrator" in each for each in words] == [True, False]


def test_an_inspection_lead_sees_their_own_force_only(sign_in, force_lead, westmarch, eastvale):
    make_attended(westmarch)
    make_attended(eastvale, "CANARY Channel panel")
    client = sign_in(force_lead)
    answer = client.get(at(), OVER)
    assert [row[0][:21] for row in rows_of(answer)] == ["Aldford Channel panel"]
    assert "CANARY" not in answer.content.decode()
    assert client.get(at("eastvale")).status_code == 404


def test_the_page_of_the_force_leads_here(client_of, westmarch):
    links = page(client_of.get(reverse("force", args=["westmarch"]))).css("main a")
    assert at() in {link.attributes["href"] for link in links}


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1, 30])
def test_it_costs_the_same_for_thirty_panels(client_of, westmarch, django_assert_num_queries, number):
    for place in range(number):
        panel = make_channel(westmarch, f"Panel {place}")
        make_meeting(panel, MONTHS[0])
    client_of.get(at(), OVER)
    with django_assert_num_queries(8):
        client_of.get(at(), OVER)
