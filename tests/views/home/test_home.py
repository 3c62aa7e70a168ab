"""The first page: what each role finds there, at what cost, and that only a button moves what counts as seen."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.home.last_seen import last_looked_at, mark_seen
from recommendations.domain.register import closures, voices
from recommendations.domain.rounds import rounds
from recommendations.models import LastLook, TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.per_module import per_module
from tests.views.register.page import ago, now, recent_inspection, shown, text_of, three_overdue

HOME = reverse("home")
CANARY = "CANARY-OF-EASTVALE"


@per_module
def three(westmarch):
    return three_overdue(recent_inspection(westmarch))


def links_of(answer) -> dict[str, str]:
    """The words of each link inside the page, with its number, and its address."""
    found = LexborHTMLParser(answer.content.decode()).css("main a")
    return {" ".join(link.text(separator=" ").split()): link.attributes["href"] for link in found}


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("who", "headings"),
    [
        ("officer", ["Waits for you", "Late", "Changed in the last 7 days", "Ahead next 28 days"]),
        ("approver", ["Waits for you", "Late", "Changed in the last 7 days", "Ahead next 28 days"]),
        ("force_lead", ["Waits for you", "Late", "Changed in the last 7 days", "Ahead next 28 days"]),
        ("administrator", ["Missing", "Changed in the last 7 days"]),
    ],
)
def test_each_role_finds_its_questions(request, sign_in, body, who, headings):
    answer = sign_in(request.getfixturevalue(who)).get(HOME)
    found = LexborHTMLParser(answer.content.decode()).css("h2")
    assert [" ".join(heading.text(separator=" ").split()) for heading in found] == headings
    assert '<a href="/" aria-current="page">Home</a>' in answer.content.decode()


def test_the_place_is_the_first_page_only(sign_in, officer, body):
    client = sign_in(officer)
    assert '<a href="/">Home</a>' in client.get(reverse("register")).content.decode()


def test_the_register_shows_the_rows_that_a_number_counts(sign_in, approver, officer, force_lead, three):
    first, second, _ = three
    closures.request_closure(tracked=first, outcome="implemented", reason="Done.", by=force_lead, at=now())
    said = {"tracked": second, "by": officer, "at": now()}
    voices.log_force_update(done="Begun.", forecast_on=ago(-90), **said)
    links = links_of(sign_in(approver).get(HOME))
    wanted = {
        "1 closure to decide": ["WM-0001"],
        "3 recommendations overdue": ["WM-0001", "WM-0002", "WM-0003"],
        "2 without a forecast": ["WM-0001", "WM-0003"],
        "2 without an update for 100 days": ["WM-0001", "WM-0003"],
        "1 with a new force update": ["WM-0002"],
        "1 with closure asked for": ["WM-0001"],
        "3 new recommendations": ["WM-0001", "WM-0002", "WM-0003"],
        "3 open": ["WM-0001", "WM-0002", "WM-0003"],
        "3 Red": ["WM-0001", "WM-0002", "WM-0003"],
    }
    found = {words: shown(sign_in(approver).get(links[words])) for words in wanted}
    assert found == wanted


def test_the_register_says_what_it_is_narrowed_by(sign_in, approver, three):
    client = sign_in(approver)
    answer = client.get(links_of(client.get(HOME))["3 without a forecast"] + "&filters=hide")
    chips = LexborHTMLParser(answer.content.decode()).css(".app-chips li a")
    words = [" ".join(chip.text().split()).partition(" ×")[0] for chip in chips]
    assert words[:2] == ["Without a forecast", "Only overdue"]


def test_a_get_moves_nothing(sign_in, officer, three):
    client = sign_in(officer)
    pages = [text_of(client.get(HOME)) for _ in range(2)]
    assert pages[0] == pages[1]
    assert LastLook.objects.count() == 0
    assert client.get(reverse("mark_seen")).status_code == 405


def test_what_was_seen_is_not_new_any_more(sign_in, officer, force_lead, three):
    client = sign_in(officer)
    drawn = client.get(HOME)
    until = LexborHTMLParser(drawn.content.decode()).css_first("[name=until]").attributes["value"]
    voices.log_force_update(tracked=three[0], done="After it was drawn.", by=force_lead, at=now())
    answer = client.post(reverse("mark_seen"), {"until": until}, follow=True)
    assert last_looked_at(officer) == datetime.datetime.fromisoformat(until)
    text = text_of(answer)
    assert "Marked as seen" in text
    assert re.search(r"last looked \w+ \d+ \w+, \d\d:\d\d", text)
    assert "1 with a new" in text
    assert "new recommendation" not in text


@pytest.mark.suite(0, 3, 5)
@pytest.mark.parametrize(
    "until", ["", "soon", "2026-11-07", "2026-11-07T10:00:00", "0001-01-01T00:00:00+14:00", "x" * 99]
)
def test_a_moment_that_is_none_moves_nothing(sign_in, officer, until):
    answer = sign_in(officer).post(reverse("mark_seen"), {"until": until})
    assert (answer.status_code, answer.url, LastLook.objects.count()) == (302, HOME, 0)


def test_everybody_has_their_own_look(sign_in, officer, approver, three):
    mark_seen(person=officer, until=now(), at=now())
    assert "3 new recommendations" in text_of(sign_in(approver).get(HOME))


def test_a_round_waits_for_the_force_and_then_for_the_office(sign_in, officer, force_lead, westmarch, three):
    asked = {"force": westmarch, "tracked": three, "name": "November round", "due_on": ago(-6), "note": ""}
    made = rounds.ask_for_updates(by=officer, at=now(), **asked)
    text = text_of(sign_in(force_lead).get(HOME))
    assert "3 to answer November round 6 days left" in text
    assert "Westmarch, November round: last day 3 to answer" in text
    links = links_of(sign_in(officer).get(HOME))
    assert links["Westmarch, November round: last day"] == made.get_absolute_url()


def test_a_force_lead_reads_nothing_of_another_force(sign_in, westmarch, eastvale, officer, force_lead):
    theirs = make_inspection(eastvale, title=CANARY, short_name=CANARY, published_on=ago(10), at=now())
    hidden = make_tracked(theirs, text=CANARY, due_on=ago(3), at=now())
    facts = {"force": eastvale, "tracked": [hidden], "name": CANARY, "due_on": ago(-6), "note": CANARY}
    rounds.ask_for_updates(by=officer, at=now(), **facts)
    answer = sign_in(force_lead).get(HOME)
    assert [word for word in (CANARY, "Eastvale", "EV-0") if word in answer.content.decode()] == []
    assert CANARY in sign_in(officer).get(HOME).content.decode()


# What it costs


QUERIES = {"officer": 26, "approver": 32, "force_lead": 18, "member": 7, "administrator": 17}


def cost_of(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(HOME)
    return len(captured)


@pytest.mark.suite(0)
@pytest.mark.parametrize("rows", [3, 1])
def test_it_costs_the_same_however_much_there_is(request, sign_in, body, westmarch, officer, approver, rows):
    for row in range(rows):
        report = make_inspection(westmarch, title=f"Report {row}", published_on=ago(20), at=now())
        tracked = make_tracked(report, due_on=ago(3), at=now())
        facts = {"force": westmarch, "tracked": [tracked], "name": f"Round {row}", "due_on": ago(-6 - row), "note": ""}
        rounds.ask_for_updates(by=officer, at=now(), **facts)
    assert {who: cost_of(sign_in(request.getfixturevalue(who))) for who in QUERIES} == QUERIES
    assert TrackedRecommendation.objects.count() == rows
