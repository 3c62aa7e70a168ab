"""Recommendations that were closed and are looked at again, for the tests of every layer."""

import datetime

from recommendations.domain.register import closures
from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.models import TrackedRecommendation

MEASURE = "38 of 40 night logs have no gap of over an hour."
SAW = "In October 9 of 40 logs had a gap."


def make_closed(tracked, *, by, decided_by, at, look_on=None, held_if=MEASURE) -> TrackedRecommendation:
    """Close a recommendation on the day of `at`, to be looked at again after half a year or on `look_on`."""
    look = LookPlan(look_on or at.date() + datetime.timedelta(days=182), held_if)
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", look=look, by=by, at=at)
    closures.approve_closure(tracked=tracked, by=decided_by, at=at + datetime.timedelta(minutes=1))
    return tracked
