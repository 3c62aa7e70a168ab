"""An operator signs somebody out everywhere."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent
from tests.security.door import is_signed_in, sign_in


def test_every_session_of_a_person_ends_on_record_and_nobody_elses(officer, approver, capsys):
    theirs, another = Client(), Client()
    sign_in(officer.email, client=theirs)
    sign_in(approver.email, client=another)
    call_command("end_sessions", officer.email.upper(), reason="Disabled in Microsoft Entra.")
    assert capsys.readouterr().out == f"{officer.name} is signed out: 1 session ended.\n"
    assert [is_signed_in(client) for client in (theirs, another)] == [False, True]
    event = SecurityEvent.objects.get(kind=Kind.SESSION_ENDED)
    assert (event.account, event.by, event.detail.endswith("Disabled in Microsoft Entra.")) == (officer, None, True)
    call_command("end_sessions", officer.email, reason="Again.")
    assert capsys.readouterr().out == f"{officer.name} is signed out: 0 sessions ended.\n"


@pytest.mark.parametrize(
    ("email", "reason", "said"), [("nobody@example.org", "Why.", "No one has"), ("", " ", "Say why")]
)
def test_nobody_and_no_reason_are_said(officer, email, reason, said):
    with pytest.raises(CommandError, match=said):
        call_command("end_sessions", email or officer.email, reason=reason)
