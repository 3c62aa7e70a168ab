"""Whether a force may refuse what it was asked: what is a direction is carried out, and “not accepted” is no answer."""

from recommendations.domain.sources.queries import basis_of
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Position
from recommendations.models import BasisFacts, Inspection


def may_be_refused(inspection: Inspection) -> bool:
    """Whether “not accepted” is a lawful answer under its rule. No query for HMICFRS's own, else one."""
    return not inspection.is_of_other_source or basis_of(inspection).may_refuse


def check_position(inspection: Inspection, position: object) -> None:
    """Raise Refusal for “not accepted” where its rule allows no such answer. A query for that position alone."""
    if position == Position.NOT_ACCEPTED and not may_be_refused(inspection):
        raise Refusal(why_not(basis_of(inspection)), "position")


def why_not(basis: BasisFacts) -> str:
    """Why “not accepted” cannot be recorded under a rule."""
    law = f": {basis.law}" if basis.law else ""
    return f"“Not accepted” is not a lawful answer under “{basis.name}”{law}. Choose another position."
