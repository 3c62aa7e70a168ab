"""The public page of a force: what it shows, its data and feed, what is gone; and asking for emails."""

import csv
import datetime
import hashlib
import io
import json

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from recommendations.domain.force_pages.specified_information_data import OtherAnswer
from recommendations.domain.public.releases import withdraw_release
from recommendations.domain.register import restrictions
from recommendations.models import ForceFacts, ForceSubscriber
from recommendations.views.public import force_emails
from recommendations.views.public.force_emails import FROM_NETWORK, FROM_ONE
from recommendations.views.public.force_page import OtherAnswerLine
from tests.conftest import AT, TODAY, make_tracked
from tests.makers.force_pages import HOUR, released
from tests.per_module import per_module
from tests.views.public.makers import links_of, text_of

PAGE, LIST = "/published/forces/westmarch/", "/published/forces/"
FIRST, EMAILS = f"{PAGE}release-1/", "/page-emails/westmarch/"
DATA = f"{FIRST}page.json"


@per_module
def lines(inspection):
    due = datetime.date(2026, 6, 30)
    return [
        make_tracked(inspection, number=str(n), text=f"The force should test bell {n}.", due_on=due) for n in (1, 2)
    ]


@per_module
def page(lines, westmarch, body, officer, approver):
    restrictions.restrict(tracked=lines[1], reason="zqsecret", effective_on=None, by=officer, at=AT)
    return released(westmarch, by=officer, approver=approver, in_full=(lines[0].pk,), summary_link="https://e.org/s")


def test_the_list_leads_to_the_page_which_says_what_it_leaves_out(client, page, lines):
    assert PAGE in links_of(client.get(LIST))
    shown = client.get(PAGE)
    text = text_of(shown)
    assert "1 more is not shown" in text
    assert "130 days past its date" in text
    assert "bell 1" in text
    assert "bell 2" not in text + client.get(f"{FIRST}open/").text
    assert "Oversight" not in shown.text


def test_the_page_costs_four_queries_for_one_line_and_for_many(
    client, page, inspection, westmarch, officer, approver, django_assert_num_queries
):
    with django_assert_num_queries(4):
        client.get(PAGE)
    for number in range(3, 6):
        make_tracked(inspection, number=str(number), text=f"The force should test bell {number}.")
    released(westmarch, by=officer, approver=approver, at=AT + HOUR)
    with django_assert_num_queries(4):
        client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(LIST)


def test_the_data_is_what_the_trail_has_the_digest_of(client, page):
    data = client.get(DATA)
    kept = ForceFacts.objects.get(of=page)
    assert hashlib.sha256(data.content).hexdigest() == kept.sha256
    assert json.loads(data.content)["left_out"] == 1
    rows = list(csv.DictReader(io.StringIO(client.get(f"{FIRST}open.csv").content.decode("utf-8-sig"))))
    assert [(row["Reference"], row["Days late"], row["Due on"]) for row in rows] == [("WM-0001", "130", "2026-06-30")]
    tables = ("grades", "responses", "promises", "custody")
    assert [client.get(f"{FIRST}{name}.csv").status_code for name in tables] == [200] * 4
    assert [client.get(f"{FIRST}{name}").status_code for name in ("open.json", "page.csv", "x.csv")] == [404] * 3


def test_a_new_release_replaces_it_and_a_withdrawn_one_says_why(client, page, westmarch, officer, approver):
    second = released(westmarch, by=officer, approver=approver, at=AT + HOUR)
    assert "This is release 1" in text_of(client.get(FIRST))
    assert FIRST in links_of(client.get(PAGE))
    feed = client.get(f"{PAGE}feed/").text
    assert [feed.count(f"release-{number}/</id>") for number in (1, 2)] == [1, 1]
    withdraw_release(release=second, reason="It named a person.", by=approver, at=AT + 3 * HOUR)
    gone = client.get(PAGE)
    assert (gone.status_code, "It named a person." in gone.text, "bell" in gone.text) == (200, True, False)
    address = f"{PAGE}release-2/"
    answers = [client.get(f"{address}{name}").status_code for name in ("", "open/", "page.json", "open.csv")]
    assert answers == [200, 410, 410, 410]
    assert (client.get(LIST).text.count(PAGE), client.get(f"{PAGE}feed/").text.count("<entry>")) == (0, 1)


def test_what_was_never_released_is_not_there(client, westmarch, lines):
    paths = (PAGE, FIRST, DATA, f"{FIRST}open/", f"{PAGE}feed/", EMAILS, f"{EMAILS}{'t' * 32}/end/")
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)


def sign_up(email: str, ip: str = "192.0.2.1"):
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=ip).post(EMAILS, {"email": email})


def test_an_address_is_signed_up_confirmed_and_ended_by_links(page):
    cache.clear()
    first, again = sign_up("a@example.org"), sign_up("a@example.org")
    assert (first.status_code, first.content, first.cookies) == (200, again.content, again.cookies)
    assert first["Cache-Control"] == "no-store"
    (message,) = mail.outbox
    subscriber = ForceSubscriber.objects.get()
    browser, links = Client(enforce_csrf_checks=True), f"{EMAILS}{subscriber.token}/"
    assert links in message.body
    assert [browser.get(f"{links}{name}/").status_code for name in ("confirm", "end")] == [200, 200]
    assert ForceSubscriber.objects.get().confirmed_at is None
    assert f"{links}end/" in links_of(browser.post(f"{links}confirm/"))
    assert ForceSubscriber.objects.get().confirmed_at is not None
    assert sign_up("a@example.org").content == first.content
    one_click = {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}
    assert [browser.post(f"{links}end/", **one_click).status_code for _ in range(2)] == [200, 200]
    assert (ForceSubscriber.objects.count(), len(mail.outbox)) == (0, 1)


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize("email", ["", "a", "a@b", "a@example.org\nBcc: b@example.org", f"{'a' * 300}@example.org"])
def test_what_is_no_address_is_refused_with_what_was_typed(page, email):
    answer = sign_up(email)
    assert (answer.status_code, len(mail.outbox)) == (422, 0)


def test_too_many_addresses_from_one_place_are_refused_for_an_hour(page):
    cache.clear()
    answers = [sign_up(f"a{number}@example.org").status_code for number in range(FROM_ONE + 1)]
    assert answers == [200] * FROM_ONE + [429]
    assert (ForceSubscriber.objects.count(), sign_up("b@example.org", "192.0.2.2").status_code) == (FROM_ONE, 200)


@pytest.mark.parametrize(
    ("form", "elsewhere"), [("192.0.2.{}", "198.51.100.1"), ("2001:db8:1:{}::1", "2001:db8:2:1::1")]
)
def test_a_stranger_with_many_addresses_of_one_network_stops_nobody_else(page, form, elsewhere):
    cache.clear()
    answers = [sign_up(f"a{each}@example.org", form.format(each)).status_code for each in range(FROM_NETWORK + 1)]
    assert answers == [200] * FROM_NETWORK + [429]
    assert sign_up("b@example.org", elsewhere).status_code == 200


def test_two_addresses_of_one_household_count_as_one_and_refusals_use_up_nobodys_total(page, monkeypatch):
    cache.clear()
    monkeypatch.setattr(force_emails, "FROM_ALL", FROM_ONE + 1)
    answers = [sign_up(f"a{each}@example.org", f"2001:db8::{each}").status_code for each in range(2 * FROM_ONE)]
    assert answers == [200] * FROM_ONE + [429] * FROM_ONE
    assert [sign_up(f"b{each}@example.org", f"198.51.{each}.1").status_code for each in range(2)] == [200, 429]


@pytest.mark.parametrize(
    ("days", "sent_on", "ending"),
    [(3, None, "3 days left"), (0, None, "due that day"), (-2, None, "2 days late"), (3, TODAY, "in time")],
)
def test_how_an_answer_by_the_chief_officer_stands_on_the_day_of_the_page(days, sent_on, ending):
    facts = {"source": "IOPC", "title": "Searches", "published_on": TODAY, "answerer": "Chief constable"}
    last_day = TODAY + datetime.timedelta(days=days)
    answer = OtherAnswer(last_day=last_day, sent_on=sent_on, days_late=max(0, -days), **facts)
    assert OtherAnswerLine(answer, TODAY).ending == ending
