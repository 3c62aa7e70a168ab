"""How far a legacy review is: which of its recommendations are judged, and as what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from recommendations.enums import ClosureState
from recommendations.enums.legacy_reviews import LegacyVerdict
from recommendations.models import LegacyJudgement, LegacyReview, Standing, TrackedRecommendation


@dataclass(frozen=True)
class LegacyLines:
    """The recommendations of a review (ids), in its order.

    `judged` have a judgement that counts. `to_judge` are the others that are still open; `declined` are the judgements
    of those among them whose closure was not approved. What was closed in another way needs no judgement.
    """

    judged: dict[int, LegacyJudgement]
    to_judge: tuple[int, ...]
    declined: dict[int, LegacyJudgement]

    @property
    def number(self) -> int:
        return len(self.judged) + len(self.to_judge)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How many have each verdict, in the order of the verdicts."""
        found = Counter(row.verdict for row in self.judged.values())
        return {verdict: found[verdict] for verdict in LegacyVerdict.values}

    @property
    def waiting(self) -> list[LegacyJudgement]:
        """The judgements whose closure waits for a decision."""
        rows = self.judged.values()
        return [row for row in rows if row.closure and row.closure.state == ClosureState.REQUESTED]

    def judgement_of(self, pk: int) -> LegacyJudgement | None:
        """The latest judgement of a recommendation, whether it counts or not."""
        return self.judged.get(pk) or self.declined.get(pk)

    def having(self, verdict: str) -> set[int]:
        """The ids of those judged so."""
        return {pk for pk, row in self.judged.items() if row.verdict == verdict}


def read_lines(review: LegacyReview) -> LegacyLines:
    """The recommendations of a review and their judgements. Three queries, two once it is finished."""
    listed = list(review.lines.order_by("pk").values_list("tracked", flat=True))
    latest = latest_judgements(review)
    declined = {pk for pk, row in latest.items() if row.closure and row.closure.state == ClosureState.DECLINED}
    judged = {pk: latest[pk] for pk in listed if pk in latest and pk not in declined}
    if not review.is_running:
        return LegacyLines({pk: latest[pk] for pk in listed if pk in latest}, (), {})
    still_open = set(
        Standing.objects.now()
        .open()
        .filter(tracked__in=review.lines.values("tracked"))
        .values_list("tracked", flat=True)
    )
    to_judge = tuple(pk for pk in listed if pk in still_open and pk not in judged)
    return LegacyLines(judged, to_judge, {pk: latest[pk] for pk in to_judge if pk in declined})


def latest_judgements(
    review: LegacyReview, tracked: Sequence[TrackedRecommendation] | None = None
) -> dict[int, LegacyJudgement]:
    """The latest judgement in a review by tracked id, of these or of all. One query."""
    rows = review.judgements.standing()
    if tracked is not None:
        rows = rows.filter(tracked__in=[each.pk for each in tracked])
    related = ("closure", "superseded_by", "recorded_by")
    return {row.tracked_id: row for row in rows.latest_of_each().select_related(*related)}


def reframed(tracked: TrackedRecommendation) -> LegacyJudgement | None:
    """The judgement of the last finished review of it, if it gave it new words, or None. One query."""
    rows = LegacyJudgement.objects.filter(tracked=tracked, review__finished_on__isnull=False).standing()
    last = rows.select_related("review").order_by("-review__finished_at", "-pk").first()
    return last if last and last.verdict == LegacyVerdict.REFRAMED else None
