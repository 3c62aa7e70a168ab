"""The current figures of a draft, compiled once for all users and reused until something they depend on changes.

Each worker process caches the latest few drafts. An entry stays valid until the audit trail records a change that could
affect it: any entry except those that changed nothing and those about one recommendation of another force that was
never transferred. An unnecessary recompilation costs time, but never gives wrong figures.
"""

import datetime
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace
from threading import Lock

from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations import trail
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.models import ScrutinyReport, TrackedRecommendation, TrailEntry, TrailHead, Transfer
from recommendations.periods import london_day
from recommendations.sections import switched_off

MOST = 8  # drafts cached by a worker: a large one takes some 2 MB
AT_ONCE = 200  # entries that others may write while one draft is compiled
# Verbs that change a single recommendation only.
OF_ONE = (
    "log_force_update",
    "record_assurance",
    "record_inspectorate_status",
    "set_target",
    "request_closure",
    "approve_closure",
    "decline_closure",
    "reopen",
    "look_again",
    "record_held",
    "report_slip",
    "agree_slip",
    "decline_slip",
    "withdraw_recheck",
)

_figures: OrderedDict[Hashable, Figures] = OrderedDict()
_lock = Lock()


def live_figures(*, paper: ScrutinyReport, known_at: datetime.datetime) -> Figures:
    """Return what `compile_figures` returns for a draft at `known_at` (UTC), which is now.

    One query if nothing it depends on has changed since the last call on the same London day.
    """
    key = (paper.pk, london_day(known_at), switched_off())
    with _lock:
        found = _figures.get(key)
    if found is None or known_at < found.known_at:
        return _compiled(key, paper, known_at, trail.head())
    count, head, holds = _head_and_whether_it_holds(found, paper)
    if not holds:
        return _compiled(key, paper, known_at, (count, head))
    return replace(found, known_at=known_at, trail_count=count, trail_head=head)


def forget() -> None:
    """Empty the cache, for tests and measurements."""
    with _lock:
        _figures.clear()


def _compiled(key: Hashable, paper: ScrutinyReport, known_at: datetime.datetime, head: tuple[int, str]) -> Figures:
    """Compile the figures and cache them, under the trail head that was read before compiling."""
    figures = compile_figures(paper=paper, known_at=known_at, head=head)
    with _lock:
        _figures[key] = figures
        _figures.move_to_end(key)
        while len(_figures) > MOST:
            _figures.popitem(last=False)
    return figures


def _head_and_whether_it_holds(found: Figures, paper: ScrutinyReport) -> tuple[int, str, bool]:
    """Return the trail's count and hash, and whether the cached figures are still valid."""
    same = TrailEntry.objects.filter(sequence=found.trail_count, hash=found.trail_head)
    since = Q(sequence__gt=found.trail_count) | Q(at__gt=found.known_at)
    entries = TrailEntry.objects.filter(since, sequence__gt=found.trail_count - AT_ONCE).exclude(changes="[]")
    heads = TrailHead.objects.annotate(same=Exists(same), touched=Exists(entries.exclude(_of_another(paper))))
    count, head, is_same, is_touched = heads.values_list("count", "hash", "same", "touched").get(pk=1)
    return count, head, is_same and not is_touched


def _of_another(paper: ScrutinyReport) -> Q:
    """Return the condition that an entry is about one recommendation that has only ever belonged to another force."""
    theirs: QuerySet = TrackedRecommendation.on_file.filter(pk=OuterRef("subject_id")).exclude(force=paper.own_force)
    alone = theirs.exclude(Exists(Transfer.objects.filter(tracked=OuterRef("pk"))))
    return Q(Exists(alone), verb__in=OF_ONE, subject_model=TrackedRecommendation._meta.label_lower)
