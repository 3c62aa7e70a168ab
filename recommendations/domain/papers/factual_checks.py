"""The factual check of a draft paper: sent to the force, answered once, each correction decided by the office."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import CorrectionAnswer, FactualReply
from recommendations.models import FactualCheck, FactualCorrection, ScrutinyReport, User
from recommendations.periods import london_day, say
from recommendations.trail import verb

OVER = "This check is over. What was said stays as it is."
CLOSED = "This is a closed paper. Only the office reads it, so no force checks it."
JOINT = "This paper is about several forces. Send each force its own part."
FINAL = "This paper is finalised. What the force and the office said of it is kept as it was."


class ForceCorrection(NamedTuple):
    """A line of the draft that the force says is wrong, and its proposed text."""

    line: str
    wrong: str
    should_say: str


def send_to_check(
    *, paper: ScrutinyReport, due_on: datetime.date, by: User | None, at: datetime.datetime
) -> FactualCheck:
    """Ask the force to check a draft's facts by a day. The force can see the draft from now until it has replied.

    Raises Refusal if the paper is finalised, its period has not ended, the day has passed, or a check is already
    running.
    """
    with verb("send_to_check", by=by, at=at) as act:
        paper, today = lock_row(paper), london_day(at)
        if not paper.is_draft:
            raise Refusal("This paper is finalised. Only a draft is checked by the force.", code="finalised")
        if why_not := why_not_sent(paper):
            raise Refusal(why_not)
        if paper.end >= today:
            raise Refusal(
                f"The period runs until {say(paper.end)}. Send the paper after that day.", code="period-running"
            )
        if due_on < today:
            raise Refusal(f"{say(due_on)} is over. Enter today or a later day.", "due_on", code="in-the-past")
        if FactualCheck.objects.filter(paper=paper).running().exists():
            raise Refusal("This paper is with the force already.", code="sent-already")
        check = FactualCheck(paper=paper, force=paper.force, due_on=due_on, sent_at=at, sent_by=by)
        act.subject = act.save(check)
    return check


def why_not_sent(paper: ScrutinyReport) -> str:
    """Return the reason why drafts of this type are never sent to a force, or ""."""
    if paper.closed:
        return CLOSED
    return JOINT if paper.is_joint else ""


def reply_to_check(
    *,
    check: FactualCheck,
    reply: str,
    corrections: Sequence[ForceCorrection] = (),
    by: User | None,
    at: datetime.datetime,
) -> FactualCheck:
    """Record the force's reply: no correction, or a list of corrections. It cannot be edited afterwards.

    Raises Refusal if the check is over or a correction is incomplete, NotAllowed for users outside the force.
    """
    with verb("reply_to_check", by=by, at=at, subject=check) as act:
        check = _running(check)
        if by is not None and by.force_id != check.force_id:
            raise NotAllowed(f"{check.force} is asked to check this paper.", code="another-force")
        if reply == FactualReply.NONE and corrections:
            raise Refusal(
                "You wrote a correction. Choose that there are corrections, or empty it.", "reply", code="contradiction"
            )
        if reply == FactualReply.CORRECTIONS and not corrections:
            raise Refusal("Write at least one correction.", "line_1", code="required")
        check.reply, check.replied_at, check.replied_by = FactualReply(reply), at, by
        act.save(check)
        for number, each in enumerate(corrections, start=1):
            act.save(FactualCorrection(of=check, number=number, **_whole(each, number)))
    return check


def _whole(correction: ForceCorrection, number: int) -> dict[str, str]:
    said = {name: value.strip() for name, value in correction._asdict().items()}
    needed = {
        "line": "Say which line it is about.",
        "wrong": "Say what is wrong.",
        "should_say": "Write what it should say.",
    }
    for name, missing in needed.items():
        if not said[name]:
            raise Refusal(missing, f"{name}_{number}", code="required")
    return said


def end_check(*, check: FactualCheck, reason: str, by: User | None, at: datetime.datetime) -> FactualCheck:
    """End a check without the force's reply, with a reason that the paper prints. Raises Refusal if it is over."""
    with verb("end_check", by=by, at=at, reason=reason, subject=check) as act:
        check = _running(check)
        if not reason.strip():
            raise Refusal("Say why the office goes on without the reply.", "reason", code="no-reason")
        check.ended_at, check.ended_by, check.ended_why = at, by, reason.strip()
        act.save(check)
    return check


def _running(check: FactualCheck) -> FactualCheck:
    """Return the check, locked after its paper, in the order that finalising uses. Raises Refusal if it is over."""
    paper = lock_row(check.paper)
    check = lock_row(check)
    if check.reply or check.ended_at:
        raise Refusal(OVER)
    if not paper.is_draft:
        raise Refusal(FINAL, code="finalised")
    return check


def answer_correction(
    *,
    correction: FactualCorrection,
    version: int,
    answer: str,
    by: User | None,
    at: datetime.datetime,
    answer_why: str = "",
) -> FactualCorrection:
    """Accept or reject a correction, with a reason if rejected. It can be changed while the paper is a draft.

    Raises Refusal for a finalised paper or a missing reason, Stale if someone else has answered since.
    """
    with verb("answer_correction", by=by, at=at, subject=correction.of) as act:
        paper = lock_row(correction.of.paper)
        if not paper.is_draft:
            raise Refusal(FINAL, code="finalised")
        correction = lock_row(correction)
        claim(correction, version)
        if answer == CorrectionAnswer.NOT_ACCEPTED and not answer_why.strip():
            raise Refusal("Say why it is not accepted.", "answer_why", code="no-reason")
        correction.answer, correction.answer_why = CorrectionAnswer(answer), answer_why.strip()
        correction.answered_at, correction.answered_by = at, by
        act.save(correction)
    return correction
