"""How each verb about committees' requests is done once."""

import datetime

from recommendations.domain import committee_requests as verbs
from tests.conftest import AT
from tests.request_makers import ASKED, DUE

LATER = AT + datetime.timedelta(hours=14)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    found = world.requests_a.open
    about = {"request": found, "version": found.version}
    facts = {"text": "Which targets moved.", "owner": "Chief executive", "asked_on": ASKED, "due_on": DUE}
    return {
        "committee_requests.record_request": lambda: verbs.record_request(
            panel=world.panel, number="26/99", **facts, **by
        ),
        "committee_requests.change_request": lambda: verbs.change_request(
            **about, number="26/98", reason="A misprint.", **facts, **by
        ),
        "committee_requests.answer_request": lambda: verbs.answer_request(
            request=found, paper=world.draft_a, version=0, text="On page 2.", **by
        ),
        "committee_requests.withdraw_request": lambda: verbs.withdraw_request(**about, reason="Let go.", **by),
    }
