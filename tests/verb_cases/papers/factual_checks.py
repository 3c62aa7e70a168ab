"""How each verb about factual checks, and about issuing papers to meetings, is done once."""

import datetime

from recommendations.domain.papers import factual_checks, issuing
from tests.conftest import AT
from tests.makers.factual_checks import WRONG

LATER = AT + datetime.timedelta(hours=14)


def cases(world) -> dict:
    by, lead = {"by": world.people["officer"], "at": LATER}, {"by": world.people["lead_a"], "at": LATER}
    found, meeting = world.checks_a, {"meeting_on": datetime.date(2026, 12, 4), "item": "8", "sent_how": "By hand."}
    waiting = found.replied.corrections.last()
    return {
        "papers.send_to_check": lambda: factual_checks.send_to_check(
            paper=world.draft_a, due_on=datetime.date(2026, 12, 1), **by
        ),
        "papers.reply_to_check": lambda: factual_checks.reply_to_check(
            check=found.running, reply="corrections", corrections=[WRONG], **lead
        ),
        "papers.end_check": lambda: factual_checks.end_check(check=found.running, reason="It is due.", **by),
        "papers.answer_correction": lambda: factual_checks.answer_correction(
            correction=waiting, version=waiting.version, answer="accepted", **by
        ),
        "papers.issue_paper": lambda: issuing.issue_paper(
            paper=world.final_a, panel=world.panel, tell=[world.people["member"]], **meeting, **by
        ),
        "papers.withdraw_issue": lambda: issuing.withdraw_issue(issue=found.issue, reason="Another meeting.", **by),
    }
