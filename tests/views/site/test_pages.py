"""The pages about the product and the person: definitions that follow the rule in force."""

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people import records
from recommendations.models import Label, RagRule
from recommendations.periods import london_day


def test_the_account_says_who_one_is(sign_in, force_lead):
    page = sign_in(force_lead).get(reverse("account"))
    body = page.content.decode()
    said = ("Callum Tranter", "Force inspection lead", "Westmarch Police", "callum.tranter@example.org")
    assert [words for words in said if words not in body] == []
    links = [reverse(name) for name in ("account_change_password", "mfa_index", "account_logout")]
    assert [link for link in links if f'"{link}"' not in body] == []


def test_signing_out_takes_a_press(sign_in, officer):
    client = sign_in(officer)
    client.post(reverse("account_logout"))
    assert client.get(reverse("account")).status_code == 302


def test_definitions_follow_the_rule_in_force(sign_in, officer):
    now = timezone.now()
    client, address = sign_in(officer), reverse("definitions")
    assert "Due within 28 days" in client.get(address).content.decode()
    records.keep(record=RagRule(since=london_day(now), due_soon_days=14, red="Overdue"), by=None, at=now)
    records.keep(record=Label(vocabulary="stage", key="in_progress", words="Under way"), by=None, at=now)
    body = client.get(address).content.decode()
    said = ("Due within 14 days", "Overdue", "Under way", "in force since")
    assert [words for words in said if words not in body] == []
    assert "Due within 28 days" not in body


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize("who", ["member", "administrator", "force_lead"])
def test_everybody_who_signs_in_reads_the_definitions(request, sign_in, who):
    assert sign_in(request.getfixturevalue(who)).get(reverse("definitions")).status_code == 200


def test_anybody_reads_the_accessibility_statement(client, db):
    assert client.get(reverse("accessibility")).status_code == 200
    assert client.get(reverse("definitions")).status_code == 302


def test_the_gallery_is_in_the_demonstration_only(sign_in, officer, settings):
    client = sign_in(officer)
    assert client.get(reverse("gallery")).status_code == 404
    settings.DEMO = True
    assert client.get(reverse("gallery")).status_code == 200
