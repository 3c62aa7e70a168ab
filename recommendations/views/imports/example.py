"""The records used in the demonstration's example spreadsheet."""

from recommendations.demo.workbook import Known
from recommendations.models import Force, TrackedRecommendation, User

KNOWN_OF_EACH = 3


def known_in_register(user: User) -> tuple[Known, ...]:
    """Some recommendations of each force; their rows in the example workbook name another lead."""
    tracked = TrackedRecommendation.objects.visible_to(user).select_related("force", "recommendation__inspection")
    found = [
        each
        for force in Force.objects.visible_to(user)
        for each in tracked.filter(force=force, recommendation__number__gt="").order_by("pk")[:KNOWN_OF_EACH]
    ]
    return tuple(
        Known(
            force=each.force.short_name,
            reference=each.reference,
            report=each.recommendation.inspection.title,
            published_on=each.recommendation.inspection.published_on,
            number=each.recommendation.number,
            kind=each.recommendation.kind,
            text=each.recommendation.text,
        )
        for each in found
    )
