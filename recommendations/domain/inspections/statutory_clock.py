"""The statutory clock of an inspection in words: time left to respond, how late, or when it was answered.

Police Act 1996, section 55(5A): the body's comments are published before the end of the period (56 days) that begins
with the day on which the report is published. Lateness is shown, never blocked.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from recommendations.domain.sources.text import no_clock, who_answers
from recommendations.enums import ResponseState
from recommendations.enums.sources import Answerer, ClockStart
from recommendations.models import Inspection, ResponseVersion
from recommendations.periods import say, say_days


@dataclass(frozen=True)
class Clock:
    """`state` is running, late, answered, answered_late or not_needed; `short` is for a narrow column."""

    state: str
    headline: str
    second: str
    short: str


def with_answer(inspections: QuerySet) -> QuerySet:
    """Annotate `answered_on`: the first publication of a response that is not withdrawn, or None."""
    stands = ~Q(answered_by__response__state=ResponseState.WITHDRAWN)
    return inspections.annotate(answered_on=Min("answered_by__response__versions__published_on", filter=stands))


def unanswered_inspections(inspections: QuerySet) -> QuerySet:
    """Inspections that need a response and have none published. Drafts and withdrawn responses don't count."""
    return inspections.filter(_needs_a_response())


def unanswered_or_followed(inspections: QuerySet) -> QuerySet:
    """Inspections of either kind: to be answered by the policing body (needs_response), or followed by it."""
    follows = Q(answerer=Answerer.CHIEF_OFFICER, answer_sent_on__isnull=True)
    return inspections.filter(_needs_a_response() | follows)


def _needs_a_response() -> Q:
    published = ResponseVersion.objects.filter(response__answers__inspection=OuterRef("pk"))
    in_force = published.exclude(response__state=ResponseState.WITHDRAWN)
    return Q(~Exists(in_force), needs_response=True)


def soonest(inspection: Inspection) -> tuple:
    """The sort key for reports: by last day to respond, those without a stated one last."""
    return (inspection.last_day is None, inspection.last_day or inspection.published_on, inspection.pk)


def clock(inspection: Inspection, answered_on: datetime.date | None, today: datetime.date) -> Clock:
    """The clock of an inspection on a London day."""
    if answered_on:
        return _answered_clock(inspection, answered_on)
    if inspection.is_answered_elsewhere:
        return _followed_clock(inspection, today)
    if not inspection.needs_response:
        return Clock("not_needed", "No response needed", inspection.no_response_reason, "no response needed")
    last = inspection.last_day
    if inspection.lacks_start:
        return Clock("running", no_clock(inspection), _uncounted_text(inspection), f"day {inspection.came} not known")
    if last is None:
        return Clock("running", "No last day is stated", _uncounted_text(inspection), "no last day stated")
    if today > last:
        late = f"{say_days((today - last).days)} late"
        second = f"{_the_last_day(inspection)} was {say(last)}. No response is on record.{_asks(inspection)}"
        return Clock("late", late, second, late)
    left = f"{say_days((last - today).days)} left" if today < last else "today"
    second = _counted_text(inspection, today) if inspection.is_under_section_55 else _stated_text(inspection)
    return Clock(
        "running",
        f"{last_day_name(inspection)} {say(last)}: {left}",
        second,
        left if today < last else "last day today",
    )


def _followed_clock(inspection: Inspection, today: datetime.date) -> Clock:
    """The clock of an inspection that the chief officer answers: time left, how late, or when the reply was sent."""
    last, sent_on, name = inspection.last_day, inspection.answer_sent_on, last_day_name(inspection)
    rest = f"{who_answers(inspection)} answers it."
    if sent_on:
        is_late = last is not None and sent_on > last
        sent = f"Reply sent on {say(sent_on)}"
        due = f"{name} {say(last)}." if last else ""
        late = f": {say_days((sent_on - last).days)} late" if last and is_late else ""
        return Clock("answered_late" if is_late else "answered", sent + late, due, "reply sent" + late)
    if inspection.is_stopped and inspection.stopped_from:
        return Clock("running", f"The clock is stopped since {say(inspection.stopped_from)}", rest, "clock stopped")
    if inspection.lacks_start:
        return Clock("running", no_clock(inspection), rest, f"day {inspection.came} not known")
    if last is None:
        return Clock("running", "No last day is counted", rest, "no last day")
    if today > last:
        late = f"{say_days((today - last).days)} late"
        return Clock("late", f"Reply {late}", f"{name} was {say(last)}. {rest}", f"reply {late}")
    left = f"{say_days((last - today).days)} left" if today < last else "today"
    return Clock("running", f"{name} {say(last)}: {left}", rest, left if today < last else "last day today")


def _counted_text(inspection: Inspection, today: datetime.date) -> str:
    day = (today - inspection.published_on).days + 1
    published = f"Published on {say(inspection.published_on)}, which is day 1."
    return f"{published} Today is day {day} of {inspection.response_days}.{_asks(inspection)}"


def _asks(inspection: Inspection) -> str:
    return " No one has said whether section 55 applies to this report." if inspection.is_to_say_section_55 else ""


def _stated_text(inspection: Inspection) -> str:
    if inspection.starts_on:
        return _counted_elsewhere_text(inspection, inspection.starts_on)
    return f"Published on {say(inspection.published_on)}. The last day is stated, not counted from publication."


def _counted_elsewhere_text(inspection: Inspection, starts_on: datetime.date) -> str:
    word = (ClockStart(inspection.clock_start).word or ClockStart.PUBLISHED.word).capitalize()
    first = ", which is day 1" if inspection.first_day_counts else ""
    return f"{word} on {say(starts_on)}{first}."


def _uncounted_text(inspection: Inspection) -> str:
    return f"Published on {say(inspection.published_on)}. No last day is counted from publication."


def last_day_name(inspection: Inspection) -> str:
    """The name of its last day: a deadline only where the law counts it."""
    if inspection.is_under_section_55:
        return "Deadline"
    if inspection.is_of_other_source:
        return inspection.last_day_name or "Last day"
    return "Stated last day" if inspection.respond_by else "Last day"


def _the_last_day(inspection: Inspection) -> str:
    name = last_day_name(inspection)
    return f"The {name[:1].lower()}{name[1:]}"


def _answered_clock(inspection: Inspection, answered_on: datetime.date) -> Clock:
    last, on = inspection.last_day, f"The response was published on {say(answered_on)}."
    if last is None:
        return Clock("answered", f"Answered on {say(answered_on)}", f"{on} No last day is stated.", "answered")
    told, second = _answered_words(inspection, answered_on), f"{on} {_the_last_day(inspection)} was {say(last)}."
    if answered_on <= last or not inspection.needs_response:
        short = "answered in time" if not inspection.is_under_section_55 and answered_on <= last else told
        return Clock("answered", _sentence(told), second, short)
    late = f"{say_days((answered_on - last).days)} late"
    return Clock("answered_late", f"{_sentence(told)}: {late}", second, f"answered {late}")


def _answered_words(inspection: Inspection, answered_on: datetime.date) -> str:
    """ "answered on day 37 of 56" or, outside section 55, with the day itself."""
    if not inspection.is_under_section_55:
        return f"answered on {say(answered_on)}"
    day = (answered_on - inspection.published_on).days + 1
    return f"answered on day {day} of {inspection.response_days}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
