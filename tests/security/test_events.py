"""What happens to access is recorded, each a link of the trail's chain, and told to the log without a name."""

import json
import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from recommendations.domain.audit import verification
from recommendations.domain.audit.events import NOBODY
from recommendations.domain.people.second_factors import reset_second_factor
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import MeetingFile, SecurityEvent, TrailEntry
from tests.conftest import AT
from tests.domain.audit.tampering import past
from tests.makers.panels import make_channel, make_meeting
from tests.security.door import PASSWORD, RESET, code_for, give_factor, set_factor_up, sign_in
from tests.views.conftest import sign_in as signed_in

__all__ = ["signed_in"]
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def events() -> list[tuple]:
    """Each event with its entry in the trail: kind, whose account, who did it as the trail says."""
    found = SecurityEvent.objects.order_by("pk")
    entries = TrailEntry.objects.filter(verb__in=Kind.values).order_by("sequence")
    assert [each.kind for each in found] == [each.verb for each in entries]
    assert verification.verify() == []
    return [(each.kind, each.account_id, entry.by_name) for each, entry in zip(found, entries, strict=True)]


def test_signing_in_and_out_is_recorded(officer):
    client = Client()
    sign_in(officer.email, client=client, HTTP_USER_AGENT=EDGE, REMOTE_ADDR="203.0.113.7")
    client.post(reverse("account_logout"), HTTP_USER_AGENT=EDGE)
    assert events() == [(Kind.SIGNED_IN, officer.pk, officer.name), (Kind.SIGNED_OUT, officer.pk, officer.name)]
    first = SecurityEvent.objects.earliest("pk")
    assert (first.address, first.client, first.detail) == ("203.0.113.7", "Edge, Windows", "password")


def test_failures_and_a_lock_are_recorded_and_the_lock_once(officer):
    for number in range(8):
        sign_in(officer.email, f"wrong {number}")
    nobody = NOBODY
    assert events() == [(Kind.FAILED, officer.pk, nobody)] * 5 + [(Kind.LOCKED, officer.pk, nobody)]


def test_what_strangers_try_is_folded_and_not_kept(db):
    for number in range(12):
        sign_in(f"typed-password-{number}@example.org", "wrong")
    assert events() == [(Kind.FAILED, None, NOBODY)]
    assert not TrailEntry.objects.filter(about__contains="typed-password").exists()


def test_a_second_factor_set_up_used_wrongly_and_removed_is_recorded(officer, django_capture_on_commit_callbacks):
    client, other = Client(), Client()
    sign_in(officer.email, client=client)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_factor_up(client, PASSWORD)
    sign_in(officer.email, client=other)
    wrong = f"{(int(code_for(secret)) + 1) % 1_000_000:06}"
    other.post(reverse("mfa_authenticate"), {"code": wrong})
    client.post(reverse("mfa_deactivate_totp"))
    kinds = [kind for kind, *_ in events()]
    assert kinds[:3] == [Kind.SIGNED_IN, Kind.FACTOR_ADDED, Kind.CODES_MADE]
    assert (kinds.count(Kind.CODE_FAILED), kinds.count(Kind.FACTOR_REMOVED)) == (1, 2)


def test_a_recovery_code_that_was_used_is_recorded(officer):
    give_factor(officer)
    codes = RecoveryCodes.activate(officer).get_unused_codes()
    client = Client()
    sign_in(officer.email, client=client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert [kind for kind, *_ in events()] == [Kind.RECOVERY_USED, Kind.SIGNED_IN]


def test_a_link_for_a_password_is_recorded_where_there_is_an_account(officer, mailoutbox):
    for email in (officer.email, "nobody@example.org"):
        Client().post(RESET, {"email": email})
    assert events() == [(Kind.LINK_ASKED, officer.pk, NOBODY)]


def test_a_file_that_is_taken_is_recorded(signed_in, officer, westmarch):
    client, meeting = signed_in(officer), make_meeting(make_channel(westmarch))
    file = SimpleUploadedFile("minutes.txt", b"Agreed.")
    client.post(reverse("attach_meeting_file", args=[meeting.pk]), {"kind": "minutes", "document": file})
    address = reverse("meeting_file", args=[meeting.pk, MeetingFile.objects.get().pk])
    client.head(address)
    assert client.get(address).content == b"Agreed."
    assert events() == [(Kind.FILE_TAKEN, None, officer.name)]


def test_an_address_that_was_not_seen_before_is_marked(officer):
    for address in ("203.0.113.7", "203.0.113.7", "198.51.100.4"):
        sign_in(officer.email, REMOTE_ADDR=address)
    assert list(SecurityEvent.objects.order_by("pk").values_list("is_new_address", flat=True)) == [False, False, True]


def test_an_event_that_was_changed_or_removed_is_found(officer):
    sign_in(officer.email)
    event = SecurityEvent.objects.get()
    past(SecurityEvent).update(address="192.0.2.1")
    assert verification.verify() == [f"The security event {event.pk} was changed: address."]
    past(SecurityEvent).all()._raw_delete("default")
    assert verification.verify() == [f"The security event {event.pk} was deleted."]


@pytest.mark.django_db(transaction=True)
def test_each_event_is_a_line_of_json_without_a_name(caplog, django_user_model):
    from recommendations.domain.people import records

    person = records.add_person(email="ada@example.org", name="Ada Lovell", role="opcc_officer", by=None, at=AT)
    logging.disable(logging.NOTSET)
    caplog.set_level(logging.INFO, logger="recommendations.events")
    sign_in(person.email, "wrong", HTTP_USER_AGENT=EDGE)
    [line] = [record.getMessage() for record in caplog.records if record.name == "recommendations.events"]
    said, event = json.loads(line), SecurityEvent.objects.get()
    assert said == {
        "at": event.at.isoformat(),
        "event": event.pk,
        "kind": "fail_sign_in",
        "account": person.pk,
        "by": None,
        "address": "127.0.0.1",
        "new_address": False,
        "client": "Edge, Windows",
    }


def test_a_lost_phone_is_mended_by_a_command_on_record(officer, capsys):
    give_factor(officer)
    call_command("reset_second_factor", officer.email, reason="Lost; I rang her desk.")
    assert not Authenticator.objects.exists()
    assert events() == [(Kind.FACTOR_RESET, officer.pk, "the command line")]
    assert TrailEntry.objects.latest("sequence").reason == "Lost; I rang her desk."
    for email, reason in ((officer.email, "Again."), ("nobody@example.org", "Who?"), (officer.email, " ")):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", email, reason=reason)


def test_who_may_reset_a_second_factor(officer, approver, administrator, member):
    give_factor(administrator)
    for by in (officer, approver):
        with pytest.raises(NotAllowed):
            reset_second_factor(person=administrator, reason="Lost.", by=by, at=AT)
    with pytest.raises(NotAllowed):
        reset_second_factor(person=administrator, reason="Lost.", by=administrator, at=AT)
    with pytest.raises(Refusal):
        reset_second_factor(person=member, reason="", by=administrator, at=AT)
    reset_second_factor(person=member, reason="Lost.", by=administrator, at=AT)
    assert events() == [(Kind.FACTOR_RESET, member.pk, administrator.name)]
