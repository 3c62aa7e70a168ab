"""One force update for several linked recommendations: each gets its own row."""

import datetime
from collections.abc import Sequence
from typing import Any

from recommendations.domain.register.voices import log_force_update, new_force_update
from recommendations.domain.risk.delays import NO_DELAY, DelayReason
from recommendations.domain.similar.pairs import linked_ids
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ForceUpdate, TrackedRecommendation, User
from recommendations.periods import say
from recommendations.trail import verb


def log_linked_update(
    *,
    tracked: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    also: Sequence[int] = (),
    delay: DelayReason = NO_DELAY,
    **said: Any,
) -> ForceUpdate:
    """Log an update for a recommendation, and for others in its group (ids). Returns its own update.

    `delay` is why it is late, which is not said of the others; `said` has the other arguments of log_force_update.
    What is not given carries over in each from its own last update. Raises Refusal as log_force_update does, naming
    the recommendation, or if another one was closed, transferred or unlinked since.
    """
    if not also:
        return log_force_update(tracked=tracked, by=by, at=at, delay=delay, **said)
    with verb("log_linked_update", by=by, at=at, subject=tracked) as act:
        pks = [tracked.pk, *sorted(set(also) - {tracked.pk})]
        rows = TrackedRecommendation.objects.select_for_update(of=("self",)).order_by("pk")
        found, linked = rows.with_record().with_standing().in_bulk(pks), linked_ids(tracked.pk)
        for pk in pks[1:]:
            _check(found.get(pk), found[tracked.pk].force_id, is_linked=pk in linked)
        own, *_ = [
            _update(act, found[pk], is_first=pk == tracked.pk, delay=delay if pk == tracked.pk else NO_DELAY, **said)
            for pk in pks
        ]
        return own


def _check(other: TrackedRecommendation | None, force: int, *, is_linked: bool) -> None:
    """Raise Refusal if a linked recommendation can't get the same update."""
    if other is None or not is_linked:
        raise Refusal(
            "One of these is no longer linked. Check which ones the update is for.", "done", code="not-linked"
        )
    if other.force_id != force:
        raise Refusal(
            f"{other} has moved to another force. Check which ones the update is for.", "done", code="another-force"
        )
    if other.standing.closed_on:
        raise Refusal(
            f"{other} was closed on {say(other.standing.closed_on)}. Check which ones it is for.", "done", code="closed"
        )


def _update(act: Any, tracked: TrackedRecommendation, *, is_first: bool, **said: Any) -> ForceUpdate:
    try:
        return new_force_update(act, tracked, **said)
    except Refusal as refusal:
        if is_first:
            raise
        raise Refusal(f"{tracked}: {refusal.message}", refusal.field, code=refusal.code) from refusal
