"""The calendar's source of actions: the days by which open ones are to be done."""

from collections.abc import Iterator

from django.db.models import BooleanField, ExpressionWrapper

from recommendations.domain.actions.queries import in_ones_voice
from recommendations.domain.calendar.entries import (
    CalendarEntry,
    CalendarSpan,
    EntryKind,
    late_words,
    one_force,
    source,
)
from recommendations.domain.ownership.mine import my_actions
from recommendations.models import User
from recommendations.models.inspections.inspections import shorten
from recommendations.permissions import May
from recommendations.sections import Section

ACTION = EntryKind("action", "Action")


@source(58, ACTION, May.SEE_REGISTER, section=Section.ACTIONS)
def actions(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The days of open actions: the office’s and the forces’ for the office, their own for a force."""
    found = in_ones_voice(user).open().filter(due_on__lte=span.last)
    own = ExpressionWrapper(my_actions(user), output_field=BooleanField())
    for row in found.annotate(is_own=own).select_related("action__force"):
        action = row.action
        force = span.force_on(action.force, row.due_on).short_name
        yield CalendarEntry(
            ACTION,
            action.pk,
            row.due_on,
            f"Action: {shorten(action.words.rstrip('.'), 120)}, {force}",
            f"Action to be done: {force}",
            action.get_absolute_url(),
            row.recorded_at,
            forces=one_force(action.force_id),
            is_late=row.due_on < span.today,
            note=late_words(row.due_on, span.today),
            is_own=bool(row.is_own),
        )
