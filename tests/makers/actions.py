"""Actions, made through their verbs."""

import datetime

from recommendations.domain.actions.actions import NewAction, add_actions
from recommendations.models import Action, TrackedRecommendation
from tests.conftest import AT

BY_DAY = datetime.date(2026, 12, 1)


def make_action(*tracked: TrackedRecommendation, words="Train custody staff.", by=None, at=AT, **facts) -> Action:
    """An action on these recommendations, of one force; `force` if it is about none."""
    force, effective_on = facts.pop("force", None) or tracked[0].force, facts.pop("effective_on", None)
    new = NewAction(**{"words": words, "owner": "Head of custody", "due_on": BY_DAY, "tracked": tracked} | facts)
    (found,) = add_actions(force=force, actions=[new], by=by, at=at, effective_on=effective_on)
    return found
