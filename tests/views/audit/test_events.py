"""The administrators' pages of security events and of people's access."""

import csv
import io
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.audit.event_queries import GROUPS
from recommendations.domain.audit.events import NOBODY
from recommendations.domain.people import records
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent, TrailEntry
from recommendations.networks import read_networks
from tests.security import door
from tests.security.door import give_factor

PAGE = "/security/events/"


@pytest.fixture
def admin(sign_in, administrator):
    return sign_in(administrator)


@pytest.fixture
def happened(officer, administrator):
    """A failure, a sign-in, a change of a person, and a reset; oldest first."""
    door.sign_in(officer.email, "wrong", HTTP_USER_AGENT="Firefox Windows")
    door.sign_in(officer.email)
    officer.name = "Hannah Hale"
    records.keep(record=officer, by=administrator, at=timezone.now(), reason="Married.")


def words(answer) -> list[str]:
    return [line.words for line in answer.context["lines"]]


def test_it_lists_what_happened_newest_first_and_reading_it_is_an_event(admin, happened):
    answer = admin.get(PAGE)
    assert words(answer)[:4] == ["Security events read", "Person changed", "Signed in", "Sign-in failed"]
    assert SecurityEvent.objects.filter(kind=Kind.EVENTS_READ).count() == 1
    admin.get(PAGE)
    assert SecurityEvent.objects.filter(kind=Kind.EVENTS_READ).count() == 1


def test_it_is_filtered_by_kind_person_and_day(admin, happened, officer, approver):
    assert words(admin.get(PAGE, {"kind": "failed"})) == ["Sign-in failed"]
    assert words(admin.get(PAGE, {"kind": "access", "person": officer.pk})) == ["Signed in"]
    assert words(admin.get(PAGE, {"kind": "access", "person": approver.pk})) == []
    assert words(admin.get(PAGE, {"kind": "failed", "days": "1"})) == ["Sign-in failed"]
    for odd in ({"kind": "x"}, {"person": "x"}, {"days": "9"}, {"page": "x"}, {"page": "99"}):
        assert admin.get(PAGE, odd).status_code == 200


def test_it_is_filtered_by_the_networks_that_the_office_has_named(admin, officer, settings):
    for address in ("192.0.2.7", "2001:db8::7", "203.0.113.9"):
        door.sign_in(officer.email, REMOTE_ADDR=address)
    assert "network" not in admin.get(PAGE).context["form"].fields
    settings.NETWORKS = read_networks(["Office=192.0.2.0/24", "Office=2001:db8::/32", "Home=198.51.100.0/24"])

    def addresses(network: str) -> list[tuple]:
        lines = admin.get(PAGE, {"network": network, "kind": "access"}).context["lines"]
        return [(line.event.address, line.network) for line in lines]

    assert addresses("Office") == [("2001:db8::7", "Office"), ("192.0.2.7", "Office")]
    assert addresses("elsewhere") == [("203.0.113.9", "")]
    assert (addresses("Home"), len(addresses(""))) == ([], 3)
    assert admin.get(PAGE, {"network": "x"}).status_code == 200


@pytest.mark.parametrize("given", ["Office", "=192.0.2.0/24", "Office=192.0.2.1/24", "elsewhere=192.0.2.0/24", "A=x"])
def test_a_network_that_is_none_is_named(given):
    with pytest.raises(ValueError, match=re.escape(given)):
        read_networks(["Office=192.0.2.0/24", given])


def test_it_is_exported_as_csv_and_as_json_lines_and_that_is_an_event(admin, happened, officer):
    csv_file = admin.get(f"{PAGE}export/csv/", {"kind": "failed"})
    [row] = csv.DictReader(io.StringIO(csv_file.content.decode("utf-8-sig")))
    lines = admin.get(f"{PAGE}export/jsonl/", {"kind": "failed"}).content.decode().splitlines()
    [said] = map(json.loads, lines)
    entry = TrailEntry.objects.get(verb=Kind.FAILED)
    expected = {"entry": entry.sequence, "who": NOBODY, "event": Kind.FAILED.label}
    expected |= {
        "about": officer.name.replace("Hale", "Whitlock"),
        "address": "127.0.0.1",
        "client": "Firefox, Windows",
    }
    assert {name: said[name] for name in expected} == expected
    assert (row["hash"], said["hash"]) == (entry.hash, entry.hash)
    exported = SecurityEvent.objects.filter(kind=Kind.EVENTS_EXPORTED).values_list("detail", flat=True)
    assert sorted(said.partition(":")[0] for said in exported) == ["csv", "jsonl"]


def test_every_kind_of_event_is_in_a_group():
    verbs = [verb for _, group in GROUPS.values() for verb in group]
    assert set(Kind.values) <= set(verbs)
    assert len(verbs) == len(set(verbs))


def test_people_are_listed_with_when_they_were_seen_and_their_second_factor(admin, officer, approver):
    door.sign_in(officer.email, client=Client())
    give_factor(approver)
    rows = {each.person.pk: each for each in admin.get("/security/people/").context["rows"]}
    said = {pk: (bool(each.seen_at), len(each.sessions), each.factors) for pk, each in rows.items()}
    assert (said[officer.pk], said[approver.pk]) == ((True, 1, ""), (False, 0, "app"))


def test_an_administrator_resets_a_members_second_factor_with_a_reason(admin, member, administrator):
    address = reverse("reset_factor", args=[member.pk])
    assert admin.post(address, {"reason": ""}).status_code == 422
    assert Authenticator.objects.filter(user=member).exists()
    assert admin.post(address, {"reason": "Lost; I rang him."}).status_code == 302
    assert not Authenticator.objects.filter(user=member).exists()
    entry = TrailEntry.objects.get(verb=Kind.FACTOR_RESET)
    assert (entry.by, entry.subject_id, entry.reason) == (administrator, member.pk, "Lost; I rang him.")
    own = admin.post(reverse("reset_factor", args=[administrator.pk]), {"reason": "Mine."})
    assert own.status_code in (403, 422)
    assert Authenticator.objects.filter(user=administrator).exists()
