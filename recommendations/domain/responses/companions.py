"""One response covers companions: a force's own report beside the national one that says the same."""

import datetime

from django.db.models import Q, QuerySet

from recommendations.domain.responses.starting import overseer_of, share_response, start_response
from recommendations.domain.writing.records import locked
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LinkKind, ResponseState
from recommendations.models import Inspection, PolicingBody, Response, ResponseInspection, User
from recommendations.periods import say
from recommendations.trail import verb


def companions_of(inspection: Inspection) -> QuerySet:
    """The reports that are linked to this one as companions, from either side."""
    links = Q(links__to=inspection, links__kind=LinkKind.COMPANION, links__withdrawn_at__isnull=True)
    back = Q(
        linked_from__inspection=inspection,
        linked_from__kind=LinkKind.COMPANION,
        linked_from__withdrawn_at__isnull=True,
    )
    return Inspection.objects.filter(pk__in=Inspection.objects.filter(links | back).order_by().values("pk"))


def to_share(inspection: Inspection) -> QuerySet:
    """The responses to its companions that can cover this report too."""
    answers = ResponseInspection.objects.filter(inspection__in=companions_of(inspection))
    found = Response.objects.filter(pk__in=answers.order_by().values("response"))
    return found.filter(state__in=[ResponseState.DRAFTING, ResponseState.PUBLISHED]).order_by("pk")


def covering(inspection: Inspection) -> QuerySet:
    """The responses to this report; where it needs none, those to its companions, which cover it."""
    reports = Q(inspection=inspection)
    if not inspection.needs_response:
        reports |= Q(inspection__in=companions_of(inspection))
    answers = ResponseInspection.objects.filter(reports)
    return Response.objects.filter(pk__in=answers.order_by().values("response")).order_by("pk")


def begin_response(*, inspection: Inspection, by: User | None, at: datetime.datetime) -> Response:
    """Begin a response of this report's own, by the body that oversaw its force on the day of the report."""
    return start_response(inspections=[inspection], body=_body(inspection), by=by, at=at)


def join_response(*, inspection: Inspection, response: Response, by: User | None, at: datetime.datetime) -> Response:
    """Let the response to a companion cover this report too. Raises Refusal where it cannot any more."""
    with verb("share_response", by=by, at=at, subject=response) as act:
        return share_response(act, inspection=locked(inspection), response=response)


def _body(inspection: Inspection) -> PolicingBody:
    for cover in inspection.covers.select_related("force").order_by("force__name"):
        if body := overseer_of(cover.force, inspection.published_on):
            return body
    raise Refusal(
        f"No one oversaw its forces on {say(inspection.published_on)}, so no body can respond. "
        "Add the policing body and its oversight of the force in the administration."
    )
