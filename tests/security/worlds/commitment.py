"""A commitment of each force's response, with checks of every kind: words of the office that stay in the office."""

import datetime

from recommendations.domain.commitments import commitments
from recommendations.domain.responses import following
from recommendations.models import Commitment
from tests.conftest import AT, PUBLISHED

PROMISE = "zqpromise"  # in every word that the office keeps about a commitment
HOUR = datetime.timedelta(hours=1)
FIRST = PUBLISHED + datetime.timedelta(days=90)


def build_commitment(world, letter: str, say) -> None:
    """Followed, checked, the next check moved, and one check withdrawn."""
    officer, version = world.people["officer"], getattr(world, f"response_{letter}").versions.get()
    comment = version.comments.get()
    terms = {"keeper": say(f"Keeper {PROMISE}"), "every": "quarter"}
    by = {"by": officer, "at": AT + 2 * HOUR}
    made = following.mark_commitment(
        version=version, comment=comment, quote=comment.text, check_on=FIRST, **terms, **by
    )
    words = {"said": say(f"Looked at {PROMISE}."), "evidence": say(f"Minute {PROMISE}.")}
    check = commitments.check_commitment(commitment=made, outcome="partly", **words, **by)
    wrong = commitments.check_commitment(commitment=made, outcome="kept", **words, **by)
    commitments.withdraw_check(check=wrong, reason=say(f"Wrong line {PROMISE}."), **by)
    made = Commitment.objects.get(pk=made.pk)
    moved = {"next_on": AT.date() + datetime.timedelta(days=9), "reason": say(f"The panel meets {PROMISE}.")}
    commitments.edit_commitment(commitment=made, version=made.version, **terms, **moved, **by)
    setattr(world, f"commitment_{letter}", Commitment.objects.get(pk=made.pk))
    setattr(world, f"check_{letter}", check)
