"""The world that is tampered with: with a security event of each kind, and e-mails that were sent, failed and wait."""

from tests.domain.audit.tampering_beside import note_events, note_mails
from tests.per_module import per_module
from tests.security.world import build_world


@per_module
def world():
    built = build_world()
    note_events(built)
    note_mails(built)
    return built
