"""A tracked recommendation: its page, its addresses, its trail, and its closures."""

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.register import closures, voices
from recommendations.models import TrackedRecommendation, TrailEntry
from tests.per_module import per_module
from tests.views.register.tracked.said import DONE


@per_module
def page(tracked):
    return reverse("tracked", args=[tracked.pk])


@pytest.fixture
def address(tracked):
    return lambda name: reverse(name, args=[tracked.pk])


@pytest.fixture
def fresh(tracked):
    return lambda: TrackedRecommendation.objects.get(pk=tracked.pk)


@pytest.fixture
def entries(tracked):
    """The trail's verbs about the record since the test began."""
    before = TrailEntry.objects.count()
    return lambda: list(TrailEntry.objects.order_by("sequence").values_list("verb", flat=True)[before:])


@per_module
def asked(tracked, officer):
    """A closure that waits, asked for by the officer."""
    return closures.request_closure(
        tracked=tracked, outcome="implemented", reason="All done.", by=officer, at=timezone.now()
    )


@per_module
def closed(tracked, asked, approver):
    return closures.approve_closure(tracked=tracked, by=approver, at=timezone.now())


@per_module
def row(tracked, officer):
    return voices.log_force_update(tracked=tracked, done=DONE, by=officer, at=timezone.now())
