"""Of the recommendations of each force: two that are linked, two found not to be alike, one that is suggested.

The words of both forces' are alike, and each force's people see their own alone.
"""

import datetime
from types import SimpleNamespace

from recommendations.domain.similar.pairs import decline_similar, link_similar
from tests.conftest import AT

HOUR = datetime.timedelta(hours=1)
NOT_ALIKE = "zqnotalike"  # in why two are not alike, which is the office's


def build_similar(world, letter: str, say) -> None:
    """`waits` is suggested to `old`, which is linked with `new`."""
    made = {"waits": "open", "old": "pending", "new": "restricted", "not_alike": "closed"}
    found = SimpleNamespace(**{name: getattr(world, f"{of}_{letter}") for name, of in made.items()})
    by = {"by": world.people["officer"], "at": AT + 9 * HOUR}
    link_similar(tracked=found.new, other=found.old, **by)
    decline_similar(tracked=found.not_alike, other=found.waits, reason=say(f"{NOT_ALIKE}{letter}"), **by)
    setattr(world, f"similar_{letter}", found)
