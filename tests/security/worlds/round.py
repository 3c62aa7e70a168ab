"""An update round for each force, with an answer in every state; every text of the second force carries the canary.

What a force is still writing, in drafts and in a sheet that it uploaded, carries a mark that only that force may see.
"""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from recommendations.domain.inspections.inspections import NewRecommendation, add_recommendation
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.rounds import drafts, rounds, sheets
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.exchange.readers.workbook import Sheet, TableCell, TableRow, Workbook
from recommendations.models import RoundLine, SheetDraft, TrackedRecommendation, UpdateRound
from tests.conftest import AT
from tests.makers.rounds import typed

HOUR = datetime.timedelta(hours=1)
NAMES = ("accepted", "released", "returned", "asked", "drafted")
INSIDE = "zqinside"  # with the force's letter after it
DRAFT_SHOWS = ("todo", "drafts", "ready", "new", "returned")  # what a round shows its force of its own drafts


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
    _draft(world, letter, made, lines)
    _bring_sheets(world, letter, made, lines["asked"], say)


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
    words = {"done": say(f"Answer that is {name}."), "said_by": say("Sgt Round")}
    texts = {key: say(f"{key} of {name}") for key in UPDATE_TEXT_KEYS}
    return NewAnswer(line, **words, texts=texts, **closure)


def _draft(world, letter: str, made: UpdateRound, lines: dict) -> None:
    """What the force is still writing: one line that is ready to go, one that is not."""
    names = ("done", "evidence", "said_by", "agreed_by", "closure_reason")
    ready = {name: f"{name} {INSIDE}{letter}" for name in names}
    ready |= {"ready": True, "closure_outcome": "implemented", "forecast": "31 January 2027"}
    unready = {"done": f"Not yet {INSIDE}{letter}", "forecast": f"{INSIDE}{letter}", "also": f"{INSIDE}{letter}"}
    words = [typed(lines["drafted"], **ready), typed(lines["asked"], **unready)]
    drafts.save_drafts(round=made, typed=words, by=world.people[f"lead_{letter}"], at=AT + 4 * HOUR)


def _bring_sheets(world, letter: str, made: UpdateRound, line: RoundLine, say) -> None:
    """A sheet that the force uploaded to its drafts, and one that the office brings in for somebody without account."""
    words = f"From the sheet {INSIDE}{letter}"
    setattr(world, f"sheet_{letter}", _sheet(made, line, words, by=world.people[f"lead_{letter}"]))
    setattr(world, f"office_sheet_{letter}", _sheet(made, line, say("Bells are tested."), by=world.people["officer"]))


def _sheet(made: UpdateRound, line: RoundLine, words: str, by) -> SheetDraft:
    cells = (TableCell(line.tracked.reference), TableCell(words))
    sheet = Sheet("Answers", ("Reference", "What was done since"), (TableRow(2, cells),))
    kept = {"name": "answers.xlsx", "sha256": "0" * 64, "table": Workbook("answers.xlsx", (sheet,)).as_json()}
    return sheets.keep_sheet(round=made, by=by, at=timezone.now(), **kept)
