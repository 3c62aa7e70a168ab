"""People of a force that ends or a body that is followed: a lead who stays, a lead who leaves, roles given again."""

import pytest

from recommendations.domain.audit.verification import verify
from recommendations.domain.people.changes import change_account, confirm_change, end_change
from recommendations.domain.people.invitations import invite
from recommendations.domain.succession.people import end_roles
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.enums import Role
from recommendations.models import (
    AccountChange,
    AccountInvitation,
    Inspection,
    ScrutinyReport,
    TrackedRecommendation,
    UpdateRound,
    User,
)
from recommendations.trail import verb
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.domain.succession.world import end, make_marches, make_mayor
from tests.makers.factual_checks import make_filed
from tests.makers.rounds import make_round
from tests.per_module import per_module


@per_module
def marches(body):
    return make_marches(body)


@per_module
def second():
    return make_person("Ada Moss", Role.ADMINISTRATOR)


def visible(person: User) -> dict[str, int]:
    models = (TrackedRecommendation, UpdateRound, Inspection, ScrutinyReport)
    return {model.__name__: model.objects.visible_to(person).count() for model in models}


def test_a_lead_who_stays_has_what_came_over_and_no_more(westmarch, eastvale, marches, force_lead, officer, approver):
    make_round(westmarch, by=officer)
    make_filed(westmarch, approver)
    make_tracked(make_inspection(eastvale, title="CANARY of Eastvale"))
    end(westmarch, marches, by=officer, leads_stay=True)
    lead = User.objects.get(pk=force_lead.pk)
    assert (lead.force, lead.is_active) == (marches, True)
    assert visible(lead) == {"TrackedRecommendation": 3, "UpdateRound": 1, "Inspection": 1, "ScrutinyReport": 0}


def test_no_one_comes_to_the_force_that_ended(westmarch, marches, force_lead, administrator, second, officer):
    invite(
        email="new@example.org", name="New", role=Role.FORCE_INSPECTION_LEAD, force=westmarch, by=administrator, at=AT
    )
    wanted = User.objects.get(pk=force_lead.pk)
    wanted.email = "callum@example.org"
    change_account(person=wanted, by=administrator, at=AT)
    end(westmarch, marches, by=officer, leads_stay=True)
    assert not AccountInvitation.objects.open().exists()
    assert not AccountChange.objects.open().exists()


def test_roles_are_given_again_by_two_where_the_staff_changes(
    officer, approver, administrator, second, force_lead, member
):
    mayor = make_mayor()
    with verb("carry_out", by=None, at=AT) as act:
        ended = end_roles(act, successor=mayor, asked_by=administrator)
    assert ended == [officer, approver]
    active = User.objects.filter(is_active=True)
    assert set(active) == {administrator, second, force_lead, member}
    first, other = AccountChange.objects.open().order_by("person__name")
    with pytest.raises(NotAllowed):
        confirm_change(change=first, by=administrator, at=AT)
    again = confirm_change(change=first, by=second, at=AT)
    assert (again.pk, again.role, again.is_active) == (officer.pk, Role.OPCC_OFFICER, True)
    end_change(change=other, by=second, at=AT, reason="She left with the commissioner.")
    assert not User.objects.get(pk=approver.pk).is_active
    assert verify() == []
