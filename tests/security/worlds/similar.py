"""Recommendations of each force that say much the same: two that are linked, one that was declined, one suggested."""

import datetime
from types import SimpleNamespace

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.similar.pairs import decline_similar, link_similar
from recommendations.models import TrackedRecommendation
from tests.conftest import AT

HOUR = datetime.timedelta(hours=1)
SIMILAR = "zqsimilar"  # in the words of each
ASKS = "Reduce the backlog of digital devices that await forensic examination, and tell victims when phones come back"


def build_similar(world, letter: str, say) -> None:
    """Those of both forces are alike, and each force's people see their own alone."""
    made = {
        name: _tracked(world, letter, say, number) for number, name in enumerate(("old", "new", "waits", "not"), 60)
    }
    by = {"by": world.people["officer"], "at": AT + 9 * HOUR}
    link_similar(tracked=made["new"], other=made["old"], **by)
    decline_similar(tracked=made["not"], other=made["old"], reason=say(f"Of another kind {SIMILAR}{letter}."), **by)
    setattr(world, f"similar_{letter}", SimpleNamespace(**made))


def _tracked(world, letter: str, say, number: int) -> TrackedRecommendation:
    new = NewRecommendation(number=str(number), text=say(f"{ASKS} {SIMILAR}{letter}."))
    by = {"by": world.people["officer"], "at": AT + 9 * HOUR}
    made = inspections.add_recommendation(inspection=getattr(world, f"inspection_{letter}"), new=new, **by)
    return TrackedRecommendation.objects.get(recommendation=made, force=getattr(world, f"force_{letter}"))
