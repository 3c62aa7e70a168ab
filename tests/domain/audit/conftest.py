"""The world that is tampered with: with a security event of each kind, and emails that were sent, failed and wait."""

from tests.domain.audit.tampering_beside import note_events, note_mails
from tests.per_module import per_module
from tests.security.world import build_world

world = per_module(build_world, "world")


@per_module
def noted(world):
    note_events(world)
    note_mails(world)
    return world
