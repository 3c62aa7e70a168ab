"""The tab of a record's page with its actions, and the line in which the next is added."""

from typing import NamedTuple

from recommendations.domain.actions.drawing import done_since
from recommendations.domain.actions.queries import ActionLine, any_to_tick, lines_on
from recommendations.domain.register.entries import UPDATE, latest
from recommendations.forms.actions.actions import NewActionForm
from recommendations.models import Action
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.register.panels import RecordPage, record_tab

KEY = "actions"


class ActionsTab(NamedTuple):
    """How many actions there are; and in the open tab the actions, and the form for the next one, if it is theirs.

    `done_since` counts those that were done since the last update.
    """

    number: int
    lines: list[ActionLine]
    form: NewActionForm | None
    back: str
    ticks_office: bool
    done_since: int = 0

    @property
    def ticks(self) -> bool:
        """Whether there is something that this user can tick."""
        return self.form is not None and any_to_tick(self.lines, self.ticks_office)


@record_tab(5, KEY, "Actions", "actions/on_record.html", section=Section.ACTIONS)
def actions(page: RecordPage) -> ActionsTab:
    """The actions on the record. One query; four in the open tab, if there are any."""
    back, ticks_office = f"{page.record.get_absolute_url()}?tab={KEY}", page.user.has_perm(May.EDIT_TRACKED)
    if page.tab != KEY:
        number = Action.objects.visible_to(page.user).filter(links__tracked=page.record).count()
        return ActionsTab(number, [], None, back, ticks_office)
    lines, last = lines_on(page.record, page.user, page.day), latest(page.entries, UPDATE)
    since = len(done_since(lines, last.recorded_at if last else None))
    may_add = page.user.has_perm(May.LOG_FORCE_UPDATE)
    form = NewActionForm(tracked=page.record, by=page.user) if may_add else None
    return ActionsTab(len(lines), lines, form, back, ticks_office, since)
