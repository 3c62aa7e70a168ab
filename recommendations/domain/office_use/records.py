"""How many records each section and source holds, whether it is on or off."""

import datetime
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from recommendations.models import (
    AccountabilityMeeting,
    Action,
    ApiToken,
    Attachment,
    Commitment,
    CustodyVisit,
    ForceRelease,
    Panel,
    PublicPaper,
    Recheck,
    Recommendation,
    SavedView,
    TrackedRecommendation,
    UpdateRound,
)
from recommendations.sections import Section


def records_of_sections(on: datetime.date) -> Mapping[Section, int]:
    """The number of records of each section; of tokens, those that work on this London day. A query each."""
    # without visible_to: an administrator is told how many there are, and nothing of what they say
    kept: dict[Section, QuerySet] = {
        Section.PANELS: Panel.objects.all(),
        Section.CUSTODY: CustodyVisit.objects.all(),
        Section.ACCOUNTABILITY: AccountabilityMeeting.objects.all(),
        Section.ROUNDS: UpdateRound.objects.all(),
        Section.RECHECKS: Recheck.objects.values("closure").distinct(),
        Section.RISK: TrackedRecommendation.objects.filter(
            Q(weights__isnull=False) | Q(delays__isnull=False)
        ).distinct(),
        Section.SAVED_VIEWS: SavedView.objects.all(),
        Section.COMMITMENTS: Commitment.objects.all(),
        Section.FILES: Attachment.objects.all(),
        Section.ACTIONS: Action.objects.all(),
        Section.FORCE_PAGE: ForceRelease.objects.released(),
        Section.PUBLIC_PAPERS: PublicPaper.objects.all(),
        Section.API: ApiToken.objects.standing(on),
    }
    return {section: rows.count() for section, rows in kept.items()}


def recommendations_of_sources() -> Mapping[str, int]:
    """The number of recommendations of each source that has any, by its key. One query."""
    rows = Recommendation.objects.order_by().values_list("inspection__source").annotate(Count("pk"))
    return dict(rows)
