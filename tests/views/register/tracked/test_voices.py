"""The forms for the three voices and the target: what each saves, refuses, and shows again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.register import voices
from recommendations.models import ForceUpdate, Submission, TargetDate
from tests.conftest import make_tracked
from tests.views.hooks import flashes, lacking, number_of, wrong
from tests.views.register.tracked.said import DONE, text_of

# Recording


def test_a_force_update(sign_in, force_lead, tracked, page, address, entries):
    sent = {
        "done": DONE,
        "effective_on": "1/2/2026",
        "said_by": "DCC Nair",
        "forecast_on": "19 Dec 2026",
        "stage": "pending_sign_off",
        "position": "accepted",
        "evidence": "Board minute 4",
        "once": "token",
    }
    response = sign_in(force_lead).post(address("log_force_update"), sent, follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert (flashes(response), lacking(response, ".app-flash", tracked.reference)) == (["success"], [])
    fields = ("done", "effective_on", "said_by", "forecast_on", "stage", "position", "evidence", "recorded_by")
    assert list(tracked.updates.values_list(*fields)) == [
        (
            DONE,
            datetime.date(2026, 2, 1),
            "DCC Nair",
            datetime.date(2026, 12, 19),
            "pending_sign_off",
            "accepted",
            "Board minute 4",
            force_lead.pk,
        )
    ]
    assert entries() == ["log_force_update"]


def test_a_force_update_takes_so_many_statements(sign_in, officer, tracked, address, django_assert_num_queries):
    """Those of the session, the person and the transactions too; and three that search takes to follow it."""
    client = sign_in(officer)
    client.post(address("log_force_update"), {"done": "The first.", "once": "first"})
    with django_assert_num_queries(27):
        client.post(address("log_force_update"), {"done": DONE, "once": "second"})


def test_the_missing_cause_of_an_overdue_one_is_asked_with_its_update(sign_in, officer, inspection):
    record = make_tracked(inspection, number="7", due_on=localdate() - datetime.timedelta(days=1))
    client, address = sign_in(officer), reverse("log_force_update", args=[record.pk])
    assert client.get(record.get_absolute_url()).context["form"].asks_why_late
    sent = {"done": DONE, "words": "Two short.", "mitigation": "A sergeant looks."}
    assert (wrong(client.post(address, sent)), ForceUpdate.objects.count()) == (["cause"], 0)
    client.post(address, sent | {"cause": "resources", "said_by": "DI Nash"})
    assert list(record.delays.values_list("cause", "words", "mitigation", "said_by")) == [
        ("resources", "Two short.", "A sergeant looks.", "DI Nash")
    ]
    assert not client.get(record.get_absolute_url()).context["form"].asks_why_late
    client.post(address, {"done": "x", "cause": "scope"})  # typed before the other was recorded
    last = record.delays.order_by("pk").last()
    assert (last.cause, last.words, last.mitigation) == ("scope", "", "A sergeant looks.")


def test_an_office_that_asks_for_no_causes_is_not_asked(sign_in, officer, inspection, settings):
    settings.SECTIONS_OFF = ("risk",)
    record = make_tracked(inspection, number="7", due_on=localdate() - datetime.timedelta(days=1))
    page = sign_in(officer).get(record.get_absolute_url())
    assert (page.context["form"].asks_why_late, "cause" in page.context["form"].fields) == (False, False)


def test_only_what_was_done_is_needed(sign_in, officer, tracked, address):
    sign_in(officer).post(address("log_force_update"), {"done": DONE})
    assert list(tracked.updates.values_list("done", "effective_on", "stage", "position")) == [
        (DONE, localdate(), "in_progress", "")
    ]


def test_who_said_it_is_offered_and_not_filled_in(sign_in, officer, tracked, page, address):
    voices.log_force_update(tracked=tracked, done="x", said_by="DCC Nair", by=officer, at=timezone.now())
    client = sign_in(officer)
    for answer in (client.get(page), client.post(address("log_force_update"), {"done": " "})):
        form = answer.context["form"]
        assert (form["said_by"].value() or "", form.offered) == ("", {"said_by": ["DCC Nair"]})


def test_the_page_as_it_is_shown_can_be_sent_as_it_is(sign_in, officer, force_lead, tracked, page, address):
    """What the form was filled in with is read back, and carries on."""
    forecast = localdate() + datetime.timedelta(days=40)
    voices.log_force_update(
        tracked=tracked, done="x", position="accepted", forecast_on=forecast, by=force_lead, at=timezone.now()
    )
    client = sign_in(officer)
    form = client.get(page).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"done": DONE}
    sent |= {f"initial-{name}": form[name].value() or "" for name in form.CARRIED}
    client.post(address("log_force_update"), sent)
    row = ForceUpdate.objects.get(done=DONE)
    assert (row.position, row.stage, row.forecast_on, row.effective_on) == (
        "accepted",
        "in_progress",
        forecast,
        localdate(),
    )


def test_what_is_wrong_stands_beside_what_was_typed(sign_in, officer, address, entries):
    tomorrow = localdate() + datetime.timedelta(days=1)
    sent = {"done": " ", "effective_on": "31 February 2026", "forecast_on": "soon", "said_by": "DCC <b>Nair</b>"}
    response = sign_in(officer).post(address("log_force_update"), sent)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"done", "effective_on", "forecast_on"}
    assert lacking(response, ".govuk-error-message", "31 February 2026", "“soon”") == []
    body = response.content.decode()
    assert 'value="31 February 2026"' in body
    assert 'value="DCC &lt;b&gt;Nair&lt;/b&gt;"' in body
    assert "<title>Error: " in body
    assert wrong(response) == ["done", "effective_on", "forecast_on"]
    past = localdate() - datetime.timedelta(days=1)
    response = sign_in(officer).post(address("log_force_update"), {"done": DONE, "forecast_on": f"{past:%d/%m/%Y}"})
    assert dict(response.context["form"].errors) == {"forecast_on": [voices.PAST_FORECAST]}
    sent = {"done": DONE, "effective_on": f"{tomorrow:%d/%m/%Y}"}
    response = sign_in(officer).post(address("log_force_update"), sent)
    assert list(response.context["form"].errors) == ["effective_on"]
    assert number_of(response, ".govuk-error-message") == 1
    assert DONE in text_of(response)
    assert (ForceUpdate.objects.count(), entries()) == (0, [])


def test_a_form_sent_twice_has_one_effect(sign_in, officer, page, address, entries):
    client = sign_in(officer)
    sent = {"done": DONE, "once": "the-token"}
    client.post(address("log_force_update"), sent)
    response = client.post(address("log_force_update"), sent, follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert flashes(response) == ["success", "info"]
    assert (ForceUpdate.objects.count(), Submission.objects.count(), entries()) == (1, 1, ["log_force_update"])


def test_each_showing_of_a_form_has_its_own_token(sign_in, officer, page):
    client = sign_in(officer)
    tokens = {client.get(page).context["form"]["once"].value() for _ in range(3)}
    assert len(tokens) == 3


def test_assurance(sign_in, officer, tracked, address, entries):
    sent = {
        "view": "partly_assured",
        "rationale": "One month is not a trend.",
        "looked_at": "The log",
        "revisit_on": f"{localdate() + datetime.timedelta(days=30):%d %B %Y}",
    }
    sign_in(officer).post(address("record_assurance"), sent)
    fields = ("view", "rationale", "looked_at", "effective_on", "revisit_on", "recorded_by")
    assert list(tracked.assurances.values_list(*fields)) == [
        (
            "partly_assured",
            "One month is not a trend.",
            "The log",
            localdate(),
            localdate() + datetime.timedelta(days=30),
            officer.pk,
        )
    ]
    assert entries() == ["record_assurance"]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"view", "rationale"}),
        ({"view": "assured", "rationale": "x", "revisit_on": "1 Mar 2026"}, {"revisit_on"}),
    ],
)
def test_assurance_refused(sign_in, officer, address, entries, sent, errors):
    assert sign_in(officer).post(address("record_assurance"), sent).context["form"].errors.keys() == errors
    assert entries() == []


def test_hmicfrs_status(sign_in, officer, tracked, address, entries):
    sent = {"status": "complete", "effective_on": "1 Oct 2026", "source": "The portal"}
    sign_in(officer).post(address("record_inspectorate_status"), sent)
    assert list(tracked.statuses.values_list("status", "effective_on", "source", "recorded_by")) == [
        ("complete", datetime.date(2026, 10, 1), "The portal", officer.pk)
    ]
    assert entries() == ["record_inspectorate_status"]


def test_hmicfrs_status_refused(sign_in, officer, address, entries):
    client = sign_in(officer)
    early = {"status": "complete", "effective_on": "14 Jan 2026"}
    assert client.post(address("record_inspectorate_status"), {}).context["form"].errors.keys() == {"status"}
    refused = client.post(address("record_inspectorate_status"), early)
    assert refused.context["form"].errors.keys() == {"effective_on"}
    assert lacking(refused, ".govuk-error-message", "14 January 2026", "15 January 2026") == []
    assert entries() == []


# The target


def test_the_target_is_set_then_moved(sign_in, force_lead, tracked, page, address, fresh, entries):
    client = sign_in(force_lead)
    late = {"cause": "resources", "words": "Two posts.", "mitigation": ""}
    for target, reason in (("1/12/26", ""), ("31/1/27", "Two posts are empty.")):
        sent = {"target_on": target, "reason": reason, "set_by": "DCC Nair", "version": fresh().version} | late
        client.post(address("set_target"), sent)
    assert list(tracked.targets.order_by("id").values_list("target_on", "reason", "set_by", "recorded_by")) == [
        (datetime.date(2026, 12, 1), "", "DCC Nair", force_lead.pk),
        (datetime.date(2027, 1, 31), "Two posts are empty.", "DCC Nair", force_lead.pk),
    ]
    assert list(tracked.delays.values_list("cause", "words", "mitigation", "said_by")) == [
        ("resources", "Two posts.", "", "DCC Nair")
    ]
    assert entries() == ["set_target", "set_target"]
    body = client.get(page, {"show": "dates"}).content.decode()
    assert f'<a href="{page}?show=dates#moves">moved once</a>' in body
    assert body.count('id="moves"') == 1


@pytest.mark.suite(0, 3, 4)
@pytest.mark.parametrize(
    ("sent", "errors", "fact"),
    [
        ({}, {"target_on", "reason"}, ""),
        ({"target_on": "31/1/27", "cause": "other"}, {"reason"}, ""),
        ({"target_on": "31/1/27", "reason": "x"}, {"cause"}, "31 January 2027"),
        ({"target_on": "1 Feb 2026", "reason": "x", "words": "Late."}, {"cause"}, ""),
        ({"target_on": "1 Dec 2026", "reason": "x", "cause": "other"}, {"target_on"}, "1 December 2026"),
        ({"target_on": "1 Jan 2026", "reason": "x"}, {"target_on"}, "15 January 2026"),
    ],
)
def test_a_target_refused(sign_in, officer, tracked, address, fresh, sent, errors, fact):
    voices.set_target(tracked=tracked, target_on=datetime.date(2026, 12, 1), by=officer, at=timezone.now())
    response = sign_in(officer).post(address("set_target"), sent | {"version": fresh().version})
    assert response.context["form"].errors.keys() == errors
    assert lacking(response, ".govuk-error-message", fact) == []
    assert TargetDate.objects.count() == 1


def test_two_people_move_the_target_and_the_second_sees_both(sign_in, officer, force_lead, tracked, address, fresh):
    read = fresh().version
    voices.set_target(
        tracked=tracked,
        target_on=datetime.date(2026, 12, 1),
        reason="Theirs.",
        set_by="DCC Nair",
        by=force_lead,
        at=timezone.now(),
    )
    client = sign_in(officer)
    mine = {"target_on": "31/1/27", "reason": "Mine.", "cause": "other", "version": read, "once": "mine"}
    response = client.post(address("set_target"), mine)
    words = text_of(response)
    assert "Saved by Callum Tranter" in words
    assert "New target 1 December 2026 31 January 2027 Why it moves Theirs. Mine. Who set it DCC Nair nothing" in words
    assert 'value="31/1/27"' in response.content.decode()
    assert fresh().standing.target_on == datetime.date(2026, 12, 1)
    again = mine | {"version": response.context["form"]["version"].value(), "once": "mine"}
    client.post(address("set_target"), again)
    assert (fresh().standing.target_on, fresh().standing.target_moves) == (datetime.date(2027, 1, 31), 1)
