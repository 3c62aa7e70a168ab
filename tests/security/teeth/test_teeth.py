"""The permission tests have teeth: without a check they fail.

All checks are taken away in the soak; here the rights, the querysets, and each day of the week another seventh of what
views check.

What is taken away is in removals.py; which questions notice it in noticing.py; the guards of the domain in guards.py.
"""

import pytest
from django.urls import get_resolver
from django.utils import timezone

from recommendations import permissions
from recommendations.models.inspections.inspections import InspectionQuerySet, RecommendationQuerySet
from recommendations.models.papers.papers import PaperQuerySet
from recommendations.models.register.tracked import TrackedQuerySet
from recommendations.models.rounds import RoundQuerySet
from recommendations.permissions import May
from tests.security.matrix import lines
from tests.security.rules import RULES
from tests.security.teeth import guards
from tests.security.teeth.noticing import survivors, survivors_of_their_pages
from tests.security.teeth.removals import removals, view_around
from tests.security.walk import Walk
from tests.test_permissions import walk

PERSONAS = ("lead_a", "member", "officer", "administrator")
CELLS = [(persona, method) for persona in PERSONAS for method in ("GET", "POST")]


def is_noticed(world, chosen, cells=CELLS) -> bool:
    """Whether a walk through these lines finds something wrong; it ends at the first."""
    walk = Walk(world)
    for line in chosen:
        for cell in cells:
            walk.visit(line, [cell])
            if walk.wrong:
                return True
    return False


def test_a_right_that_everybody_has_is_noticed(world, monkeypatch):
    table, missed = lines(world), []
    for may in May:
        if may == May.USE:  # everybody has it
            continue
        with monkeypatch.context() as patch:
            everybody = {role: held | {may} for role, held in permissions.ROLE_MAY.items()}
            patch.setattr(permissions, "ROLE_MAY", everybody)
            chosen = [line for line in table if (line.rule or RULES[line.name]) == may]
            if not is_noticed(world, chosen):
                missed.append(str(may))
    assert missed == []


@pytest.mark.parametrize(
    ("queryset", "name"),
    [
        (TrackedQuerySet, "tracked"),
        (InspectionQuerySet, "inspection"),
        (RecommendationQuerySet, "history"),
        (PaperQuerySet, "paper"),
        (RoundQuerySet, "round"),
        (RoundQuerySet, "release_answers"),
    ],
)
def test_a_queryset_that_shows_everything_is_noticed(world, monkeypatch, queryset, name):
    monkeypatch.setattr(queryset, "visible_to", lambda self, user: self)
    chosen = [line for line in lines(world) if line.name == name]
    assert is_noticed(world, chosen, [("lead_a", "GET"), ("lead_b", "GET")])


def test_what_a_soak_takes_away_is_everything_there_is():
    found = [str(removal) for removal in removals()]
    assert len(found) == len(set(found))
    guarded = {
        (view.__module__, view.__name__) for name, view in walk(get_resolver()) if RULES.get(name, "public") != "public"
    }
    assert sum("@allow" in removal for removal in found) == len(guarded)
    assert sum("middleware" in removal for removal in found) == 12
    assert sum(".exclude(response__" in removal for removal in found) == 2
    assert sum(removal.endswith((": if withdrawn:", ": if found.withdrawn_on:")) for removal in found) == 10
    assert len(found) >= 80


def test_a_seventh_of_the_checks_of_views_is_noticed_each_day(world):
    """Each rule of a view and each queryset in one, at least once in a week of runs; the others in the soak."""
    views = {(view.__module__, view.__name__) for _, view in walk(get_resolver())}
    of_views = [
        each for each in removals() if each.layer == "views" and each.what.startswith(("@allow", ".visible_to"))
    ]
    chosen = [removal for removal in of_views if view_around(removal) in views][timezone.localdate().weekday() :: 7]
    assert len(chosen) > 40
    assert survivors_of_their_pages(world, chosen) == []


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_whatever_check_is_taken_away_is_noticed(world):
    of_domain = [str(removal) for removal in guards.guards()]
    assert survivors(world, [removal for removal in removals() if str(removal) not in of_domain]) == []


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_whatever_guard_of_the_domain_is_taken_away_is_noticed():
    assert guards.survivors() == []
