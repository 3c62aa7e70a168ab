"""A draft of a paper on the quarter that has passed."""

from django.utils import timezone

from recommendations.domain.papers import papers
from tests.makers.quarters import PASSED
from tests.per_module import per_module


@per_module
def draft(westmarch, body, officer):
    return papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())
