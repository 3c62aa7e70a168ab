"""A force's answers to the lines of a round. All lines are checked before any answer is saved."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.register.voices import check_forecast
from recommendations.domain.sources.refusing import check_position
from recommendations.domain.writing.records import day_of
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LineState, Outcome, Position
from recommendations.models import RoundAnswer, RoundLine, UpdateRound
from recommendations.periods import say
from recommendations.trail import VerbContext


@dataclass(frozen=True)
class NewAnswer:
    """The force's answer to one line: either `done` or `no_change`. `version` is the line's as it was read.

    `texts` holds the further update texts given, by key (sheet_columns.UPDATE_TEXTS).
    """

    line: RoundLine
    done: str = ""
    no_change: bool = False
    forecast_on: datetime.date | None = None
    position: str = ""
    said_by: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    delay_cause: str = ""
    delay_words: str = ""
    mitigation: str = ""
    closure_outcome: str = ""
    closure_reason: str = ""
    same_reason: str = ""
    version: int | None = None


DELAY = ("delay_cause", "delay_words", "mitigation")
SAME = "This is the answer that was returned with a question. Answer the question, or say why the same answer stands."


def says_the_same(new_answer: NewAnswer, returned: RoundAnswer) -> bool:
    """Whether an answer says the same as the returned one, whoever gave it."""
    texts = {key: getattr(returned, key) for key in UPDATE_TEXT_KEYS}
    before = (
        returned.done,
        returned.no_change,
        returned.forecast_on,
        returned.closure_outcome,
        returned.closure_reason,
        *(getattr(returned, name) for name in DELAY),
    )
    now = (
        new_answer.done.strip(),
        new_answer.no_change,
        new_answer.forecast_on,
        new_answer.closure_outcome,
        new_answer.closure_reason.strip(),
        *(getattr(new_answer, name).strip() for name in DELAY),
    )
    return before == now and texts == {key: new_answer.texts.get(key, "").strip() for key in UPDATE_TEXT_KEYS}


def returned_answers(lines: Iterable[int]) -> dict[int, RoundAnswer]:
    """Return the last returned answer of each of these lines, by line id. One query."""
    found = RoundAnswer.objects.filter(line__in=lines, line__state=LineState.RETURNED, state=LineState.RETURNED)
    return {answer.line_id: answer for answer in found.order_by("released_at", "pk")}


class LinesRefused(Refusal):
    """Some lines were refused, so nothing was saved. `lines` has each line's refusal, by line id.

    `code` is that of the first one.
    """

    def __init__(self, lines: dict[int, Refusal], references: dict[int, str]) -> None:
        self.lines = lines
        message = " ".join(f"{references[pk]}: {refusal.message}" for pk, refusal in lines.items())
        super().__init__(message, code=next(iter(lines.values())).code)


def new_answers(
    act: VerbContext,
    round: UpdateRound,
    answers: list[NewAnswer],
    source: str,
    effective_on: datetime.date | None,
    next_state: Callable[[RoundLine], str],
) -> tuple[list[RoundAnswer], list[RoundLine]]:
    """Build a release's answers and updated lines, inside a verb. Saves nothing.

    `next_state` returns a line's next state, or raises Refusal. Raises LinesRefused with every line that was refused.
    """
    if not answers:
        raise Refusal("Nothing is ready to be released.", code="none-ready")
    day = day_of(effective_on, at=act.at, not_before=None, field="effective_on")
    lines = _lock_lines(round, answers)
    returned = returned_answers(lines)
    rows, refused = [], {}
    for given in answers:
        try:
            reason = _reason(given, returned.get(given.line.pk))
            rows.append(_row(act, lines.get(given.line.pk), given, day, next_state, source, reason))
        except Refusal as refusal:
            refused[given.line.pk] = refusal
    if refused:
        raise LinesRefused(refused, {given.line.pk: str(given.line.tracked) for given in answers})
    return rows, [row.line for row in rows]


def _reason(new_answer: NewAnswer, returned: RoundAnswer | None) -> str:
    """Return the reason for giving the same answer again, or "" for a different one. Raises Refusal if missing."""
    if returned is None or not says_the_same(new_answer, returned):
        return ""
    if not new_answer.same_reason.strip():
        raise Refusal(SAME, "same_reason")
    return new_answer.same_reason.strip()


def _lock_lines(round: UpdateRound, answers: list[NewAnswer]) -> dict[int, RoundLine]:
    """Return the current lines of this round by id, locked. Lines of other rounds are left out."""
    wanted = round.lines.filter(pk__in=[given.line.pk for given in answers]).with_record().order_by("pk")
    return {line.pk: line for line in wanted.select_for_update(of=("self",))}


def _row(
    act: VerbContext,
    line: RoundLine | None,
    new_answer: NewAnswer,
    day: datetime.date,
    next_state: Callable[[RoundLine], str],
    source: str,
    same_reason: str,
) -> RoundAnswer:
    if line is None:
        raise Refusal("It is not in this round.", code="not-in-round")
    if line.tracked.standing.closed_on or line.tracked.withdrawn_at:
        raise Refusal("It has been closed, and needs no answer.", code="closed")
    state = next_state(line)
    if new_answer.version is not None and line.version != new_answer.version:
        raise Refusal("It changed while you were typing. Check it again, then release it.", code="changed-meanwhile")
    _check(line, new_answer, day)
    line.state, line.version = state, line.version + 1
    said_by = new_answer.said_by.strip() or (act.by.name if act.by and act.by.force_id else line.tracked.force.name)
    return RoundAnswer(
        line=line,
        done="" if new_answer.no_change else new_answer.done.strip(),
        no_change=new_answer.no_change,
        forecast_on=new_answer.forecast_on,
        position=new_answer.position,
        **{key: text.strip() for key, text in new_answer.texts.items()},
        said_by=said_by,
        **{name: getattr(new_answer, name).strip() for name in DELAY},
        closure_outcome=new_answer.closure_outcome,
        closure_reason=new_answer.closure_reason.strip() if new_answer.closure_outcome else "",
        same_reason=same_reason,
        source=source[:200],
        effective_on=day,
        released_at=act.at,
        released_by=act.by,
    )


def _check(line: RoundLine, new_answer: NewAnswer, day: datetime.date) -> None:
    """Raise Refusal, with the field concerned, for what could not become a force update."""
    published_on = line.tracked.recommendation.inspection.published_on
    if new_answer.no_change and new_answer.done.strip():
        raise Refusal("Say what was done, or that nothing changed, not both.", "done", code="contradiction")
    if not new_answer.no_change and not new_answer.done.strip():
        raise Refusal("Say what was done, or that nothing changed.", "done", code="required")
    if day < published_on:
        raise Refusal(
            f"{say(day)} is before the report was published, {say(published_on)}.",
            "effective_on",
            code="before-publication",
        )
    check_forecast(new_answer.forecast_on, line.tracked.standing.forecast_on, day)
    if new_answer.position and new_answer.position not in Position.values:
        raise Refusal("Choose the force’s position from the list.", "position", code="invalid-choice")
    check_position(line.tracked, new_answer.position)
    if new_answer.delay_words.strip() and not (new_answer.delay_cause or line.tracked.standing.delay_cause):
        raise Refusal("Choose the cause that these words are about.", "delay_cause")
    if new_answer.closure_outcome and new_answer.closure_outcome not in Outcome.values:
        raise Refusal("Choose the outcome from the list.", "closure_outcome", code="invalid-choice")
    if new_answer.closure_outcome and not new_answer.closure_reason.strip():
        raise Refusal("Say why it can be closed.", "closure_reason", code="no-reason")
