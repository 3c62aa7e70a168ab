"""The plan of a force's open actions: who does what, month by month, on one page to be printed."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.domain.actions.choices import forces_with_actions
from recommendations.domain.actions.queries import ActionLine, lines_for
from recommendations.models import ActionRow, Force
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest

MONTHS_AHEAD = 3


@dataclass(frozen=True)
class ActionPlanTable:
    """The columns (late, this month and those after it, later), and of each owner the lines of each column."""

    columns: tuple[str, ...]
    owners: tuple[tuple[str, tuple[tuple[str, tuple[ActionLine, ...]], ...]], ...]


def plan_table(lines: list[ActionLine], today: datetime.date) -> ActionPlanTable:
    """The plan of open actions on a London day. Columns that are empty for all are left out."""
    names = [f"{month:%B %Y}" for month in _months(today)]
    columns = ("Late", *names, "Later")
    cells: dict[str, dict[str, list[ActionLine]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        month = f"{line.due_on:%B %Y}"
        column = "Late" if line.is_late else month if month in names else "Later"
        cells[line.owner][column].append(line)
    used = tuple(column for column in columns if any(column in owned for owned in cells.values()))
    owners = tuple((owner, tuple((each, tuple(cells[owner][each])) for each in used)) for owner in sorted(cells))
    return ActionPlanTable(used, owners)


def _months(today: datetime.date) -> Iterator[datetime.date]:
    """The first day of this month and of those after it that have a column."""
    for ahead in range(MONTHS_AHEAD + 1):
        years, month = divmod(today.month - 1 + ahead, 12)
        yield datetime.date(today.year + years, month + 1, 1)


@require_safe
@allow(May.SEE_REGISTER)
def plan_of_actions(request: AuthenticatedRequest) -> HttpResponse:
    """The plan of one force: a lead's own, or the one that the office chooses."""
    today = localdate()
    forces = _forces(request)
    force = next((each for each in forces if each.slug == request.GET.get("force")), forces[0])
    rows = ActionRow.objects.latest_of_each().visible_to(request.user).open().filter(action__force=force)
    context = {"force": force, "forces": forces, "table": plan_table(lines_for(rows, today), today), "today": today}
    return render(request, "actions/plan.html", context)


def _forces(request: AuthenticatedRequest) -> list[Force]:
    """The forces that have actions that the user sees; a lead's own, whether it has any. Raises Http404 without one."""
    if request.user.force:
        return [request.user.force]
    found = forces_with_actions(request.user)
    if not found:
        raise Http404
    return found
