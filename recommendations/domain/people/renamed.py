"""Names on open records of who is responsible: they follow the account of that name, also when it is renamed."""

from django.db.models import Q

from recommendations.domain.ownership.actions import give_actions, open_actions_of
from recommendations.domain.ownership.people import LEAD, OFFICE, link_accounts
from recommendations.domain.writing.records import raise_versions
from recommendations.models import Commitment, TrackedRecommendation, User
from recommendations.trail import VerbContext


def follow_name(act: VerbContext, person: User) -> None:
    """Inside the verb that saved `person`: put their new name on open recommendations, commitments and actions.

    Closed and finished ones keep the name as it was.
    """
    _rewrite(act, person, Q(opcc_person=person), Q(keeper_person=person))
    give_actions(act, open_actions_of(person), person)


def link_named_records(act: VerbContext, person: User) -> None:
    """Inside the verb that created `person`: link open records with their name to the account."""
    if person.role in OFFICE:
        lead, keeper = Q(opcc_lead=person.name, opcc_person=None), Q(keeper=person.name, keeper_person=None)
        _rewrite(act, person, lead, keeper)


def _rewrite(act: VerbContext, person: User, lead: Q, keeper: Q) -> None:
    locked = TrackedRecommendation.objects.select_for_update(of=("self",)).filter(lead).open()
    tracked = list(locked.select_related("recommendation__inspection").order_by("pk"))
    commitments = list(Commitment.objects.running().select_for_update().filter(keeper).order_by("pk"))
    for each in tracked:
        each.opcc_lead = person.name[:120]
    for commitment in commitments:
        commitment.keeper = person.name[:120]
    raise_versions(act, tracked)
    raise_versions(act, commitments)
    link_accounts(commitments, "keeper", "keeper_person")
    link_accounts(tracked, *LEAD)
    act.save_all(tracked)
    act.save_all(commitments)
