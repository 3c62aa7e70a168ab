"""First-page items about responses: the deadline, what to approve, publish and write, and chief officers' answers."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import AHEAD, HomeClock, HomeItem, count
from recommendations.domain.inspections.statutory_clock import soonest, unanswered_or_followed
from recommendations.domain.responses.awaited import to_approve
from recommendations.domain.responses.states import APPROVED, AWAITED, BROUGHT_IN, DRAFTING, SUBMITTED
from recommendations.models import Inspection, Response, ResponseInspection, User
from recommendations.periods import say_days
from recommendations.permissions import May

FEW = 3  # this many are named one by one
# The clock's button, by the state of the response, for whoever takes the next step.
BUTTONS = {
    "": "Start the response",
    DRAFTING: "Continue the draft",
    SUBMITTED: "Read and decide",
    BROUGHT_IN: "Read and confirm",
    APPROVED: "Publish it",
}


@dataclass(frozen=True)
class AwaitedResponse:
    """A report, its response if one was started, and the deadline to publish it while that still runs."""

    inspection: Inspection
    response: Response | None
    last_day: datetime.date | None

    @property
    def state(self) -> str:
        """The state of its response, "" if it is not begun."""
        return self.response.state if self.response else ""

    @property
    def keeper(self) -> User | None:
        return self.response.keeper if self.response else None

    @property
    def url(self) -> str:
        """The address of the response, or of the page that starts one."""
        return (
            self.response.get_absolute_url() if self.response else reverse("begin_response", args=[self.inspection.pk])
        )


def open_reports(user: User) -> list[Inspection]:
    """Reports that need a response and have none, and those for the chief officer to answer: soonest last day first."""
    return sorted(unanswered_or_followed(Inspection.objects.visible_to(user)), key=soonest)


def unfinished_responses(user: User) -> list[ResponseInspection]:
    """What responses and corrections that are not public yet answer: soonest last day first."""
    responses = Response.objects.visible_to(user).filter(state__in=(DRAFTING, *AWAITED))
    rows = ResponseInspection.objects.filter(response__in=responses, inspection__withdrawn_at__isnull=True)
    return sorted(rows.select_related("response__keeper", "inspection"), key=lambda each: soonest(each.inspection))


def responses_to_approve(user: User) -> set[int]:
    """The ids of the responses that this user may approve: none that they submitted, wrote a part of or imported."""
    return set(to_approve(user).values_list("pk", flat=True))


def _unanswered(context: HomeContext) -> list[AwaitedResponse]:
    """The reports that need a response and have none, the soonest last day first."""
    begun = {each.inspection.pk: each.response for each in context.fetch(unfinished_responses)}
    reports = [each for each in context.fetch(open_reports) if each.needs_response]
    return [AwaitedResponse(each, begun.get(each.pk), each.last_day) for each in reports]


def _own(context: HomeContext, answers: list[AwaitedResponse]) -> list[AwaitedResponse]:
    """With `mine` those that the user keeps and, for officers, those that nobody keeps yet."""
    takes = (context.user,) if context.user.has_perm(May.APPROVE_RESPONSE) else (context.user, None)
    return [each for each in answers if not context.mine or each.keeper in takes]


def _awaited(context: HomeContext) -> list[AwaitedResponse]:
    """The submitted, approved and imported responses, each once. Corrections last: their clock has stopped."""
    running = {each.pk for each in context.fetch(open_reports) if each.needs_response}
    rows = [each for each in context.fetch(unfinished_responses) if each.response.state in AWAITED]
    rows.sort(key=lambda each: each.inspection.pk not in running)
    once: dict[int, AwaitedResponse] = {}
    for each in rows:
        last_day = each.inspection.last_day if each.inspection.pk in running else None
        once.setdefault(each.response.pk, AwaitedResponse(each.inspection, each.response, last_day))
    return list(once.values())


def _approved_by_user(context: HomeContext) -> list[AwaitedResponse]:
    """The responses that the user may approve."""
    waiting = [each for each in _awaited(context) if each.state != APPROVED]
    if not waiting or not context.user.has_perm(May.APPROVE_RESPONSE):
        return []
    return [each for each in waiting if each.response and each.response.pk in context.fetch(responses_to_approve)]


def _is_next_for_user(context: HomeContext, answer: AwaitedResponse) -> bool:
    """Whether the user takes the next step: to write, to publish, or to approve what they may."""
    if answer.state not in (SUBMITTED, BROUGHT_IN):
        return True
    return answer.response in [each.response for each in _approved_by_user(context)]


def _by_urgency(context: HomeContext) -> list[AwaitedResponse]:
    """Responses with a last day: those that the user can move on first, then those that wait for a colleague.

    An approving officer, who decides on all of them, has the whole office's.
    """
    answers = _unanswered(context)
    if not context.user.has_perm(May.APPROVE_RESPONSE):
        answers = _own(context, answers)
    dated = [each for each in answers if each.last_day]
    return sorted(dated, key=lambda each: (not _is_next_for_user(context, each), soonest(each.inspection)))


def next_clock(context: HomeContext) -> HomeClock | None:
    """The deadline at the top of the page, with its one button."""
    for answer in _by_urgency(context)[:1]:
        assert answer.last_day  # all of these have one
        is_next, days = _is_next_for_user(context, answer), (answer.last_day - context.day).days
        verb = "Approve" if is_next and answer.state in (SUBMITTED, BROUGHT_IN) else "Publish"
        detail = [
            f"Deadline {'was ' if days < 0 else ''}{date_format(answer.last_day, 'l j F')}.",
            _stage(context, answer),
            *_late_beside(context, answer),
        ]
        button = BUTTONS[answer.state] if is_next else "Look at the response"
        return HomeClock(
            days, f"{verb} the response to {answer.inspection.title}", " ".join(detail), button, answer.url
        )
    return None


def _stage(context: HomeContext, answer: AwaitedResponse) -> str:
    """How far the response is."""
    if answer.response is None:
        return "No one has started it."
    if answer.state == DRAFTING:
        keeper = answer.keeper
        return f"{keeper.name} is writing it." if keeper and keeper != context.user else "It is being written."
    return "It is approved." if answer.state == APPROVED else "It waits for approval."


def _late_beside(context: HomeContext, answer: AwaitedResponse) -> list[str]:
    """The most overdue of the others, in a sentence."""
    late = [each for each in _by_urgency(context) if each != answer and each.last_day and each.last_day < context.day]
    late.sort(key=lambda each: soonest(each.inspection))
    return [
        f"{each.inspection.short_name} is {say_days((context.day - each.last_day).days)} late. {_stage(context, each)}"
        for each in late[:1]
        if each.last_day
    ]


def _items(
    context: HomeContext, answers: list[AwaitedResponse], one: str, many: str, waiting: str, *, is_listed: bool = True
) -> Iterator[HomeItem]:
    """An item for each but the clock's, or a single item for many if the page of responses lists them (`waiting`)."""
    if is_listed and len(answers) > FEW:
        first = answers[0]
        url, detail = f"{reverse('responses')}?waiting={waiting}", f"{first.inspection.short_name} first."
        yield HomeItem(many.format(len(answers)), url, detail, first.last_day, len(answers))
        return
    on_top = [each.inspection for each in _by_urgency(context)[:1]]
    for each in answers:
        if each.inspection not in on_top:
            yield HomeItem(one.format(each.inspection.short_name), each.url, each.inspection.title, each.last_day)


@line(Desk.OFFICE, "decide", 27)
def approvals(context: HomeContext) -> Iterator[HomeItem]:
    """Responses that the user may approve, whoever keeps them."""
    answers = _approved_by_user(context)
    return _items(context, answers, "Approve the response to {}", "Approve {} responses", "approve")


@line(Desk.OFFICE, "do", 28)
def publications(context: HomeContext) -> Iterator[HomeItem]:
    """Responses that are approved but not yet published."""
    answers = _own(context, [each for each in _awaited(context) if each.state == APPROVED])
    words = ("Publish the response to {}", "Publish {} responses", "publish")
    return _items(context, answers, *words, is_listed=not context.mine)


def _to_write(context: HomeContext) -> list[AwaitedResponse]:
    """Reports whose response is not begun or still being written."""
    return _own(context, [each for each in _unanswered(context) if each.state not in AWAITED])


@line(Desk.OFFICE, "do", 30)
def to_write(context: HomeContext) -> Iterator[HomeItem]:
    """Responses to write that have a last day."""
    answers = [each for each in _to_write(context) if each.last_day]
    words = ("Write the response to {}", "Write {} responses", "write")
    return _items(context, answers, *words, is_listed=not context.mine)


@line(Desk.OFFICE, "do", 40)
def without_day(context: HomeContext) -> Iterator[HomeItem]:
    """Responses to write outside section 55 without a stated last day: none is counted."""
    answers = [each for each in _to_write(context) if each.last_day is None]
    words = ("Write the response to {}: no deadline is stated", "Write {} responses: no deadline is stated", "unstated")
    return _items(context, answers, *words, is_listed=not context.mine)


@line(Desk.OFFICE, "do", 45)
def to_say_section_55(context: HomeContext) -> Iterator[HomeItem]:
    """Reports for which nobody has said whether section 55 applies. Until then it does."""
    reports = [each.inspection for each in _own(context, _unanswered(context)) if each.inspection.is_to_say_section_55]
    if len(reports) > FEW and not context.mine:
        words, url = "{} reports: say whether section 55 applies", f"{reverse('responses')}?waiting=unsaid"
        yield HomeItem(words.format(len(reports)), url, number=len(reports))
        return
    for each in reports:
        yield HomeItem(f"{each.short_name}: say whether section 55 applies", each.get_absolute_url(), each.title)


def reports_answered_by_others(context: HomeContext) -> list[Inspection]:
    """Inspections that the chief officer is to answer and has not, as far as recorded."""
    return [each for each in context.fetch(open_reports) if each.is_answered_elsewhere and not each.needs_response]


@line(Desk.OFFICE, "do", 47)
def due_from_chief_officers(context: HomeContext) -> Iterator[HomeItem]:
    """Answers that chief officers owe to other sources, in one item. No one keeps them: officers follow them."""
    reports = reports_answered_by_others(context)
    if not reports or (context.mine and context.user.has_perm(May.APPROVE_RESPONSE)):
        return
    first, *rest = reports
    names = ", ".join(each.short_name for each in reports[:FEW])
    detail = f"{names} and {len(reports) - FEW:,} more" if len(reports) > FEW else names
    words = count(len(reports), "answer due from a chief officer", "answers due from chief officers")
    url = f"{reverse('compliance')}#followed" if rest else first.get_absolute_url()
    yield HomeItem(words, url, detail, first.last_day, len(reports))


@line(Desk.OFFICE, "ahead", 20)
def deadlines(context: HomeContext) -> Iterator[HomeItem]:
    """The coming last days for responses, but for the one at the top of the page."""
    until = context.day + datetime.timedelta(days=AHEAD)
    on_top = [each.inspection for each in _by_urgency(context)[:1]]
    for each in _own(context, _unanswered(context)):
        if each.last_day and context.day <= each.last_day <= until and each.inspection not in on_top:
            words = f"Response to {each.inspection.short_name} due"
            yield HomeItem(words, each.inspection.get_absolute_url(), day=each.last_day)


@line(Desk.OFFICE, "ahead", 21)
def deadlines_of_chief_officers(context: HomeContext) -> Iterator[HomeItem]:
    """The coming last days of answers that chief officers owe."""
    until = context.day + datetime.timedelta(days=AHEAD)
    for each in reports_answered_by_others(context):
        if each.last_day and context.day <= each.last_day <= until:
            words = f"Answer to {each.source_word} due: {each.short_name}"
            yield HomeItem(words, each.get_absolute_url(), day=each.last_day)
