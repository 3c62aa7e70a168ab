"""Other sources in the demonstration: extensions granted and requested, a stopped clock, an answer."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.domain.sources import answers, extensions, sources
from recommendations.enums.sources import AnswerStepKind, ExtensionAnswer

FOLLOWED = ("iopc", "coroner", "audit", "super-complaint", "ico", "fire")
IOPC = "Custody: appropriate adults for children who are searched"
STOPPED = "Taser: when it is drawn and not fired"
WAITING = "Stop and search: switching the camera on"
CORONER = "Checks on detainees who are withdrawing from alcohol"
WHY = "The standing order is to be tried for a month before the force answers."
PUBLISHED = {"link": "https://www.judiciary.example/prevention-of-future-death-reports/2026-0318"}
WHY_OF_EASTVALE = "The cameras of two shifts are to be counted first."
REVIEW = "The federation has asked the High Court to review the recommendation. The hearing is listed for the spring."
FOLLOWED_ON, ASKED, GRANTED, NEW_DAY, STOPPED_ON, ASKED_BY_EASTVALE = -520, -16, -11, 34, -88, -5
ANSWER: tuple[tuple[int, AnswerStepKind, dict[str, str]], ...] = (
    (-112, AnswerStepKind.ASKED, {}),
    (-84, AnswerStepKind.SEEN, {"note": "Our comments went back the same week."}),
    (-72, AnswerStepKind.SENT, {}),
    (-33, AnswerStepKind.PUBLISHED, PUBLISHED),
)


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, key in enumerate(FOLLOWED):
        yield FOLLOWED_ON, (place,), partial(_follow, office, key)
    yield FOLLOWED_ON, (len(FOLLOWED),), partial(_confirm, office)
    yield STOPPED_ON, (0,), partial(_stop, office)
    yield ASKED, (0,), partial(_ask, office, IOPC, WHY)
    yield ASKED_BY_EASTVALE, (0,), partial(_ask, office, WAITING, WHY_OF_EASTVALE)
    yield GRANTED, (0,), partial(_grant, office)
    for day, step, said in ANSWER:
        yield day, (1,), partial(_record_answer_step, office, step, said)


def _follow(office, key: str, at) -> None:
    sources.set_source(key=key, in_use=True, by=office.people["administrator"], at=at)


def _confirm(office, at) -> None:
    """Confirm the coroner's rule, as the administrator; the one for fire inspections stays unconfirmed."""
    sources.confirm_basis(key="coroner", by=office.people["administrator"], at=at)


def _ask(office, title: str, why: str, at) -> None:
    extensions.ask_extension(inspection=office.reports[title], why=why, by=office.people["officer"], at=at)


def _stop(office, at) -> None:
    extensions.stop_clock(inspection=office.reports[STOPPED], reason=REVIEW, by=office.people["officer"], at=at)


def _grant(office, at) -> None:
    extensions.answer_extension(
        extension=office.reports[IOPC].extensions.get(),
        answer=ExtensionAnswer.GRANTED,
        new_day=office.day(NEW_DAY),
        by=office.people["officer"],
        at=at,
    )


def _record_answer_step(office, step: str, facts: dict, at) -> None:
    answers.record_answer_step(
        inspection=office.reports[CORONER], step=step, **facts, by=office.people["officer"], at=at
    )
