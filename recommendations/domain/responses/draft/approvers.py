"""Who may approve a response: approving officers who neither wrote the last version of a part nor submitted it."""

from recommendations.domain.responses.draft.parts import authors_of
from recommendations.domain.responses.states import latest_submission
from recommendations.enums import Decision, Role
from recommendations.models import Response, User


def approvers_of(response: Response, parts=None) -> list[User]:
    """The approving officers who could approve the text as it is now, by name; `parts` where they were read before."""
    wrote = authors_of(response, parts)
    waiting = latest_submission(response)
    if waiting and waiting.decision == Decision.WAITING and waiting.submitted_by_id:
        wrote |= {waiting.submitted_by_id}
    officers = User.objects.filter(role=Role.APPROVING_OFFICER, is_active=True)
    return list(officers.exclude(pk__in=wrote).order_by("name", "pk"))
