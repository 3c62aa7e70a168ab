"""Actions through the API: as they stand today."""

import datetime
from typing import Any

from django.utils.timezone import localdate
from ninja import Field, Query

from recommendations.domain.actions.queries import lines_for
from recommendations.domain.api import actions as reading
from recommendations.enums.actions import ActionState
from recommendations.enums.api import ApiScope
from recommendations.models import ActionRow, Force
from recommendations.models.actions import ActionRowQuerySet
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.api.endpoint import Paging, endpoint, list_page, page_of, wrong
from recommendations.views.api.schemas import ActionItem
from recommendations.views.site.requests import AuthenticatedRequest

LARGEST = 2**31 - 1


class ActionsAsked(Paging):
    force: str = Field("", description="The slug of a force.")
    state: ActionState | None = Field(None, description="How it stands.")
    late: bool | None = Field(None, description="true for those that are open and past their day, false for the rest.")
    recommendation: int | None = Field(
        None, ge=1, le=LARGEST, description="The id of a recommendation, as in register."
    )

    def narrow(self, rows: ActionRowQuerySet, today: datetime.date) -> ActionRowQuerySet:
        """Only those that are asked for, on a London day."""
        asked = {
            "action__force__slug": self.force,
            "state": self.state,
            "action__links__tracked": self.recommendation,
        }
        rows = rows.filter(**{name: value for name, value in asked.items() if value})
        if self.late is None:
            return rows
        late = rows.late(today)
        return late if self.late else rows.exclude(pk__in=late.order_by().values("pk"))


@allow(May.SEE_REGISTER)
@endpoint("/actions", scope=ApiScope.READ_REGISTER, response=page_of(ActionItem), section=Section.ACTIONS)
def api_actions(request: AuthenticatedRequest, filters: Query[ActionsAsked]) -> dict[str, Any]:
    """Actions on recommendations, soonest first: who does what by when, and what it waits for."""
    today, forces = localdate(), Force.objects.visible_to(request.user).order_by("slug").values_list("slug", flat=True)
    if filters.force and filters.force not in forces:
        raise wrong(("query force", f"There is no such value. There are: {', '.join(forces)}."))
    rows = filters.narrow(ActionRow.objects.latest_of_each().visible_to(request.user), today)

    def some(part: slice) -> list:
        return [reading.action(line) for line in lines_for(rows[part], today)]

    return list_page(request, filters, rows.count(), some)
