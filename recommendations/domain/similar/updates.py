"""One update of the force for several linked recommendations: each gets a dated update of its own."""

import datetime
from collections.abc import Sequence
from typing import Any

from recommendations.domain.register.voices import log_force_update, new_force_update
from recommendations.domain.similar.pairs import linked_with
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ForceUpdate, TrackedRecommendation, User
from recommendations.trail import verb


def log_linked_update(
    *,
    tracked: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    also: Sequence[int] = (),
    **said: Any,
) -> ForceUpdate:
    """Add what the force says was done to a recommendation, and to others of its group (ids). Returns its own update.

    `said` is what log_force_update takes. What it says nothing about carries on in each from its own last update.
    Raises Refusal as log_force_update does, naming the one that is refused, or where one is no longer linked.
    """
    if not also:
        return log_force_update(tracked=tracked, by=by, at=at, **said)
    with verb("log_linked_update", by=by, at=at, subject=tracked) as act:
        pks = [tracked.pk, *sorted(set(also) - {tracked.pk})]
        found = TrackedRecommendation.objects.select_for_update(of=("self",)).order_by("pk").with_record().in_bulk(pks)
        linked = linked_with(tracked.pk)
        for pk in pks[1:]:
            if pk not in linked or pk not in found:
                raise Refusal("One of these is no longer linked. Check which ones the update is for.", "done")
        own, *_ = [_update(act, found[pk], is_first=pk == tracked.pk, **said) for pk in pks]
        return own


def _update(act: Any, tracked: TrackedRecommendation, *, is_first: bool, **said: Any) -> ForceUpdate:
    try:
        return new_force_update(act, tracked, **said)
    except Refusal as refusal:
        if is_first:
            raise
        raise Refusal(f"{tracked}: {refusal.message}", refusal.field) from refusal
