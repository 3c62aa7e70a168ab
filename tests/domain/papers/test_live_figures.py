"""The figures of drafts that are kept: whatever happens, they are those that would be compiled now."""

import datetime

import pytest
from django.db import transaction
from hypothesis import given, settings

from recommendations import trail
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.live_figures import forget, live_figures
from recommendations.domain.register.voices import log_force_update
from recommendations.models import ScrutinyReport, TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.stories import EVENTS, QUARTERS, Story
from tests.domain.papers.world import moment
from tests.examples import examples
from tests.per_module import per_module

LATE = moment(datetime.date(2027, 3, 1))
MINUTE = datetime.timedelta(minutes=1)
START, END = QUARTERS[1]


@pytest.mark.soak
@settings(max_examples=examples(3))
@given(events=EVENTS)
def test_whatever_happens_they_are_those_of_now(westmarch, eastvale, body, officer, approver, events):
    """The open and the closed paper of both forces, looked at after each event, one or the other."""
    with transaction.atomic():
        forget()
        story = Story([westmarch, eastvale], officer, approver)
        story.begin()
        drafts = [
            ScrutinyReport(pk=place + 1, force=force, start=START, end=END, closed=closed)
            for place, (force, closed) in enumerate((of, closed) for closed in (False, True) for of in story.forces)
        ]
        for draft in drafts:
            live_figures(paper=draft, known_at=LATE)
        for event in events:
            story.apply(*event)
            draft = drafts[(event[0] + event[2]) % len(drafts)]
            assert live_figures(paper=draft, known_at=LATE) == compile_figures(paper=draft, known_at=LATE)
        transaction.set_rollback(True)


@per_module
def tracked(westmarch, eastvale, body):
    make_tracked(make_inspection([westmarch, eastvale]))
    return {each.force.slug: each for each in TrackedRecommendation.objects.select_related("force")}


def draft_of(force) -> ScrutinyReport:
    return ScrutinyReport(pk=1, force=force, start=START, end=END)


def test_what_was_recorded_of_another_force_costs_one_query(
    tracked, westmarch, eastvale, officer, django_assert_num_queries
):
    """As does what changed nothing. Of the force's own they are compiled again."""
    draft = draft_of(westmarch)
    live_figures(paper=draft, known_at=LATE)
    log_force_update(tracked=tracked[eastvale.slug], done="Theirs.", by=officer, at=LATE)
    trail.record(by=officer, at=LATE, verb="export_register", about="csv")
    with django_assert_num_queries(1):
        elsewhere = live_figures(paper=draft, known_at=LATE + MINUTE)
    log_force_update(tracked=tracked[westmarch.slug], done="Ours.", effective_on=END, by=officer, at=LATE + MINUTE)
    own = live_figures(paper=draft, known_at=LATE + 2 * MINUTE)
    assert elsewhere.trail_count < own.trail_count
    assert elsewhere.register != own.register
    assert own == compile_figures(paper=draft, known_at=LATE + 2 * MINUTE)


def test_what_others_recorded_while_they_were_compiled_is_in_the_next(tracked, westmarch, officer):
    """Its moment is later than that of the figures, though its entry is before the head that they were read under."""
    draft = draft_of(westmarch)
    said = {"done": "Just now.", "effective_on": END}
    log_force_update(tracked=tracked[westmarch.slug], by=officer, at=LATE + MINUTE, **said)
    then, now = live_figures(paper=draft, known_at=LATE), live_figures(paper=draft, known_at=LATE + MINUTE)
    assert now == compile_figures(paper=draft, known_at=LATE + MINUTE)
    assert then.register != now.register


def test_another_day_is_another_state(tracked, westmarch, officer, body):
    """What a paper says of its factual check depends on the day."""
    draft = draft_of(westmarch)
    live_figures(paper=draft, known_at=LATE)
    tomorrow = LATE + datetime.timedelta(days=1)
    assert live_figures(paper=draft, known_at=tomorrow) == compile_figures(paper=draft, known_at=tomorrow)
