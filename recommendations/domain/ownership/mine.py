"""Which records are a user's own, the same on the first page, in the register and in the calendar.

A recommendation belongs to its OPCC lead, a commitment, round or response to its keeper, a report to the keeper of its
response, a request and an action to its owner (by name), and a paper to the person who prepared it.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations.models import ResponseInspection, User
from recommendations.models.base import unrecorded
from recommendations.permissions import May


def chooses_whose(user: User) -> bool:
    """Whether this user can switch between their own records and everybody's: anyone in the office."""
    return user.has_perm(May.WRITE_NOTES)


def mail_notices(*, person: User, wanted: bool) -> None:
    """Save whether a user also wants notices by email."""
    rows: QuerySet[User] = QuerySet(User)
    with unrecorded():
        # written at once: what a person prefers is no record
        rows.filter(pk=person.pk).update(mails_notices=wanted)


def my_standings(user: User) -> Q:
    """The condition on Standing: the user is the recommendation's OPCC lead."""
    return Q(tracked__opcc_person=user)


def my_commitments(user: User) -> Q:
    """The condition on commitments: the user is the keeper."""
    return Q(keeper_person=user)


def my_rounds(user: User) -> Q:
    """The condition on rounds: the user keeps them, or asked for them if there is no keeper."""
    return Q(keeper=user) | Q(keeper=None, asked_by=user)


def my_responses(user: User) -> Q:
    """The condition on responses: the user is the keeper."""
    return Q(keeper=user)


def is_my_report(user: User) -> Exists:
    """The condition on reports: the user keeps the response."""
    return Exists(ResponseInspection.objects.filter(inspection=OuterRef("pk"), response__keeper=user))


def my_requests(user: User) -> Q:
    """The condition on committees' requests: the owner has the user's name."""
    return Q(owner__iexact=user.name)


def my_actions(user: User) -> Q:
    """The condition on rows of actions: the owner is the user, by account or by name."""
    return Q(owner_person=user) | Q(owner__iexact=user.name)


def my_papers(user: User) -> Q:
    """The condition on papers: the user prepared them."""
    return Q(prepared_by=user)
