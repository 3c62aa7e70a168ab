"""Whatever happens in whatever order, each paper reconciles, and what comes later leaves the kept ones as they are."""

import datetime

from django.db import transaction
from hypothesis import given, settings

from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.verification import check_papers
from recommendations.models import ScrutinyReport
from tests.domain.papers.stories import BEGAN, CORRECTED, EVENTS, QUARTERS, Story
from tests.domain.papers.world import moment
from tests.environment import SOAK
from tests.examples import examples

FILED_AFTER, CORRECTED_AFTER = datetime.timedelta(days=14), datetime.timedelta(days=25)


@settings(max_examples=examples(10))
@given(events=EVENTS, corrected=CORRECTED)
def test_any_story_of_two_forces_gives_papers_that_reconcile_and_stay(
    westmarch, eastvale, body, officer, approver, events, corrected
):
    """Both forces' open and closed papers of three quarters; some are corrected later, after more was recorded.

    In the suite of two quarters.
    """
    with transaction.atomic():
        story = Story([westmarch, eastvale], officer, approver)
        story.begin()
        waiting = sorted(events, key=lambda event: event[2] + event[3])
        for number, (first, last) in enumerate(QUARTERS if SOAK else QUARTERS[:2]):
            waiting = until(story, waiting, last + FILED_AFTER)
            story.file(first, last, moment(last + FILED_AFTER, hour=9))
            if number in corrected:
                waiting = until(story, waiting, last + CORRECTED_AFTER)
                story.file(first, last, moment(last + CORRECTED_AFTER, hour=9), correct=True)
        for event in waiting:
            story.apply(*event)
        kept = {paper.pk: paper for paper in ScrutinyReport.objects.select_related("file")}
        assert [Figures.from_json(kept[pk].figures) for pk, _ in story.filed] == [each for _, each in story.filed]
        assert {bytes(paper.file.content) for paper in kept.values()} == {b"%PDF"}
        assert [line for check in check_papers() for line in check.problems] == []
        transaction.set_rollback(True)


def until(story: Story, waiting: list, day: datetime.date) -> list:
    """Let everything happen that is recorded before a day; what is left."""
    while waiting and BEGAN + datetime.timedelta(sum(waiting[0][2:])) < day:
        story.apply(*waiting.pop(0))
    return waiting
