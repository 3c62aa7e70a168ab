"""Changes ahead: one that waits for a second administrator, one that is confirmed, one that was withdrawn."""

import datetime

from recommendations.domain.people import records
from recommendations.domain.succession import plans
from recommendations.enums import Role
from recommendations.enums.succession import SuccessionKind
from recommendations.models import Succession
from tests.conftest import AT, make_person

MAY = datetime.date(2028, 5, 5)
ORDER = "The Marches Order 2027"
MAYOR = {"body_name": "Mayor of the Marches", "body_kind": "mayor", "office_name": "Marches Combined Authority"}


def build_successions(world) -> None:
    """`world.entered_change`, `.confirmed_change` and `.withdrawn_change`, entered by an administrator who left."""
    other = make_person("Nadia Ferris", Role.ADMINISTRATOR)
    by, first = {"by": other, "at": AT}, world.force_a

    def enter(kind: SuccessionKind, **facts) -> Succession:
        plan = Succession(kind=kind, day=MAY, reason=ORDER, **facts)
        return plans.enter_succession(plan=plan, forces=[first], **by)

    world.entered_change = enter(SuccessionKind.NEW_BODY, **MAYOR)
    confirmed = enter(SuccessionKind.FORCE_DETAILS, chief_officer="Ann Lowe")
    world.confirmed_change = plans.confirm_succession(
        plan=confirmed, version=confirmed.version, by=world.people["administrator"], at=AT
    )
    withdrawn = enter(SuccessionKind.FORCE_DETAILS, short_name="West")
    world.withdrawn_change = plans.withdraw_succession(
        plan=withdrawn, version=withdrawn.version, why="It stays as it is.", **by
    )
    other.is_active = False
    records.keep(record=other, by=None, at=AT)
