"""Legacy reviews in a scrutiny report: those that ran in its period, as judged by its last day."""

import datetime
from collections import Counter

from django.db.models import Q

from recommendations.domain.papers.data.legacy_reviews import PaperJudgement, PaperLegacyReview
from recommendations.domain.papers.membership import PaperScope
from recommendations.enums import ClosureState
from recommendations.enums.legacy_reviews import LegacyVerdict
from recommendations.models import LegacyJudgement, LegacyLine, LegacyReview
from recommendations.periods import Period


def legacy_reviews_of(scope: PaperScope, period: Period, known_at: datetime.datetime) -> tuple[PaperLegacyReview, ...]:
    """Return the reviews of the paper's force that ran in the period, as recorded up to `known_at`.

    A review is of the force that a recommendation was tracked for when it began. One query if none ran.
    """
    running = Q(finished_on__isnull=True) | Q(finished_on__gte=period.start)
    stands = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at)
    found = LegacyReview.on_file.filter(running, stands, started_on__lte=period.end, started_at__lte=known_at)
    of_force = LegacyLine.objects.filter(force=scope.force).order_by().values("review")
    reviews = found.filter(pk__in=of_force).order_by("started_at", "pk")
    told = [_paper_review(review, scope, period, known_at) for review in reviews]
    return tuple(each for each in told if each.listed)


def _paper_review(
    review: LegacyReview, scope: PaperScope, period: Period, known_at: datetime.datetime
) -> PaperLegacyReview:
    lines = review.lines.filter(force=scope.force).values_list("tracked", "tracked__recommendation__inspection__source")
    listed = [pk for pk, source in lines if scope.in_paper(pk) and scope.source in ("", source)]
    rows = review.judgements.filter(tracked__in=listed).standing(period.end, known_at).latest_of_each()
    related = rows.select_related("tracked__recommendation", "superseded_by", "closure")
    judged = sorted(
        (row for row in related if not _is_declined(row, period.end)), key=lambda row: row.tracked.reference
    )
    numbers = Counter(row.verdict for row in judged)
    finished_on = review.finished_on if review.finished_at and review.finished_at <= known_at else None
    return PaperLegacyReview(
        title=review.title,
        changes_on=review.effective_on,
        started_on=review.started_on,
        finished_on=finished_on if finished_on and finished_on <= period.end else None,
        listed=len(listed),
        **{str(verdict): numbers[verdict] for verdict in LegacyVerdict},
        lines=tuple(_line(row, period.end) for row in judged if row.verdict != LegacyVerdict.GOES_ON),
    )


def _is_declined(row: LegacyJudgement, day: datetime.date) -> bool:
    """Whether its closure was not approved by then, so that it is to be judged again."""
    closure = row.closure
    return bool(closure and closure.state == ClosureState.DECLINED and closure.decided_on and closure.decided_on <= day)


def _line(row: LegacyJudgement, day: datetime.date) -> PaperJudgement:
    closure = row.closure
    return PaperJudgement(
        reference=row.tracked.reference,
        text=row.tracked.recommendation.short_text,
        verdict=row.verdict,
        reason=row.reason,
        words=row.words,
        by=str(row.superseded_by or ""),
        decided=closure is None or bool(closure.decided_on and closure.decided_on <= day),
    )
