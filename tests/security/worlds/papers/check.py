"""Drafts of each force with it for a check, replied to, gone on without it; an issued paper, the first one public."""

import datetime
from types import SimpleNamespace

from recommendations.domain.papers import factual_checks, issuing
from recommendations.domain.papers.factual_checks import ForceCorrection
from recommendations.domain.papers.sections import author_text
from recommendations.domain.public import papers
from tests.conftest import AT
from tests.makers.factual_checks import make_check, make_draft, reply

HOUR = datetime.timedelta(hours=1)
WITH_IT, BACK = "zqwithforce", "zqbackinoffice"  # in the words of the draft that a force may see, and of the others
QUARTERS = {
    "running": {"start": datetime.date(2025, 10, 1), "end": datetime.date(2025, 12, 31)},
    "replied": {"start": datetime.date(2025, 7, 1), "end": datetime.date(2025, 9, 30)},
    "ended": {"start": datetime.date(2025, 4, 1), "end": datetime.date(2025, 6, 30)},
}


def build_checks(world, letter: str, say) -> None:
    """Each draft has words of its own; the reply has a correction that waits for an answer, and one that has it."""
    by = {"by": world.people["officer"], "at": AT + 10 * HOUR}
    lead = {"by": world.people[f"lead_{letter}"], "at": AT + 11 * HOUR}
    made = {}
    for name, days in QUARTERS.items():
        paper = make_draft(getattr(world, f"force_{letter}"), **days, **by)
        mark = f"{WITH_IT if name == 'running' else BACK}{letter}"
        said = {"view": "assured", "view_words": say(f"They did {mark}.")}
        author_text.write_words(paper=paper, version=0, **said, **by)
        made[name] = make_check(paper, **by)
    wrong = [ForceCorrection(say("Page 1"), say("Too many."), say("Two.")) for _ in range(2)]
    made["replied"] = reply(made["replied"], *wrong, **lead)
    first = made["replied"].corrections.first()
    answer = {"answer": "not_accepted", "answer_why": say("It is right.")}
    factual_checks.answer_correction(correction=first, version=1, **answer, by=by["by"], at=AT + 12 * HOUR)
    made["ended"] = factual_checks.end_check(check=made["ended"], reason=say("The paper is due."), **by)
    of = {"paper": getattr(world, f"final_{letter}"), "panel": world.panel}
    meeting = {"meeting_on": datetime.date(2026, 12, 3), "item": say("7"), "sent_how": say("By email.")}
    made["issue"] = issuing.issue_paper(**of, **meeting, tell=[world.people["member"]], **by)
    if letter == "a":  # the second force's paper is issued too, and not public
        approver = {"by": world.people["approver"], "at": AT + 13 * HOUR}
        made["publication"] = papers.publish_paper(paper=world.final_a, **approver)
    setattr(world, f"checks_{letter}", SimpleNamespace(**made))
