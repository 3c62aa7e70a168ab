"""What would let one administrator get at records is asked for by one and confirmed by another."""

import pytest
from allauth.mfa.models import Authenticator

from recommendations.domain.audit import verification
from recommendations.domain.people import records
from recommendations.domain.people.changes import change_account, confirm_change, end_change, reset_factor
from recommendations.domain.people.second_factors import reset_second_factor
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.enums import Role
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import AccountChange, TrackedRecommendation, TrailEntry, User
from recommendations.trail import verb
from tests.conftest import AT, make_person
from tests.per_module import per_module
from tests.refusals import refusal
from tests.security.door import give_factor


@per_module
def other():
    return make_person("Sue Marsh", Role.ADMINISTRATOR)


def edited(person, **facts) -> User:
    found = User.objects.get(pk=person.pk)
    for name, value in facts.items():
        setattr(found, name, value)
    return found


def role_of(person) -> str:
    return User.objects.get(pk=person.pk).role


@pytest.mark.parametrize("role", [Role.APPROVING_OFFICER, Role.ADMINISTRATOR])
def test_it_waits_until_another_administrator_confirms_it(officer, administrator, other, role):
    change = change_account(person=edited(officer, role=role), by=administrator, at=AT, reason="She covers.")
    assert role_of(officer) == Role.OPCC_OFFICER
    for by in (administrator, officer):
        with pytest.raises(NotAllowed):
            confirm_change(change=change, by=by, at=AT)
    confirm_change(change=change, by=other, at=AT)
    assert role_of(officer) == role
    with refusal("decided-already"):
        confirm_change(change=change, by=other, at=AT)
    entries = TrailEntry.objects.filter(verb__in=Kind.values).order_by("sequence")
    assert [(each.verb, each.by_name) for each in entries] == [
        (Kind.CHANGE_ASKED, "Joe Brandreth"),
        (Kind.CHANGE_CONFIRMED, "Sue Marsh"),
    ]
    assert verification.verify() == []


def test_another_force_whose_records_an_inspection_lead_would_see_takes_two(force_lead, eastvale, administrator, other):
    with pytest.raises(NotAllowed):
        records.keep(record=edited(force_lead, force=eastvale), by=administrator, at=AT)
    change = change_account(person=edited(force_lead, force=eastvale), by=administrator, at=AT)
    assert User.objects.get(pk=force_lead.pk).force == force_lead.force
    confirm_change(change=change, by=other, at=AT)
    assert User.objects.get(pk=force_lead.pk).force == eastvale


def test_whom_it_is_about_does_not_confirm_it(administrator, other):
    """Two administrators: one asks for the other's new address, to which links for a password go."""
    change = change_account(person=edited(other, email="sue@example.org"), by=administrator, at=AT)
    with pytest.raises(NotAllowed):
        confirm_change(change=change, by=other, at=AT)
    assert User.objects.get(pk=other.pk).email == "sue.marsh@example.org"


@pytest.mark.parametrize("facts", [{"email": "x@example.org"}, {"is_active": True}])
def test_another_address_and_letting_in_again_wait_too(approver, administrator, facts):
    if "is_active" in facts:
        records.keep(record=edited(approver, is_active=False), by=None, at=AT)
    assert isinstance(change_account(person=edited(approver, **facts), by=administrator, at=AT), AccountChange)


@pytest.mark.parametrize("who", ["officer", "force_lead", "approver", "other"])
def test_another_address_of_whoever_writes_waits(request, administrator, who):
    person = request.getfixturevalue(who)
    was = person.email
    assert isinstance(
        change_account(person=edited(person, email="x@example.org"), by=administrator, at=AT), AccountChange
    )
    assert User.objects.get(pk=person.pk).email == was


def test_a_member_who_is_to_write_waits_and_their_address_does_not(member, administrator):
    assert change_account(person=edited(member, email="x@example.org"), by=administrator, at=AT) is None
    assert isinstance(
        change_account(person=edited(member, role=Role.OPCC_OFFICER), by=administrator, at=AT), AccountChange
    )
    assert role_of(member) == Role.COMMITTEE_MEMBER


ONE_ID, ANOTHER_ID = "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab", "9f3e0c52-9a1b-4c7d-8e2f-0123456789ff"


@pytest.mark.parametrize("who", ["officer", "force_lead", "approver", "other", "member"])
@pytest.mark.parametrize(("was", "wanted"), [("", ONE_ID), (ONE_ID, ANOTHER_ID), (ONE_ID, "")])
def test_an_object_id_is_set_changed_and_emptied_by_two_with_a_reason(request, administrator, who, was, wanted):
    person, second = request.getfixturevalue(who), make_person("Ida Poole", Role.ADMINISTRATOR)
    records.keep(record=edited(person, entra_id=was), by=None, at=AT)
    facts = {"person": edited(person, entra_id=wanted), "by": administrator, "at": AT}
    with refusal("no-reason") as refused:
        change_account(reason=" ", **facts)
    assert refused.value.field == "reason"
    change = change_account(reason="She showed me her passport.", **facts)
    with pytest.raises(NotAllowed):
        confirm_change(change=change, by=administrator, at=AT)
    assert User.objects.get(pk=person.pk).entra_id == was
    confirm_change(change=change, by=second, at=AT)
    found = User.objects.get(pk=person.pk)
    assert (found.entra_id, found.role, found.force, found.is_active) == (wanted, person.role, person.force, True)
    assert verification.verify() == []


def test_a_closed_account_stays_closed_when_its_object_id_changes(officer, administrator, other):
    records.keep(record=edited(officer, is_active=False), by=administrator, at=AT)
    change = change_account(person=edited(officer, entra_id=ONE_ID), reason="Hers.", by=administrator, at=AT)
    found = confirm_change(change=change, by=other, at=AT)
    assert (found.is_active, found.entra_id) == (False, ONE_ID)


def test_an_account_is_not_closed_by_another_object_id(officer, administrator):
    wanted = edited(officer, entra_id=ONE_ID, is_active=False)
    with refusal("account-open"):
        change_account(person=wanted, reason="Gone.", by=administrator, at=AT)


def test_a_new_name_that_waited_goes_to_what_they_lead(officer, administrator, other, tracked):
    leads = TrackedRecommendation.objects.filter(pk=tracked.pk).values_list("opcc_lead", flat=True)
    with verb("edit", by=None, at=AT) as act:
        tracked.opcc_lead, tracked.opcc_person = officer.name, officer
        act.save(tracked)
    change = change_account(person=edited(officer, name="Hannah Hale", email="h@example.org"), by=administrator, at=AT)
    confirm_change(change=change, by=other, at=AT)
    assert list(leads) == ["Hannah Hale"]


@pytest.mark.parametrize("facts", [{"name": "Margaret Hale"}, {"role": Role.OPCC_OFFICER}, {"is_active": False}])
def test_what_gives_no_such_role_is_made_at_once(approver, administrator, facts):
    assert change_account(person=edited(approver, **facts), by=administrator, at=AT) is None
    assert {name: getattr(User.objects.get(pk=approver.pk), name) for name in facts} == facts


def test_no_other_verb_gives_such_a_role(officer, administrator):
    with pytest.raises(NotAllowed):
        records.keep(record=edited(officer, role=Role.ADMINISTRATOR), by=administrator, at=AT)
    with pytest.raises(NotAllowed):
        records.add_person(email="x@example.org", name="X", role=Role.ADMINISTRATOR, by=administrator, at=AT)
    assert records.add_person(email="x@example.org", name="X", role=Role.ADMINISTRATOR, by=None, at=AT).is_active


def test_one_change_waits_at_a_time_and_an_account_that_changed_meanwhile_is_not_overwritten(
    officer, administrator, other
):
    change = change_account(person=edited(officer, role=Role.ADMINISTRATOR), by=administrator, at=AT)
    with refusal("waits-already"):
        change_account(person=edited(officer, role=Role.APPROVING_OFFICER), by=other, at=AT)
    records.keep(record=edited(officer, name="Hannah Hale"), by=other, at=AT)
    with refusal("changed-meanwhile"):
        confirm_change(change=change, by=other, at=AT)
    assert end_change(change=change, by=other, at=AT, reason="Ask again.").answer == "declined"


def test_who_asked_withdraws_it_and_another_declines_it_with_a_reason(officer, administrator, other):
    change = change_account(person=edited(officer, role=Role.ADMINISTRATOR), by=administrator, at=AT)
    with refusal("no-reason"):
        end_change(change=change, by=other, at=AT)
    assert end_change(change=change, by=administrator, at=AT).answer == "withdrawn"
    assert role_of(officer) == Role.OPCC_OFFICER


def test_the_command_line_confirms_alone_and_says_why(officer, administrator):
    change = change_account(person=edited(officer, role=Role.ADMINISTRATOR), by=administrator, at=AT)
    with refusal("no-reason"):
        confirm_change(change=change, by=None, at=AT)
    confirm_change(change=change, by=None, at=AT, reason="Joe is the only one.")
    assert role_of(officer) == Role.ADMINISTRATOR


def has_factor(person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_MEMBER])
def test_the_second_factor_of_who_writes_is_reset_by_two(role, administrator, other, westmarch):
    person = make_person("Ann Abbot", role, westmarch if role == Role.FORCE_INSPECTION_LEAD else None)
    give_factor(person)
    assert reset_factor(person=person, reason="Lost.", by=administrator, at=AT) is not None
    assert has_factor(person)


def test_who_resets_the_second_factor_of_somebody_who_writes_does_not_confirm_it(approver, administrator, other):
    give_factor(approver)
    with refusal("needs-second-person", NotAllowed):
        reset_second_factor(person=approver, reason="Lost.", by=administrator, at=AT)
    change = reset_factor(person=approver, reason="Lost; I rang her desk.", by=administrator, at=AT)
    with pytest.raises(NotAllowed):
        confirm_change(change=change, by=administrator, at=AT)
    with refusal("waits-already"):
        reset_factor(person=approver, reason="Lost.", by=other, at=AT)
    assert has_factor(approver)
    confirm_change(change=change, by=other, at=AT)
    assert not has_factor(approver)
    assert User.objects.get(pk=approver.pk).role == Role.APPROVING_OFFICER
    entries = TrailEntry.objects.filter(verb__in=Kind.values).order_by("sequence")
    assert [(each.verb, each.by_name) for each in entries] == [
        (Kind.CHANGE_ASKED, "Joe Brandreth"),
        (Kind.FACTOR_RESET, "Sue Marsh"),
    ]
    assert verification.verify() == []


def test_nobody_asks_for_their_own_reset_or_confirms_it(administrator, other):
    give_factor(other)
    with pytest.raises(NotAllowed):
        reset_factor(person=other, reason="Mine.", by=other, at=AT)
    change = reset_factor(person=other, reason="Lost.", by=administrator, at=AT)
    with pytest.raises(NotAllowed):
        confirm_change(change=change, by=other, at=AT)
    end_change(change=change, by=administrator, at=AT)
    assert has_factor(other)


def test_a_committee_members_second_factor_takes_one_and_the_command_line_resets_any(member, approver, administrator):
    give_factor(approver)
    assert reset_factor(person=member, reason="Lost.", by=administrator, at=AT) is None
    assert reset_factor(person=approver, reason="There is one administrator.", by=None, at=AT) is None
    assert [has_factor(person) for person in (member, approver)] == [False, False]
