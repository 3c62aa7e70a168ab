"""How each verb of a commitment is done once, and what only marks one in a draft."""

import datetime

from recommendations.domain.commitments import commitments
from recommendations.domain.responses import following
from recommendations.domain.responses.draft import commitments as draft_commitments
from recommendations.domain.responses.draft.parts import parts_of
from recommendations.models import Commitment
from tests.conftest import AT
from tests.makers.responses import SAID, part, promise
from tests.verb_cases.responses.life import written

LATER = AT + datetime.timedelta(hours=10)
TERMS = {"keeper": "Bo", "check_on": datetime.date(2027, 6, 1), "every": "once"}


def promised(world):
    """A sentence that is marked in the draft, made once for a world."""
    if not hasattr(world, "promised"):
        draft = written(world).drafting
        key = next(each.key for each in parts_of(draft) if each.recommendation)
        world.promised = promise(draft, key, SAID["text"])
    return world.promised


def cases(world) -> dict:
    promised(world)
    by = {"by": world.people["officer"], "at": LATER}
    followed, version = Commitment.objects.get(pk=world.commitment_a.pk), world.response_a.versions.get()
    terms = {"keeper": "Bo", "next_on": datetime.date(2027, 6, 1), "every": "month", "reason": "Later."}
    return {
        "responses.mark_commitment": lambda: following.mark_commitment(
            version=version, quote="We welcome this.", **TERMS, **by
        ),
        "commitments.edit_commitment": lambda: commitments.edit_commitment(
            commitment=followed, version=followed.version, **terms, **by
        ),
        "commitments.check_commitment": lambda: commitments.check_commitment(
            commitment=followed, outcome="kept", said="Seen.", **by
        ),
        "commitments.withdraw_check": lambda: commitments.withdraw_check(check=world.check_a, reason="Wrong.", **by),
    }


def drafting(world) -> dict:
    """What takes who and when too, and writes no record: marks in a draft."""
    mark, by = promised(world), {"by": world.people["officer"], "at": LATER}
    other = {"part": part(written(world).drafting, "narrative"), "quote": "We welcome the report."}
    return {
        "responses.mark_in_draft": lambda: draft_commitments.mark_in_draft(**other, **TERMS, **by),
        "responses.decline_suggestion": lambda: draft_commitments.decline_suggestion(**other, **by),
        "responses.change_in_draft": lambda: draft_commitments.change_in_draft(commitment=mark, **TERMS, **by),
        "responses.remove_from_draft": lambda: draft_commitments.remove_from_draft(commitment=mark, **by),
    }
