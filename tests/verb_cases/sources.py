"""How each verb about sources, their rules, and the answers to them is done once."""

import datetime
from types import SimpleNamespace

from recommendations.domain.office_use.choice import start_with_hmicfrs
from recommendations.domain.responses.followed_answers import FollowedAnswer, record_followed_answer
from recommendations.domain.sources import answers, extensions, sources
from tests.conftest import AT
from tests.makers.sources import MADE, from_iopc

LATER = AT + datetime.timedelta(hours=14)
STOP = {"reason": "Judicial review.", "on": MADE}


def built(world) -> SimpleNamespace:
    """What the cases need, made the first time."""
    if not hasattr(world, "to_answer"):
        world.to_answer = _build(world, {"by": world.people["officer"], "at": LATER})
    return world.to_answer


def _build(world, by: dict) -> SimpleNamespace:
    of = SimpleNamespace(**{name: from_iopc(world.force_a, title=name) for name in ("asked", "given", "ran", "halted")})
    of.answer = FollowedAnswer(inspection=of.given, sent_on=MADE, text="The log was changed.", source_text="Unseen.")
    of.pending = extensions.ask_extension(inspection=of.given, asked_on=MADE, **by)
    of.wrong = extensions.ask_extension(inspection=of.ran, asked_on=MADE, **by)
    of.step = answers.record_answer_step(inspection=of.given, step="seen", **by)
    of.wrong_day = answers.record_answer_step(inspection=of.given, step="asked", **by)
    extensions.stop_clock(inspection=of.halted, **STOP, **by)
    return of


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    admin = {"by": world.people["administrator"], "at": LATER}
    of = built(world)
    return {
        "office_use.choose_sections": lambda: start_with_hmicfrs(at=LATER),
        "sources.set_source": lambda: sources.set_source(key="coroner", in_use=True, **admin),
        "sources.set_basis": lambda: sources.set_basis(key="audit", since=AT.date(), name="Audits", **admin),
        "sources.confirm_basis": lambda: sources.confirm_basis(key="coroner", **admin),
        "sources.record_answer_step": lambda: answers.record_answer_step(inspection=of.asked, step="sent", **by),
        "sources.correct_answer_step": lambda: answers.correct_answer_step(step=of.wrong_day, reason="Wrong.", **by),
        "responses.record_followed_answer": lambda: record_followed_answer(answer=of.answer, **by),
        "sources.withdraw_answer_step": lambda: answers.withdraw_answer_step(step=of.step, reason="Wrong.", **by),
        "sources.ask_extension": lambda: extensions.ask_extension(inspection=of.asked, asked_on=MADE, **by),
        "sources.answer_extension": lambda: extensions.answer_extension(
            extension=of.pending, answer="granted", new_day=datetime.date(2026, 5, 1), **by
        ),
        "sources.withdraw_extension": lambda: extensions.withdraw_extension(extension=of.wrong, reason="No.", **by),
        "sources.stop_clock": lambda: extensions.stop_clock(inspection=of.ran, **STOP, **by),
        "sources.resume_clock": lambda: extensions.resume_clock(inspection=of.halted, **by),
    }
