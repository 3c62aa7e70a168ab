"""What the second force and the body were called before a change, long before anything else in the world."""

import datetime

from recommendations.models import FormerBodyDetails, FormerForceDetails
from recommendations.trail import verb
from tests.conftest import AT

UNTIL = datetime.date(2019, 12, 31)


def build_former_details(world, say) -> None:
    """`world.former_force` and `world.former_body`."""
    force = {name: getattr(world.force_b, name) for name in FormerForceDetails.DETAILS}
    body = {name: getattr(world.body, name) for name in FormerBodyDetails.DETAILS}
    force["name"], body["holder"] = say("Eastvale Constabulary"), "Ada Holder"
    with verb("change_force_details", by=None, at=AT, subject=world.force_b) as act:
        world.former_force = act.save(FormerForceDetails(force=world.force_b, until=UNTIL, **force))
    with verb("change_body_details", by=None, at=AT, subject=world.body) as act:
        world.former_body = act.save(FormerBodyDetails(body=world.body, until=UNTIL, **body))
