"""The page of a recommendation whose parts are closed one by one: what it shows, offers and refuses."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.models import PartDischarged, TrackedRecommendation
from recommendations.periods import say
from tests.conftest import make_tracked
from tests.per_module import per_module
from tests.views.register.tracked.said import text_of

PARTS = ("(a) Record it.", "(b) Sample it.")


@per_module
def whole(inspection):
    return make_tracked(inspection, number="3", text="The force should:", parts=PARTS)


@pytest.fixture
def send(whole, sign_in):
    """Sends a form about the record as somebody, with its version."""

    def sent(person, name, data, follow=True):
        version = TrackedRecommendation.objects.get(pk=whole.pk).version
        address = reverse(name, args=[whole.pk])
        return sign_in(person).post(address, data | {"version": version}, follow=follow)

    return sent


def states(response) -> list[str]:
    return [text.state.words for text in response.context["texts"] if text.state]


def links(response) -> set[str]:
    return {panel.key for panel, _ in response.context["others"]}


def test_a_page_without_closed_parts_tells_nothing_of_them(sign_in, officer, whole):
    response = sign_in(officer).get(whole.get_absolute_url())
    assert states(response) == []
    assert "parts done" not in text_of(response)
    assert links(response) & {"part", "decide-part", "reopen-part"} == {"part"}


@pytest.mark.soak
def test_a_part_by_two_people_then_the_whole(send, force_lead, approver, whole):
    first, second = whole.recommendation.parts.all()
    asked = send(force_lead, "request_part_closure", {"part": first.pk, "reason": "All are recorded."})
    assert [state != "Open" for state in states(asked)] == [True, False]
    done = send(approver, "decide_part_closure", {"part": first.pk, "decision": "approve", "reason": "Seen."})
    assert states(done) == [f"Done {say(localdate())}", "Open"]
    assert "1 of 2 parts done." in text_of(done)
    events = [shown.event.title for shown in done.context["events"]][:2]
    assert events == ["Part (a) done", "Closure of part (a) requested"]
    send(force_lead, "request_part_closure", {"part": second.pk, "reason": "Done."})
    last = send(approver, "decide_part_closure", {"part": second.pk, "decision": "approve"})
    assert last.context["parts_done"] == "2 of 2 parts done"
    assert len(last.context["notices"]) == 1 + len(done.context["notices"])


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(send, officer, approver, whole):
    (first, _) = whole.recommendation.parts.all()
    bad = send(officer, "request_part_closure", {"part": "0", "evidence": "The log."})
    assert bad.context["form"].errors.keys() == {"part", "reason"}
    assert "The log." in text_of(bad)
    send(officer, "request_part_closure", {"part": first.pk, "reason": "Done."})
    bad = send(approver, "decide_part_closure", {"part": first.pk, "decision": "decline"})
    assert bad.context["form"].errors.keys() == {"reason"}
    assert PartDischarged.objects.get().state == "requested"


def test_a_whole_with_open_parts_asks_who_decides(send, sign_in, officer, approver, whole):
    (first, _) = whole.recommendation.parts.all()
    send(officer, "request_part_closure", {"part": first.pk, "reason": "Done."})
    send(approver, "decide_part_closure", {"part": first.pk, "decision": "approve"})
    shown = sign_in(officer).get(whole.get_absolute_url(), {"form": "closure"})
    assert "Still open: part (b)." in text_of(shown)
    send(officer, "request_closure", {"outcome": "implemented", "reason": "All of it."})
    shown = sign_in(approver).get(whole.get_absolute_url())
    assert "part (b)" in shown.context["approval"].fields["with_parts"].label
    bad = send(approver, "approve_closure", {})
    assert bad.context["form"].errors.keys() == {"with_parts"}
    closed = send(approver, "approve_closure", {"with_parts": "on"})
    assert closed.context["record"].standing.closed_on == localdate()
    assert closed.context["parts_done"] == "2 of 2 parts done"
    assert links(closed) & {"part", "decide-part", "reopen-part"} == set()


def test_the_office_alone_decides_and_reopens(send, force_lead, officer, approver, whole):
    (first, _) = whole.recommendation.parts.all()
    send(officer, "request_part_closure", {"part": first.pk, "reason": "Done."})
    for person, name in (
        (officer, "decide_part_closure"),
        (force_lead, "decide_part_closure"),
        (force_lead, "reopen_part"),
    ):
        assert send(person, name, {"part": first.pk, "decision": "approve"}).status_code == 403
    send(approver, "decide_part_closure", {"part": first.pk, "decision": "approve"})
    again = send(officer, "reopen_part", {"part": first.pk, "reason": "It failed."})
    assert states(again) == ["Open", "Open"]
