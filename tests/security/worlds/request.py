"""Requests of a committee about each force: answered in its filed paper, in a draft, or by a letter, open, and
withdrawn.
"""

import datetime
from types import SimpleNamespace

from recommendations.domain.committees import requests as verbs
from recommendations.domain.committees.proofs import NewProof, close_request
from recommendations.models import CommitteeRequest
from tests.conftest import AT
from tests.makers.committees import make_request

HOUR = datetime.timedelta(hours=1)
WAITING = "zqwaiting"  # in every word of a request that is on no agenda and in no filed paper, and of a draft's answer
CARRIED = "zqcarried"  # with the force's letter, in every word of one that its next agenda carries


def answer_before_filing(world, letter: str, paper, say) -> None:
    """What the paper answers is asked before, and answered while it is a draft."""
    by = {"by": world.people["officer"], "at": AT + 8 * HOUR}
    words = {"text": say("The dates of each item."), "owner": say("Head of assurance")}
    found = make_request(world.panel, f"26/1{letter}", force=paper.force, **words, **by)
    verbs.answer_request(request=found, paper=paper, version=0, text=say("Each has one."), **by)
    setattr(world, f"requests_{letter}", SimpleNamespace(answered=found))


def build_requests(world, letter: str, say) -> None:
    """Those that came after the filed paper. The open one has an answer in the draft of its other paper."""
    requests, force = getattr(world, f"requests_{letter}"), getattr(world, f"force_{letter}")
    by = {"by": world.people["officer"], "at": AT + 10 * HOUR}
    words = {"text": say(f"The reasons {WAITING}."), "owner": say(f"Chief executive {WAITING}"), "force": force}
    open_words = {name: say(f"{name} {CARRIED}{letter}.") for name in ("text", "owner")} | {"force": force}
    answered = make_request(world.panel, f"26/3{letter}", **open_words, **by)
    draft, text = getattr(world, f"draft_{letter}"), say(f"In part {WAITING}.")
    verbs.answer_request(request=answered, paper=draft, version=0, text=text, **by)
    found = make_request(world.panel, f"26/2{letter}", **open_words, **by)
    gone = make_request(world.panel, f"26/4{letter}", **words, **by)
    verbs.withdraw_request(request=gone, version=gone.version, reason=say(f"Let go {WAITING}."), **by)
    closed = make_request(world.panel, f"26/5{letter}", **words, **by)
    letter_words = NewProof(kind="letter", words=say(f"A letter {WAITING}."))
    close_request(request=closed, version=closed.version, proof=letter_words, **by)
    requests.drafted, requests.open = answered, found
    requests.closed = CommitteeRequest.objects.get(pk=closed.pk)
    requests.gone = CommitteeRequest.on_file.get(pk=gone.pk)
