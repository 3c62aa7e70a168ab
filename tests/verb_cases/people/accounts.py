"""How people are invited, changed by two administrators, seated on committees, and leave, once."""

from recommendations.domain.people import changes, invitations
from recommendations.domain.people.committees import set_committees, set_member_factor
from recommendations.domain.people.leaving import leave
from recommendations.models import User
from tests.conftest import AT, make_person


def cases(world) -> dict:
    found, people = world.accounts, world.people
    by = {"by": people["administrator"], "at": AT}
    person = User.objects.get(pk=people["no_factor"].pk)
    person.name = "Nia Corbet"

    def second() -> dict:
        return {
            "by": User.objects.filter(name="Sue Marsh").first() or make_person("Sue Marsh", "administrator"),
            "at": AT,
        }

    other = second()
    return {
        "people.invite": lambda: invitations.invite(email="x@example.org", name="X", role="opcc_officer", **by),
        "people.confirm_invitation": lambda: invitations.confirm_invitation(invitation=found.invitation, **other),
        "people.send_again": lambda: invitations.send_again(invitation=found.sent, **by),
        "people.end_invitation": lambda: invitations.end_invitation(invitation=found.sent, **by),
        "people.change_account": lambda: changes.change_account(person=person, **by),
        "people.confirm_change": lambda: changes.confirm_change(change=found.change, **other),
        "people.end_change": lambda: changes.end_change(change=found.change, **by),
        "people.leave": lambda: leave(person=people["officer"], to=people["approver"], reason="Moved.", **by),
        "people.set_committees": lambda: set_committees(person=people["member"], panels=[world.other_panel], **by),
        "people.set_member_factor": lambda: set_member_factor(needed=False, reason="They only read.", **by),
    }
