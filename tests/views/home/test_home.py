"""The first page: what each role finds there, at what cost, and that only a button moves what counts as seen."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.home.last_seen import last_looked_at, mark_seen
from recommendations.domain.register import closures, voices
from recommendations.domain.rounds import rounds
from recommendations.enums.actions import ActionVoice
from recommendations.models import LastLook, TrackedRecommendation
from recommendations.periods import by_when
from tests.conftest import make_inspection, make_tracked
from tests.makers.accountability import plan
from tests.makers.actions import make_action
from tests.makers.indicators import make_indicator, make_value
from tests.per_module import per_module
from tests.views.hooks import links
from tests.views.register.page import ago, now, recent_inspection, shown, text_of, three_overdue

HOME = reverse("home")
EVERYONES = f"{HOME}?whose=everyone"
CANARY = "CANARY-OF-EASTVALE"


def words_of(answer, css: str) -> list[str]:
    return [each.text().strip() for each in LexborHTMLParser(answer.content.decode()).css(css)]


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
        ("officer", ["Then, in this order", "Next days", "Your 1 open recommendation", "In the last 7 days"]),
        ("approver", ["Only you can", "Next days", "The office’s 1 open recommendation", "In the last 7 days"]),
        ("force_lead", ["Next days", "1 open recommendation", "In the last 7 days"]),
        ("administrator", ["Missing", "On record", "In the last 7 days"]),
    ],
)
def test_each_role_finds_what_it_does(request, sign_in, westmarch, officer, force_lead, who, headings):
    # wording: an item is known by its words
    tracked = make_tracked(make_inspection(westmarch, at=now()), leads={"opcc_lead": officer.name}, at=now())
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=force_lead, at=now())
    answer = sign_in(request.getfixturevalue(who)).get(HOME)
    found = LexborHTMLParser(answer.content.decode()).css("main h2")
    assert [" ".join(heading.text(separator=" ").split()) for heading in found] == headings
    assert '<a href="/" aria-current="page">Home</a>' in answer.content.decode()


def test_the_office_opens_on_its_own_work_and_everyones_is_one_press_away(sign_in, officer, three):
    client = sign_in(officer)
    opened = {"mine": client.get(HOME), "everyone": client.get(HOME, {"whose": "everyone"})}
    pressed = {whose: words_of(page, "[aria-pressed=true]") for whose, page in opened.items()}
    assert pressed == {"mine": ["Mine"], "everyone": ["Everyone’s"]}
    assert [page.context["page"].counts.whose for page in opened.values()] == ["The office’s", ""]


def test_the_first_page_of_an_empty_office_is_five_first_steps(sign_in, officer, approver, force_lead, westmarch):
    # wording: an item is known by its words
    for person in (officer, approver):
        client = sign_in(person)
        page = client.get(HOME)
        steps = links(page, ".app-first__go a")
        assert (len(steps), [client.get(address).status_code for address in steps]) == (5, [200] * 5)
        assert (reverse("home") in steps, links(page, "main a")) == (False, steps)
    assert "Nothing waits for you." in text_of(sign_in(force_lead).get(HOME))
    make_inspection(westmarch, at=now())
    assert links(sign_in(officer).get(HOME), ".app-first__go a") == []


def test_the_place_is_the_first_page_only(sign_in, officer, body):
    client = sign_in(officer)
    assert '<a href="/">Home</a>' in client.get(reverse("register")).content.decode()


def test_the_register_shows_the_rows_that_a_number_counts(sign_in, approver, officer, force_lead, three):
    # wording: an item is known by its words
    first, second, _ = three
    closures.request_closure(tracked=first, outcome="implemented", reason="Done.", by=force_lead, at=now())
    said = {"tracked": second, "by": officer, "at": now()}
    voices.log_force_update(done="Begun.", forecast_on=ago(-90), **said)
    addresses = links_of(sign_in(approver).get(EVERYONES))
    wanted = {
        "Decide 1 closure": ["WM-0001"],
        "2 without an update for 100 days": ["WM-0001", "WM-0003"],
        "1 recommendation with a new force update": ["WM-0002"],
        "1 recommendation with closure asked for": ["WM-0001"],
        "3 new recommendations": ["WM-0001", "WM-0002", "WM-0003"],
        "3 open": ["WM-0001", "WM-0002", "WM-0003"],
        "3 Red": ["WM-0001", "WM-0002", "WM-0003"],
    }
    found = {words: shown(sign_in(approver).get(addresses[words])) for words in wanted}
    assert found == wanted


def test_the_register_says_what_it_is_narrowed_by(sign_in, approver, three):
    # wording: an item is known by its words
    client = sign_in(approver)
    answer = client.get(links_of(client.get(EVERYONES))["3 without an update for 100 days"] + "&filters=hide")
    chips = LexborHTMLParser(answer.content.decode()).css(".app-chips li a")
    words = [" ".join(chip.text().split()).partition(" ×")[0] for chip in chips]
    assert words[:1] == ["Flag: No update, 100 days"]


def test_a_get_moves_nothing(sign_in, officer, three):
    client = sign_in(officer)
    pages = [text_of(client.get(HOME)) for _ in range(2)]
    assert pages[0] == pages[1]
    assert LastLook.objects.count() == 0
    assert client.get(reverse("mark_seen")).status_code == 405


def test_what_was_seen_is_not_new_any_more(sign_in, officer, force_lead, three):
    client = sign_in(officer)
    drawn = client.get(EVERYONES)
    until = LexborHTMLParser(drawn.content.decode()).css_first("[name=until]").attributes["value"]
    voices.log_force_update(tracked=three[0], done="After it was drawn.", by=force_lead, at=now())
    answer = client.post(reverse("mark_seen"), {"until": until}, follow=True)
    assert last_looked_at(officer) == datetime.datetime.fromisoformat(until)
    assert "Marked as seen" in text_of(answer)
    text = text_of(client.get(EVERYONES))
    assert re.search(r"Since \w+ \d+ \w+, \d\d:\d\d", text)
    assert "1 recommendation with a new" in text
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
    assert "3 new recommendations" in text_of(sign_in(approver).get(EVERYONES))


def test_a_round_waits_for_the_force_and_then_for_the_office(sign_in, officer, force_lead, westmarch, three):
    asked = {"force": westmarch, "tracked": three, "name": "November round", "due_on": ago(-6), "note": ""}
    made = rounds.ask_for_updates(by=officer, at=now(), **asked)
    text = text_of(sign_in(force_lead).get(HOME))
    when = by_when(ago(-6), localdate())
    assert f"Answer 3 recommendations November round {when}" in text
    assert "November round: last day" in text
    found = links_of(sign_in(officer).get(HOME))
    assert found["Westmarch, November round: last day"] == made.get_absolute_url()


def test_a_force_lead_reads_nothing_of_another_force(sign_in, westmarch, eastvale, officer, force_lead):
    theirs = make_inspection(eastvale, title=CANARY, short_name=CANARY, published_on=ago(10), at=now())
    hidden = make_tracked(theirs, text=CANARY, due_on=ago(3), at=now())
    facts = {"force": eastvale, "tracked": [hidden], "name": CANARY, "due_on": ago(-6), "note": CANARY}
    rounds.ask_for_updates(by=officer, at=now(), **facts)
    answer = sign_in(force_lead).get(HOME)
    assert [word for word in (CANARY, "Eastvale", "EV-0") if word in answer.content.decode()] == []
    assert CANARY in sign_in(officer).get(HOME).content.decode()


# What it costs


QUERIES = {"officer": 26, "approver": 30, "force_lead": 20, "member": 7, "administrator": 20}
OF_EVERYONES = {"officer": 27, "approver": 32}
# Actions and accountability meetings cost one each; indicators are counted with others (domain/home/by_day.py).
OF_WORK = ("actions", "indicators", "accountability")
WITHOUT_WORK = {"officer": 24, "approver": 28, "force_lead": 18}


def cost_of(client, address=HOME) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.suite(0)
@pytest.mark.parametrize("rows", [3, 1])
def test_it_costs_the_same_however_much_there_is(request, sign_in, body, westmarch, officer, approver, settings, rows):
    for row in range(rows):
        report = make_inspection(westmarch, title=f"Report {row}", published_on=ago(20), at=now())
        tracked = make_tracked(report, due_on=ago(3), at=now())
        facts = {"force": westmarch, "tracked": [tracked], "name": f"Round {row}", "due_on": ago(-6 - row), "note": ""}
        rounds.ask_for_updates(by=officer, at=now(), **facts)
        make_action(tracked, due_on=ago(2), owner=officer.name, voice=ActionVoice.OFFICE, at=now())
        make_value(make_indicator(tracked, name=f"Number {row}"), 12)
        plan(westmarch, by=officer, on=ago(1), at=now() - datetime.timedelta(days=2))
    people = {who: request.getfixturevalue(who) for who in QUERIES}
    assert {who: cost_of(sign_in(people[who])) for who in QUERIES} == QUERIES
    assert {who: cost_of(sign_in(people[who]), EVERYONES) for who in OF_EVERYONES} == OF_EVERYONES
    assert TrackedRecommendation.objects.count() == rows
    settings.SECTIONS_OFF = OF_WORK
    assert {who: cost_of(sign_in(people[who])) for who in WITHOUT_WORK} == WITHOUT_WORK
