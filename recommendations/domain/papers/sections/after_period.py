"""Events after the period's end, as known when the paper is compiled. Four queries, and one more if anything was ever
transferred.

None of them is in the sum: the next paper counts them.
"""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.db.models import Q

from recommendations.domain.papers.data.lines import SinceLine
from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.register.as_at import on_record
from recommendations.enums import Outcome
from recommendations.models import Closure, Force, ResponseVersion, TargetDate, TrackedRecommendation, Transfer
from recommendations.periods import say


def since_the_end(
    scope: PaperScope, end: datetime.date, known_at: datetime.datetime, open_ids: frozenset[int] | None = None
) -> tuple[SinceLine, ...]:
    """Return targets, closures, responses and new recommendations dated after `end`, earliest first.

    A closed paper leaves out responses. With `open_ids` (what was open on that day) several transfers to or from one
    force are one line, without what was closed; without them, as before format 4, each is a line.
    """
    lines = [
        *_targets(scope, end, known_at),
        *_closures(scope, end, known_at),
        *_transfers(scope, end, known_at, open_ids),
        *([] if scope.closed else _responses(scope.force, end, known_at)),
        *_new(scope, end, known_at),
    ]
    return tuple(sorted(lines, key=lambda line: (line.on, line.reference, line.words)))


def _targets(scope: PaperScope, end: datetime.date, known_at: datetime.datetime) -> Iterator[SinceLine]:
    of_paper = scope.paper_filter("tracked__")
    rows = TargetDate.objects.filter(of_paper, on_record(known_at, "tracked__"), effective_on__gt=end)
    for row in rows.standing(None, known_at).select_related("tracked"):
        if not scope.in_register(row.tracked_id, row.effective_on):
            continue
        how = "moved" if row.reason else "set"
        words = f"target {how} to {say(row.target_on)}"
        yield SinceLine(on=row.effective_on, words=words, reference=row.tracked.reference)


def _closures(scope: PaperScope, end: datetime.date, known_at: datetime.datetime) -> Iterator[SinceLine]:
    of_paper = scope.paper_filter("tracked__")
    after = Q(requested_on__gt=end) | Q(closed_on__gt=end) | Q(reopened_on__gt=end)
    found = Closure.objects.filter(of_paper, after, on_record(known_at, "tracked__"), requested_at__lte=known_at)
    for each in found.select_related("tracked"):
        yield from (line for line in _closure_lines(each, end, known_at) if scope.in_register(each.tracked_id, line.on))


def _closure_lines(each: Closure, end: datetime.date, known_at: datetime.datetime) -> Iterator[SinceLine]:
    reference = each.tracked.reference
    if each.requested_on > end:
        yield SinceLine(on=each.requested_on, words="closure asked for", reference=reference)
    if each.closed_on and each.closed_on > end and each.decided_at and each.decided_at <= known_at:
        outcome = Outcome(each.outcome).label.lower()
        yield SinceLine(on=each.closed_on, words=f"closed, {outcome}", reference=reference)
    if each.reopened_on and each.reopened_on > end and each.reopened_at and each.reopened_at <= known_at:
        yield SinceLine(on=each.reopened_on, words="reopened", reference=reference)


def _transfers(
    scope: PaperScope, end: datetime.date, known_at: datetime.datetime, open_ids: frozenset[int] | None
) -> Iterator[SinceLine]:
    if not scope.moves:
        return
    lines: dict[tuple[datetime.date, str], list[str]] = {}
    found = Transfer.objects.filter(
        scope.paper_filter("tracked__"), on_record(known_at, "tracked__"), effective_on__gt=end
    )
    about = Q(from_force=scope.force) | Q(to_force=scope.force)
    for row in found.filter(about).standing(None, known_at).select_related("tracked", "from_force", "to_force"):
        to = row.to_force_id != scope.force.pk
        if open_ids is not None and to and row.tracked_id not in open_ids and row.tracked.tracked_on <= end:
            continue
        words = f"transferred to {row.to_force}" if to else f"transferred in from {row.from_force}"
        lines.setdefault((row.effective_on, words), []).append(row.tracked.reference)
    for (on, words), references in lines.items():
        if open_ids is not None and len(references) > 1:
            yield SinceLine(on=on, words=f"{len(references)} recommendations {words}")
        else:
            yield from (SinceLine(on=on, words=words, reference=reference) for reference in references)


def _responses(force: Force, end: datetime.date, known_at: datetime.datetime) -> Iterator[SinceLine]:
    found = ResponseVersion.objects.filter(
        number=1,
        published_on__gt=end,
        recorded_at__lte=known_at,
        response__answers__inspection__covers__force=force,
    )
    for version in ResponseVersion.objects.filter(pk__in=found.order_by().values("pk")).select_related("response"):
        yield SinceLine(on=version.published_on, words=f"response to {version.response.title} published")


def _new(scope: PaperScope, end: datetime.date, known_at: datetime.datetime) -> Iterator[SinceLine]:
    """Yield one line for each report and day, with how many of its recommendations are tracked from then."""
    found = TrackedRecommendation.on_file.filter(
        scope.paper_filter(), on_record(known_at), tracked_on__gt=end, recorded_at__lte=known_at
    )
    columns = ("pk", "tracked_on", "recommendation__inspection__title")
    counts = Counter((day, title) for pk, day, title in found.values_list(*columns) if scope.in_register(pk, day))
    for (day, title), count in counts.items():
        yield SinceLine(on=day, words=f"{count} new from {title}")
