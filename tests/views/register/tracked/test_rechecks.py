"""The forms about looking again at a closure: what each asks, saves and refuses, and for whom it is there."""

import datetime

import pytest

from recommendations.models import Recheck
from tests.makers.rechecks import MEASURE, SAW, make_closed
from tests.views.register.tracked.said import DAY, NOW

LOOK = {"again": "day", "look_on": "1/6/2027", "held_if": MEASURE}


@pytest.fixture
def due(tracked, officer, approver):
    return make_closed(tracked, by=officer, decided_by=approver, at=NOW, look_on=DAY + datetime.timedelta(days=1))


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
