"""An update round for each force, with an answer in every state; every text of the second force carries the canary."""

import datetime
from types import SimpleNamespace

from recommendations.domain import rounds
from recommendations.domain.inspections import NewRecommendation, add_recommendation
from recommendations.domain.round_answers import NewAnswer
from recommendations.models import RoundLine, TrackedRecommendation, UpdateRound
from tests.conftest import AT

HOUR = datetime.timedelta(hours=1)
NAMES = ("accepted", "released", "returned", "asked", "drafted")


def build_round(world, letter: str, say) -> None:
    """A round of one force: `round_a`, its lines `lines_a.asked` …, its answers `answers_a.released` …"""
    force, officer = getattr(world, f"force_{letter}"), world.people["officer"]
    records = [_recommendation(world, letter, name, say) for name in NAMES]
    about = {"tracked": records, "due_on": AT.date() + datetime.timedelta(days=14)}
    words = {"name": say("November round"), "note": say("Two sentences will do.")}
    made = rounds.ask_for_updates(force=force, by=officer, at=AT + HOUR, **about, **words)
    setattr(world, f"round_{letter}", made)
    lines = dict(zip(NAMES, RoundLine.objects.filter(round=made).order_by("position"), strict=True))
    setattr(world, f"lines_{letter}", SimpleNamespace(**lines))
    setattr(world, f"answers_{letter}", SimpleNamespace(**_answers(world, letter, made, lines, say)))


def _recommendation(world, letter: str, name: str, say) -> TrackedRecommendation:
    """One to ask about, of the force's own inspection."""
    new = NewRecommendation(
        number=f"R {name}",
        text=say(f"The force should say whether it is {name}."),
        leads={"chief_officer_lead": say(f"Lead of {name}")},
    )
    by = {"by": world.people["officer"], "at": AT}
    made = add_recommendation(inspection=getattr(world, f"inspection_{letter}"), new=new, **by)
    return TrackedRecommendation.objects.get(recommendation=made)


def _answers(world, letter: str, made: UpdateRound, lines: dict, say) -> dict:
    """What was released, and what the office did with it."""
    lead, officer = world.people[f"lead_{letter}"], world.people["officer"]
    given = [_answer(name, lines[name], say) for name in ("accepted", "released", "returned")]
    released = rounds.release_answers(round=made, answers=given, by=lead, at=AT + 2 * HOUR)
    found = dict(zip(("accepted", "released", "returned"), released, strict=True))
    rounds.accept_answer(answer=found["accepted"], by=officer, at=AT + 3 * HOUR)
    rounds.return_answer(answer=found["returned"], question=say("How many are left?"), by=officer, at=AT + 3 * HOUR)
    return found


def _answer(name: str, line: RoundLine, say) -> NewAnswer:
    closure = {"closure_outcome": "implemented", "closure_reason": say("It holds.")} if name == "released" else {}
    words = {"done": say(f"Answer that is {name}."), "evidence": say(f"Chart of {name}"), "said_by": say("Sgt Round")}
    return NewAnswer(line, **words, **closure)
