"""People who are invited, a change that waits for a second administrator, and the committee of a member."""

from types import SimpleNamespace

from django.utils import timezone

from recommendations.domain.people import changes, invitations, records
from recommendations.domain.people.committees import set_committees
from recommendations.enums import PanelKind, Role
from recommendations.models import Panel, User
from tests.conftest import AT


def seat_member(world) -> None:
    """The member belongs to the committee of every paper; there is another one."""
    set_committees(person=world.people["member"], panels=[world.panel], by=None, at=AT)
    other = Panel(name="Police and crime panel", kind=PanelKind.POLICE_AND_CRIME)
    world.other_panel = records.keep(record=other, by=None, at=AT)


def build_accounts(world) -> None:
    """An invitation that waits for a second administrator, one with a link that works, and a role to be confirmed."""
    by = {"by": world.people["administrator"], "at": AT}
    asked = invitations.invite(email="ann@example.org", name="Ann Reed", role=Role.APPROVING_OFFICER, **by)
    facts = {"email": "ben@example.org", "name": "Ben Cole", "role": Role.OPCC_OFFICER, "by": None}
    sent = invitations.invite(at=timezone.now(), **facts)
    person = User.objects.get(pk=world.people["officer"].pk)
    person.role = Role.APPROVING_OFFICER
    change = changes.change_account(person=person, reason="She covers for Margaret.", **by)
    world.accounts = SimpleNamespace(
        invitation=asked.invitation, sent=sent.invitation, secret=sent.secret, change=change
    )
