"""The page of a reply to another source: four steps, ticked in or out of turn and changed, and extensions apart."""

import pytest
from django.urls import reverse

from recommendations.domain.sources import answers, extensions
from recommendations.enums.sources import AnswerStepKind
from recommendations.models import AnswerStep
from tests.conftest import AT, make_inspection
from tests.makers.sources import LAST, MADE, follow, from_iopc

ONE = {"by": None, "at": AT}


@pytest.fixture
def client(sign_in, officer):
    return sign_in(officer)


@pytest.fixture
def made(westmarch):
    follow("iopc", "coroner", "audit")
    return from_iopc(westmarch)


def page_of(made, act: str = "") -> str:
    return reverse("record_answer", args=[made.pk, act]) if act else reverse("answer", args=[made.pk])


def states(page) -> list[tuple[str, bool, bool]]:
    """Of each step: its kind, whether it is done, and whether its form is open."""
    return [(step.kind, bool(step.rows), step.is_open) for step in page.context["steps"]]


def test_the_next_step_is_open_and_no_other(client, made):
    assert states(client.get(page_of(made))) == [
        ("asked", False, True),
        ("seen", False, False),
        ("sent", False, False),
        ("published", False, False),
    ]
    answer = client.post(page_of(made, "asked"), {"effective_on": "20/1/2026", "note": "By telephone.", "once": "a"})
    assert answer.url == page_of(made)
    assert states(client.get(page_of(made))) == [
        ("asked", True, False),
        ("seen", False, True),
        ("sent", False, False),
        ("published", False, False),
    ]


def test_a_step_is_ticked_out_of_turn(client, made):
    assert [step.kind for step in client.get(page_of(made, "sent")).context["steps"] if step.is_open] == ["sent"]
    client.post(page_of(made, "sent"), {"effective_on": "16/3/2026"})
    made.refresh_from_db()
    assert made.answer_sent_on == LAST
    assert [step.kind for step in client.get(page_of(made)).context["steps"] if step.is_open] == ["published"]


def test_after_the_last_step_none_is_open(client, made):
    for kind in AnswerStepKind:
        answers.record_answer_step(inspection=made, step=kind, effective_on=LAST, **ONE)
    page = client.get(page_of(made))
    assert (page.context["form"], [done for _, done, _ in states(page)]) == (None, [True] * 4)


def test_a_step_is_changed_with_a_reason(client, made):
    answers.record_answer_step(inspection=made, step="sent", effective_on=LAST, **ONE)
    refused = client.post(page_of(made, "sent"), {"effective_on": "15/3/2026"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    client.post(page_of(made, "sent"), {"effective_on": "15/3/2026", "reason": "A slip."})
    made.refresh_from_db()
    assert (made.answer_sent_on.day, AnswerStep.objects.count(), AnswerStep.on_file.count()) == (15, 1, 2)
    client.post(page_of(made, "sent"), {"effective_on": "15/3/2026", "reason": "Not sent.", "then": "withdraw"})
    made.refresh_from_db()
    assert (made.answer_sent_on, AnswerStep.objects.count()) == (None, 0)


def test_a_double_click_ticks_once(client, made):
    sent = {"effective_on": "20/1/2026", "once": "same"}
    assert [client.post(page_of(made, "asked"), sent).status_code for _ in range(2)] == [302, 302]
    assert AnswerStep.on_file.count() == 1


def test_only_publication_asks_where(client, made):
    assert ["link" in client.get(page_of(made, kind)).context["form"].fields for kind in AnswerStepKind] == [
        False,
        False,
        False,
        True,
    ]


def test_extensions_and_the_clock_have_forms_of_their_own(client, made):
    def acts():
        return [url.split("/")[-2] for url, _ in client.get(page_of(made)).context["page"].change_links()]

    assert acts() == ["extension", "stop"]
    client.post(page_of(made, "extension"), {"asked_on": "1/2/2026"})
    assert acts() == ["decision", "stop", "withdraw"]
    late = client.post(page_of(made, "extension"), {"asked_on": "1/2/2026"})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["asked_on"])
    client.post(page_of(made, "decision"), {"answer": "refused", "answered_on": "2/2/2026"})
    assert acts() == ["extension", "stop", "withdraw"]
    client.post(page_of(made, "stop"), {"on": "3/2/2026", "reason": "Judicial review."})
    assert acts() == ["extension", "resume", "withdraw"]
    client.post(page_of(made, "resume"), {"on": "4/2/2026"})
    client.post(page_of(made, "sent"), {"effective_on": "5/2/2026"})
    assert acts() == ["extension", "withdraw"]


def test_a_decision_without_a_request_leads_back(client, made):
    assert client.get(page_of(made, "decision")).url == page_of(made)
    asked = extensions.ask_extension(inspection=made, asked_on=MADE, **ONE)
    assert client.get(page_of(made, "decision")).status_code == 200
    extensions.withdraw_extension(extension=asked, reason="Another letter.", **ONE)
    assert client.post(page_of(made, "decision"), {"answer": "refused"}).url == page_of(made)


def test_what_the_chief_officer_does_not_answer_has_no_steps(client, made, westmarch):
    audit = from_iopc(westmarch, source="audit", basis="audit", starts_on=None, title="Fleet", answerer="nobody")
    assert client.get(page_of(audit)).context["steps"] == []
    assert client.get(page_of(audit, "sent")).status_code == 404
    assert client.get(page_of(made, "nothing")).status_code == 404
    assert client.get(page_of(make_inspection(westmarch))).status_code == 404


def test_the_inspection_says_it_is_answered_once_the_reply_is_sent(client, made):
    page = client.get(made.get_absolute_url())
    assert (page.context["law"].is_answered, "must answer" in page.content.decode()) == (False, True)
    answers.record_answer_step(inspection=made, step="sent", effective_on=LAST, **ONE)
    page = client.get(made.get_absolute_url())
    assert (page.context["law"].is_answered, "must answer" in page.content.decode()) == (True, False)
