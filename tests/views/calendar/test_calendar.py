"""The calendar's page: a list under months or weeks, narrowed by force, kind and span."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.periods import london_day
from tests.makers.panels import make_channel, make_meeting

PAGE = reverse("calendar")


def day(after: int) -> datetime.date:
    return london_day(timezone.now()) + datetime.timedelta(days=after)


def read(client, **asked) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(PAGE, asked).content.decode())


def texts(page, selector: str) -> list[str]:
    return [" ".join(each.text().split()) for each in page.css(selector)]


def test_each_entry_leads_to_its_record_under_its_month(client, sign_in, officer, westmarch):
    panel = make_channel(westmarch)
    late, soon = make_meeting(panel, day(-40), place=""), make_meeting(panel, day(60), place="")
    sign_in(officer)
    page = read(client)
    assert texts(page, "main h2") == ["Past its day", f"{day(60):%B} {day(60).year}"]
    links = [each.attributes["href"] for each in page.css(".app-calendar a")]
    assert links == [late.get_absolute_url(), soon.get_absolute_url()]
    assert texts(page, ".app-calendar li")[1].endswith("Meeting: Aldford Channel panel 10:00 to 12:00 Meeting")


def test_four_weeks_stand_under_weeks_that_begin_on_monday(client, sign_in, officer, westmarch):
    make_meeting(make_channel(westmarch), day(20))
    sign_in(officer)
    monday = day(20) - datetime.timedelta(days=day(20).weekday())
    assert texts(read(client, span="weeks"), "main h2") == [f"Week of {monday.day} {monday:%B}"]


def test_nothing_and_nothing_of_a_kind_are_said(client, sign_in, officer):
    sign_in(officer)
    assert texts(read(client), ".app-empty p") == [
        "Nothing is ahead.",
        "Meetings and days by which something is due appear here.",
    ]
    assert texts(read(client, kind="meeting"), ".app-empty p") == [
        "Nothing of this kind is ahead.",
        "Show the whole calendar",
    ]


def test_what_there_is_none_of_is_let_go(client, sign_in, officer, westmarch, eastvale):
    make_meeting(make_channel(westmarch), day(5))
    sign_in(officer)
    assert len(read(client, kind="nonsense", force="nowhere", span="century", page="x").css(".app-calendar li")) == 1
    assert len(read(client, force="eastvale").css(".app-calendar li")) == 0


@pytest.mark.soak
def test_a_long_calendar_comes_in_pages_that_keep_what_was_asked(client, sign_in, officer, westmarch):
    panel = make_channel(westmarch)
    for after in range(1, 102):
        make_meeting(panel, day(after))
    sign_in(officer)
    page = read(client, span="year", kind="meeting")
    assert len(page.css(".app-calendar li")) == 100
    assert page.css_first(".app-pages a").attributes["href"] == "?span=year&kind=meeting&page=2"
    assert len(read(client, span="year", kind="meeting", page=2).css(".app-calendar li")) == 1


def test_a_member_chooses_the_time_only_and_an_administrator_has_none(client, sign_in, member, administrator):
    sign_in(member)
    assert [each.attributes["name"] for each in read(client).css("main select")] == ["span"]
    sign_in(administrator)
    assert client.get(PAGE).status_code == 403


@pytest.mark.suite(0)
@pytest.mark.parametrize("many", [3, 1])
def test_the_page_costs_the_same_for_one_as_for_three(
    client, sign_in, officer, westmarch, django_assert_num_queries, many
):
    panel = make_channel(westmarch)
    for after in range(1, many + 1):
        make_meeting(panel, day(after))
    sign_in(officer)
    with django_assert_num_queries(22):
        assert client.get(PAGE).status_code == 200
