"""Since the period closed: what is true from a day after it, as known when the paper is compiled. Four queries.

The sum does not count any of it: the next paper will.
"""

import datetime
from collections import Counter
from collections.abc import Iterator

from recommendations.domain.as_at import on_record
from recommendations.domain.since_lines import SinceLine
from recommendations.enums import Outcome
from recommendations.models import Closure, Force, ResponseVersion, TargetDate, TrackedRecommendation
from recommendations.periods import say


def since_the_end(force: Force, end: datetime.date, known_at: datetime.datetime) -> tuple[SinceLine, ...]:
    """Targets, closures, responses and new recommendations of the days after `end`, the earliest first."""
    lines = [
        *_targets(force, end, known_at),
        *_closures(force, end, known_at),
        *_responses(force, end, known_at),
        *_new(force, end, known_at),
    ]
    return tuple(sorted(lines, key=lambda line: (line.on, line.reference, line.words)))


def _targets(force, end, known_at) -> Iterator[SinceLine]:
    rows = TargetDate.objects.filter(on_record(known_at, "tracked__"), tracked__force=force, effective_on__gt=end)
    for row in rows.standing(None, known_at).select_related("tracked"):
        how = "moved" if row.reason else "set"
        words = f"target {how} to {say(row.target_on)}"
        yield SinceLine(on=row.effective_on, words=words, reference=row.tracked.reference)


def _closures(force, end, known_at) -> Iterator[SinceLine]:
    found = Closure.objects.filter(on_record(known_at, "tracked__"), tracked__force=force, requested_at__lte=known_at)
    for each in found.select_related("tracked"):
        reference = each.tracked.reference
        if each.requested_on > end:
            yield SinceLine(on=each.requested_on, words="closure asked for", reference=reference)
        if each.closed_on and each.closed_on > end and each.decided_at <= known_at:
            outcome = Outcome(each.outcome).label.lower()
            yield SinceLine(on=each.closed_on, words=f"closed, {outcome}", reference=reference)
        if each.reopened_on and each.reopened_on > end and each.reopened_at <= known_at:
            yield SinceLine(on=each.reopened_on, words="reopened", reference=reference)


def _responses(force, end, known_at) -> Iterator[SinceLine]:
    found = ResponseVersion.objects.filter(
        number=1,
        published_on__gt=end,
        recorded_at__lte=known_at,
        response__answers__inspection__covers__force=force,
    )
    for version in found.select_related("response").distinct():
        yield SinceLine(on=version.published_on, words=f"response to {version.response.title} published")


def _new(force, end, known_at) -> Iterator[SinceLine]:
    """One line for each report and day: how many of it are tracked from that day."""
    found = TrackedRecommendation.on_file.filter(
        on_record(known_at), force=force, tracked_on__gt=end, recorded_at__lte=known_at
    )
    counts = Counter(found.values_list("tracked_on", "recommendation__inspection__title"))
    for (day, title), count in counts.items():
        yield SinceLine(on=day, words=f"{count} new from {title}")
