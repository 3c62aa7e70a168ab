"""The other sources that the office follows, more time from one of them, and a chief officer's answer to another."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.domain.sources import answers, extensions, sources
from recommendations.enums.sources import AnswerStepKind, ExtensionAnswer

FOLLOWED = ("iopc", "coroner", "audit", "super-complaint", "ico")
IOPC = "Custody: appropriate adults for children who are searched"
CORONER = "Checks on detainees who are withdrawing from alcohol"
WHY = "The standing order is to be tried for a month before the force answers."
PUBLISHED = {"link": "https://www.judiciary.example/prevention-of-future-death-reports/2026-0318"}
FOLLOWED_ON, ASKED, GRANTED, NEW_DAY = -520, -16, -11, 34
ANSWER = (
    (-112, AnswerStepKind.ASKED, {}),
    (-84, AnswerStepKind.SEEN, {"note": "Our comments went back the same week."}),
    (-72, AnswerStepKind.SENT, {}),
    (-33, AnswerStepKind.PUBLISHED, PUBLISHED),
)


def happenings(told) -> Iterator[tuple[int, tuple, Callable]]:
    """What was recorded: a day counted from today, its place in that day, and what is done at a moment."""
    for place, key in enumerate(FOLLOWED):
        yield FOLLOWED_ON, (place,), partial(_follow, told, key)
    yield FOLLOWED_ON, (len(FOLLOWED),), partial(_confirm, told)
    yield ASKED, (0,), partial(_ask, told)
    yield GRANTED, (0,), partial(_grant, told)
    for day, step, said in ANSWER:
        yield day, (1,), partial(_answered, told, step, said)


def _follow(told, key: str, at) -> None:
    sources.set_source(key=key, in_use=True, by=told.people["administrator"], at=at)


def _confirm(told, at) -> None:
    """The administrator looked up the coroner's rule; the others that ask for it wait."""
    sources.confirm_basis(key="coroner", by=told.people["administrator"], at=at)


def _ask(told, at) -> None:
    extensions.ask_extension(inspection=told.reports[IOPC], why=WHY, by=told.people["officer"], at=at)


def _grant(told, at) -> None:
    extensions.answer_extension(
        extension=told.reports[IOPC].extensions.get(),
        answer=ExtensionAnswer.GRANTED,
        new_day=told.day(NEW_DAY),
        by=told.people["officer"],
        at=at,
    )


def _answered(told, step: str, said: dict, at) -> None:
    answers.record_answer_step(inspection=told.reports[CORONER], step=step, **said, by=told.people["officer"], at=at)
