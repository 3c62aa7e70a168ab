"""Which committees a member belongs to, and whether members need a second factor."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from recommendations.domain.audit.events import HERE, EventOrigin, add_event
from recommendations.domain.people.two_people import check_administers
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import PanelKind, Role
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import CommitteeSeat, Panel, SignInPolicy, User
from recommendations.trail import VerbContext, verb

THE_POLICY = 1


def committees(day: datetime.date) -> QuerySet[Panel]:
    """The committees that a member can belong to by name: not ended by a day, and not Channel panels."""
    return Panel.objects.exclude(kind=PanelKind.CHANNEL).exclude(until__lt=day).order_by("name")


def seat(act: VerbContext, person: User, panels: Iterable[Panel]) -> None:
    """Make a person belong to exactly these committees, inside a running verb."""
    wanted = {panel.pk: panel for panel in panels}
    for each in CommitteeSeat.objects.current().filter(person=person):
        if wanted.pop(each.panel_id, None) is None:
            each.ended_at = act.at
            act.save(each)
    act.add_all([CommitteeSeat(person=person, panel=panel, given_at=act.at) for panel in wanted.values()])


def set_committees(
    *, person: User, panels: Iterable[Panel], by: User | None, at: datetime.datetime, origin: EventOrigin = HERE
) -> User:
    """Set which committees a member belongs to: from their next request they read these committees' papers.

    Raises Refusal if the person is not a committee member, or no committee is chosen.
    """
    chosen = list(panels)
    with verb(Kind.COMMITTEES_SET, by=by, at=at, subject=person) as act:
        check_administers(by)
        person = lock_row(person)
        if person.role != Role.COMMITTEE_MEMBER:
            raise Refusal(f"{person.name} is not a committee member.")
        if not chosen:
            raise Refusal("Choose one committee or more. Someone who belongs to none leaves.", "panels")
        seat(act, person, chosen)
        add_event(act, account=person, origin=origin, detail=", ".join(str(each) for each in chosen))
    return person


def members_without_committee() -> QuerySet[User]:
    """Committee members who can sign in but belong to no committee."""
    seated = CommitteeSeat.objects.current().values("person")
    return User.objects.filter(role=Role.COMMITTEE_MEMBER, is_active=True).exclude(pk__in=seated).order_by("name")


def members_need_factor() -> bool:
    """Whether committee members need a second factor too: yes, unless the office has switched that off."""
    return not SignInPolicy.objects.filter(members_without_factor=True).exists()


def set_member_factor(
    *, needed: bool, reason: str, by: User | None, at: datetime.datetime, origin: EventOrigin = HERE
) -> SignInPolicy:
    """Set whether committee members need a second factor. Raises Refusal without a reason, or if nothing changes."""
    with verb(Kind.MEMBER_FACTOR_SET, by=by, at=at, reason=reason.strip()) as act:
        check_administers(by)
        if not reason.strip():
            raise Refusal("Say why the office chooses this.", "reason", code="no-reason")
        policy = SignInPolicy.objects.select_for_update().first() or SignInPolicy(pk=THE_POLICY)
        if policy.members_without_factor == (not needed):
            raise Refusal("This is so already.", code="unchanged")
        policy.members_without_factor = not needed
        act.subject = act.save(policy)
        add_event(act, origin=origin, detail="switched on" if needed else "switched off")
    return policy
