"""The lines of an update round as the office reads them: before and now side by side, in words."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.rag import standings_on
from recommendations.domain.register.sheet_columns import further_texts
from recommendations.domain.risk.delays import delay_texts
from recommendations.domain.rounds.progress import is_late
from recommendations.domain.rounds.rounds import NO_CHANGE, verbs_for
from recommendations.enums import LineState, Outcome, Position, Vocabulary
from recommendations.models import (
    ForceUpdate,
    Label,
    RoundAnswer,
    RoundLine,
    Thresholds,
    TrackedRecommendation,
    UpdateRound,
    User,
)
from recommendations.periods import london_day, say

NEAR = 300  # days: further away than this, a date is given with its year


@dataclass(frozen=True)
class Spoken:
    """A text with its label: "Before, 4 November"."""

    label: str
    text: str


@dataclass(frozen=True)
class LineRow:
    """One line of a round. `answer` is None if nothing is released, and the fields after it are then empty.

    `given` are pairs of heading and text, and so is `delay`, why it is late.
    """

    line: int
    reference: str
    url: str
    title: str
    lead: str
    rag: str
    rag_word: str
    before: Spoken
    planned: str = ""
    answer: int | None = None
    now: Spoken | None = None
    facts: tuple[str, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    delay: tuple[tuple[str, str], ...] = ()
    same_reason: str = ""
    late: str = ""
    closure: str = ""
    asked_before: tuple[Spoken, ...] = ()
    asked: Spoken | None = None
    done: str = ""
    may_accept: bool = False
    may_return: bool = False


def line_rows(
    round: UpdateRound, lines: list[RoundLine], *, user: User, today: datetime.date, rule: Thresholds
) -> list[LineRow]:
    """Return these lines of `round` in words, in order, for a user in the office. The number of queries is constant."""
    records = _records(lines, today, rule)
    answers, updates = _answers(lines), _updates(lines)
    rows = []
    for line in lines:
        line.round, line.tracked = round, records[line.tracked_id]
        given = answers[line.pk]
        before = _previous_update(updates[line.tracked_id], given)
        rows.append(_row(line, given, before, verbs_for(line, user), today, rule))
    return rows


def _records(lines: list[RoundLine], today: datetime.date, rule: Thresholds) -> dict:
    """Return the lines' recommendations by id, each with its colour, including withdrawn ones."""
    found = TrackedRecommendation.on_file.filter(pk__in=[line.tracked_id for line in lines]).with_record()
    found = found.with_standing(standings_on(today, rule))
    return {record.pk: record for record in found}


def _answers(lines: list[RoundLine]) -> dict[int, list[RoundAnswer]]:
    found = defaultdict(list)
    rows = RoundAnswer.objects.filter(line__in=lines).select_related("released_by", "decided_by")
    for answer in rows.order_by("released_at", "pk"):
        found[answer.line_id].append(answer)
    return found


def _updates(lines: list[RoundLine]) -> dict[int, list[ForceUpdate]]:
    """Return the force's earlier updates by tracked recommendation, newest first."""
    found = defaultdict(list)
    rows = ForceUpdate.objects.filter(tracked__in=[line.tracked_id for line in lines]).standing()
    for update in rows.latest_first():
        found[update.tracked_id].append(update)
    return found


def _previous_update(updates: list[ForceUpdate], answers: list[RoundAnswer]) -> ForceUpdate | None:
    """Return the latest update that is older than the one made from the last answer, or None."""
    made = answers[-1].update_id if answers else None
    if made is None:
        return next(iter(updates), None)
    moment = next((each.recorded_at for each in updates if each.pk == made), None)
    return next((each for each in updates if moment and each.recorded_at < moment), None)


def _row(
    line: RoundLine,
    answers: list[RoundAnswer],
    before: ForceUpdate | None,
    verbs: list[str],
    today: datetime.date,
    rule: Thresholds,
) -> LineRow:
    record, last = line.tracked, answers[-1] if answers else None
    said = _answer_fields(line, last, before, verbs, today) if last else {}
    return LineRow(
        line=line.pk,
        reference=record.reference,
        url=record.get_absolute_url(),
        title=record.recommendation.short_text,
        lead=record.chief_officer_lead,
        rag=record.standing.rag,
        rag_word=rule.word(record.standing.rag),
        before=_previous_words(before, today),
        planned=record.planned_action,
        asked_before=tuple(_question(answer, today) for answer in answers[:-1] if answer.question),
        asked=_question(last, today) if last and last.question else None,
        **said,
    )


def _answer_fields(
    line: RoundLine, answer: RoundAnswer, before: ForceUpdate | None, verbs: list[str], today: datetime.date
) -> dict:
    """Return what the last answer says and which verbs apply to it, as fields of LineRow."""
    day = near(answer.effective_on, today)
    return {
        "answer": answer.pk,
        "now": Spoken(f"Now, {day}, said by {answer.said_by}", answer.done or NO_CHANGE),
        "facts": tuple(_facts(answer, before)),
        "given": tuple(further_texts(answer)),
        "delay": tuple(delay_texts(answer, causes_in(answer))),
        "same_reason": answer.same_reason,
        "late": f"after the last day, {near(line.round.due_on, today)}" if is_late(answer, line.round) else "",
        "closure": _closure(line, answer),
        "done": _decision_words(answer, today),
        "may_accept": "accept_answer" in verbs,
        "may_return": "return_answer" in verbs,
    }


def causes_in(answer: RoundAnswer) -> dict[str, str]:
    """Return the office's labels for causes of delay if the answer has one, with one query, or else nothing."""
    return Label.objects.words()[Vocabulary.DELAY_CAUSE] if answer.delay_cause else {}


def _previous_words(before: ForceUpdate | None, today: datetime.date) -> Spoken:
    if before is None:
        return Spoken("Before", "No update yet.")
    return Spoken(f"Before, {near(before.effective_on, today)}", before.done)


def _question(answer: RoundAnswer, today: datetime.date) -> Spoken:
    who = f" by {answer.decided_by}" if answer.decided_by else ""
    assert answer.decided_at is not None  # an answer with a question is decided (roundanswer_state_has_its_stamps)
    return Spoken(f"Asked on {near(london_day(answer.decided_at), today)}{who}", answer.question)


def _facts(answer: RoundAnswer, before: ForceUpdate | None) -> Iterator[str]:
    """Yield the forecast and its previous value, and the position if given."""
    was = before.forecast_on if before else None
    now = answer.forecast_on or was
    if now and now == was:
        yield f"Forecast {say(now)}, unchanged"
    elif now:
        yield f"Forecast {say(now)}, was {say(was)}" if was else f"Forecast {say(now)}, none before"
    if answer.position:
        yield f"Position: {in_sentence(Position(answer.position).label)}"


def _closure(line: RoundLine, answer: RoundAnswer) -> str:
    if not answer.closure_outcome:
        return ""
    asks = f"Asks to close it as {in_sentence(Outcome(answer.closure_outcome).label)}: {answer.closure_reason}"
    if answer.state != LineState.RELEASED:
        return asks
    if line.tracked.standing.closure_requested_on:
        return f"{asks} A closure waits for a decision already."
    return f"{asks} An approving officer decides."


def _decision_words(answer: RoundAnswer, today: datetime.date) -> str:
    """Return the acceptance by the office in words, or ""."""
    if answer.state != LineState.ACCEPTED or answer.decided_at is None:
        return ""
    who = f" by {answer.decided_by}" if answer.decided_by else ""
    return f"Accepted on {near(london_day(answer.decided_at), today)}{who}"


def near(day: datetime.date, today: datetime.date) -> str:
    """ "4 November", or with the year if the day is far from `today`."""
    return f"{day.day} {day:%B}" if abs((day - today).days) < NEAR else say(day)
