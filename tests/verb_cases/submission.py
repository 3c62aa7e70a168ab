"""What somebody types in a form and has not saved: kept, and no record."""

import datetime

from recommendations.domain.submission import typed_drafts
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def drafting(world) -> dict:
    """Typing, which makes no record."""
    officer, place = world.people["officer"], f"force-update-{world.open_a.pk}"
    return {
        "submission.save_typed": lambda: typed_drafts.save_typed(
            place=place, fields={"done": "Half a thought."}, by=officer, at=LATER
        )
    }
