"""Rechecks of closures: one held, one due, one slip waiting for a decision, one planned."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.models import TrackedRecommendation

PLANNED, HELD, SLIPPED = -180, -64, -4
# Reference → the day of the recheck, and the test for whether it has held.
PLANS = {
    "WM-0011": (-60, "Every custody record of a month says when a shower and exercise were offered."),
    "WM-0002": (-5, "No collision waits longer than ten days for a trained investigator, in three months in a row."),
    "WM-0007": (-2, "At least 19 of 20 recordings of force used in custody were reviewed within a week."),
    "WM-0005": (16, "Every child who was released at night was taken home, as twenty records say."),
}
SAW_HELD = "We read the 41 custody records of the month. Each says when a shower and exercise were offered."
SAW_SLIPPED = "Two of the trained investigators have left. Of 22 collisions five waited between 12 and 19 days."


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, (reference, (day, measure)) in enumerate(PLANS.items()):
        yield PLANNED, (place,), partial(_plan, office, reference, LookPlan(office.day(day), measure))
    yield HELD, (0,), partial(_find, office, rechecks.record_held, "WM-0011", SAW_HELD)
    yield SLIPPED, (0,), partial(_find, office, rechecks.report_slip, "WM-0002", SAW_SLIPPED)


def _plan(office, reference: str, look: LookPlan, at) -> None:
    by = office.people["officer"]
    rechecks.look_again(tracked=_tracked_recommendation(reference), look=look, by=by, at=at)


def _find(office, verb: Callable, reference: str, saw: str, at) -> None:
    verb(tracked=_tracked_recommendation(reference), saw=saw, by=office.people["officer"], at=at)


def _tracked_recommendation(reference: str) -> TrackedRecommendation:
    return TrackedRecommendation.objects.get(reference=reference)
