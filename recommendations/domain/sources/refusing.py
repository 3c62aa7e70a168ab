"""Whether a force may answer “not accepted”. A direction has to be carried out, and what it enforces too."""

from recommendations.domain.sources.queries import basis_of
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Position
from recommendations.models import BasisFacts, Inspection, TrackedRecommendation

DIRECTED = "A direction enforces this recommendation, so “not accepted” is no answer to it. Choose another position."


def may_be_refused(tracked: TrackedRecommendation) -> bool:
    """Whether “not accepted” is a lawful answer: no direction enforces it, and its source's rule allows it.

    No query for HMICFRS's own, else one.
    """
    return tracked.standing.direction_due_on is None and may_refuse(tracked.recommendation.inspection)


def may_refuse(inspection: Inspection) -> bool:
    """Whether an inspection's rule allows “not accepted”. No query for HMICFRS's own, else one."""
    return not inspection.is_of_other_source or basis_of(inspection).may_refuse


def check_position(tracked: TrackedRecommendation, position: object) -> None:
    """Raise Refusal for “not accepted” where it is no lawful answer. Two queries, for that position only."""
    if position != Position.NOT_ACCEPTED:
        return
    if tracked.standing.direction_due_on:
        raise Refusal(DIRECTED, "position", code="directed")
    if not may_refuse(tracked.recommendation.inspection):
        raise Refusal(why_not(basis_of(tracked.recommendation.inspection)), "position")


def why_not(basis: BasisFacts) -> str:
    """Why “not accepted” cannot be recorded under a rule."""
    law = f": {basis.law}" if basis.law else ""
    return f"“Not accepted” is not a lawful answer under “{basis.name}”{law}. Choose another position."
