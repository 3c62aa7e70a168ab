"""What is a person's own, the same on the first page, in the register and in the calendar: what they lead or keep.

A recommendation is its OPCC lead's, a commitment its keeper's, a round and a response theirs who see to them, a report
theirs who see to its response, a request its owner's by name, a paper theirs who prepared it.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations.models import ResponseInspection, User
from recommendations.permissions import May


def chooses_whose(user: User) -> bool:
    """Whether this person chooses between their own and everyone's: a person of the office."""
    return user.has_perm(May.WRITE_NOTES)


def shows_mine(user: User) -> bool:
    """Whether this person's pages show their own alone, as they chose last."""
    return user.shows_mine and chooses_whose(user)


def show_mine(*, person: User, mine: bool) -> None:
    """Remember that a person's pages show their own alone, or everyone's."""
    _prefer(person, shows_mine=mine)


def mail_notices(*, person: User, wanted: bool) -> None:
    """Remember whether a person wants their notices by e-mail too."""
    _prefer(person, mails_notices=wanted)


def _prefer(person: User, **choice: bool) -> None:
    rows: QuerySet[User] = QuerySet(User)
    # written at once: what a person prefers is no record
    rows.filter(pk=person.pk).update(**choice)


def my_standings(user: User) -> Q:
    """Of rows of Standing: the OPCC lead of the recommendation."""
    return Q(tracked__opcc_person=user)


def my_commitments(user: User) -> Q:
    """Of commitments: the account that keeps them."""
    return Q(keeper_person=user)


def my_rounds(user: User) -> Q:
    """Of update rounds: those that this person keeps, or asked for where there is no keeper."""
    return Q(keeper=user) | Q(keeper=None, asked_by=user)


def my_responses(user: User) -> Q:
    """Of responses: those that this person keeps."""
    return Q(keeper=user)


def my_reports(user: User) -> set[int]:
    """The reports (ids) whose response this person sees to. One query."""
    return set(ResponseInspection.objects.filter(response__keeper=user).values_list("inspection", flat=True))


def is_my_report(user: User) -> Exists:
    """The same as a column of reports."""
    return Exists(ResponseInspection.objects.filter(inspection=OuterRef("pk"), response__keeper=user))


def my_requests(user: User) -> Q:
    """Of committees’ requests: their owner by name."""
    return Q(owner__iexact=user.name)


def my_papers(user: User) -> Q:
    """Of papers: those that this person prepared."""
    return Q(prepared_by=user)
