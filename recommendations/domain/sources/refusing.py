"""Whether a force may answer “not accepted”. A direction has to be carried out, so it may not."""

from recommendations.domain.sources.queries import basis_of
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Position
from recommendations.models import BasisFacts, Inspection


def may_be_refused(inspection: Inspection) -> bool:
    """Whether “not accepted” is a lawful answer under its rule. No query for HMICFRS's own, else one."""
    return not inspection.is_of_other_source or basis_of(inspection).may_refuse


def check_position(inspection: Inspection, position: object) -> None:
    """Raise Refusal for “not accepted” if its rule does not allow it. One query, for that position only."""
    if position == Position.NOT_ACCEPTED and not may_be_refused(inspection):
        raise Refusal(why_not(basis_of(inspection)), "position")


def why_not(basis: BasisFacts) -> str:
    """Why “not accepted” cannot be recorded under a rule."""
    law = f": {basis.law}" if basis.law else ""
    return f"“Not accepted” is not a lawful answer under “{basis.name}”{law}. Choose another position."
