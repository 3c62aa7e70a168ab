"""How a personal token is made once, and revoked."""

import datetime

from recommendations.domain.people.api_tokens import make_token, revoke_token
from recommendations.enums.api import ApiScope
from tests.conftest import AT, TODAY

LATER = AT + datetime.timedelta(hours=15)


def cases(world) -> dict:
    officer, lead = world.people["officer"], world.people["lead_a"]
    facts = {"name": "Power BI", "scopes": [ApiScope.READ_REGISTER], "last_day": TODAY + datetime.timedelta(days=30)}

    def revoke():
        revoke_token(token=world.tokens["lead_a"].token, by=lead, at=world.tokens["lead_a"].token.made_at)

    return {
        "people.make_token": lambda: make_token(by=officer, at=LATER, **facts),
        "people.revoke_token": revoke,
    }
