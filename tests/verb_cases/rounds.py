"""How each verb of an update round is done once, and what only keeps or changes a draft."""

import datetime

from recommendations.domain.rounds import drafts, rounds, sheets
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.drafts import content, mark
from recommendations.domain.rounds.sheets import NEW, RowPlan, SheetPlan
from recommendations.forms.rounds.answers import answer_of
from recommendations.models import RoundDraft
from tests.conftest import AT
from tests.makers.rounds import typed

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    officer, lead = world.people["officer"], world.people["lead_a"]
    by, answer = {"by": officer, "at": LATER}, world.answers_a.released
    ready = RoundDraft.objects.get(line=world.lines_a.drafted)
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
        "rounds.release_ready": lambda: drafts.release_ready(
            round=world.round_a, shown={ready.line_id: mark(content(ready))}, read=answer_of, by=lead, at=LATER
        ),
    }


def drafting(world) -> dict:
    """What takes who and when too, and writes no record: drafts of the force's, and sheets that were read."""
    asked, of = world.lines_a.asked, {"round": world.round_a, "by": world.people["lead_a"], "at": LATER}
    draft = RoundDraft.objects.get(line=asked)
    row = RowPlan(3, "", NEW, asked, content(draft) | {"done": "From the sheet."}, mark(content(draft)))
    kept = {"name": "answers.xlsx", "sha256": "0" * 64, "table": {"name": "", "sheets": []}}
    return {
        "rounds.save_drafts": lambda: drafts.save_drafts(typed=[typed(asked, done="Seen to.")], **of),
        "rounds.share_drafts": lambda: drafts.share_drafts(lines=[asked.pk], **of),
        "rounds.keep_sheet": lambda: sheets.keep_sheet(**kept, **of),
        "rounds.bring_in_drafts": lambda: sheets.bring_in_drafts(plan=SheetPlan((row,), ()), use=set(), **of),
    }
