"""The demonstration's update rounds, read from rounds.toml: asked, answered, accepted or returned, and closed."""

import datetime
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

from recommendations.domain.mails import mail_ledger
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.reminders import ledger as reminders
from recommendations.domain.rounds import drafts as round_drafts
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.drafts import Typed
from recommendations.domain.rounds.reminders import due_reminders, people_to_remind
from recommendations.models import RoundAnswer, RoundLine, TrackedRecommendation, UpdateRound
from recommendations.periods import london_day

ROUNDS = Path(__file__).with_name("rounds.toml")
SAYS = ("done", *UPDATE_TEXT_KEYS, "closure_outcome", "closure_reason")
DRAFTED = -1


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    told_rounds = tomllib.loads(ROUNDS.read_text(encoding="utf-8"))["round"]
    for day in range(min(read["asked"] for read in told_rounds), 0):
        yield day, (5,), _remind
    for place, read in enumerate(told_rounds):
        yield read["asked"], (0, place), partial(_ask, office, read)
        answers = read["answer"]
        for day, given in _group_by_day(answers, "day"):
            yield day, (1, place), partial(_release, office, read["force"], given)
        for number, given in enumerate(each for each in answers if "decided" in each):
            yield given["decided"], (2, place, number), partial(_decide, office, read["force"], given)
        drafts = [each for each in answers if "day" not in each]
        if drafts:
            yield DRAFTED, (3, place), partial(_draft, office, read["force"], drafts)
        if "closed" in read:
            yield read["closed"], (4, place), partial(_close, office, read["force"])


def _group_by_day(answers: list[dict], name: str) -> list[tuple[int, list[dict]]]:
    dated = sorted((each for each in answers if name in each), key=lambda each: each[name])
    return [(day, list(given)) for day, given in groupby(dated, key=lambda each: each[name])]


def _ask(office, read: dict, at: datetime.datetime) -> None:
    """Ask about the recommendations with the given headings, or else about all open ones directed to the force."""
    found = TrackedRecommendation.objects.filter(force__slug=read["force"], directed_to_force=True).open()
    if "headings" in read:
        found = found.filter(recommendation__heading__in=read["headings"])
    rounds.ask_for_updates(
        force=office.forces[read["force"]],
        tracked=list(found.order_by("reference")),
        due_on=office.working_day(read["due"]),
        name=f"{office.day(read['asked']):%B} round",
        note=office.words(read["note"]),
        by=office.people["officer"],
        at=at,
    )


def _round(force: str) -> UpdateRound:
    return UpdateRound.objects.get(force__slug=force)


def _line(force: str, answer: dict) -> RoundLine:
    lines = RoundLine.objects.with_record()
    return lines.get(round=_round(force), tracked__recommendation__heading=answer["about"])


def _release(office, force: str, rows: list[dict], at: datetime.datetime) -> None:
    answers = [_new_answer(office, _line(force, each), each) for each in rows]
    rounds.release_answers(round=_round(force), answers=answers, by=office.people[force], at=at)


def _new_answer(office, line: RoundLine, answer: dict) -> NewAnswer:
    forecast_on = office.day(answer["forecast"]) if "forecast" in answer else line.tracked.standing.forecast_on
    words = _words(office, answer)
    texts = {key: words.pop(key) for key in UPDATE_TEXT_KEYS if key in words}
    return NewAnswer(line, no_change="done" not in answer, forecast_on=forecast_on, texts=texts, **words)


def _words(office, answer: dict) -> dict:
    return {name: office.words(answer[name]) for name in SAYS if name in answer}


def _decide(office, force: str, row: dict, at: datetime.datetime) -> None:
    answer = RoundAnswer.objects.get(line=_line(force, row))
    if "question" in row:
        rounds.return_answer(answer=answer, question=row["question"], by=office.people["officer"], at=at)
    else:
        rounds.accept_answer(answer=answer, by=office.people["officer"], at=at)


def _draft(office, force: str, answers: list[dict], at: datetime.datetime) -> None:
    """Save what the force is still writing. Drafts are not records."""
    typed = [_typed_line(office, _line(force, each), each) for each in answers]
    round_drafts.save_drafts(round=_round(force), typed=typed, by=office.people[force], at=at)


def _typed_line(office, line: RoundLine, answer: dict) -> Typed:
    begin = round_drafts.initial_values(line, None)
    ready = answer.get("ready", False)
    agreed_by = line.tracked.chief_officer_lead if ready else ""
    marks = {"no_change": "done" not in answer, "ready": ready, "agreed_by": agreed_by}
    return Typed(line.pk, begin | _words(office, answer) | marks, round_drafts.mark(begin))


def _close(office, force: str, at: datetime.datetime) -> None:
    rounds.close_round(round=_round(force), by=office.people["officer"], at=at)


def _remind(at: datetime.datetime) -> None:
    """Record the emails of a day on which a round has any. The people are fictional: nothing is really sent."""
    on = london_day(at)
    if not any(due_reminders(person, on, {}) for person in people_to_remind()):
        return
    for person, _ in reminders.waiting(on, at):
        reminder = reminders.claim(person=person, on=on, at=at)
        assert reminder  # nothing else claims them
        mail_ledger.hand_over(reminder)
        mail_ledger.mark_sent(reminder, at=at)
