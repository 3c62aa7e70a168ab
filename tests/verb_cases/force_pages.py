"""How a release of a force's public page is prepared, released, sent back and withdrawn, once."""

from recommendations.domain.force_pages import releases, subscribers
from recommendations.domain.public.releases import withdraw_release
from tests.conftest import AT
from tests.makers.force_pages import prepared


def cases(world) -> dict:
    people = world.people
    by, approver = {"by": people["officer"], "at": AT}, {"by": people["approver"], "at": AT}
    waiting, released = world.page_waiting_a, world.page_released_a
    reader = {"force": world.force_a, "email": "reader@example.org"}
    return {
        "force_pages.remove_address": lambda: subscribers.remove_address(**reader, **by),
        "force_pages.prepare_release": lambda: prepared(world.force_c, **by),
        "force_pages.release_page": lambda: releases.release_page(release=waiting, **approver),
        "public.withdraw_release": lambda: withdraw_release(release=released, reason="A name.", **approver),
    }
