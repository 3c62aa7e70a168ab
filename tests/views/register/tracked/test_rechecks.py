"""The forms about looking again at a closure: what each asks, saves and refuses, and for whom it is there."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.rechecks import DECIDED
from recommendations.models import Recheck
from tests.conftest import make_tracked
from tests.makers.rechecks import MEASURE, SAW, make_closed
from tests.views.register.tracked.said import text_of

LOOK = {"again": "day", "look_on": "1/6/2027", "held_if": MEASURE}


@pytest.fixture
def due(tracked, officer, approver):
    return make_closed(
        tracked, by=officer, decided_by=approver, at=timezone.now(), look_on=localdate() + datetime.timedelta(days=1)
    )


def rows() -> list[tuple]:
    return list(Recheck.objects.order_by("id").values_list("answer", "look_on", "held_if", "saw"))


def test_the_decision_asks_when_to_look_again(sign_in, approver, address, fresh, asked):
    sent = LOOK | {"version": fresh().version}
    sign_in(approver).post(address("approve_closure"), sent)
    assert rows() == [("again", datetime.date(2027, 6, 1), MEASURE, "")]


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"again": "day", "held_if": MEASURE}, "look_on"),
        ({"again": "6"}, "held_if"),
        ({"again": "", "held_if": MEASURE}, "again"),
    ],
)
def test_a_look_that_is_not_whole_is_refused_and_nothing_is_lost(sign_in, approver, address, fresh, asked, sent, field):
    response = sign_in(approver).post(address("approve_closure"), sent | {"version": fresh().version})
    assert (set(response.context["form"].errors), rows()) == ({field}, [])
    assert response.context["form"]["held_if"].value() == sent.get("held_if")


def test_a_force_is_not_asked_and_nobody_where_it_is_off(sign_in, force_lead, officer, page, settings):
    assert "again" not in sign_in(force_lead).get(page, {"form": "closure"}).context["form"].fields
    settings.SECTIONS_OFF = ("rechecks",)
    shown = sign_in(officer).get(page, {"form": "closure"}).context
    assert ("again" in shown["form"].fields, shown["weighing"]) == (False, None)


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("sent", "row"),
    [
        ({"answer": "held"}, ("held", None, "", SAW)),
        ({"answer": "slipped"}, ("slipped", None, "", SAW)),
        ({"answer": "again"} | LOOK, ("again", datetime.date(2027, 6, 1), MEASURE, SAW)),
    ],
)
def test_each_answer_is_recorded(sign_in, officer, due, address, fresh, sent, row):
    client = sign_in(officer)
    page = client.post(address("recheck"), {"saw": SAW, "version": fresh().version} | sent, follow=True)
    assert rows()[1:] == [row]
    reopens = "reopen" in [panel.key for panel, _ in page.context["others"]]
    assert reopens == (sent["answer"] != "slipped")


def test_an_answer_is_withdrawn_with_a_reason_until_it_is_decided(sign_in, officer, approver, due, page, fresh):
    slip = rechecks.report_slip(tracked=due, saw=SAW, by=officer, at=timezone.now())
    url, client = reverse("withdraw_recheck", args=[due.pk, slip.pk]), sign_in(officer)
    assert f'href="{url}#form"' in client.get(page).content.decode()
    shown = client.get(url)
    assert SAW in text_of(shown)
    assert client.post(url, {}).context["form"].errors.keys() == {"reason"}
    assert fresh().standing.recheck == "slipped"
    sent = client.post(url, {"reason": "Of another force."})
    assert (sent.status_code, sent["Location"], fresh().standing.recheck) == (302, page, "again")
    after = client.get(page).content.decode()
    assert (url in after, "Of another force." in after) == (False, True)
    assert "withdrawn already" in text_of(client.get(url))
    again = rechecks.report_slip(tracked=due, saw=SAW, by=officer, at=timezone.now())
    rechecks.decline_slip(tracked=due, reason="One night only.", by=approver, at=timezone.now())
    decided = reverse("withdraw_recheck", args=[due.pk, again.pk])
    assert decided not in client.get(page).content.decode()
    assert DECIDED in text_of(client.get(decided))
    assert DECIDED in text_of(client.post(decided, {"reason": "Wrong."}))


def test_a_force_withdraws_none_and_another_record_has_none(sign_in, officer, force_lead, due, page, inspection):
    held = rechecks.record_held(tracked=due, saw=SAW, by=officer, at=timezone.now())
    url = reverse("withdraw_recheck", args=[due.pk, held.pk])
    assert url not in sign_in(force_lead).get(page).content.decode()
    assert sign_in(force_lead).post(url, {"reason": "x"}).status_code == 403
    other = make_tracked(inspection, number="77")
    assert sign_in(officer).get(reverse("withdraw_recheck", args=[other.pk, held.pk])).status_code == 404
    assert rows()[-1] == ("held", None, "", SAW)
