"""How what happens to access is recorded once."""

from allauth.mfa.models import Authenticator

from recommendations.domain.audit.events import note_event
from recommendations.domain.people.changes import reset_factor
from recommendations.domain.people.second_factors import reset_second_factor
from recommendations.domain.people.sessions import ALL, end_all_sessions, end_session
from recommendations.enums.security import SecurityEventKind
from tests.conftest import AT


def cases(world) -> dict:
    officer, administrator = world.people["officer"], world.people["administrator"]

    def reset():
        member = world.people["member"]
        Authenticator.objects.get_or_create(user=member, type="totp", defaults={"data": {}})
        reset_second_factor(person=member, reason="A lost phone.", by=administrator, at=AT)

    def ask():
        approver = world.people["approver"]
        Authenticator.objects.get_or_create(user=approver, type="totp", defaults={"data": {}})
        reset_factor(person=approver, reason="A lost phone.", by=administrator, at=AT)

    return {
        "audit.note_event": lambda: note_event(kind=SecurityEventKind.SIGNED_IN, by=officer, at=AT, account=officer),
        "people.reset_second_factor": reset,
        "people.reset_factor": ask,
        "people.end_session": lambda: end_session(person=officer, mark=ALL, by=administrator, at=AT),
        "people.end_all_sessions": lambda: end_all_sessions(person=officer, why="left", by=administrator, at=AT),
    }
