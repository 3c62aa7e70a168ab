"""Of many who confirm one change or accept one link at the same moment, one does."""

from recommendations.domain.audit import verification
from recommendations.domain.people.changes import change_account, confirm_change
from recommendations.domain.people.invitations import accept_invitation, confirm_invitation, invite
from recommendations.enums import Role
from recommendations.models import User
from tests.conftest import AT, make_person
from tests.faults.test_lost_update import winners


def test_one_of_many_confirms_a_change_and_accepts_an_invitation(at_once, shared_database, officer, administrator):
    second = make_person("Sue Marsh", Role.ADMINISTRATOR)
    officer.role = Role.APPROVING_OFFICER
    change = change_account(person=officer, by=administrator, at=AT)
    assert winners(at_once, lambda: confirm_change(change=change, by=second, at=AT)) == 1
    facts = {"email": "ann@example.org", "name": "Ann Reed", "role": Role.ADMINISTRATOR}
    invitation, _ = invite(by=administrator, at=AT, **facts)
    secrets = []

    def confirm():
        secrets.append(confirm_invitation(invitation=invitation, by=second, at=AT).secret)

    assert winners(at_once, confirm) == 1
    accept = {"secret": secrets[0], "password": "four words of nothing", "at": AT}
    assert winners(at_once, lambda: accept_invitation(**accept)) == 1
    assert User.objects.filter(email="ann@example.org").count() == 1
    assert verification.verify() == []
