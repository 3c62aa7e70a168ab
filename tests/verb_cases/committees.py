"""How each verb about committees' requests is done once."""

import datetime

from recommendations.domain.committees import proofs, requests
from tests.conftest import AT
from tests.makers.committees import ASKED, DUE

LATER = AT + datetime.timedelta(hours=14)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    found, closed = world.requests_a.open, world.requests_a.closed
    about = {"request": found, "version": found.version}
    facts = {"text": "Which targets moved.", "owner": "Chief executive", "asked_on": ASKED, "due_on": DUE}
    return {
        "committees.record_request": lambda: requests.record_request(panel=world.panel, number="26/99", **facts, **by),
        "committees.change_request": lambda: requests.change_request(
            **about, number="26/98", reason="A misprint.", **facts, **by
        ),
        "committees.answer_request": lambda: requests.answer_request(
            request=found, paper=world.draft_a, version=0, text="On page 2.", **by
        ),
        "committees.close_request": lambda: proofs.close_request(
            **about, proof=proofs.NewProof(kind="letter", words="Letter of 3 May."), **by
        ),
        "committees.reopen_request": lambda: proofs.reopen_request(
            request=closed, version=closed.version, reason="It was about another one.", **by
        ),
        "committees.withdraw_request": lambda: requests.withdraw_request(**about, reason="Let go.", **by),
    }
