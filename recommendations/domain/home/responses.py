"""The first page's lines about responses to inspections: to publish, without a stated day, late, ahead."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, HomeLinePart, left, number_line, weekday
from recommendations.domain.inspections.statutory_clock import last_day_name, soonest, unanswered
from recommendations.models import Inspection, User
from recommendations.periods import say_days


def without_response(user: User) -> list[Inspection]:
    """The inspections that need a response and have none, the soonest last day first."""
    found = unanswered(Inspection.objects.visible_to(user))
    return sorted(found, key=soonest)


def _coming(viewer: Viewer) -> list[tuple[datetime.date, Inspection]]:
    """Each with its last day."""
    waiting = viewer.fetch(without_response)
    return [(last, each) for each in waiting if (last := each.last_day) and last >= viewer.day]


@line(Desk.OFFICE, "waits", 30)
def to_publish(viewer: Viewer) -> Iterator[HomeLine]:
    """The responses whose last day is still to come."""
    if coming := _coming(viewer):
        words, url = ("response to publish", "responses to publish"), f"{reverse('responses')}?waiting=coming"
        last, first = coming[0]
        end = left(last, viewer.day)
        yield number_line(len(coming), *words, url, more=(HomeLinePart(first.short_name),), end=end)


@line(Desk.OFFICE, "waits", 40)
def without_a_day(viewer: Viewer) -> Iterator[HomeLine]:
    """Those outside section 55 whose last day nobody has stated: nothing is counted for them."""
    if waiting := [each for each in viewer.fetch(without_response) if each.last_day is None]:
        words = ("response without a stated last day", "responses without a stated last day")
        yield number_line(len(waiting), *words, f"{reverse('responses')}?waiting=unstated", more=_alone(waiting))


@line(Desk.OFFICE, "waits", 45)
def to_say_section_55(viewer: Viewer) -> Iterator[HomeLine]:
    """Those that are measured by section 55 until somebody says whether it applies."""
    if waiting := [each for each in viewer.fetch(without_response) if each.is_to_say_section_55]:
        words = ("report to check: does section 55 apply?", "reports to check: does section 55 apply?")
        yield number_line(len(waiting), *words, f"{reverse('responses')}?waiting=unsaid", more=_alone(waiting))


@line(Desk.OFFICE, "late", 20)
def late_responses(viewer: Viewer) -> Iterator[HomeLine]:
    """Those whose last day has passed; said with a zero too."""
    waiting = viewer.fetch(without_response)
    late = [each for each in waiting if (last := each.last_day) and last < viewer.day]
    url = f"{reverse('responses')}?waiting=late"
    yield number_line(len(late), "response late", "responses late", url, more=_alone(late))


def _alone(found: list[Inspection]) -> tuple[HomeLinePart, ...]:
    return (HomeLinePart(found[0].short_name),) if len(found) == 1 else ()


@line(Desk.OFFICE, "ahead", 20)
def last_days(viewer: Viewer) -> Iterator[Ahead]:
    """The last days to respond in the time ahead."""
    until = viewer.day + datetime.timedelta(days=AHEAD)
    for last, each in _coming(viewer):
        if last <= until:
            yield Ahead(last, f"{last_day_name(each)} to respond: {each.short_name}", each.get_absolute_url())


def next_clock(viewer: Viewer) -> tuple[str, str, str] | None:
    """The band at the top: the next response whose clock runs."""
    coming = _coming(viewer)
    if not coming:
        return None
    last, first = coming[0]
    days = (last - viewer.day).days
    headline = f"{say_days(days)} left to publish" if days else "Last day to publish"
    return f"{headline}: {first.title}", f"{last_day_name(first)} {weekday(last)}.", first.get_absolute_url()
