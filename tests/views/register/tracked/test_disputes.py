"""The page of a recommendation that the force does not accept, and where the day of review leads to it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.register import disputes, voices
from recommendations.enums.disputes import DisputeDecision
from tests.per_module import per_module
from tests.views.hooks import links as links_of
from tests.views.register.tracked.said import text_of

A_DAY = datetime.timedelta(days=1)


@per_module
def disputed(tracked, force_lead):
    about = {"tracked": tracked, "by": force_lead, "at": timezone.now()}
    voices.log_force_update(done="No.", position="not_accepted", **about)
    disputes.record_dispute_reason(text="It is not ours.", said_by="DCC Nair", **about)
    return tracked


def steps(response) -> list[tuple[str, str]]:
    return [(step.word, step.text) for step in response.context["dispute"]]


def offered(response) -> set[str]:
    return {panel.key for panel, _ in response.context["others"] if panel.key.startswith("dispute")}


def test_nothing_of_a_dispute_where_the_force_says_no_such_thing(sign_in, approver, page):
    response = sign_in(approver).get(page)
    assert (steps(response), offered(response)) == ([], set())


def test_the_office_decides_and_its_day_of_review_leads_back(sign_in, approver, force_lead, page, address, disputed):
    client = sign_in(approver)
    assert offered(client.get(page)) == {"dispute-reason", "dispute-reply", "dispute-decision"}
    bad = client.post(address("decide_dispute"), {"text": "Lists can be shared.", "review_on": "soon"})
    assert bad.context["form"].errors.keys() == {"decision", "review_on"}
    assert "Lists can be shared." in text_of(bad)
    sent = {"decision": "disagrees", "text": "Lists can be shared.", "review_on": f"{localdate() + 9 * A_DAY:%d/%m/%Y}"}
    done = client.post(address("decide_dispute"), sent, follow=True)
    assert [word for word, _ in steps(done)] == ["", "", DisputeDecision.DISAGREES.label]
    assert any("review=" in each for each in links_of(client.get("/?whose=everyone"), "main a"))
    assert "WM-0001" in text_of(client.get(reverse("calendar")))
    listed = client.get(reverse("register"), {"disputed": "yes"})
    assert [row.reference for row in listed.context["rows"]] == ["WM-0001"]


@pytest.mark.parametrize("name", ["record_dispute_reply", "decide_dispute"])
def test_the_force_records_its_reason_and_nothing_else(sign_in, force_lead, page, address, disputed, name):
    client = sign_in(force_lead)
    assert offered(client.get(page)) == {"dispute-reason"}
    assert client.post(address(name), {"text": "x"}).status_code == 403
