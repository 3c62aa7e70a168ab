"""Verbs for similar recommendations of a force: linking them, or deciding that they are not alike.

Linked ones form a group, each linked with each. Nothing else changes: each keeps its dates and is counted.
"""

import datetime
from collections.abc import Iterable

from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.similar import SimilarVerdict
from recommendations.models import SimilarPair, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.trail import VerbContext, verb

MOST = 12  # recommendations in a group: as many as one update can answer


def link_similar(
    *, tracked: TrackedRecommendation, other: TrackedRecommendation, by: User | None, at: datetime.datetime
) -> list[SimilarPair]:
    """Link two recommendations, and the groups they are in, from today on. Returns the new links.

    Raises Refusal for the same one, another force's, existing links, or too large a group.
    """
    with verb("link_similar", by=by, at=at, subject=tracked) as act:
        tracked, other = _both(tracked, other)
        ones, others = {tracked.pk, *linked_ids(tracked.pk)}, {other.pk, *linked_ids(other.pk)}
        if other.pk in ones:
            raise Refusal(f"{other} is linked with {tracked} already.", code="linked-already")
        if len(ones | others) > MOST:
            raise Refusal(f"No more than {MOST} recommendations can be linked. End a link first.", code="too-many")
        return [_add_link(act, one, two) for one in sorted(ones) for two in sorted(others)]


def decline_similar(
    *,
    tracked: TrackedRecommendation,
    other: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
) -> SimilarPair:
    """Record that two recommendations are not alike, so that they are not suggested again.

    Raises Refusal if they are linked, if this is recorded already, or as link_similar does.
    """
    with verb("decline_similar", by=by, at=at, reason=reason.strip(), subject=tracked) as act:
        tracked, other = _both(tracked, other)
        if found := _open_pair(tracked.pk, other.pk):
            linked = found.verdict == SimilarVerdict.LINKED
            said = f"{other} is linked with {tracked}. End the link instead." if linked else "This was said already."
            raise Refusal(said, code="linked-already" if linked else "declined-already")
        return _save_pair(act, tracked.pk, other.pk, SimilarVerdict.DECLINED)


def end_links(
    *, tracked: TrackedRecommendation, reason: str, by: User | None, at: datetime.datetime
) -> list[SimilarPair]:
    """Remove a recommendation from its group, with a reason. The others stay linked.

    Raises Refusal without a reason, or if it has no links.
    """
    with verb("end_links", by=by, at=at, reason=reason.strip(), subject=tracked) as act:
        _lock_rows([tracked.pk])
        links = list(SimilarPair.objects.select_for_update().of(tracked.pk).linked())
        if not links:
            raise Refusal("It is linked with no other recommendation.", code="not-linked")
        if not act.reason:
            raise Refusal("Say why the link ends.", "reason", code="no-reason")
        return [_end_pair(act, each, act.reason) for each in links]


def linked_ids(pk: int) -> set[int]:
    """The other tracked recommendations (ids) in its current group."""
    pairs = SimilarPair.objects.of(pk).linked().values_list("one_id", "other_id")
    return {each for pair in pairs for each in pair} - {pk}


def _both(tracked: TrackedRecommendation, other: TrackedRecommendation) -> list[TrackedRecommendation]:
    """Lock and reload both. Raises Refusal if they can't be a pair."""
    if tracked.pk == other.pk:
        raise Refusal("Choose another recommendation.", code="required")
    found = _lock_rows([tracked.pk, other.pk])
    if found[tracked.pk].force_id != found[other.pk].force_id:
        raise Refusal(
            f"{other} is another force’s. Only recommendations of one force can be linked.", code="another-force"
        )
    return [found[tracked.pk], found[other.pk]]


def _lock_rows(pks: Iterable[int]) -> dict[int, TrackedRecommendation]:
    return TrackedRecommendation.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(list(pks))


def _open_pair(one: int, other: int) -> SimilarPair | None:
    pairs = SimilarPair.objects.select_for_update().filter(ended_on__isnull=True)
    return pairs.filter(one=min(one, other), other=max(one, other)).first()


def _add_link(act: VerbContext, one: int, other: int) -> SimilarPair:
    """Add a link, ending an earlier decision that the two are not alike."""
    if declined := _open_pair(one, other):
        _end_pair(act, declined, "Linked after all.")
    return _save_pair(act, one, other, SimilarVerdict.LINKED)


def _save_pair(act: VerbContext, one: int, other: int, verdict: SimilarVerdict) -> SimilarPair:
    facts = {"effective_on": london_day(act.at), "recorded_at": act.at, "recorded_by": act.by, "reason": act.reason}
    return act.save(SimilarPair(one_id=min(one, other), other_id=max(one, other), verdict=verdict, **facts))


def _end_pair(act: VerbContext, pair: SimilarPair, why: str) -> SimilarPair:
    pair.ended_on, pair.ended_at, pair.ended_by, pair.ended_why = london_day(act.at), act.at, act.by, why
    return act.save(pair)
