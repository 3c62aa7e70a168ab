"""The forms for closing, reopening, details and withdrawing: what each saves, refuses, and shows again."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.timezone import localdate

from recommendations.domain.inspections import inspections
from recommendations.domain.register import closures, voices
from recommendations.models import Closure, ForceUpdate, TrailEntry
from tests.conftest import make_inspection, make_tracked
from tests.views.hooks import lacking, number_of, wrong
from tests.views.register.tracked.said import DONE, text_of

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
    assert fresh().standing.closure_requested_on == localdate()
    sign_in(approver).post(address("approve_closure"), {"reason": "Seen.", "version": fresh().version})
    fields = ("state", "outcome", "request_reason", "evidence", "requested_by", "decided_by", "decision_reason")
    assert list(tracked.closures.values_list(*fields, "closed_on")) == [
        ("closed", "implemented", "All done.", "The log", force_lead.pk, approver.pk, "Seen.", localdate())
    ]
    assert (fresh().standing.closed_on, fresh().standing.outcome) == (localdate(), "implemented")
    assert entries() == ["request_closure", "approve_closure"]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [({}, {"outcome", "reason"}), ({"outcome": "gone", "reason": "x"}, {"outcome"})],
)
def test_a_request_refused(sign_in, officer, address, fresh, entries, sent, errors):
    response = sign_in(officer).post(address("request_closure"), sent | {"version": fresh().version})
    assert response.context["form"].errors.keys() == errors
    assert entries() == []


def test_a_second_request_says_that_one_waits(sign_in, officer, address, fresh, asked):
    sent = {"outcome": "implemented", "reason": "Mine.", "version": fresh().version}
    response = sign_in(officer).post(address("request_closure"), sent)
    assert len(response.context["form"].non_field_errors()) == 1
    assert "Mine." in text_of(response)
    assert Closure.objects.count() == 1


def test_a_closure_not_approved(sign_in, approver, tracked, address, fresh, asked, entries):
    client = sign_in(approver)
    response = client.post(address("decline_closure"), {"version": fresh().version})
    assert response.context["form"].errors.keys() == {"reason"}
    assert '<a href="#decline_reason">' in response.content.decode()
    client.post(address("decline_closure"), {"reason": "One audit only.", "version": fresh().version})
    assert list(tracked.closures.values_list("state", "decided_by", "decision_reason")) == [
        ("declined", approver.pk, "One audit only.")
    ]
    assert fresh().standing.closure_requested_on is None
    assert entries()[-1] == "decline_closure"


@pytest.mark.parametrize("name", ["approve_closure", "decline_closure"])
def test_nobody_decides_their_own_closure(sign_in, approver, tracked, page, address, fresh, entries, name):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="x", by=approver, at=timezone.now())
    client = sign_in(approver)
    shown = client.get(page, {"form": "decide"})
    assert shown.content.decode().count('method="post"') == 0
    response = client.post(address(name), {"reason": "Mine.", "version": fresh().version})
    (says,) = response.context["form"].non_field_errors()
    assert says in text_of(shown)
    assert fresh().standing.closed_on is None
    assert entries() == ["request_closure", "refused"]
    assert TrailEntry.objects.latest("sequence").reason == says


@pytest.mark.parametrize("name", ["approve_closure", "decline_closure"])
def test_a_decision_on_a_record_that_changed_shows_what_changed(
    sign_in, officer, approver, tracked, address, fresh, asked, name
):
    read = fresh().version
    voices.set_target(tracked=tracked, target_on=datetime.date(2026, 12, 1), by=officer, at=timezone.now())
    response = sign_in(approver).post(address(name), {"reason": "Seen.", "version": read})
    words = text_of(response)
    assert "Saved by Hannah Whitlock" in words
    assert "1 December 2026" in words
    assert "Seen." in words
    assert list(tracked.closures.values_list("state", flat=True)) == ["requested"]


def test_reopening_needs_a_reason(sign_in, officer, tracked, address, fresh, closed, entries):
    client = sign_in(officer)
    response = client.post(address("reopen"), {"version": fresh().version})
    assert response.context["form"].errors.keys() == {"reason"}
    client.post(address("reopen"), {"reason": "Bells failed.", "version": fresh().version})
    assert list(tracked.closures.values_list("state", "reopened_on", "reopened_by", "reopened_why")) == [
        ("reopened", localdate(), officer.pk, "Bells failed.")
    ]
    assert fresh().standing.closed_on is None
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
    assert response.context["form"].errors.keys() == {"reference"}
    assert lacking(response, ".govuk-error-message", other.reference.lower()) == []
    assert 'value="Typed"' in response.content.decode()


def test_two_people_edit_and_the_second_sees_both(sign_in, officer, approver, tracked, address, fresh):
    read = facts(fresh(), opcc_lead="Mine")
    inspections.edit_tracked(
        tracked=fresh(), version=fresh().version, opcc_lead="Theirs", by=approver, at=timezone.now()
    )
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
    assert (fresh().standing.closed_on, fresh().force_id, fresh().tracked_on) == (
        None,
        before.force_id,
        before.tracked_on,
    )


# Withdrawing


def test_an_entry_is_withdrawn_with_a_reason(sign_in, officer, tracked, page, row, entries):
    before = len(entries())
    url = reverse("withdraw", args=[tracked.pk, "force-update", row.pk])
    client = sign_in(officer)
    assert f'href="{url}#form"' in client.get(page).content.decode()
    shown = client.get(url)
    assert DONE in text_of(shown)
    assert client.post(url, {}).context["form"].errors.keys() == {"reason"}
    response = client.post(url, {"reason": "The wrong line.", "once": "a"})
    assert (response.status_code, response["Location"]) == (302, page)
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_why) == (officer, "The wrong line.")
    assert entries()[before:] == ["withdraw_forceupdate"]
    assert client.post(url, {"reason": "The wrong line.", "once": "a"})["Location"] == page
    assert wrong(client.post(url, {"reason": "Again."})) == [""]
    assert number_of(client.get(url), "#form textarea") == 0
    assert entries()[before:] == ["withdraw_forceupdate"]


def test_a_side_withdraws_its_own_only(sign_in, officer, force_lead, tracked, page, row):
    theirs = voices.log_force_update(tracked=tracked, done="Theirs.", by=force_lead, at=timezone.now())
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
