"""The tab of a record's page with its actions, and the line in which the next is added."""

from typing import NamedTuple

from recommendations.domain.actions.drawing import done_since
from recommendations.domain.actions.queries import ActionLine, any_to_tick, lines_on
from recommendations.domain.register.entries import UPDATE, latest
from recommendations.forms.actions.actions import NewActionForm
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.register.panels import RecordPage, record_tab


class ActionsTab(NamedTuple):
    """The actions, and the form for the next one; None for whom it is not."""

    lines: list[ActionLine]
    form: NewActionForm | None
    back: str
    ticks_office: bool
    done_since: int = 0  # actions that were done since the last update

    @property
    def number(self) -> int:
        return len(self.lines)

    @property
    def ticks(self) -> bool:
        """Whether there is something that this user can tick."""
        return self.form is not None and any_to_tick(self.lines, self.ticks_office)


@record_tab(5, "actions", "Actions", "actions/on_record.html", section=Section.ACTIONS)
def actions(page: RecordPage) -> ActionsTab:
    """The actions on the record. Three queries; one if there are none."""
    may_add = page.user.has_perm(May.LOG_FORCE_UPDATE) and page.tab == "actions"
    form = NewActionForm(tracked=page.record, by=page.user) if may_add else None
    address = page.record.get_absolute_url()
    lines, last = lines_on(page.record, page.user, page.day), latest(page.entries, UPDATE)
    since = len(done_since(lines, last.recorded_at if last else None))
    return ActionsTab(lines, form, f"{address}?tab=actions", page.user.has_perm(May.EDIT_TRACKED), since)
