"""Who must answer, by when and why: the sentence shown beside a day, and the steps that follow."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.sources.queries import basis_of
from recommendations.enums.sources import Answerer, ClockStart
from recommendations.models import BasisFacts, Inspection
from recommendations.periods import say, say_days

WHO = {
    Answerer.POLICING_BODY: "The policing body",
    Answerer.CHIEF_OFFICER: "The chief officer",
    Answerer.FIRE_AUTHORITY: "The fire authority",
    Answerer.STATED: "Whoever is asked",
    Answerer.NOBODY: "No one",
}
HOLDS = "You hold the force to account for it."
CAREFUL = "Counted the careful way, with the first day as day 1, until an administrator confirms the rule."
UNCONFIRMED = "An administrator has not confirmed these words yet."


@dataclass(frozen=True)
class Step:
    """A day (or words in its place), and what is due then."""

    day: str
    words: str


@dataclass(frozen=True)
class WhoByWhen:
    """`sentence` says who, to whom and by when, or that it is answered; `left` the days left or late; `why` has the
    law; `note` what an administrator must confirm.
    """

    sentence: str
    left: str
    why: str
    note: str
    last_day: datetime.date | None
    steps: tuple[Step, ...]
    is_answered: bool = False


def who_by_when(
    inspection: Inspection, basis: BasisFacts, today: datetime.date, answered_on: datetime.date | None = None
) -> WhoByWhen:
    """What a page says about an inspection's clock on a London day. It need not be saved yet.

    `answered_on`: the day on which the policing body's response was published, if it writes one.
    """
    answered_on = answered_on or inspection.answer_sent_on
    return WhoByWhen(
        sentence=_answered_sentence(inspection, answered_on) if answered_on else _sentence(inspection, basis),
        left="" if answered_on else _days_left(inspection, today),
        why=" ".join(_answered_why(inspection, basis) if answered_on else _why(inspection, basis)),
        note=_note(basis),
        last_day=inspection.last_day,
        steps=tuple(_steps(inspection, basis, today)),
        is_answered=answered_on is not None,
    )


def _answered_sentence(inspection: Inspection, answered_on: datetime.date) -> str:
    """ "Answered in time, on 27 November 2026."."""
    last = inspection.last_day
    if last is None:
        return f"Answered on {say(answered_on)}."
    late = (answered_on - last).days
    return f"Answered {f'{say_days(late)} late' if late > 0 else 'in time'}, on {say(answered_on)}."


def _answered_why(inspection: Inspection, basis: BasisFacts) -> Iterator[str]:
    if last := inspection.last_day:
        more = ", after more time was given" if inspection.extended_to else ""
        yield f"The last day was {say(last)}{more}."
    yield _law(inspection, basis)


def _days_left(inspection: Inspection, today: datetime.date) -> str:
    """ "44 days left", "21 days late" or "last day today"; "" if no day is counted."""
    last = inspection.last_day
    if last is None or inspection.answerer == Answerer.NOBODY:
        return ""
    days = (last - today).days
    return f"{say_days(days)} left" if days > 0 else f"{say_days(-days)} late" if days else "last day today"


def no_clock(inspection: Inspection) -> str:
    """ "Day sent not known: no clock", where the day that starts it is missing."""
    return f"Day {inspection.came} not known: no clock"


def who_answers(inspection: Inspection) -> str:
    """Who must answer it, as the start of a sentence: as named in the letter, else by the rule."""
    made_to = inspection.made_to.strip()
    return made_to[:1].upper() + made_to[1:] or WHO[Answerer(inspection.answerer)]


def _sentence(inspection: Inspection, basis: BasisFacts) -> str:
    who, last = who_answers(inspection), inspection.last_day
    if inspection.is_under_section_55:
        return f"{who} must publish a response by {say(last)}." if last else ""
    if inspection.answerer == Answerer.NOBODY:
        return "No answer is required."
    answer = f"answer {basis.answer_to}" if basis.answer_to else "answer"
    if inspection.is_stopped:
        return f"{who} must {answer}. The clock is stopped."
    if inspection.lacks_start:
        return f"{who} must {answer}. {no_clock(inspection)}."
    if last is None:
        return f"{who} {_acts(basis, answer)}. No last day is counted."
    return f"{who} {'must' if basis.counts else 'should'} {answer} by {say(last)}."


def _acts(basis: BasisFacts, answer: str) -> str:
    return "acts on it, or says why not" if basis.clock_start == ClockStart.NONE else f"is to {answer}"


def _why(inspection: Inspection, basis: BasisFacts) -> Iterator[str]:
    """The law, what changed the day, and who holds whom to account."""
    if inspection.is_under_section_55:
        yield f"{inspection.response_days} days beginning with the day of publication, {basis.law}."
        return
    yield _law(inspection, basis)
    if inspection.is_stopped and inspection.stopped_from:
        yield f"Stopped since {say(inspection.stopped_from)}: {basis.stopped_by or 'as recorded'}."
    elif inspection.extended_to and (counted := inspection.counted_day or inspection.respond_by):
        yield f"More time was given: the last day was {say(counted)}."
    if inspection.is_answered_elsewhere:
        yield HOLDS


def _law(inspection: Inspection, basis: BasisFacts) -> str:
    if inspection.starts_on:
        day = "beginning with" if inspection.first_day_counts else "after"
        return f"{inspection.response_days} days {day} {say(inspection.starts_on)}, {basis.law}."
    return f"{basis.page_words} {basis.law}.".strip()


def _note(basis: BasisFacts) -> str:
    if not basis.is_to_confirm:
        return ""
    return CAREFUL if basis.counts else UNCONFIRMED


def _steps(inspection: Inspection, basis: BasisFacts, today: datetime.date) -> Iterator[Step]:
    """The steps from the first day on, as listed for a new inspection."""
    yield _first(inspection, basis)
    if last := inspection.last_day:
        away = (last - today).days
        when = f"{say_days(away)} from today" if away > 0 else "today" if not away else f"{say_days(-away)} ago"
        yield Step(say(last), f"{basis.last_day_name}. A {last:%A}, {when}.")
    if basis.extendable and not inspection.extended_to:
        asked = ", asked for by then" if basis.extension_within else ""
        who = basis.extended_by[:1].upper() + basis.extended_by[1:]
        yield Step("before that day", f"{who} may give more time{asked}. Record the new day when it is granted.")
    if basis.published_by and basis.publish_days:
        who = basis.published_by[:1].upper() + basis.published_by[1:]
        yield Step(f"{say_days(basis.publish_days)} later", f"{who} publishes the answer, as a rule.")


def _first(inspection: Inspection, basis: BasisFacts) -> Step:
    word = (basis.clock_start.word or ClockStart.PUBLISHED.word).capitalize()
    first = " Day 1." if basis.counts and inspection.first_day_counts else ""
    return Step(say(inspection.clock_from), f"{word}.{first}")


def law_of_count(inspection: Inspection) -> str:
    """The law under which a last day outside section 55 is counted, as letters name it, or "" if none is counted.

    No query for a stated day or section 55's, else one.
    """
    if inspection.is_under_section_55 or inspection.counted_day is None:
        return ""
    basis = basis_of(inspection)
    return basis.letter_words or basis.law or basis.name
