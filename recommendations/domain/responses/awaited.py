"""Responses waiting for an approval that a user may give, or for publication. Corrections count too."""

from django.db.models import Exists, OuterRef, QuerySet

from recommendations.enums import Decision, ResponseState
from recommendations.models import DraftPart, Response, ResponseSubmission, User


def to_approve(user: User) -> QuerySet[Response]:
    """Submitted responses that `user` can see and may approve: not ones they submitted or wrote a part of."""
    sent = ResponseSubmission.objects.filter(response=OuterRef("pk"), decision=Decision.WAITING, submitted_by=user)
    wrote = DraftPart.objects.filter(response=OuterRef("pk"), saved_by=user)
    found = Response.objects.visible_to(user).filter(~Exists(sent), ~Exists(wrote), state=ResponseState.SUBMITTED)
    return found if user.has_perm("approve_response") else found.none()


def to_publish(user: User) -> QuerySet[Response]:
    """Approved responses that `user` can see: approved, but not yet public."""
    return Response.objects.visible_to(user).filter(state=ResponseState.APPROVED)
