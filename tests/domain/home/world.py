"""A register at random for the first page: every voice, closures of all kinds, answers, all written past the verbs."""

import datetime
import random

from django.db.models import QuerySet

from recommendations.enums import ClosureState, LineState
from recommendations.models import (
    Assurance,
    Closure,
    ForceUpdate,
    InspectorateStatus,
    RoundAnswer,
    RoundLine,
    TargetDate,
    TrackedRecommendation,
    UpdateRound,
)
from tests.conftest import AT, TODAY
from tests.domain.register.test_queries import at_random
from tests.standings import write

DAY = datetime.timedelta(days=1)


def fill(chance: random.Random, people: list) -> None:
    """Give each tracked recommendation facts of all kinds. `people` record, ask and decide."""
    rounds = {}
    for tracked in TrackedRecommendation.objects.order_by("pk"):
        facts = at_random(chance)
        QuerySet(TrackedRecommendation).filter(pk=tracked.pk).update(recorded_at=moment(chance))
        write(tracked, **facts)
        speak(chance, tracked)
        close(chance, tracked, facts, people)
        if tracked.force_id not in rounds:
            rounds[tracked.force_id] = ask(tracked.force)
        answer(chance, tracked, rounds[tracked.force_id])


def moment(chance: random.Random) -> datetime.datetime:
    return AT - chance.randrange(20) * DAY


def speak(chance: random.Random, tracked) -> None:
    words = {
        ForceUpdate: lambda: {"done": "Done."},
        Assurance: lambda: {"view": "assured", "rationale": "Seen.", "revisit_on": some_day(chance)},
        InspectorateStatus: lambda: {"status": "complete"},
        TargetDate: lambda: {"target_on": TODAY},
    }
    for model, told in words.items():
        for _ in range(chance.choice([0, 0, 1, 2, 3])):
            facts = told() | {"effective_on": TODAY - chance.randrange(5) * DAY, "recorded_at": moment(chance)}
            if chance.random() < 0.2:
                facts |= {"withdrawn_at": AT, "withdrawn_why": "Wrong."}
            QuerySet(model).bulk_create([model(tracked=tracked, **facts)])


def some_day(chance: random.Random):
    return chance.choice([None, TODAY + chance.randrange(-20, 50) * DAY])


def close(chance: random.Random, tracked, facts: dict, people: list) -> None:
    """Declined requests, and one that waits where the cache says so."""
    stamps = {"tracked": tracked, "outcome": "implemented", "request_reason": "Done."}
    rows = []
    for _ in range(chance.choice([0, 0, 1, 2])):
        asked = moment(chance)
        declined = {
            "state": ClosureState.DECLINED,
            "decision_reason": "Not yet.",
            "decided_on": TODAY,
            "decided_at": AT,
        }
        rows.append(Closure(requested_on=asked.date(), requested_at=asked, **declined, **stamps))
    if facts["closure_requested_on"]:
        who = chance.choice([None, *people])
        rows.append(Closure(requested_on=TODAY, requested_at=moment(chance), requested_by=who, **stamps))
    for row in rows:
        QuerySet(Closure).bulk_create([row])


def ask(force) -> UpdateRound:
    facts = {"force": force, "name": "Autumn", "due_on": TODAY + 5 * DAY, "asked_on": TODAY - 9 * DAY}
    (made,) = QuerySet(UpdateRound).bulk_create([UpdateRound(asked_at=AT - 9 * DAY, **facts)])
    return made


def answer(chance: random.Random, tracked, round: UpdateRound) -> None:
    """A line of a round, perhaps with an answer that the office accepted or returned."""
    state = chance.choice(LineState.values)
    line = RoundLine(round=round, tracked=tracked, position=tracked.pk, state=state)
    QuerySet(RoundLine).bulk_create([line])
    if state == LineState.ASKED:
        return
    decided = {} if state == LineState.RELEASED else {"decided_at": moment(chance)}
    if state == LineState.RETURNED:
        decided["question"] = "When?"
    if state == LineState.ACCEPTED:
        update = ForceUpdate(tracked=tracked, done="Done.", effective_on=TODAY, recorded_at=moment(chance))
        (decided["update"],) = QuerySet(ForceUpdate).bulk_create([update])
    row = RoundAnswer(line=line, state=state, done="Done.", effective_on=TODAY, released_at=AT - 20 * DAY, **decided)
    QuerySet(RoundAnswer).bulk_create([row])
