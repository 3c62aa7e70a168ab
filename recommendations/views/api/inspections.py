"""Inspections, what they ask, responses, commitments, meetings and people’s names through the API."""

import json
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Query

from recommendations.domain.api import inspections as reading
from recommendations.enums.api import ApiScope
from recommendations.models import Commitment, Inspection, Meeting, PublishedText, Recommendation, Response
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.api.endpoint import Asked, Day, Paging, endpoint, page_of, queryset_page
from recommendations.views.api.schemas import (
    CommitmentItem,
    InspectionItem,
    MeetingItem,
    PersonItem,
    RecommendationItem,
    ResponseRecord,
    ResponseSummary,
)
from recommendations.views.site.requests import AuthenticatedRequest

READ = ApiScope.READ_REGISTER
MOST = 2**31 - 1


class PublishedAsked(Paging):
    """Which reports by their day of publication, London days."""

    published_from: Day | None = Field(None, description="Published on this day or later.")
    published_to: Day | None = Field(None, description="Published on this day or earlier.")

    def narrow(self, rows: QuerySet[Any], name: str) -> QuerySet[Any]:
        """Only those published on these days."""
        days = {"gte": self.published_from, "lte": self.published_to}
        return rows.filter(**{f"{name}__{sign}": day for sign, day in days.items() if day})


class RecommendationsAsked(PublishedAsked):
    inspection: int | None = Field(None, ge=1, le=MOST, description="The number of an inspection.")


class MeetingsAsked(Paging):
    first_day: Day | None = Field(None, description="On this day or later.")
    last_day: Day | None = Field(None, description="On this day or earlier.")


@allow(May.SEE_INSPECTIONS)
@endpoint("/inspections", scope=READ, response=page_of(InspectionItem))
def api_inspections(request: AuthenticatedRequest, filters: Query[PublishedAsked]) -> dict[str, Any]:
    """Inspections, the newest first, with the forces that they cover."""
    rows = filters.narrow(Inspection.objects.visible_to(request.user), "published_on")
    return queryset_page(request, filters, reading.inspections(rows, request.user), reading.inspection)


@allow(May.SEE_INSPECTIONS)
@endpoint("/recommendations", scope=READ, response=page_of(RecommendationItem))
def api_recommendations(request: AuthenticatedRequest, filters: Query[RecommendationsAsked]) -> dict[str, Any]:
    """Recommendations, word for word as the reports have them, with parts and whom they are directed to."""
    rows = filters.narrow(Recommendation.objects.visible_to(request.user), "inspection__published_on")
    rows = rows.filter(inspection=filters.inspection) if filters.inspection else rows
    return queryset_page(request, filters, reading.recommendations(rows), reading.recommendation)


@allow(May.SEE_RESPONSES)
@endpoint("/responses", scope=READ, response=page_of(ResponseSummary))
def api_responses(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """Responses, the newest first, with their published versions."""
    return queryset_page(
        request, paging, reading.responses(Response.objects.visible_to(request.user)), reading.response
    )


@allow(May.SEE_RESPONSES)
@endpoint("/responses/{int:pk}", scope=READ, response=ResponseRecord)
def api_response(request: AuthenticatedRequest, pk: int) -> dict[str, Any]:
    """One response, with its latest published version as it reads."""
    row = get_object_or_404(reading.responses(Response.objects.visible_to(request.user)), pk=pk)
    found = PublishedText.objects.filter(of__response=row).order_by("-of__number").first()
    text = found.text if found else None
    return reading.response(row) | {"text": json.loads(text) if isinstance(text, str) else text}


@allow(May.SEE_RESPONSES)
@endpoint("/commitments", scope=READ, response=page_of(CommitmentItem), section=Section.COMMITMENTS)
def api_commitments(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """Commitments: what the office promised in its responses, and what each check found."""
    return queryset_page(
        request, paging, reading.commitments(Commitment.objects.visible_to(request.user)), reading.commitment
    )


@allow(May.SEE_PANELS)
@endpoint("/meetings", scope=READ, response=page_of(MeetingItem), section=Section.PANELS)
def api_meetings(request: AuthenticatedRequest, filters: Query[MeetingsAsked]) -> dict[str, Any]:
    """Meetings of panels, the newest first."""
    days = {"on__gte": filters.first_day, "on__lte": filters.last_day}
    rows = Meeting.objects.visible_to(request.user).filter(**{name: day for name, day in days.items() if day})
    rows = rows.select_related("panel__force").order_by("-on", "-pk")
    return queryset_page(request, filters, rows, reading.meeting)


@allow(May.SEE_REGISTER)
@endpoint("/people", scope=READ, response=page_of(PersonItem))
def api_people(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """People’s names, with role and force: everyone’s for the office, those of one’s own force for a force."""
    return queryset_page(request, paging, reading.people_for(request.user), reading.person)
