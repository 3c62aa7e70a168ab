"""One response can cover companion reports: a force's own report and the national one that says the same."""

import datetime

from django.db.models import Q, QuerySet

from recommendations.domain.responses.starting import body_to_answer, share_response, start_response
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LinkKind, ResponseState
from recommendations.models import Inspection, PolicingBody, Response, ResponseInspection, User
from recommendations.periods import london_day, say
from recommendations.trail import verb


def companions_of(inspection: Inspection) -> QuerySet:
    """Return the reports linked to this one as companions, in either direction."""
    links = Q(links__to=inspection, links__kind=LinkKind.COMPANION, links__withdrawn_at__isnull=True)
    back = Q(
        linked_from__inspection=inspection,
        linked_from__kind=LinkKind.COMPANION,
        linked_from__withdrawn_at__isnull=True,
    )
    return Inspection.objects.filter(pk__in=Inspection.objects.filter(links | back).order_by().values("pk"))


def to_share(inspection: Inspection) -> QuerySet:
    """Return the responses to its companions that can be extended to this report."""
    answers = ResponseInspection.objects.filter(inspection__in=companions_of(inspection))
    found = Response.objects.filter(pk__in=answers.order_by().values("response"))
    return found.filter(state__in=[ResponseState.DRAFTING, ResponseState.PUBLISHED]).order_by("pk")


def covering(inspection: Inspection) -> QuerySet:
    """Return the responses to this report or, if it needs none, also those to its companions, which cover it."""
    reports = Q(inspection=inspection)
    if not inspection.needs_response:
        reports |= Q(inspection__in=companions_of(inspection))
    answers = ResponseInspection.objects.filter(reports)
    return Response.objects.filter(pk__in=answers.order_by().values("response")).order_by("pk")


def begin_response(*, inspection: Inspection, by: User | None, at: datetime.datetime) -> Response:
    """Start a separate response to this report, by the body that is to answer it."""
    return start_response(inspections=[inspection], body=_body(inspection, london_day(at)), by=by, at=at)


def join_response(*, inspection: Inspection, response: Response, by: User | None, at: datetime.datetime) -> Response:
    """Extend a companion's response to this report. Raises Refusal if that is no longer possible."""
    with verb("share_response", by=by, at=at, subject=response) as act:
        return share_response(act, inspection=lock_row(inspection), response=response)


def _body(inspection: Inspection, today: datetime.date) -> PolicingBody:
    for cover in inspection.covers.select_related("force").order_by("force__name"):
        if body := body_to_answer(cover.force, inspection, today=today):
            return body
    raise Refusal(
        f"No one oversaw its forces on {say(inspection.published_on)}, so no body can respond. "
        "Add the policing body and its oversight of the force in the administration."
    )
