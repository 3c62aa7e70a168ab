"""How recommendations that say much the same are linked, found not to be alike, taken apart, and answered at once."""

import datetime

from recommendations.domain.similar import pairs, updates
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=20)


def cases(world) -> dict:
    by, two = {"by": world.people["officer"], "at": LATER}, {"tracked": world.open_a, "other": world.restricted_a}
    linked = world.similar_a
    also = {"tracked": linked.old, "also": [linked.new.pk], "done": "Both are done."}
    return {
        "similar.link_similar": lambda: pairs.link_similar(**two, **by),
        "similar.decline_similar": lambda: pairs.decline_similar(**two, **by),
        "similar.end_links": lambda: pairs.end_links(tracked=linked.old, reason="Over.", **by),
        "similar.log_linked_update": lambda: updates.log_linked_update(**also, **by),
    }
