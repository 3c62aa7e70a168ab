"""The page of a tracked recommendation, and each form beside it: what it saves, refuses, and shows again."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from recommendations.domain import closures, inspections, voices
from recommendations.models import Closure, ForceUpdate, Submission, TargetDate, TrackedRecommendation, TrailEntry
from recommendations.periods import london_day
from tests.conftest import make_inspection, make_tracked

NOW = timezone.now()
DAY = london_day(NOW)
DONE = "Bells are tested on every shift, and the log is checked by a sergeant."


@pytest.fixture
def page(tracked):
    return reverse("tracked", args=[tracked.pk])


@pytest.fixture
def address(tracked):
    return lambda name: reverse(name, args=[tracked.pk])


@pytest.fixture
def fresh(tracked):
    return lambda: TrackedRecommendation.objects.get(pk=tracked.pk)


@pytest.fixture
def entries(tracked):
    """The trail's verbs about the record since the test began."""
    before = TrailEntry.objects.count()
    return lambda: list(TrailEntry.objects.order_by("sequence").values_list("verb", flat=True)[before:])


@pytest.fixture
def asked(tracked, officer):
    """A closure that waits, asked for by the officer."""
    return closures.request_closure(tracked=tracked, outcome="implemented", reason="All done.", by=officer, at=NOW)


@pytest.fixture
def closed(tracked, asked, approver):
    return closures.approve_closure(tracked=tracked, by=approver, at=NOW)


def text_of(response) -> str:
    """The words of a page, its spaces made one."""
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(words.split())


# Reading


@pytest.mark.parametrize("person", ["officer", "approver", "force_lead"])
def test_who_may_read(sign_in, request, page, person):
    assert sign_in(request.getfixturevalue(person)).get(page).status_code == 200


@pytest.mark.parametrize(("person", "status"), [("member", 403), ("administrator", 403), ("other_force_lead", 404)])
def test_who_may_not_read(sign_in, request, page, tracked, person, status):
    response = sign_in(request.getfixturevalue(person)).get(page)
    assert response.status_code == status
    assert tracked.reference not in response.content.decode()


def test_nobody_is_sent_to_the_sign_in(client, page):
    assert client.get(page).status_code == 302


def test_the_page_says_the_words_the_dates_and_the_voices(sign_in, officer, inspection, force_lead):
    record = make_tracked(
        inspection,
        number="7",
        text="By 30 June 2026 the force should test bells. By 30 June 2026 it should say so.",
        parts=("each suite <daily>", "each cell"),
        addressees=("Chief constable", "College of Policing"),
        due_on=datetime.date(2026, 6, 30),
        deadline_words="By 30 June 2026",
    )
    voices.log_force_update(tracked=record, done=DONE, position="accepted", by=force_lead, at=NOW)
    response = sign_in(officer).get(record.get_absolute_url())
    words, body = text_of(response), response.content.decode()
    assert body.count("app-deadline-words") == 1
    assert '<mark class="app-deadline-words">By 30 June 2026</mark> the force should test bells. By 30 June' in body
    assert "each suite &lt;daily&gt;" in body
    assert "Directed to: Chief constable; College of Policing." in words
    assert "Force position Accepted, in progress " + DONE in words
    assert "OPCC assurance Not assessed yet" in words
    assert "HMICFRS status Nothing heard yet" in words
    assert f"RAG counts from this: {(DAY - datetime.date(2026, 6, 30)).days} days over" in words


@pytest.mark.parametrize("words", ["by 30 June 2026", "By 30 June  2026", ""])
def test_deadline_words_are_marked_only_letter_by_letter(sign_in, officer, inspection, words):
    record = make_tracked(
        inspection,
        number="7",
        text="By 30 June 2026 the force should test bells.",
        due_on=datetime.date(2026, 6, 30),
        deadline_words=words,
    )
    assert "app-deadline-words" not in sign_in(officer).get(record.get_absolute_url()).content.decode()


def test_the_page_costs_the_same_whatever_happened(
    sign_in, tracked, officer, force_lead, approver, page, django_assert_num_queries
):
    client = sign_in(officer)
    client.get(page)
    with django_assert_num_queries(11):
        client.get(page)
    for number in range(3):
        for by in (officer, force_lead):
            voices.log_force_update(tracked=tracked, done=f"{number}", by=by, at=NOW)
        voices.record_assurance(tracked=tracked, view="assured", rationale="x", by=officer, at=NOW)
        voices.record_inspectorate_status(tracked=tracked, status="complete", by=officer, at=NOW)
        target = DAY + datetime.timedelta(days=number)
        voices.set_target(tracked=tracked, target_on=target, reason="x", by=force_lead, at=NOW)
        closures.request_closure(tracked=tracked, outcome="implemented", reason="x", by=officer, at=NOW)
        closures.decline_closure(tracked=tracked, reason="x", by=approver, at=NOW)
    with django_assert_num_queries(11):
        client.get(page)


def test_the_timeline_is_filtered_and_counted(sign_in, tracked, officer, force_lead, page):
    voices.log_force_update(tracked=tracked, done=DONE, by=force_lead, at=NOW)
    voices.record_assurance(tracked=tracked, view="assured", rationale="Seen in June.", by=officer, at=NOW)
    client = sign_in(officer)
    for show, filters in {"": "All 3", "force": "Force 1", "opcc": "OPCC 1", "dates": "Dates and closure 1"}.items():
        response = client.get(page, {"show": show})
        assert re.search(rf'aria-current="true">{filters}<', response.content.decode())
    events = client.get(page, {"show": "opcc"}).context["events"]
    assert [shown.event.title for shown in events] == ["OPCC assurance: assured"]
    assert "Nothing of this kind has happened yet" in text_of(client.get(page, {"show": "hmicfrs"}))


@pytest.mark.parametrize("query", ["show=x", "page=x", "page=-1", "page=999", "form=x", "form=withdraw", "show=%00"])
def test_a_strange_address_shows_the_page(sign_in, officer, page, query):
    assert sign_in(officer).get(f"{page}?{query}").status_code == 200


def test_a_long_timeline_comes_in_pages_or_whole(sign_in, tracked, officer, page):
    for number in range(60):
        voices.log_force_update(tracked=tracked, done=f"Week {number}.", by=officer, at=NOW)
    client = sign_in(officer)
    lengths = [len(client.get(page, {"page": number}).context["events"]) for number in ("1", "2", "all")]
    assert lengths == [50, 11, 61]
    assert "1 to 50 of 61" in text_of(client.get(page))


def test_a_withdrawn_entry_is_struck_with_its_reason(sign_in, tracked, officer, page):
    row = voices.log_force_update(tracked=tracked, done=DONE, by=officer, at=NOW)
    voices.withdraw(row=row, reason="The wrong line.", by=officer, at=NOW)
    response = sign_in(officer).get(page)
    assert f"<del><p>{DONE}</p></del>" in response.content.decode()
    assert "by Hannah Whitlock: The wrong line." in text_of(response)


# What is offered


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("officer", ["assurance", "closure", "edit", "force-update", "status", "target"]),
        ("approver", ["assurance", "closure", "edit", "force-update", "status", "target"]),
        ("force_lead", ["closure", "target"]),
    ],
)
def test_what_each_role_is_offered(sign_in, request, page, person, offered):
    body = sign_in(request.getfixturevalue(person)).get(page).content.decode()
    assert sorted(set(re.findall(r"\?form=([\w-]+)", body))) == offered


def test_what_is_offered_follows_the_state(sign_in, officer, approver, force_lead, page, asked):
    def offered(person):
        body = sign_in(person).get(page).content.decode()
        return set(re.findall(r"\?form=(closure|decide|reopen|target)", body))

    assert offered(officer) == {"target"}
    assert offered(force_lead) == {"target"}
    assert "Approve closure" in text_of(sign_in(approver).get(page))
    closures.approve_closure(tracked=asked.tracked, by=approver, at=NOW)
    assert offered(officer) == {"reopen"}
    assert offered(force_lead) == set()


@pytest.mark.parametrize("form", ["assurance", "status", "edit", "reopen", "decide"])
def test_a_form_without_the_permission_is_refused(sign_in, force_lead, page, form):
    assert sign_in(force_lead).get(page, {"form": form}).status_code == 403


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("decide", "This recommendation is open, and nobody has asked to close it."),
        ("reopen", "This recommendation is open, and nobody has asked to close it."),
    ],
)
def test_a_form_that_the_state_does_not_allow_says_why(sign_in, approver, page, form, says):
    response = sign_in(approver).get(page, {"form": form})
    assert says in text_of(response)
    assert response.content.decode().count('method="post"') == 0


def test_closed_records_keep_their_voices(sign_in, officer, page, closed):
    client = sign_in(officer)
    assert "Closure was" not in text_of(client.get(page))
    assert "This recommendation is closed already." in text_of(client.get(page, {"form": "closure"}))
    assert "Reopen it before you move its target." in text_of(client.get(page, {"form": "target"}))
    assert "HMICFRS has not said whether it agrees." in text_of(client.get(page))


NAMES = {
    "log_force_update": "force-update",
    "record_assurance": "assurance",
    "record_inspectorate_status": "status",
    "set_target": "target",
    "request_closure": "closure",
    "approve_closure": "decide",
    "decline_closure": "decide",
    "reopen": "reopen",
    "edit_tracked": "edit",
}
FORCES_OWN = {"log_force_update", "set_target", "request_closure"}
APPROVERS_OWN = {"approve_closure", "decline_closure"}


@pytest.mark.parametrize("name", NAMES)
def test_each_address_shows_its_form_when_it_is_only_read(sign_in, approver, page, address, name):
    response = sign_in(approver).get(address(name))
    assert (response.status_code, response["Location"]) == (302, f"{page}?form={NAMES[name]}#form")


@pytest.mark.parametrize("name", NAMES)
def test_who_may_send_each_form(sign_in, request, address, name):
    lacking = {"member": 403, "administrator": 403}
    lacking |= {} if name in FORCES_OWN else {"force_lead": 403, "other_force_lead": 403}
    lacking |= {"officer": 403} if name in APPROVERS_OWN else {}
    lacking |= {"other_force_lead": 404} if name in FORCES_OWN else {}
    for person, status in lacking.items():
        assert sign_in(request.getfixturevalue(person)).post(address(name), {}).status_code == status, person
    assert not TrailEntry.objects.filter(verb=name).exists()


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
    assert f"Force update added to {tracked.reference}." in text_of(response)
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


def test_only_what_was_done_is_needed(sign_in, officer, tracked, address):
    sign_in(officer).post(address("log_force_update"), {"done": DONE})
    assert list(tracked.updates.values_list("done", "effective_on", "stage", "position")) == [
        (DONE, DAY, "in_progress", "")
    ]


def test_the_page_as_it_is_shown_can_be_sent_as_it_is(sign_in, officer, force_lead, tracked, page, address):
    """What the form was filled in with is read back, and carries on."""
    forecast = DAY + datetime.timedelta(days=40)
    voices.log_force_update(tracked=tracked, done="x", position="accepted", forecast_on=forecast, by=force_lead, at=NOW)
    client = sign_in(officer)
    form = client.get(page).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"done": DONE}
    sent |= {f"initial-{name}": form[name].value() or "" for name in form.CARRIED}
    client.post(address("log_force_update"), sent)
    row = ForceUpdate.objects.get(done=DONE)
    assert (row.position, row.stage, row.forecast_on, row.effective_on) == ("accepted", "in_progress", forecast, DAY)


def test_what_is_wrong_stands_beside_what_was_typed(sign_in, officer, address, entries):
    tomorrow = DAY + datetime.timedelta(days=1)
    sent = {"done": " ", "effective_on": "31 February 2026", "forecast_on": "soon", "said_by": "DCC <b>Nair</b>"}
    response = sign_in(officer).post(address("log_force_update"), sent)
    assert response.status_code == 200
    assert response.context["form"].errors == {
        "done": ["Say what was done."],
        "effective_on": ["31 February 2026 does not exist."],
        "forecast_on": ["“soon” is not a day. Enter one like 7 November 2026."],
    }
    body = response.content.decode()
    assert 'value="31 February 2026"' in body
    assert 'value="DCC &lt;b&gt;Nair&lt;/b&gt;"' in body
    assert "<title>Error: " in body
    assert '<a href="#id_done">Say what was done.</a>' in body
    sent = {"done": DONE, "effective_on": f"{tomorrow:%d/%m/%Y}"}
    response = sign_in(officer).post(address("log_force_update"), sent)
    assert list(response.context["form"].errors) == ["effective_on"]
    assert "is in the future" in text_of(response)
    assert DONE in text_of(response)
    assert (ForceUpdate.objects.count(), entries()) == (0, [])


def test_a_form_sent_twice_has_one_effect(sign_in, officer, page, address, entries):
    client = sign_in(officer)
    sent = {"done": DONE, "once": "the-token"}
    client.post(address("log_force_update"), sent)
    response = client.post(address("log_force_update"), sent, follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert "This form was sent twice. It was saved once." in text_of(response)
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
        "revisit_on": f"{DAY + datetime.timedelta(days=30):%d %B %Y}",
    }
    sign_in(officer).post(address("record_assurance"), sent)
    fields = ("view", "rationale", "looked_at", "effective_on", "revisit_on", "recorded_by")
    assert list(tracked.assurances.values_list(*fields)) == [
        (
            "partly_assured",
            "One month is not a trend.",
            "The log",
            DAY,
            DAY + datetime.timedelta(days=30),
            officer.pk,
        )
    ]
    assert entries() == ["record_assurance"]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"view": ["Choose how far the office is assured."], "rationale": ["Say why."]}),
        (
            {"view": "assured", "rationale": "x", "revisit_on": "1 Mar 2026"},
            {"revisit_on": ["The day to look again is not after the day of this view."]},
        ),
    ],
)
def test_assurance_refused(sign_in, officer, address, entries, sent, errors):
    assert sign_in(officer).post(address("record_assurance"), sent).context["form"].errors == errors
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
    assert client.post(address("record_inspectorate_status"), {}).context["form"].errors == {
        "status": ["Choose the status."]
    }
    assert client.post(address("record_inspectorate_status"), early).context["form"].errors == {
        "effective_on": ["14 January 2026 is before the report was published, 15 January 2026."]
    }
    assert entries() == []


# The target


def test_the_target_is_set_then_moved(sign_in, force_lead, tracked, page, address, fresh, entries):
    client = sign_in(force_lead)
    for target, reason in (("1/12/26", ""), ("31/1/27", "Two posts are empty.")):
        sent = {"target_on": target, "reason": reason, "set_by": "DCC Nair", "version": fresh().version}
        client.post(address("set_target"), sent)
    assert list(tracked.targets.order_by("id").values_list("target_on", "reason", "set_by", "recorded_by")) == [
        (datetime.date(2026, 12, 1), "", "DCC Nair", force_lead.pk),
        (datetime.date(2027, 1, 31), "Two posts are empty.", "DCC Nair", force_lead.pk),
    ]
    assert entries() == ["set_target", "set_target"]
    body = client.get(page, {"show": "dates"}).content.decode()
    assert f'<a href="{page}?show=dates#moves">moved once</a>' in body
    assert body.count('id="moves"') == 1


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"target_on": ["Enter the day of the target."], "reason": ["Say why the target moves."]}),
        ({"target_on": "31/1/27"}, {"reason": ["Say why the target moves."]}),
        (
            {"target_on": "1 Dec 2026", "reason": "x"},
            {"target_on": ["1 December 2026 is the target already. Enter another day."]},
        ),
        (
            {"target_on": "1 Jan 2026", "reason": "x"},
            {"target_on": ["The target is before the report was published, 15 January 2026."]},
        ),
    ],
)
def test_a_target_refused(sign_in, officer, tracked, address, fresh, sent, errors):
    voices.set_target(tracked=tracked, target_on=datetime.date(2026, 12, 1), by=officer, at=NOW)
    response = sign_in(officer).post(address("set_target"), sent | {"version": fresh().version})
    assert response.context["form"].errors == errors
    assert TargetDate.objects.count() == 1


def test_two_people_move_the_target_and_the_second_sees_both(sign_in, officer, force_lead, tracked, address, fresh):
    read = fresh().version
    voices.set_target(
        tracked=tracked,
        target_on=datetime.date(2026, 12, 1),
        reason="Theirs.",
        set_by="DCC Nair",
        by=force_lead,
        at=NOW,
    )
    client = sign_in(officer)
    mine = {"target_on": "31/1/27", "reason": "Mine.", "version": read, "once": "mine"}
    response = client.post(address("set_target"), mine)
    words = text_of(response)
    assert "Somebody else saved this while you were typing." in words
    assert "Saved by Callum Tranter" in words
    assert "New target 1 December 2026 31 January 2027 Why it moves Theirs. Mine. Who set it DCC Nair nothing" in words
    assert 'value="31/1/27"' in response.content.decode()
    assert fresh().target_on == datetime.date(2026, 12, 1)
    again = mine | {"version": response.context["form"]["version"].value(), "once": "mine"}
    client.post(address("set_target"), again)
    assert (fresh().target_on, fresh().target_moves) == (datetime.date(2027, 1, 31), 1)


# Closure


def test_a_closure_is_asked_for_and_approved_by_another(
    sign_in, force_lead, approver, tracked, address, fresh, entries
):
    sent = {
        "outcome": "implemented",
        "reason": "All done.",
        "evidence": "The log",
        "version": fresh().version,
    }
    sign_in(force_lead).post(address("request_closure"), sent)
    assert fresh().closure_requested_on == DAY
    sign_in(approver).post(address("approve_closure"), {"reason": "Seen.", "version": fresh().version})
    fields = ("state", "outcome", "request_reason", "evidence", "requested_by", "decided_by", "decision_reason")
    assert list(tracked.closures.values_list(*fields, "closed_on")) == [
        ("closed", "implemented", "All done.", "The log", force_lead.pk, approver.pk, "Seen.", DAY)
    ]
    assert (fresh().closed_on, fresh().outcome) == (DAY, "implemented")
    assert entries() == ["request_closure", "approve_closure"]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"outcome": ["Choose the outcome."], "reason": ["Say why it can be closed."]}),
        (
            {"outcome": "gone", "reason": "x"},
            {"outcome": ["Select a valid choice. gone is not one of the available choices."]},
        ),
    ],
)
def test_a_request_refused(sign_in, officer, address, fresh, entries, sent, errors):
    response = sign_in(officer).post(address("request_closure"), sent | {"version": fresh().version})
    assert response.context["form"].errors == errors
    assert entries() == []


def test_a_second_request_says_that_one_waits(sign_in, officer, address, fresh, asked):
    sent = {"outcome": "implemented", "reason": "Mine.", "version": fresh().version}
    response = sign_in(officer).post(address("request_closure"), sent)
    says = "Closure was asked for already, and waits for a decision."
    assert response.context["form"].non_field_errors() == [says]
    assert "Mine." in text_of(response)
    assert Closure.objects.count() == 1


def test_a_closure_not_approved(sign_in, approver, tracked, address, fresh, asked, entries):
    client = sign_in(approver)
    response = client.post(address("decline_closure"), {"version": fresh().version})
    assert response.context["form"].errors == {"reason": ["Say why the closure is not approved."]}
    assert '<a href="#decline_reason">' in response.content.decode()
    client.post(address("decline_closure"), {"reason": "One audit only.", "version": fresh().version})
    assert list(tracked.closures.values_list("state", "decided_by", "decision_reason")) == [
        ("declined", approver.pk, "One audit only.")
    ]
    assert fresh().closure_requested_on is None
    assert entries()[-1] == "decline_closure"


@pytest.mark.parametrize("name", ["approve_closure", "decline_closure"])
def test_nobody_decides_their_own_closure(sign_in, approver, tracked, page, address, fresh, entries, name):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="x", by=approver, at=NOW)
    client = sign_in(approver)
    says = "You asked for this closure, so another approving officer decides it."
    shown = client.get(page, {"form": "decide"})
    assert says in text_of(shown)
    assert shown.content.decode().count('method="post"') == 0
    response = client.post(address(name), {"reason": "Mine.", "version": fresh().version})
    assert response.context["form"].non_field_errors() == [says]
    assert fresh().closed_on is None
    assert entries() == ["request_closure", "refused"]
    assert TrailEntry.objects.latest("sequence").reason == says


def test_a_decision_on_a_record_that_changed_shows_what_changed(
    sign_in, officer, approver, tracked, address, fresh, asked
):
    read = fresh().version
    voices.set_target(tracked=tracked, target_on=datetime.date(2026, 12, 1), by=officer, at=NOW)
    response = sign_in(approver).post(address("approve_closure"), {"reason": "Seen.", "version": read})
    words = text_of(response)
    assert "Somebody else saved this while you were typing." in words
    assert "Saved by Hannah Whitlock" in words
    assert "1 December 2026" in words
    assert "Seen." in words
    assert fresh().closed_on is None


def test_reopening_needs_a_reason(sign_in, officer, tracked, address, fresh, closed, entries):
    client = sign_in(officer)
    response = client.post(address("reopen"), {"version": fresh().version})
    assert response.context["form"].errors == {"reason": ["Say why it is reopened."]}
    client.post(address("reopen"), {"reason": "Bells failed.", "version": fresh().version})
    assert list(tracked.closures.values_list("state", "reopened_on", "reopened_by", "reopened_why")) == [
        ("reopened", DAY, officer.pk, "Bells failed.")
    ]
    assert fresh().is_open
    assert entries()[-1] == "reopen"


# Details


def facts(record, **changed):
    names = ("reference", "portal_reference", "chief_officer_lead", "business_lead", "opcc_lead", "version")
    return {name: getattr(record, name) for name in names} | {"directed_to_force": "on"} | changed


def test_details(sign_in, officer, address, fresh, entries):
    sent = facts(fresh(), opcc_lead="Hannah Whitlock", portal_reference="9914", reason="Agreed in May.")
    del sent["directed_to_force"]
    sign_in(officer).post(address("edit_tracked"), sent)
    record = fresh()
    assert (record.opcc_lead, record.portal_reference, record.directed_to_force) == ("Hannah Whitlock", "9914", False)
    assert entries() == ["edit_tracked"]


def test_a_reference_is_used_once(sign_in, officer, inspection, address, fresh):
    other = make_tracked(inspection, number="2", text="Another.")
    sent = facts(fresh(), reference=other.reference.lower(), opcc_lead="Typed")
    response = sign_in(officer).post(address("edit_tracked"), sent)
    says = f"{other.reference.lower()} is used already. Enter another reference."
    assert response.context["form"].errors == {"reference": [says]}
    assert 'value="Typed"' in response.content.decode()


def test_two_people_edit_and_the_second_sees_both(sign_in, officer, approver, tracked, address, fresh):
    read = facts(fresh(), opcc_lead="Mine")
    inspections.edit_tracked(tracked=fresh(), version=fresh().version, opcc_lead="Theirs", by=approver, at=NOW)
    client = sign_in(officer)
    response = client.post(address("edit_tracked"), read)
    assert "OPCC lead Theirs Mine" in text_of(response)
    assert 'value="Mine"' in response.content.decode()
    assert fresh().opcc_lead == "Theirs"
    client.post(address("edit_tracked"), read | {"version": response.context["form"]["version"].value()})
    assert fresh().opcc_lead == "Mine"


def test_a_form_cannot_reach_other_fields(sign_in, officer, address, fresh):
    sent = facts(fresh()) | {"closed_on": "2026-01-01", "outcome": "implemented", "force": "999", "tracked_on": "x"}
    before = fresh()
    sign_in(officer).post(address("edit_tracked"), sent)
    assert (fresh().closed_on, fresh().force_id, fresh().tracked_on) == (None, before.force_id, before.tracked_on)


# Withdrawing


@pytest.fixture
def row(tracked, officer):
    return voices.log_force_update(tracked=tracked, done=DONE, by=officer, at=NOW)


def test_an_entry_is_withdrawn_with_a_reason(sign_in, officer, tracked, page, row, entries):
    before = len(entries())
    url = reverse("withdraw", args=[tracked.pk, "force-update", row.pk])
    client = sign_in(officer)
    assert f'href="{url}#form"' in client.get(page).content.decode()
    shown = client.get(url)
    assert DONE in text_of(shown)
    assert client.post(url, {}).context["form"].errors == {"reason": ["Say why this entry is withdrawn."]}
    response = client.post(url, {"reason": "The wrong line.", "once": "a"})
    assert (response.status_code, response["Location"]) == (302, page)
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_why) == (officer, "The wrong line.")
    assert entries()[before:] == ["withdraw_forceupdate"]
    assert client.post(url, {"reason": "The wrong line.", "once": "a"})["Location"] == page
    assert "This entry is withdrawn already." in text_of(client.post(url, {"reason": "Again."}))
    assert "This entry is withdrawn already." in text_of(client.get(url))
    assert entries()[before:] == ["withdraw_forceupdate"]


def test_a_side_withdraws_its_own_only(sign_in, officer, force_lead, tracked, page, row):
    theirs = voices.log_force_update(tracked=tracked, done="Theirs.", by=force_lead, at=NOW)
    own = {officer: row, force_lead: theirs}
    for person, mine in own.items():
        client = sign_in(person)
        other = theirs if mine is row else row
        body = client.get(page).content.decode()
        assert re.findall(r"force-update/(\d+)/withdraw", body) == [str(mine.pk)]
        url = reverse("withdraw", args=[tracked.pk, "force-update", other.pk])
        assert client.get(url).status_code == 403
        assert client.post(url, {"reason": "x"}).status_code == 403
    assert ForceUpdate.objects.filter(withdrawn_at__isnull=False).count() == 0


def test_a_row_of_another_record_or_voice_is_not_here(sign_in, officer, other_force_lead, tracked, eastvale, row):
    other = make_tracked(make_inspection(eastvale, title="Custody in Eastvale"))
    client = sign_in(officer)
    for pk, voice, number in [
        (other.pk, "force-update", row.pk),
        (tracked.pk, "assurance", row.pk),
        (tracked.pk, "x", row.pk),
        (tracked.pk, "force-update", row.pk + 1),
    ]:
        assert client.post(reverse("withdraw", args=[pk, voice, number]), {"reason": "x"}).status_code == 404
    url = reverse("withdraw", args=[tracked.pk, "force-update", row.pk])
    assert sign_in(other_force_lead).get(url).status_code == 404


def test_another_forces_words_are_nowhere(sign_in, other_force_lead, tracked, officer, row, page):
    client = sign_in(other_force_lead)
    for url in (page, f"{page}?form=target", reverse("log_force_update", args=[tracked.pk])):
        response = client.get(url, follow=True)
        assert escape(DONE) not in response.content.decode()
