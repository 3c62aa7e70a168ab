"""Gaps in panels on the first page: two meetings in a row without the force, and panels of which nothing is heard."""

import datetime

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.home.first_page import HomeContext
from recommendations.domain.home.lines import HomeItem
from recommendations.domain.home.panels import gaps
from recommendations.domain.people import records
from recommendations.enums import Frequency, PanelKind
from recommendations.models import Panel
from tests.conftest import AT
from tests.makers.panels import held, make_channel, make_member

DAY = datetime.date
TODAY = DAY(2026, 11, 2)


def attended(force, name: str, *ways: str, **facts) -> Panel:
    """A panel whose latest meetings, the last on 1 November 2026, its member of the force attended as said."""
    panel = make_channel(force, name, **facts)
    make_member(panel, "Ada Gray", of_force=True)
    make_member(panel, "Bo Hill")
    for back, way in enumerate(reversed(ways)):
        held(panel, DAY(2026, 11, 1) - datetime.timedelta(days=28 * back), ada=way)
    return panel


def test_nothing_is_said_of_panels_that_are_attended(officer, westmarch):
    attended(westmarch, "Attended", "absent", "absent", "present")
    attended(westmarch, "Missed once", "present", "absent")
    make_channel(westmarch, "Never met, since when is not known")
    make_channel(westmarch, "As needed", frequency=Frequency.AS_NEEDED, since=DAY(2020, 1, 1))
    make_channel(westmarch, "Ended", since=DAY(2020, 1, 1), until=DAY(2026, 11, 1))
    assert list(gaps(HomeContext(officer, TODAY))) == []


def test_two_meetings_in_a_row_are_raised(officer, westmarch, eastvale):
    attended(westmarch, "Two", "present", "apologies", "absent")
    link = f"{reverse('panels')}?show=missed"
    item = HomeItem("1 panel the force missed twice or more running", link, "Two, 2 meetings")
    assert list(gaps(HomeContext(officer, TODAY))) == [item]
    attended(eastvale, "Three", "absent", "observer", "absent")
    detail = "Longest: Three, 3 meetings"
    item = HomeItem("2 panels the force missed twice or more running", link, detail, number=2)
    assert list(gaps(HomeContext(officer, TODAY))) == [item]


@pytest.mark.parametrize(("day", "silent"), [(DAY(2027, 1, 2), []), (DAY(2027, 1, 3), ["63 days"])])
def test_a_panel_is_raised_once_it_is_silent_for_longer_than_its_frequency(officer, westmarch, day, silent):
    attended(westmarch, "Quiet", "present")
    assert [item.detail for item in gaps(HomeContext(officer, day))] == [f"Quiet, {days}" for days in silent]


def test_a_panel_without_a_force_can_be_silent_and_not_missed(officer, westmarch):
    audit = Panel(name="Audit", kind=PanelKind.AUDIT, frequency=Frequency.QUARTERLY, since=DAY(2026, 1, 1))
    records.keep(record=audit, by=None, at=AT)
    words = "1 panel with no meeting recorded for longer than it is expected to meet"
    link = f"{reverse('panels')}?show=silent"
    assert list(gaps(HomeContext(officer, TODAY))) == [HomeItem(words, link, "Audit, 305 days")]


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_costs_two_queries(officer, westmarch, django_assert_num_queries, number):
    for place in range(number):
        attended(westmarch, f"Panel {place}", "absent", "absent")
    with django_assert_num_queries(2):
        assert len(list(gaps(HomeContext(officer, TODAY)))) == 1


def test_each_number_leads_to_its_rows(sign_in, officer, westmarch):
    attended(westmarch, "Missed", "absent", "absent", frequency=Frequency.AS_NEEDED)
    attended(westmarch, "Attended", "present", frequency=Frequency.AS_NEEDED)
    make_channel(westmarch, "Silent", since=DAY(2020, 1, 1))
    client = sign_in(officer)
    links = LexborHTMLParser(client.get("/?whose=everyone").content.decode()).css("main a")
    hrefs = [link.attributes["href"] for link in links]
    shown = {}
    for show in ("missed", "silent", "CANARY"):
        url = f"{reverse('panels')}?show={show}"
        rows = LexborHTMLParser(client.get(url).content.decode()).css("tbody th a")
        shown[show] = [row.text() for row in rows], url in hrefs
    assert shown == {
        "missed": (["Missed"], True),
        "silent": (["Silent"], True),
        "CANARY": (["Attended", "Missed", "Silent"], False),
    }


def test_a_list_that_is_empty_by_now_says_so(sign_in, officer, westmarch):
    make_channel(westmarch)
    answer = sign_in(officer).get(reverse("panels"), {"show": "missed"})
    assert (answer.status_code, LexborHTMLParser(answer.content.decode()).css(".app-panels tbody tr")) == (200, [])


def test_it_is_the_offices_to_raise(sign_in, force_lead, westmarch):
    attended(westmarch, "Missed", "absent", "absent")
    assert "?show=missed" not in sign_in(force_lead).get(reverse("home")).content.decode()
