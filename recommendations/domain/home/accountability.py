"""First-page items about accountability meetings: minutes to write, releases that wait, the coming meetings."""

import datetime
from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import AHEAD, HomeItem
from recommendations.domain.home.releases import waiting_items
from recommendations.enums.accountability import AgendaState
from recommendations.models import AccountabilityMeeting, MeetingRelease, User
from recommendations.periods import say
from recommendations.sections import Section


def open_meetings(user: User, until: datetime.date) -> list[AccountabilityMeeting]:
    """The meetings up to a day that are not minuted yet, the earliest first. One query."""
    rows = AccountabilityMeeting.objects.visible_to(user).filter(on__lte=until).exclude(state=AgendaState.MINUTED)
    return list(rows.select_related("force").order_by("on", "pk"))


def _meetings(context: HomeContext) -> list[AccountabilityMeeting]:
    return context.fetch(open_meetings, context.day + datetime.timedelta(days=AHEAD))


@line(Desk.OFFICE, "do", 91, section=Section.ACCOUNTABILITY)
def minutes_to_write(context: HomeContext) -> Iterator[HomeItem]:
    """The meetings that took place and have no confirmed minutes: whoever planned one writes them."""
    for each in _meetings(context):
        is_theirs = not context.mine or each.recorded_by_id == context.user.pk
        if each.on < context.day and is_theirs:
            what = f"Write the minutes of the meeting with {each.force.short_name} on {say(each.on)}"
            yield HomeItem(what, each.get_absolute_url())


@line(Desk.OFFICE, "decide", 87, section=Section.ACCOUNTABILITY)
def meetings_to_release(context: HomeContext) -> Iterator[HomeItem]:
    """Agendas and minutes that this user can release."""
    return waiting_items(context, MeetingRelease, "Release the accountability meeting with {}")


@line(Desk.OFFICE, "ahead", 86, section=Section.ACCOUNTABILITY)
@line(Desk.FORCE, "ahead", 86, section=Section.ACCOUNTABILITY)
def coming_meetings(context: HomeContext) -> Iterator[HomeItem]:
    """The meetings of the coming days."""
    for each in _meetings(context):
        if each.on >= context.day:
            what = f"Accountability meeting with {each.force.short_name}"
            yield HomeItem(what, each.get_absolute_url(), each.time_words, day=each.on)
