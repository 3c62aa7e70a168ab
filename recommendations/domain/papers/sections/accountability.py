"""Accountability meetings in an open paper: those of its period whose minutes were confirmed by then."""

import datetime

from django.db.models import Prefetch, Q

from recommendations.domain.accountability.data import ItemWords
from recommendations.domain.accountability.restricted import restricted_actions, restricted_items
from recommendations.domain.papers.data.accountability import PaperMeeting, PaperMeetingItem
from recommendations.domain.papers.membership import PaperScope
from recommendations.enums import AssuranceView
from recommendations.models import AccountabilityMeeting, AgendaItem, ItemAction
from recommendations.periods import Period


def meetings_of(scope: PaperScope, period: Period, known_at: datetime.datetime) -> tuple[PaperMeeting, ...]:
    """The meetings with the paper's force in its period, with what was minuted. One query if there were none.

    Items that are restricted, or about what is, are left out and counted. What was said in a
    meeting that was not in public stays in its minutes: a paper may be made public.
    """
    stands = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at)
    rows = AccountabilityMeeting.on_file.filter(stands, force=scope.force, on__gte=period.start, on__lte=period.end)
    meetings = list(rows.filter(minuted_at__lte=known_at).order_by("on", "pk"))
    if not meetings:
        return ()
    agreed = ItemAction.objects.filter(action__withdrawn_at=None)
    items = AgendaItem.on_file.filter(meeting__in=meetings, withdrawn_at__isnull=True, minutes__isnull=False)
    items = items.select_related("minutes", "says").prefetch_related(Prefetch("agreed", agreed))
    items = items.order_by("carried", "position", "pk")
    hidden_items = restricted_items(items, scope.restricted_of)
    hidden = restricted_actions({row.action_id for each in items for row in each.agreed.all()}, scope.restricted_of)
    return tuple(
        _meeting(each, [item for item in items if item.meeting_id == each.pk], hidden_items, hidden)
        for each in meetings
    )


def _meeting(
    meeting: AccountabilityMeeting, items: list[AgendaItem], hidden_items: set[int], hidden: set[int]
) -> PaperMeeting:
    """`hidden_items` and `hidden` are the ids of items and actions that are restricted."""
    shown = [each for each in items if each.pk not in hidden_items]
    return PaperMeeting(
        title=meeting.title,
        on=meeting.on,
        in_public=meeting.in_public,
        items=tuple(_item(each, hidden, meeting.in_public) for each in shown),
        left_out=len(items) - len(shown),
    )


def _item(item: AgendaItem, hidden: set[int], with_words: bool) -> PaperMeetingItem:
    minutes = item.minutes
    return PaperMeetingItem(
        title=ItemWords.from_json(item.says.facts).title,
        asked=minutes.asked if with_words else "",
        answered=minutes.answered if with_words else "",
        view=AssuranceView(minutes.view).label if minutes.view else "",
        why=minutes.why,
        agreed=sum(row.action_id not in hidden for row in item.agreed.all()),
    )
