"""Saved views of the register: a person’s preferences, and no records."""

import datetime

from recommendations.domain.saved_views import saved_views
from recommendations.forms.saved_views.saved_views import content_of
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def drafting(world) -> dict:
    """Saving one, changing it, and having seen what changed in it."""
    officer, view = world.people["officer"], world.views["shared"]
    by = {"by": officer, "at": LATER}
    content = content_of(view)._replace(name="Another")
    return {
        "saved_views.save_view": lambda: saved_views.save_view(content=content, **by),
        "saved_views.change_view": lambda: saved_views.change_view(
            view=view, content=content, version=view.version, **by
        ),
        "saved_views.mark_seen": lambda: saved_views.mark_seen(view=view, until=LATER, **by),
    }
