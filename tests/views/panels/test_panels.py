"""The pages of panels: the list, one panel, planning its meetings, marking it as public."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.panels.meetings import cancel_meeting, plan_meetings
from recommendations.domain.panels.panels import show_panel
from recommendations.domain.people.records import keep
from recommendations.models import BankHoliday, Meeting, Panel, TrailEntry
from tests.conftest import AT
from tests.makers.committees import make_panel
from tests.makers.panels import held, make_channel, make_meeting, make_member
from tests.per_module import per_module
from tests.views.hooks import lacking, number_of, wrong

DAY = datetime.timedelta(days=1)
LIST = reverse("panels")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def panel(westmarch):
    """Of two meetings the latest was without the force."""
    made = make_channel(westmarch)
    make_member(made, "Ruth D’Arcy", of_force=True, rank="Supt", decision_maker=True)
    make_member(made, "Siân O’Neill")
    held(made, localdate() - 60 * DAY)
    held(made, localdate() - 30 * DAY, ruth="apologies")
    make_meeting(made, localdate() + 10 * DAY)
    return made


def page_of(panel: Panel) -> str:
    return reverse("panel", args=[panel.pk])


def rows(html: str) -> list[str]:
    return [" ".join(row.text(separator=" ").split()) for row in LexborHTMLParser(html).css(".app-panels tbody tr")]


def test_the_list_says_how_the_force_attended(client, panel, officer):
    client.force_login(officer)
    make_panel()
    (channel, committee) = sorted(rows(client.get(LIST).text))
    assert channel.split(", Westmarch ")[1] == f"2 held 1 of 2 1 of 2 {(localdate() + 10 * DAY):%-d %B %Y}"
    assert ("0 held" in committee, committee.count("Not applicable"), "None planned" in committee) == (True, 2, True)


def test_two_meetings_without_the_force_are_raised(client, panel, officer):
    client.force_login(officer)
    held(panel, localdate() - 2 * DAY, ruth="absent")
    assert "last 2 meetings" in rows(client.get(LIST).text)[0]


def test_a_panel_that_is_silent_for_longer_than_its_rhythm_is_raised(client, westmarch, officer):
    client.force_login(officer)
    made = make_channel(westmarch)
    make_member(made, of_force=True)
    held(made, localdate() - 63 * DAY)
    assert "Nothing recorded for 63 days" in rows(client.get(LIST).text)[0]


def test_what_is_not_there_yet_is_said(client, officer, force_lead):
    for person in (officer, force_lead):
        client.force_login(person)
        assert number_of(client.get(LIST), ".app-empty") == 1


def test_a_panels_page_has_its_meetings_members_and_chart(client, panel, officer):
    client.force_login(officer)
    make_member(panel, "Ann Before", since=datetime.date(2020, 1, 1), until=datetime.date(2021, 1, 1))
    gone = make_meeting(panel, localdate() - 10 * DAY)
    cancel_meeting(meeting=gone, version=1, why="No case.", by=None, at=timezone.now())
    make_meeting(panel, localdate() - 5 * DAY)
    page = LexborHTMLParser(client.get(page_of(panel)).text)
    before = [row.css_first("td").text() for row in page.css("section table tbody tr") if row.css_first("th a")]
    assert [each.split()[0] for each in before] == ["Attendance", "Cancelled", "Not", "By"]
    assert number_of(page, "svg title") == 1
    assert [each.text() for each in page.css("details th[scope=row]")] == ["Ann Before"]
    assert page.css_first(".app-list a").text() == f"{(localdate() + 10 * DAY):%-d %B %Y}"


def test_a_force_sees_its_own_people_and_no_others(client, panel, force_lead, other_force_lead):
    client.force_login(force_lead)
    html = client.get(page_of(panel)).text
    assert "Ruth D’Arcy" in html
    assert "Siân O’Neill" not in html
    assert "Plan meetings" not in html
    client.force_login(other_force_lead)
    assert client.get(page_of(panel)).status_code == 404
    assert rows(client.get(LIST).text) == []


def test_the_meetings_of_years_have_pages_and_a_cancelled_one_is_among_them(client, panel, officer):
    client.force_login(officer)
    plan_meetings(panel=panel, days=[localdate() - (100 + number) * DAY for number in range(24)], by=None, at=AT)
    gone = make_meeting(panel, localdate() + 20 * DAY)
    cancel_meeting(meeting=gone, version=1, why="No case.", by=None, at=AT)
    first, second = (LexborHTMLParser(client.get(page_of(panel), {"page": number}).text) for number in (1, 2))
    shown = [each.text() for each in first.css("#past + table tbody tr")]
    assert (len(shown), shown[0].endswith("Cancelled")) == (24, True)
    assert "Page 1 of 2, rows 1 to 24 of 27" in first.css_first(".app-pages").text()
    assert len(second.css("#past + table tbody tr")) == 3


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_asks_the_same_for_one_panel_as_for_three(
    client, westmarch, officer, django_assert_num_queries, number
):
    client.force_login(officer)
    for place in range(number):
        made = make_channel(westmarch, f"Panel {place}")
        make_member(made, of_force=True)
        held(made, localdate() - 30 * DAY)
    with django_assert_num_queries(6):
        assert len(rows(client.get(LIST).text)) == number


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_a_panel_asks_the_same_for_one_meeting_as_for_three(
    client, westmarch, officer, django_assert_num_queries, number
):
    client.force_login(officer)
    made = make_channel(westmarch)
    make_member(made, of_force=True)
    for place in range(number):
        held(made, localdate() - (30 + place) * DAY)
        make_meeting(made, localdate() + (place + 1) * DAY)
    with django_assert_num_queries(10):
        client.get(page_of(made))


def plan(client, panel, **typed):
    return client.post(reverse("plan_meetings", args=[panel.pk]), typed, follow=True)


def test_a_series_is_planned_and_closed_days_are_told(client, panel, officer):
    client.force_login(officer)
    typed = {"on": "25/12/2028", "every": "month", "until": "30/1/2029", "start": "2pm", "end": "15.30"}
    page = plan(client, panel, **typed)
    assert lacking(page, ".app-flash", "25 December 2028", "Christmas Day") == []
    made = Meeting.objects.filter(on__gte=datetime.date(2028, 1, 1)).order_by("on")
    assert [(each.on.isoformat(), f"{each.start:%H:%M}", f"{each.end:%H:%M}") for each in made] == [
        ("2028-12-25", "14:00", "15:30"),
        ("2029-01-22", "14:00", "15:30"),
    ]
    assert TrailEntry.objects.filter(verb="plan_meetings", by=officer).count() == 1


def test_a_day_on_a_bank_holiday_proclaimed_later_is_told_too(client, panel, officer):
    holiday = BankHoliday(on=datetime.date(2029, 3, 6), name="Jubilee", source="The London Gazette")
    keep(record=holiday, by=None, at=AT)
    client.force_login(officer)
    page = plan(client, panel, others="6/3/2029\n3/4/2029")
    assert lacking(page, ".app-flash", "6 March 2029", "Jubilee") == []


def test_a_list_of_days_is_planned(client, panel, officer):
    client.force_login(officer)
    plan(client, panel, others="Tue 6 March 2029\n• 3/4/2029\n")
    days = Meeting.objects.filter(on__gte=datetime.date(2029, 1, 1)).order_by("on").values_list("on", flat=True)
    assert [day.isoformat() for day in days] == ["2029-03-06", "2029-04-03"]


@pytest.mark.suite(0, 3, 6)
@pytest.mark.parametrize(
    ("typed", "field", "facts"),
    [
        ({}, "on", ()),
        ({"on": "30/2/2029"}, "on", ("30 February 2029",)),
        ({"on": "6/3/2029", "every": "week"}, "until", ()),
        ({"on": "6/3/2029", "every": "week", "until": "1/3/2029"}, "until", ("1 March 2029", "6 March 2029")),
        ({"on": "6/3/2029", "start": "25:00"}, "start", ("14:30",)),
        ({"others": "6/3/2029\n6/3/2029"}, "others", ("6 March 2029", "twice")),
        ({"others": "soon"}, "others", ("“soon”",)),
    ],
)
def test_what_cannot_be_planned_stays_as_typed(client, panel, officer, typed, field, facts):
    client.force_login(officer)
    page = plan(client, panel, place="Guildhall <1>", **typed)
    assert page.status_code == 422
    html = LexborHTMLParser(page.text)
    assert (wrong(page), lacking(page, ".govuk-error-summary", *facts)) == ([field], [])
    assert html.css_first("[name=place]").attributes["value"] == "Guildhall <1>"


def test_the_public_reads_of_a_public_panel_only(client, panel, approver):
    address = reverse("public_panels")
    assert list(client.get(address).context["rows"]) == []
    show_panel(panel=panel, public=True, reason="It meets in public.", by=approver, at=timezone.now())
    make_channel(panel.force, "Another panel")
    page = LexborHTMLParser(client.get(address).text)
    (shown,) = [" ".join(each.text(separator=" ").split()) for each in page.css(".app-public__list li")]
    facts = ("Aldford Channel panel", "Aldford Council", "2 meetings", "Westmarch Police represented at 1")
    assert [fact for fact in (*facts, f"{(localdate() + 10 * DAY):%-d %B %Y}") if fact not in shown] == []
    assert "Ruth" not in client.get(address).text


def test_an_approving_officer_marks_a_panel_as_public(client, panel, approver, officer):
    client.force_login(approver)
    address = reverse("show_panel", args=[panel.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "It meets in public."})
    panel.refresh_from_db()
    assert (panel.public, panel.public_by) == (True, approver)
    assert "Public since" in client.get(page_of(panel)).text
    client.force_login(officer)
    assert client.get(address).status_code == 403
