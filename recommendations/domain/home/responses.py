"""First-page lines about responses: to approve, to publish, to write, without a stated day, late, ahead."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from recommendations.compiled_queries import objects_about
from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, HomeLinePart, left, number_line, weekday
from recommendations.domain.inspections.statutory_clock import (
    last_day_name,
    soonest,
    unanswered_or_followed,
)
from recommendations.domain.ownership.mine import my_reports
from recommendations.domain.responses.awaited import to_approve
from recommendations.domain.responses.states import AWAITED
from recommendations.enums import ResponseState
from recommendations.models import Inspection, Response, ResponseInspection, User
from recommendations.periods import say_days
from recommendations.permissions import May


def open_reports(user: User) -> list[Inspection]:
    """Reports that need a response and have none, and those for the chief officer to answer: soonest last day first."""
    return sorted(objects_about(_open_reports, given=(user, user.role, user.force_id)), key=soonest)


def _open_reports(user: User, *role: object) -> QuerySet[Inspection]:
    return unanswered_or_followed(Inspection.objects.visible_to(user))


def without_response(viewer: Viewer) -> list[Inspection]:
    """The inspections that need a response and have none; with `mine` those that the viewer is responsible for."""
    own = viewer.fetch(my_reports) if viewer.mine else ()
    found = viewer.fetch(open_reports)
    return [each for each in found if each.needs_response and (not viewer.mine or each.pk in own)]


def answered_by_others(viewer: Viewer) -> list[Inspection]:
    """Inspections that the chief officer is to answer and has not, as far as recorded."""
    return [each for each in viewer.fetch(open_reports) if each.is_answered_elsewhere and not each.needs_response]


def in_hand(user: User) -> list[ResponseInspection]:
    """What submitted, approved or imported responses (and corrections) answer: soonest last day first."""
    found = objects_about(_in_hand_of, given=(user, user.role, user.force_id))
    return sorted(found, key=lambda each: soonest(each.inspection))


def _in_hand_of(user: User, *role: object) -> QuerySet[ResponseInspection]:
    seen = Response.objects.visible_to(user).filter(state__in=AWAITED)
    found = ResponseInspection.objects.filter(response__in=seen, inspection__withdrawn_at__isnull=True)
    return found.select_related("response", "inspection")


def _dated(viewer: Viewer) -> list[tuple[datetime.date, Inspection]]:
    """(last day, inspection) for those without a response that have a last day."""
    return [(last, each) for each in without_response(viewer) if (last := each.last_day)]


def _late(viewer: Viewer) -> list[tuple[datetime.date, Inspection]]:
    return [(last, each) for last, each in _dated(viewer) if last < viewer.day]


def _coming(viewer: Viewer) -> list[tuple[datetime.date, Inspection]]:
    return [(last, each) for last, each in _dated(viewer) if last >= viewer.day]


@line(Desk.OFFICE, "waits", 27)
def approvals(viewer: Viewer) -> Iterator[HomeLine]:
    """Responses that the viewer may approve: not those that they submitted, wrote or imported."""
    if viewer.user.has_perm(May.APPROVE_RESPONSE):  # whoever is responsible for them
        waits = any(each.response.state != ResponseState.APPROVED for each in viewer.fetch(in_hand))
        found = set(to_approve(viewer.user).values_list("pk", flat=True)) if waits else set()
        yield from _in_hand(viewer, found, ("response to approve", "responses to approve"), "approve")


@line(Desk.OFFICE, "waits", 28)
def publications(viewer: Viewer) -> Iterator[HomeLine]:
    """Responses that are approved but not yet published."""
    approved = [each.response for each in viewer.fetch(in_hand) if each.response.state == ResponseState.APPROVED]
    words = ("response to publish", "responses to publish")
    if viewer.mine:
        own = {each.pk: each for each in approved if each.keeper_id == viewer.user.pk}
        yield from (_one(words[0], each.title, each.get_absolute_url()) for each in own.values())
    else:
        yield from _in_hand(viewer, {each.pk for each in approved}, words, "publish")


def _one(words: str, title: str, url: str, end: str = "") -> HomeLine:
    """A line for one of the user's own items, as a list would have everyone's."""
    return HomeLine("1", words, url, more=(HomeLinePart(title),), end=end)


def _each(viewer: Viewer, words: str, found: list[Inspection]) -> Iterator[HomeLine]:
    for each in found:
        end = left(each.last_day, viewer.day) if each.last_day else ""
        yield _one(words, each.short_name, each.get_absolute_url(), end)


def _in_hand(viewer: Viewer, ids: set[int], words: tuple[str, str], waiting: str) -> Iterator[HomeLine]:
    """A line for these responses, naming the one with the soonest last day and the time left."""
    found = [each for each in viewer.fetch(in_hand) if each.response.pk in ids]
    running = {each.pk for each in viewer.fetch(open_reports) if each.needs_response}
    found.sort(key=lambda each: each.inspection.pk not in running)  # corrections last: their clock has stopped
    if found:
        first = found[0].inspection
        last = first.last_day if first.pk in running else None
        more = (HomeLinePart(first.short_name, found[0].response.get_absolute_url()),)
        end = left(last, viewer.day) if last else ""
        number = len({each.response.pk for each in found})
        yield number_line(number, *words, f"{reverse('responses')}?waiting={waiting}", more=more, end=end)


@line(Desk.OFFICE, "waits", 30)
def to_write(viewer: Viewer) -> Iterator[HomeLine]:
    """Reports with a last day whose response is not begun or still being written."""
    submitted = {each.inspection.pk for each in viewer.fetch(in_hand)}
    found = [(last, each) for last, each in _dated(viewer) if each.pk not in submitted]
    if viewer.mine:
        yield from _each(viewer, "response to write", [each for _, each in found])
    elif found:
        words, url = ("response to write", "responses to write"), f"{reverse('responses')}?waiting=write"
        last, first = found[0]
        more = (HomeLinePart(first.short_name),)
        yield number_line(len(found), *words, url, more=more, end=left(last, viewer.day))


@line(Desk.OFFICE, "waits", 40)
def without_a_day(viewer: Viewer) -> Iterator[HomeLine]:
    """Those outside section 55 without a stated last day: none is counted."""
    waiting = [each for each in without_response(viewer) if each.last_day is None]
    if viewer.mine:
        yield from _each(viewer, "response without a stated last day", waiting)
    elif waiting:
        words = ("response without a stated last day", "responses without a stated last day")
        yield number_line(len(waiting), *words, f"{reverse('responses')}?waiting=unstated", more=_alone(waiting))


@line(Desk.OFFICE, "waits", 45)
def to_say_section_55(viewer: Viewer) -> Iterator[HomeLine]:
    """Reports for which nobody has said whether section 55 applies. Until then it does."""
    waiting = [each for each in without_response(viewer) if each.is_to_say_section_55]
    if viewer.mine:
        yield from _each(viewer, "report to check: does section 55 apply?", waiting)
    elif waiting:
        words = ("report to check: does section 55 apply?", "reports to check: does section 55 apply?")
        yield number_line(len(waiting), *words, f"{reverse('responses')}?waiting=unsaid", more=_alone(waiting))


@line(Desk.OFFICE, "waits", 47)
def to_follow(viewer: Viewer) -> Iterator[HomeLine]:
    """Answers that chief officers owe to other sources, and the office follows."""
    for each in answered_by_others(viewer):
        end = left(each.last_day, viewer.day) if each.last_day else ""
        yield _one("answer to follow", each.short_name, each.get_absolute_url(), end)


@line(Desk.OFFICE, "late", 20)
def late_responses(viewer: Viewer) -> Iterator[HomeLine]:
    """Late responses. Shown with zero too."""
    late = [each for _, each in _late(viewer)]
    if viewer.mine:
        yield from _each(viewer, "response late", late)
        return
    url = f"{reverse('responses')}?waiting=late"
    yield number_line(len(late), "response late", "responses late", url, more=_alone(late))


def _alone(found: list[Inspection]) -> tuple[HomeLinePart, ...]:
    return (HomeLinePart(found[0].short_name),) if len(found) == 1 else ()


@line(Desk.OFFICE, "ahead", 20)
def last_days(viewer: Viewer) -> Iterator[Ahead]:
    """The coming last days for responses."""
    until = viewer.day + datetime.timedelta(days=AHEAD)
    for last, each in _coming(viewer):
        if last <= until:
            yield Ahead(last, f"{last_day_name(each)} to respond: {each.short_name}", each.get_absolute_url())


@line(Desk.OFFICE, "ahead", 21)
def last_days_of_others(viewer: Viewer) -> Iterator[Ahead]:
    """The coming last days of answers that chief officers owe."""
    until = viewer.day + datetime.timedelta(days=AHEAD)
    for each in answered_by_others(viewer):
        if each.last_day and viewer.day <= each.last_day <= until:
            words = f"{last_day_name(each)} for an answer to {each.source_word}: {each.short_name}"
            yield Ahead(each.last_day, words, each.get_absolute_url())


def next_clock(viewer: Viewer) -> tuple[str, str, str] | None:
    """The band at the top: the most overdue response, followed by the next one due; else the next one due, or None."""
    coming = _coming(viewer)
    following = f"Next: {coming[0][1].short_name}, {left(coming[0][0], viewer.day)}." if coming else ""
    for last, each in _late(viewer)[:1]:
        second = f"{last_day_name(each)} was {weekday(last)}.{_stage(viewer, each)} {following}"
        return f"Response {left(last, viewer.day)}: {each.title}", second.strip(), each.get_absolute_url()
    if not coming:
        return None
    last, first = coming[0]
    days = (last - viewer.day).days
    headline = f"{say_days(days)} left to publish" if days else "Last day to publish"
    second = f"{last_day_name(first)} {weekday(last)}.{_stage(viewer, first)}"
    return f"{headline}: {first.title}", second, first.get_absolute_url()


def _stage(viewer: Viewer, inspection: Inspection) -> str:
    """What its text waits for, if it is submitted or approved."""
    states = [each.response.state for each in viewer.fetch(in_hand) if each.inspection.pk == inspection.pk]
    # Some of ResponseState: the others wait for nobody else.
    words = {ResponseState.SUBMITTED: " It waits for approval.", ResponseState.APPROVED: " It waits to be published."}
    return words.get(ResponseState(states[0]), "") if states else ""
