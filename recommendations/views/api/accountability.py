"""Accountability meetings through the API."""

import datetime
from typing import Any

from recommendations.domain.api import accountability as reading
from recommendations.enums.accountability import AgendaState
from recommendations.enums.api import ApiScope
from recommendations.models import AccountabilityMeeting
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.api.endpoint import Asked, endpoint, page_of, queryset_page
from recommendations.views.api.schemas import Identified
from recommendations.views.site.requests import AuthenticatedRequest


class AccountabilityMeetingItem(Identified):
    force: str
    title: str
    on: datetime.date
    time: str
    place: str
    in_public: bool
    state: AgendaState
    address: str


@allow(May.SEE_REGISTER)
@endpoint(
    "/accountability-meetings",
    scope=ApiScope.READ_REGISTER,
    response=page_of(AccountabilityMeetingItem),
    section=Section.ACCOUNTABILITY,
)
def api_accountability_meetings(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """Accountability meetings, the newest first, with the address of what is public."""
    rows = reading.accountability_meetings(AccountabilityMeeting.objects.visible_to(request.user))
    return queryset_page(request, paging, rows, reading.accountability_meeting)
