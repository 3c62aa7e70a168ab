"""First-page lines about responses: to approve, to publish, to write, without a stated day, late, ahead."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, HomeLinePart, number_line, time_left, weekday
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
    return sorted(unanswered_or_followed(Inspection.objects.visible_to(user)), key=soonest)


def reports_without_response(context: HomeContext) -> list[Inspection]:
    """The inspections that need a response and have none; with `mine` those that the context is responsible for."""
    own = context.fetch(my_reports) if context.mine else ()
    found = context.fetch(open_reports)
    return [each for each in found if each.needs_response and (not context.mine or each.pk in own)]


def reports_answered_by_others(context: HomeContext) -> list[Inspection]:
    """Inspections that the chief officer is to answer and has not, as far as recorded."""
    return [each for each in context.fetch(open_reports) if each.is_answered_elsewhere and not each.needs_response]


def responses_in_hand(user: User) -> list[ResponseInspection]:
    """What submitted, approved or imported responses (and corrections) answer: soonest last day first."""
    responses = Response.objects.visible_to(user).filter(state__in=AWAITED)
    rows = ResponseInspection.objects.filter(response__in=responses, inspection__withdrawn_at__isnull=True)
    return sorted(rows.select_related("response", "inspection"), key=lambda each: soonest(each.inspection))


def _reports_with_day(context: HomeContext) -> list[tuple[datetime.date, Inspection]]:
    """(last day, inspection) for those without a response that have a last day."""
    return [(last, each) for each in reports_without_response(context) if (last := each.last_day)]


def _late(context: HomeContext) -> list[tuple[datetime.date, Inspection]]:
    return [(last, each) for last, each in _reports_with_day(context) if last < context.day]


def _coming(context: HomeContext) -> list[tuple[datetime.date, Inspection]]:
    return [(last, each) for last, each in _reports_with_day(context) if last >= context.day]


@line(Desk.OFFICE, "waits", 27)
def approvals(context: HomeContext) -> Iterator[HomeLine]:
    """Responses that the user may approve: not those that they submitted, wrote or imported."""
    if context.user.has_perm(May.APPROVE_RESPONSE):  # whoever is responsible for them
        waits = any(each.response.state != ResponseState.APPROVED for each in context.fetch(responses_in_hand))
        found = set(to_approve(context.user).values_list("pk", flat=True)) if waits else set()
        yield from _in_hand_line(context, found, ("response to approve", "responses to approve"), "approve")


@line(Desk.OFFICE, "waits", 28)
def publications(context: HomeContext) -> Iterator[HomeLine]:
    """Responses that are approved but not yet published."""
    approved = [
        each.response for each in context.fetch(responses_in_hand) if each.response.state == ResponseState.APPROVED
    ]
    words = ("response to publish", "responses to publish")
    if context.mine:
        own = {each.pk: each for each in approved if each.keeper_id == context.user.pk}
        yield from (_one(words[0], each.title, each.get_absolute_url()) for each in own.values())
    else:
        yield from _in_hand_line(context, {each.pk for each in approved}, words, "publish")


def _one(words: str, title: str, url: str, end: str = "") -> HomeLine:
    """A line for one of the user's own items, as a list would have everyone's."""
    return HomeLine("1", words, url, more=(HomeLinePart(title),), end=end)


def _each(context: HomeContext, words: str, inspections: list[Inspection]) -> Iterator[HomeLine]:
    for each in inspections:
        end = time_left(each.last_day, context.day) if each.last_day else ""
        yield _one(words, each.short_name, each.get_absolute_url(), end)


def _in_hand_line(context: HomeContext, ids: set[int], words: tuple[str, str], waiting: str) -> Iterator[HomeLine]:
    """A line for these responses, naming the one with the soonest last day and the time left."""
    found = [each for each in context.fetch(responses_in_hand) if each.response.pk in ids]
    running = {each.pk for each in context.fetch(open_reports) if each.needs_response}
    found.sort(key=lambda each: each.inspection.pk not in running)  # corrections last: their clock has stopped
    if found:
        first = found[0].inspection
        last = first.last_day if first.pk in running else None
        more = (HomeLinePart(first.short_name, found[0].response.get_absolute_url()),)
        end = time_left(last, context.day) if last else ""
        number = len({each.response.pk for each in found})
        yield number_line(number, *words, f"{reverse('responses')}?waiting={waiting}", more=more, end=end)


@line(Desk.OFFICE, "waits", 30)
def to_write(context: HomeContext) -> Iterator[HomeLine]:
    """Reports with a last day whose response is not begun or still being written."""
    submitted = {each.inspection.pk for each in context.fetch(responses_in_hand)}
    found = [(last, each) for last, each in _reports_with_day(context) if each.pk not in submitted]
    if context.mine:
        yield from _each(context, "response to write", [each for _, each in found])
    elif found:
        words, url = ("response to write", "responses to write"), f"{reverse('responses')}?waiting=write"
        last, first = found[0]
        more = (HomeLinePart(first.short_name),)
        yield number_line(len(found), *words, url, more=more, end=time_left(last, context.day))


@line(Desk.OFFICE, "waits", 40)
def reports_without_day(context: HomeContext) -> Iterator[HomeLine]:
    """Those outside section 55 without a stated last day: none is counted."""
    waiting = [each for each in reports_without_response(context) if each.last_day is None]
    if context.mine:
        yield from _each(context, "response without a stated last day", waiting)
    elif waiting:
        words = ("response without a stated last day", "responses without a stated last day")
        yield number_line(len(waiting), *words, f"{reverse('responses')}?waiting=unstated", more=_alone(waiting))


@line(Desk.OFFICE, "waits", 45)
def to_say_section_55(context: HomeContext) -> Iterator[HomeLine]:
    """Reports for which nobody has said whether section 55 applies. Until then it does."""
    waiting = [each for each in reports_without_response(context) if each.is_to_say_section_55]
    if context.mine:
        yield from _each(context, "report to check: does section 55 apply?", waiting)
    elif waiting:
        words = ("report to check: does section 55 apply?", "reports to check: does section 55 apply?")
        yield number_line(len(waiting), *words, f"{reverse('responses')}?waiting=unsaid", more=_alone(waiting))


@line(Desk.OFFICE, "waits", 47)
def to_follow(context: HomeContext) -> Iterator[HomeLine]:
    """Answers that chief officers owe to other sources, and the office follows."""
    for each in reports_answered_by_others(context):
        end = time_left(each.last_day, context.day) if each.last_day else ""
        yield _one("answer to follow", each.short_name, each.get_absolute_url(), end)


@line(Desk.OFFICE, "late", 20)
def late_responses(context: HomeContext) -> Iterator[HomeLine]:
    """Late responses. Shown with zero too."""
    late = [each for _, each in _late(context)]
    if context.mine:
        yield from _each(context, "response late", late)
        return
    url = f"{reverse('responses')}?waiting=late"
    yield number_line(len(late), "response late", "responses late", url, more=_alone(late))


def _alone(inspections: list[Inspection]) -> tuple[HomeLinePart, ...]:
    return (HomeLinePart(inspections[0].short_name),) if len(inspections) == 1 else ()


@line(Desk.OFFICE, "ahead", 20)
def last_days(context: HomeContext) -> Iterator[Ahead]:
    """The coming last days for responses."""
    until = context.day + datetime.timedelta(days=AHEAD)
    for last, each in _coming(context):
        if last <= until:
            yield Ahead(last, f"{last_day_name(each)} to respond: {each.short_name}", each.get_absolute_url())


@line(Desk.OFFICE, "ahead", 21)
def last_days_of_others(context: HomeContext) -> Iterator[Ahead]:
    """The coming last days of answers that chief officers owe."""
    until = context.day + datetime.timedelta(days=AHEAD)
    for each in reports_answered_by_others(context):
        if each.last_day and context.day <= each.last_day <= until:
            words = f"{last_day_name(each)} for an answer to {each.source_word}: {each.short_name}"
            yield Ahead(each.last_day, words, each.get_absolute_url())


def next_clock(context: HomeContext) -> tuple[str, str, str] | None:
    """The band at the top: the most overdue response, followed by the next one due; else the next one due, or None."""
    coming = _coming(context)
    following = f"Next: {coming[0][1].short_name}, {time_left(coming[0][0], context.day)}." if coming else ""
    for last, each in _late(context)[:1]:
        second = f"{last_day_name(each)} was {weekday(last)}.{_stage(context, each)} {following}"
        return f"Response {time_left(last, context.day)}: {each.title}", second.strip(), each.get_absolute_url()
    if not coming:
        return None
    last, first = coming[0]
    days = (last - context.day).days
    headline = f"{say_days(days)} left to publish" if days else "Last day to publish"
    second = f"{last_day_name(first)} {weekday(last)}.{_stage(context, first)}"
    return f"{headline}: {first.title}", second, first.get_absolute_url()


def _stage(context: HomeContext, inspection: Inspection) -> str:
    """What its text waits for, if it is submitted or approved."""
    states = [each.response.state for each in context.fetch(responses_in_hand) if each.inspection.pk == inspection.pk]
    # Some of ResponseState: the others wait for nobody else.
    words = {ResponseState.SUBMITTED: " It waits for approval.", ResponseState.APPROVED: " It waits to be published."}
    return words.get(ResponseState(states[0]), "") if states else ""
