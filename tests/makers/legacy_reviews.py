"""Legacy reviews and directions for tests, through their verbs."""

import datetime

from recommendations.domain.legacy_reviews.judging import judge_legacy
from recommendations.domain.legacy_reviews.reviews import start_legacy_review
from recommendations.domain.register.enforcements import enforce
from recommendations.domain.sources import sources
from recommendations.models import Basis, Enforcement, Inspection, LegacyJudgement, LegacyReview
from tests.conftest import AT
from tests.makers.sources import follow, from_iopc

MERGER = datetime.date(2027, 4, 1)
DIRECTED_ON = datetime.date(2026, 9, 1)
DIRECTED_BY = datetime.date(2026, 12, 31)


def start_review(*forces, by, at=AT, title="Merger of Westmarch and Eastvale") -> LegacyReview:
    return start_legacy_review(forces=forces, title=title, effective_on=MERGER, by=by, at=at)


def judge(review, *tracked, by, at=AT, verdict="goes_on", reason="It still matters.", **parts) -> list[LegacyJudgement]:
    return judge_legacy(review=review, tracked=tracked, verdict=verdict, reason=reason, by=by, at=at, **parts)


def make_direction(force, *, title="Direction on custody", published_on=DIRECTED_ON, at=AT) -> Inspection:
    """A direction of an office that follows them."""
    if not Basis.objects.filter(key="direction", in_use=True).exists():
        follow("direction", at=at)
        sources.set_basis(key="direction", since=datetime.date(2026, 1, 1), in_use=True, by=None, at=at)
    facts = {"source": "direction", "basis": "direction", "starts_on": None, "short_name": "Direction"}
    facts |= {"source_word": "Direction", "publication": "direction", "published_on": published_on, "made_to": ""}
    return from_iopc(force, title=title, at=at, **facts)


def direct(direction, tracked, by=None, at=AT, due_on=DIRECTED_BY, **parts) -> Enforcement:
    return enforce(direction=direction, tracked=tracked, due_on=due_on, by=by, at=at, **parts)
