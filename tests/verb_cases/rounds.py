"""How each verb of an update round is done once."""

import datetime

from recommendations.domain import rounds
from recommendations.domain.round_answers import NewAnswer
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    officer, lead = world.people["officer"], world.people["lead_a"]
    by, answer = {"by": officer, "at": LATER}, world.answers_a.released
    new = {"name": "Another round", "due_on": LATER.date()}
    return {
        "rounds.ask_for_updates": lambda: rounds.ask_for_updates(
            force=world.force_a, tracked=[world.open_a, world.pending_a], **new, **by
        ),
        "rounds.add_lines": lambda: rounds.add_lines(round=world.round_a, tracked=[world.open_a], **by),
        "rounds.release_answers": lambda: rounds.release_answers(
            round=world.round_a, answers=[NewAnswer(world.lines_a.asked, no_change=True)], by=lead, at=LATER
        ),
        "rounds.accept_answer": lambda: rounds.accept_answer(answer=answer, **by),
        "rounds.return_answer": lambda: rounds.return_answer(answer=answer, question="How many?", **by),
        "rounds.close_round": lambda: rounds.close_round(round=world.round_a, **by),
    }
