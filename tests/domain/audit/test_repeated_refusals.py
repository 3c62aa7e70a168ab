"""Folding: nobody floods the trail or the events with refusals; how many there were is on record."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.audit import verification
from recommendations.domain.audit.repeated_refusals import (
    MOST_STRANGERS,
    WINDOW,
    RepeatedRefusal,
    customer_network,
    tell_folded,
    throttle_refusal,
)
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import FoldedRefusal, SecurityEvent, TrailEntry
from tests.conftest import AT
from tests.security.door import RESET, sign_in

MINUTE = datetime.timedelta(minutes=1)


def refusals() -> list[str]:
    return list(TrailEntry.objects.filter(verb="refused").order_by("sequence").values_list("about", flat=True))


def over() -> None:
    """The minutes pass."""
    for each in FoldedRefusal.objects.all():
        FoldedRefusal.objects.filter(pk=each.pk).update(first_at=each.first_at - WINDOW)


def test_the_same_refusal_of_one_person_is_one_entry_and_one_with_the_number(client, member, force_lead, settings):
    settings.DEMO = True
    for person in (member, force_lead):
        client.force_login(person)
        for number in range(40):
            client.get(reverse("history", args=["person", number + 1]))
    assert refusals() == ["GET /history/person/1/"] * 2
    over()
    client.force_login(member)
    client.get(reverse("history", args=["person", 1]))
    said = [about.partition(",")[0] for about in refusals()]
    assert [about.partition(" until")[0] for about in said if "more" in about] == ["39 more times"] * 2
    assert verification.verify() == []


def test_what_differs_is_told_apart(client, member):
    client.force_login(member)
    for address in (reverse("rounds"), reverse("register"), reverse("rounds")):
        client.get(address)
    client.post(reverse("add_round"))
    assert refusals() == ["GET /rounds/", "GET /register/", "POST /rounds/add/"]


def test_strangers_are_folded_by_network_and_their_number_is_told(client, db):
    for number in range(30):
        sign_in(f"nobody-{number}@example.org", "wrong", REMOTE_ADDR=f"2001:db8::{number + 1:x}")
    assert SecurityEvent.objects.count() == 1
    over()
    sign_in("nobody@example.org", "wrong", REMOTE_ADDR="192.0.2.1")
    events = SecurityEvent.objects.order_by("pk").values_list("kind", "detail")
    assert [(kind, detail.partition(" until")[0]) for kind, detail in events] == [
        (Kind.FAILED, ""),
        (Kind.FAILED, "29 more times"),
        (Kind.FAILED, ""),
    ]
    assert verification.verify() == []


@pytest.mark.soak
def test_of_very_many_networks_the_rest_are_one(db):
    noted = []
    for number in range(3 * MOST_STRANGERS):
        refusal = RepeatedRefusal(Kind.FAILED, address=f"198.51.{number // 250}.{number % 250}")
        throttle_refusal(refusal, AT, lambda number=number: noted.append(number))
    assert (len(noted), FoldedRefusal.objects.count()) == (MOST_STRANGERS + 1, MOST_STRANGERS + 1)
    tell_folded(AT + WINDOW - MINUTE)
    assert FoldedRefusal.objects.count() == MOST_STRANGERS + 1
    tell_folded(AT + WINDOW)
    assert (FoldedRefusal.objects.count(), SecurityEvent.objects.get().detail.partition(" until")[0]) == (
        0,
        f"{2 * MOST_STRANGERS - 1} more times",
    )


def test_links_that_are_asked_for_again_and_again_are_one_event(client, officer):
    for number in range(5):
        client.post(RESET, {"email": officer.email}, REMOTE_ADDR=f"203.0.113.{number}")
    assert list(SecurityEvent.objects.values_list("kind", "account")) == [(Kind.LINK_ASKED, officer.pk)]


def test_the_number_stands_on_the_events_page_without_another_refusal(client, member, administrator, settings):
    settings.DEMO = True
    client.force_login(member)
    for _ in range(3):
        client.get(reverse("rounds"))
    over()
    client.force_login(administrator)
    assert "2 more times" in client.get(reverse("security_events")).content.decode()


def test_networks():
    assert customer_network("192.0.2.7") == "192.0.2.7"
    assert customer_network("2001:db8:1:2:3::9") == "2001:db8:1:2::/64"
    assert customer_network(None) == ""
