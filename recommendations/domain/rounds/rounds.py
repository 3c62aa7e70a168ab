"""Update rounds: the office asks, the force releases answers, the office accepts or returns them and closes the round.

The tables of transitions drive the checks, the buttons and docs/states.md.
"""

import datetime
from collections.abc import Callable
from typing import Any

from recommendations.domain.ownership.keepers import own_keeper
from recommendations.domain.register.closures import new_closure_request, state_of
from recommendations.domain.register.notices import Notice, handed_over_notices
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.register.voices import UNCHANGED, new_force_update
from recommendations.domain.risk.delays import carried_delay, new_delay
from recommendations.domain.rounds.answers import NewAnswer, new_answers
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import LineState
from recommendations.models import (
    Closure,
    Force,
    ForceUpdate,
    RoundAnswer,
    RoundDraft,
    RoundLine,
    TrackedRecommendation,
    UpdateRound,
    User,
)
from recommendations.models.rounds import LONGEST_NAME
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

# (state of a line, verb) → (next state, who may)
TRANSITIONS: dict[tuple[str, str], tuple[LineState, May]] = {
    (LineState.ASKED, "release_answers"): (LineState.RELEASED, May.ANSWER_ROUND),
    (LineState.ASKED, "bring_in_answers"): (LineState.RELEASED, May.ASK_FOR_UPDATES),
    (LineState.RELEASED, "accept_answer"): (LineState.ACCEPTED, May.ASK_FOR_UPDATES),
    (LineState.RELEASED, "return_answer"): (LineState.RETURNED, May.ASK_FOR_UPDATES),
    (LineState.RETURNED, "release_answers"): (LineState.RELEASED, May.ANSWER_ROUND),
    (LineState.RETURNED, "bring_in_answers"): (LineState.RELEASED, May.ASK_FOR_UPDATES),
}
# The same for the round itself: (state, verb) → (next state, who may)
ROUND_TRANSITIONS = {
    ("open", "add_lines"): ("open", May.ASK_FOR_UPDATES),
    ("open", "close_round"): ("closed", May.ASK_FOR_UPDATES),
}
IN_A_CLOSED_ROUND = ("accept_answer",)
NO_CHANGE = "No change."

SAYS_NO: dict[str, str] = {
    LineState.ASKED: "The force has not answered this yet.",
    LineState.RELEASED: "An answer to this waits for the office to look at it.",
    LineState.RETURNED: "This answer was returned to the force with a question.",
    LineState.ACCEPTED: "The answer to this was accepted already.",
}


def verbs_for(line: RoundLine, user: User) -> list[str]:
    """Return the verbs that the line's state, the round and the user's role allow now. Buttons are made from this."""
    possible = [name for (start, name), (_, may) in TRANSITIONS.items() if start == line.state and user.has_perm(may)]
    if line.round.force.handed_over_on is not None:
        return []
    return [name for name in possible if line.round.is_open or name in IN_A_CLOSED_ROUND]


def ended_notice(round: UpdateRound) -> Notice | None:
    """Why a round takes no more answers: it was closed, or its force's register was handed over. None while it does."""
    if round.closed_at:
        return Notice(f"This round was closed on {say(london_day(round.closed_at))}.", "It takes no more answers.")
    return next(iter(handed_over_notices(round.force)), None)


def ask_for_updates(
    *,
    force: Force,
    tracked: list,
    due_on: datetime.date,
    name: str,
    by: User | None,
    at: datetime.datetime,
    note: str = "",
) -> UpdateRound:
    """Ask a force for an update on each of these recommendations, in this order, by a day. Returns the round.

    Raises Refusal if the day has passed, the name is empty or nothing is chosen; and, naming each reference, for
    recommendations that belong to another force, are closed, or are in another open round.
    """
    with verb("ask_for_updates", by=by, at=at) as act:
        today = london_day(at)
        if due_on < today:
            raise Refusal(f"{say(due_on)} has passed. Enter today or a later day.", "due_on", code="in-the-past")
        if not name.strip():
            raise Refusal("Enter a name for the round.", "name", code="required")
        if len(name.strip()) > LONGEST_NAME:
            raise Refusal(f"The name is too long: {LONGEST_NAME} characters fit.", "name", code="too-long")
        lock_row(force)
        check_can_be_asked(force, tracked)
        asked = {"force": force, "name": name.strip(), "note": note.strip(), "due_on": due_on}
        act.subject = act.save(UpdateRound(asked_on=today, asked_at=at, asked_by=by, keeper=own_keeper(by), **asked))
        act.add_all(_lines(act.subject, tracked, first=1))
    return act.subject


def add_lines(*, round: UpdateRound, tracked: list, by: User | None, at: datetime.datetime) -> list[RoundLine]:
    """Add recommendations at the end of an open round. Returns the new lines. Raises as `ask_for_updates` does."""
    with verb("add_lines", by=by, at=at, subject=round) as act:
        lock_row(round.force)
        round = _open(round)
        check_can_be_asked(round.force, tracked)
        last = round.lines.order_by("-position").first()
        return act.add_all(_lines(round, tracked, first=last.position + 1 if last else 1))


def check_can_be_asked(force: Force, tracked: list) -> None:
    """Raise Refusal, naming each, if this force cannot be asked about one of these."""
    if not tracked:
        raise Refusal("Choose what to ask about.", "tracked", code="required")
    if len({each.pk for each in tracked}) < len(tracked):
        raise Refusal("A recommendation is in the list twice.", "tracked", code="twice")
    wrong = why_not_asked(force, tracked)
    if wrong:
        raise Refusal(" ".join(wrong.values()), "tracked", code="cannot-be-asked")


def why_not_asked(force: Force, tracked: list) -> dict[int, str]:
    """Return why a round of this force cannot ask about some of `tracked`: tracked id → reason."""
    rounds = RoundLine.objects.filter(round__closed_at__isnull=True, tracked__in=[each.pk for each in tracked])
    asked = dict(rounds.values_list("tracked", "round__name"))
    found = {}
    for each in tracked:
        if each.force_id != force.pk:
            found[each.pk] = f"{each} is not tracked for {force}."
        elif force.handed_over_on is not None:
            found[each.pk] = f"{each} was handed over to {force.handed_over_to}."
        elif each.standing.closed_on:
            found[each.pk] = f"{each} is closed."
        elif each.pk in asked:
            found[each.pk] = f"{each} is in {asked[each.pk]} already."
    return found


def _lines(round: UpdateRound, tracked: list, *, first: int) -> list[RoundLine]:
    return [RoundLine(round=round, tracked=each, position=place) for place, each in enumerate(tracked, start=first)]


def release_answers(
    *,
    round: UpdateRound,
    answers: list[NewAnswer],
    by: User | None,
    at: datetime.datetime,
    source: str = "",
    effective_on: datetime.date | None = None,
) -> list[RoundAnswer]:
    """Release answers to the office: all of them or, with LinesRefused saying which were refused and why, none.

    Done by a user of the force, or by the office, which imports the force's sheet (`source` names the file).
    `effective_on` is the London day of the answers, by default today. Released drafts are deleted; when the office
    imports a sheet, the force's drafts stay.
    """
    name = "release_answers" if by is not None and by.force_id else "bring_in_answers"
    if by is not None and by.force_id not in (None, round.force_id):
        raise NotAllowed("Another force’s round.", code="another-force")
    if name == "bring_in_answers" and not source:
        raise NotAllowed(
            "Only the force releases its answers. The office can bring in the force’s sheet.", code="only-the-force"
        )
    with verb(name, by=by, at=at, subject=round) as act:
        round = _open(round)
        rows, lines = new_answers(act, round, answers, source, effective_on, _checker(name))
        act.add_all(rows)
        act.save_all(lines)
        if name == "release_answers":
            # written at once: the drafts of what is released are no records
            RoundDraft.objects.filter(line__in=lines).delete()
    return rows


def _checker(name: str) -> Callable[[RoundLine], str]:
    return lambda line: _next_state(line, name)


def accept_answer(*, answer: RoundAnswer, by: User | None, at: datetime.datetime) -> ForceUpdate:
    """Accept a released answer: it becomes the force's update of its day, and its closure request is made.

    Raises NotAllowed for the person who released it; Refusal if it was accepted or returned already, or its
    recommendation has been closed since. If two people decide at once, the second is refused.
    """
    with verb("accept_answer", by=by, at=at, subject=answer.line.tracked) as act:
        lock_row(answer.line.round)  # locked first, as in every verb of a round, to prevent deadlocks
        tracked = lock_row(answer.line.tracked)
        line, answer = _waiting(answer, "accept_answer", by)
        if closed_on := tracked.standing.closed_on:
            raise Refusal(
                f"{tracked} was closed on {say(closed_on)}, so this cannot become a force update.", code="closed"
            )
        answer.update = _force_update(act, tracked, answer)
        if (said := carried_delay(answer, tracked)) is not None:
            new_delay(act, tracked, said, said_by=answer.said_by, effective_on=answer.effective_on)
        answer.closure = _closure_request(act, tracked, answer)
        answer.state = line.state = LineState.ACCEPTED
        answer.decided_at, answer.decided_by = at, by
        act.save(answer)
        act.save(line)
    return answer.update


def _force_update(act: VerbContext, tracked: TrackedRecommendation, answer: RoundAnswer) -> ForceUpdate:
    """Create the force update from an answer. Anything the answer leaves out stays as it was."""
    texts: dict[str, Any] = {**_texts(answer)}
    return new_force_update(
        act,
        tracked,
        done=answer.done or NO_CHANGE,
        effective_on=answer.effective_on,
        said_by=answer.said_by,
        **texts,
        position=answer.position or UNCHANGED,
        forecast_on=answer.forecast_on or UNCHANGED,
        was_released=True,
    )


def _texts(answer: RoundAnswer) -> dict[str, str]:
    return {key: getattr(answer, key) for key in UPDATE_TEXT_KEYS}


def _closure_request(act: VerbContext, tracked: TrackedRecommendation, answer: RoundAnswer) -> Closure | None:
    """Make the closure request in an answer, or return None if there is none or a request is already waiting.

    It is made by the person who released the answer or, if the office imported it, by the one accepting it.
    """
    if not answer.closure_outcome or state_of(tracked) != "open":
        return None
    return new_closure_request(
        act,
        tracked,
        outcome=answer.closure_outcome,
        reason=answer.closure_reason,
        evidence=answer.evidence,
        requested_by=act.by if answer.came_through_the_office else answer.released_by,
    )


def return_answer(*, answer: RoundAnswer, question: str, by: User | None, at: datetime.datetime) -> RoundAnswer:
    """Return a released answer to the force with a question. Its text becomes a draft of the force again.

    Raises as `accept_answer` does, and Refusal without a question or in a closed round.
    """
    with verb("return_answer", by=by, at=at, reason=question.strip(), subject=answer.line.round) as act:
        if not question.strip():
            raise Refusal("Say what the force should answer.", "question", code="required")
        lock_row(answer.line.round)
        line, answer = _waiting(answer, "return_answer", by)
        answer.state = line.state = LineState.RETURNED
        answer.question, answer.decided_at, answer.decided_by = question.strip(), at, by
        act.save(answer)
        act.save(line)
        # written at once: the draft that a returned answer becomes again
        RoundDraft.objects.get_or_create(line=line, defaults=_draft_of(answer))
    return answer


def _draft_of(answer: RoundAnswer) -> dict:
    """Return the draft fields for a returned answer. A speaker's name that was filled in by default is left out."""
    kept = ("done", "no_change", *UPDATE_TEXT_KEYS, "closure_outcome", "closure_reason")
    forecast = say(answer.forecast_on) if answer.forecast_on else ""
    by_itself = (answer.line.tracked.force.name, answer.released_by and answer.released_by.name)
    said_by = "" if answer.said_by in by_itself else answer.said_by
    stamps = {"saved_at": answer.released_at, "saved_by": answer.released_by}
    return {name: getattr(answer, name) for name in kept} | {"forecast": forecast, "said_by": said_by} | stamps


def close_round(
    *, round: UpdateRound, by: User | None, at: datetime.datetime, version: int | None = None
) -> UpdateRound:
    """Close a round: no more answers. Released answers can still be accepted; the rest stays unanswered.

    `version` is the round's as it was read. Raises Refusal if it is closed already, or Stale.
    """
    with verb("close_round", by=by, at=at, subject=round) as act:
        round = _open(round)
        claim(round, round.version if version is None else version)
        round.closed_at, round.closed_by = at, by
        return act.save(round)


def _open(round: UpdateRound) -> UpdateRound:
    round = lock_row(round)
    check_is_open(round)
    return round


def check_is_open(round: UpdateRound) -> None:
    """Raise Refusal if a round takes no more answers."""
    if ended := ended_notice(round):
        raise Refusal(f"{ended.title} {ended.text}", code="round-closed")


def _waiting(answer: RoundAnswer, name: str, by: User | None) -> tuple[RoundLine, RoundAnswer]:
    """Return the line and its answer, locked, if the verb `name` is possible now. Raises Refusal or NotAllowed."""
    line, answer = lock_row(answer.line), lock_row(answer)
    if answer.state != LineState.RELEASED:
        raise Refusal(SAYS_NO[answer.state], code=answer.state)
    _next_state(line, name)
    if not line.round.is_open and name not in IN_A_CLOSED_ROUND:
        raise Refusal("This round is closed, so the force cannot answer a question.", code="round-closed")
    if by is not None and answer.released_by_id == by.pk and not answer.source:
        raise NotAllowed("You released this answer, so someone else decides about it.", code="own-work")
    claim(line, line.version)
    return line, answer


def _next_state(line: RoundLine, name: str) -> str:
    if (line.state, name) not in TRANSITIONS:
        raise Refusal(SAYS_NO[line.state], code=line.state)
    return TRANSITIONS[line.state, name][0]
