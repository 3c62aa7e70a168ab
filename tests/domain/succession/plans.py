"""Changes ahead for tests: entered by one administrator and confirmed by another."""

import datetime

from recommendations.domain.succession import plans
from recommendations.enums import BodyKind
from recommendations.enums.succession import SuccessionKind
from recommendations.models import Succession
from recommendations.periods import day_start
from tests.conftest import AT

MAY = datetime.date(2028, 5, 5)
MAYOR = {
    "body_name": "Mayor of the Marches",
    "body_kind": BodyKind.MAYOR,
    "office_name": "Marches Combined Authority",
    "holder": "Edith Marlowe",
}
MARCHES = {"force_name": "Marches Police", "short_name": "Marches", "chief_officer": "Ann Lowe"}
ORDER = "The Marches Order 2027"


def moment(day: datetime.date, hour: int = 12, minute: int = 0) -> datetime.datetime:
    """A moment of a London day in summer time or not, as UTC."""
    return day_start(day) + datetime.timedelta(hours=hour, minutes=minute)


def enter(kind: SuccessionKind, forces, *, by, day=MAY, at=AT, **facts) -> Succession:
    plan = Succession(kind=kind, day=day, **{"reason": ORDER} | facts)
    return plans.enter_succession(plan=plan, forces=list(forces), by=by, at=at)


def enter_confirmed(kind: SuccessionKind, forces, *, administrators, day=MAY, at=AT, **facts) -> Succession:
    first, second = administrators
    plan = enter(kind, forces, by=first, day=day, at=at, **facts)
    return plans.confirm_succession(plan=plan, version=plan.version, by=second, at=at)
