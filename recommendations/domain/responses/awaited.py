"""Responses waiting for an approval that a user may give, or for publication. Corrections count too."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations.enums import Decision, ResponseState
from recommendations.models import DraftPart, Response, ResponseSubmission, ResponseVersion, User


def to_approve(user: User) -> QuerySet[Response]:
    """Submitted and imported responses that `user` can see and may approve: none that they submitted, wrote a part of
    or imported.
    """
    sent = ResponseSubmission.objects.filter(response=OuterRef("pk"), decision=Decision.WAITING, submitted_by=user)
    wrote = DraftPart.objects.filter(response=OuterRef("pk"), saved_by=user)
    imported = ResponseVersion.objects.filter(response=OuterRef("pk"), recorded_by=user)
    written_here = Q(~Exists(sent), ~Exists(wrote), state=ResponseState.SUBMITTED)
    brought_in = Q(~Exists(imported), state=ResponseState.BROUGHT_IN)
    found = Response.objects.visible_to(user).filter(written_here | brought_in)
    return found if user.has_perm("approve_response") else found.none()


def to_publish(user: User) -> QuerySet[Response]:
    """Approved responses that `user` can see: approved, but not yet public."""
    return Response.objects.visible_to(user).filter(state=ResponseState.APPROVED)
