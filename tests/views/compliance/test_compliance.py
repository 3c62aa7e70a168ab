"""The page of compliance: those that wait, the record of a year, filters, the same as CSV; empty and with many."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.models import TrailEntry
from recommendations.periods import financial_year_of
from tests.conftest import make_inspection
from tests.makers.responses import make_published, make_response
from tests.per_module import per_module
from tests.views.hooks import number_of

DAY = datetime.timedelta(days=1)
PAGE = reverse("compliance")


@pytest.fixture
def get(sign_in, officer):
    client = sign_in(officer)
    return lambda address=PAGE, **asked: client.get(address, asked)


@per_module
def three(westmarch, eastvale, body, officer, approver):
    """One late, one that can be answered in time, one answered on its last day, one that needs none."""
    today, at = localdate(), timezone.now()
    make_inspection(eastvale, title="Long ago", published_on=today - 100 * DAY, at=at)
    make_inspection(westmarch, title="Just out", published_on=today - 2 * DAY, at=at)
    done = make_inspection(westmarch, title="Answered", published_on=today - 55 * DAY, at=at)
    make_published(done, body, by=officer, approver=approver, at=at)
    none = {"needs_response": False, "no_response_reason": "=1+1 is about airports."}
    make_inspection(westmarch, title="None needed", published_on=today - 3 * DAY, at=at, **none)


def everything() -> dict:
    """Both years that the days of these tests can be in."""
    today = localdate()
    return {"from": f"{today.year - 1}-01-01", "to": f"{today.year + 1}-12-31"}


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def titles(rows) -> list[str]:
    return [row.inspection.title for row in rows]


def test_it_shows_what_waits_and_the_record(get, three):
    answer = get(**everything())
    page = answer.context["page"]
    assert titles(page.waiting_shown) == ["Long ago", "Just out"]
    assert titles(page.recorded) == ["Just out", "Answered", "Long ago"]
    text = text_of(answer)
    for words in (
        "<b>2</b> waiting",
        "<b>1</b> late",
        "45 days late",
        "53 days left",
        "Answered on day 56 of 56",
        "be started",
        "Marches OPCC",
        "<dt>Due</dt><dd>3</dd>",
        "<dt>In time</dt><dd>1</dd>",
        "<dt>Not answered</dt><dd>1</dd>",
        "<dt>Still to come</dt><dd>1</dd>",
        "no response needed: 1",
        "=1+1 is about airports.",
    ):
        assert words in text


def test_what_has_no_last_day_is_listed_apart(get, westmarch, body):
    facts = {"kind": "other", "section_55": False, "published_on": localdate() - 90 * DAY, "at": timezone.now()}
    make_inspection(westmarch, title="Other", **facts)
    answer = get(**everything())
    record = answer.context["page"].record
    assert (titles(record.rows), titles(record.without_day)) == ([], ["Other"])
    assert number_of(answer, "#without-day") == 1
    [_, row] = csv.reader(io.StringIO(get(reverse("compliance_csv"), **everything()).content.decode("utf-8-sig")))
    assert (row[0], row[4:6], row[7:9]) == ("Other", ["", ""], ["", ""])


def test_of_one_force(get, three):
    page = get(force="eastvale", **everything()).context["page"]
    assert (titles(page.waiting), titles(page.recorded)) == (["Long ago"], ["Long ago"])
    assert "force=eastvale" in page.csv_url
    assert titles(get(force="nowhere").context["page"].waiting) == ["Long ago", "Just out"]


def test_it_begins_with_this_financial_year(get, three):
    page = get().context["page"]
    assert page.period == financial_year_of(localdate())
    assert [(words, [year.current for year in years]) for words, years in page.years] == [
        ("Financial year", [True, False, False]),
        ("Calendar year", [False, False, False]),
    ]


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"from": "1/4/2024", "to": "31/3/2025"}, "Due in financial year 2024/25"),
        ({"from": "1/1/2024", "to": "31/12/2024"}, "Due in calendar year 2024"),
        ({"from": "5/1/2024", "to": "3/3/2024"}, "Due in 5 January 2024 to 3 March 2024"),
        ({"from": "5/1/2024"}, "Due in 5 January 2024 to 31 March 2024"),
        ({"to": "5/1/2024"}, "Due in 1 April 2023 to 5 January 2024"),
    ],
)
def test_any_period_can_be_asked_for(get, body, asked, words):
    answer = get(**asked)
    assert (words in text_of(answer), number_of(answer, ".app-empty")) == (True, 2)


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"from": "31/6/2026"}, "31 June 2026"),
        ({"to": "soon"}, "“soon”"),
        ({"from": "2/1/2026", "to": "1/1/2026"}, "before the first"),
    ],
)
def test_a_day_that_is_none_shows_no_other_period(get, three, asked, said):
    answer = get(**asked)
    text = text_of(answer)
    assert (said in text, "No period to show" in text, reverse("compliance_csv") in text) == (True, True, False)
    assert titles(answer.context["page"].waiting) == ["Long ago", "Just out"]
    assert get(reverse("compliance_csv"), **asked).url.startswith(f"{PAGE}?")


def test_an_empty_office(get, body):
    assert (number_of(get(), ".app-empty"), titles(get().context["page"].waiting)) == (2, [])


@pytest.mark.soak
def test_two_hundred(get, westmarch, body):
    today, at = localdate(), timezone.now()
    for number in range(200):
        make_inspection(westmarch, title=f"Report {number:03}", published_on=today - number * DAY, at=at)
    answer = get(**everything())
    assert (len(answer.context["page"].waiting_shown), len(answer.context["page"].recorded)) == (25, 50)
    text = text_of(answer)
    assert ("Show all 200 that wait" in text, "Page 1 of 4, rows 1 to 50 of 200" in text) == (True, True)
    page = get(waiting="all", page="4", **everything()).context["page"]
    assert (len(page.waiting_shown), titles(page.recorded)[-1]) == (200, "Report 199")
    assert len(read(get(reverse("compliance_csv"), **everything()))) == 201


def read(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_as_csv(get, three):
    answer = get(reverse("compliance_csv"), **everything())
    assert answer["Content-Disposition"] == f'attachment; filename="compliance-{localdate()}.csv"'
    head, late, done, none, out = read(answer)
    assert head[0] == "Report"
    today = localdate()
    assert late == [
        *("Long ago", "Custody (joint)", "Eastvale", str(today - 100 * DAY), str(today - 45 * DAY)),
        *("day 56, by law", "", "", "45", "Waiting to begin", late[10], "Marches OPCC"),
        *("", str(today)),
    ]
    assert done[5:10] == ["day 56, by law", str(today), "", "", "Published"]
    assert (out[7], out[8]) == ("53", "")
    assert (none[4], none[9], none[12]) == ("", "No response needed", "'=1+1 is about airports.")


def test_the_file_is_an_entry_of_the_trail(get, three):
    get(reverse("compliance_csv"), **everything())
    entry = TrailEntry.objects.latest("sequence")
    assert (entry.verb, entry.about[:25]) == ("export_compliance", f"4 reports as on {localdate()}"[:25])


def test_it_costs_the_same_for_one_as_for_three(get, westmarch, eastvale, body, django_assert_num_queries):
    get()
    for number in range(3):
        facts = {"published_on": localdate(), "at": timezone.now()}
        make_response(make_inspection(westmarch, title=f"Waits {number}", **facts), body, at=timezone.now())
        make_inspection([westmarch, eastvale], title=f"Not begun {number}", **facts)
        if number in (0, 2):
            with django_assert_num_queries(21):
                get()


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_only_the_office_sees_it(sign_in, three, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert [client.get(reverse(name)).status_code for name in ("compliance", "compliance_csv")] == [403, 403]


@pytest.mark.parametrize(("state", "expected"), [("late", ["Long ago"]), ("write", ["Long ago", "Just out"])])
def test_what_the_first_page_leads_to(get, three, state, expected):
    assert titles(get(reverse("responses"), waiting=state).context["waiting"]) == expected
