"""People of a force that ends, or of a body that is followed: who stays, who loses access, whose role is given again.

All inside the verb that carries out the change, which two administrators have decided: one entered it and another
confirmed it.
"""

from django.db.models import Q

from recommendations.domain.ownership.people import office_people
from recommendations.domain.people.changes import CHANGED, decide
from recommendations.domain.people.leaving import close_account
from recommendations.domain.people.records import mark_of
from recommendations.domain.people.sessions import drop_sessions
from recommendations.domain.succession.going_over import leads_of
from recommendations.enums.security import AccessAnswer, AccessEnd
from recommendations.models import AccountChange, AccountInvitation, Force, PolicingBody, User
from recommendations.trail import VerbContext


def carry_over_leads(act: VerbContext, *, force: Force, successor: Force, stay: bool) -> list[User]:
    """Make the inspection leads of a force that ends those of its successor, if they `stay`; else close their accounts.

    Either way their sessions end. Invitations and changes that would give someone the register of the force that ended
    are withdrawn. Returns the leads.
    """
    leads = list(leads_of([force]).select_for_update(of=("self",)))
    for lead in leads:
        if stay:
            lead.force = successor
            act.save(lead)
            drop_sessions(lead)
        else:
            lead.is_active = False
            close_account(act, lead)
    _withdraw_access(act, force, f"{force} ended.")
    return leads


def _withdraw_access(act: VerbContext, force: Force, why: str) -> None:
    for invitation in AccountInvitation.objects.open().select_for_update(of=("self",)).filter(force=force):
        invitation.ended_at, invitation.ended_by = act.at, act.by
        invitation.ended_as, invitation.ended_why = AccessEnd.WITHDRAWN, why
        act.save(invitation)
    waiting = AccountChange.objects.open().filter(Q(force=force) | Q(person__force=force))
    for change in waiting.select_for_update(of=("self",)):
        decide(act, change, AccessAnswer.WITHDRAWN, why)


def end_roles(act: VerbContext, *, successor: PolicingBody, asked_by: User | None) -> list[User]:
    """End the roles of officers and approving officers, where the staff of the body that follows is another.

    Each account is closed, and to let the person in again with the role waits for a second administrator: `asked_by`,
    who entered the change of the body, has asked for it, so another one confirms or declines it. Returns the people.
    """
    people = list(office_people().select_for_update())
    for person in people:
        wanted = {name: getattr(person, name) for name in CHANGED}
        person.is_active = False
        close_account(act, person)
        facts = wanted | {"seen": mark_of(person), "reason": f"{successor} follows from this day."}
        act.save(AccountChange(person=person, asked_at=act.at, asked_by=asked_by, **facts))
    return people
