"""Invitations: for 48 hours, once, by two administrators for every role but a committee member's."""

import datetime
import hashlib

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.people.invitations import (
    LASTS,
    InvitationOver,
    accept_invitation,
    confirm_invitation,
    end_invitation,
    find_invitation,
    invite,
    send_again,
)
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Role
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import AccountInvitation, Panel, SecurityEvent, TrailEntry, User
from tests.conftest import AT, make_person
from tests.makers.committees import make_panel
from tests.per_module import per_module
from tests.refusals import refusal

PASSWORD = "four words of nothing"
SECOND = datetime.timedelta(seconds=1)


@per_module
def other():
    return make_person("Sue Marsh", Role.ADMINISTRATOR)


def asked(by, role=Role.COMMITTEE_MEMBER, **facts):
    facts = {"email": "Ann.Reed@Example.org ", "name": "Ann Reed"} | facts
    if role == Role.COMMITTEE_MEMBER and "committees" not in facts:
        facts["committees"] = [Panel.objects.first() or make_panel()]
    return invite(role=role, by=by, at=AT, **facts)


def test_it_is_accepted_once_and_says_by_whom_and_when(administrator):
    invitation, secret = asked(administrator)
    assert User.objects.filter(name="Ann Reed").count() == 0
    person = accept_invitation(secret=secret, password=PASSWORD, at=AT + SECOND)
    invitation.refresh_from_db()
    assert (invitation.account, invitation.accepted_at) == (person, AT + SECOND)
    assert (person.email, person.role, person.check_password(PASSWORD)) == (
        "ann.reed@example.org",
        "committee_member",
        True,
    )
    with pytest.raises(InvitationOver) as over:
        accept_invitation(secret=secret, password=PASSWORD, at=AT + SECOND)
    assert over.value.invitation == invitation
    entries = TrailEntry.objects.filter(verb__in=Kind.values).order_by("sequence")
    assert [(each.verb, each.by_name) for each in entries] == [
        (Kind.INVITED, "Joe Brandreth"),
        (Kind.INVITATION_ACCEPTED, "Ann Reed"),
    ]
    event = SecurityEvent.objects.get(kind=Kind.INVITATION_ACCEPTED)
    assert (event.account, event.detail) == (person, "invited by Joe Brandreth")
    assert verification.verify() == []


def test_the_database_holds_a_digest_of_the_link_and_not_the_link(administrator):
    invitation, secret = asked(administrator)
    assert len(secret) >= 43
    assert invitation.key == hashlib.sha256(secret.encode()).hexdigest()


def test_it_works_for_48_hours(administrator):
    invitation, secret = asked(administrator)
    assert find_invitation(secret=secret, on=AT + LASTS - SECOND) == invitation
    for moment, said in ((AT + LASTS, invitation), (AT + 9 * LASTS, invitation)):
        with pytest.raises(InvitationOver) as over:
            accept_invitation(secret=secret, password=PASSWORD, at=moment)
        assert over.value.invitation == said
    with pytest.raises(InvitationOver) as over:
        find_invitation(secret="x" * 43, on=AT)
    assert over.value.invitation is None


def test_sent_again_it_has_a_new_link_and_the_old_one_opens_nothing(administrator):
    invitation, first = asked(administrator)
    _, second = send_again(invitation=invitation, by=administrator, at=AT + LASTS)
    with pytest.raises(InvitationOver):
        find_invitation(secret=first, on=AT + LASTS)
    assert find_invitation(secret=second, on=AT + 2 * LASTS - SECOND) == invitation


def test_withdrawn_it_opens_nothing_and_the_address_can_be_invited_again(administrator):
    invitation, secret = asked(administrator)
    with refusal("invited-already") as refused:
        asked(administrator)
    assert refused.value.field == "email"
    end_invitation(invitation=invitation, by=administrator, at=AT)
    with pytest.raises(InvitationOver):
        accept_invitation(secret=secret, password=PASSWORD, at=AT)
    for verb in (send_again, end_invitation):
        with refusal("over"):
            verb(invitation=invitation, by=administrator, at=AT)
    assert asked(administrator).secret != ""


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_MEMBER])
def test_a_role_that_writes_or_administers_waits_for_another_administrator(
    administrator, other, officer, westmarch, role
):
    invitation, secret = asked(administrator, role, force=westmarch if role == Role.FORCE_INSPECTION_LEAD else None)
    assert (secret, invitation.key, invitation.needs_second) == ("", "", True)
    with refusal("not-confirmed"):
        send_again(invitation=invitation, by=administrator, at=AT)
    for by in (administrator, officer):
        with pytest.raises(NotAllowed):
            confirm_invitation(invitation=invitation, by=by, at=AT)
    confirmed, secret = confirm_invitation(invitation=invitation, by=other, at=AT)
    assert (confirmed.confirmed_by, confirmed.expires_at) == (other, AT + LASTS)
    with refusal("confirmed-already"):
        confirm_invitation(invitation=invitation, by=other, at=AT)
    assert accept_invitation(secret=secret, password=PASSWORD, at=AT).role == role
    event = SecurityEvent.objects.get(kind=Kind.INVITATION_ACCEPTED)
    assert event.detail == "invited by Joe Brandreth, confirmed by Sue Marsh"
    assert verification.verify() == []


def test_it_is_declined_with_a_reason_and_withdrawn_without(administrator, other):
    invitation, _ = asked(administrator, Role.ADMINISTRATOR)
    with refusal("no-reason"):
        end_invitation(invitation=invitation, by=other, at=AT)
    assert end_invitation(invitation=invitation, by=other, at=AT, reason="Who?").ended_as == "declined"
    again, _ = asked(administrator, Role.ADMINISTRATOR)
    assert end_invitation(invitation=again, by=administrator, at=AT).ended_as == "withdrawn"


def test_the_command_line_confirms_alone_and_says_why(administrator):
    invitation, _ = asked(administrator, Role.ADMINISTRATOR)
    with refusal("no-reason"):
        confirm_invitation(invitation=invitation, by=None, at=AT)
    confirm_invitation(invitation=invitation, by=None, at=AT, reason="She is the only one.")
    entry = TrailEntry.objects.get(verb=Kind.INVITATION_CONFIRMED)
    assert (entry.by_name, entry.reason) == ("the command line", "She is the only one.")
    assert asked(None, Role.ADMINISTRATOR, email="first@example.org").secret != ""


def test_what_cannot_be_is_refused_beside_its_field(administrator, officer, westmarch):
    panel = make_panel()
    wrong = (
        ({"email": officer.email.upper()}, "email"),
        ({"email": "no address"}, "email"),
        ({"name": " "}, "name"),
        ({"force": westmarch}, "force"),
        ({"role": Role.FORCE_INSPECTION_LEAD}, "force"),
        ({"role": Role.COMMITTEE_MEMBER, "committees": []}, "committees"),
        ({"committees": [panel]}, "committees"),
        ({"role": "king"}, "role"),
    )
    for facts, field in wrong:
        with pytest.raises(Refusal) as refused:
            asked(administrator, **{"role": Role.OPCC_OFFICER} | facts)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        asked(officer)
    assert AccountInvitation.objects.count() == 0


def test_a_member_belongs_to_the_committees_of_the_invitation(administrator):
    panel = make_panel()
    _, secret = asked(administrator, Role.COMMITTEE_MEMBER, committees=[panel])
    person = accept_invitation(secret=secret, password=PASSWORD, at=AT)
    assert [seat.panel for seat in person.seats.current()] == [panel]


def test_an_address_that_has_an_account_by_now_is_refused(administrator):
    _, secret = asked(administrator)
    make_person("Ann Reed", Role.OPCC_OFFICER)
    with pytest.raises(Refusal, match="Someone has an account"):
        accept_invitation(secret=secret, password=PASSWORD, at=AT)
