"""The addresses of people's accounts: what administrators do about them, and who is invited."""

from tests.security.line import MISSING, Line


def access(world) -> list[Line]:
    """An administrator takes somebody's second factor away, and ends their sessions."""
    administrator = frozenset({"administrator"})
    return [
        Line("reset_factor", (world.people["officer"].pk,), administrator, post=422),
        Line("reset_factor", (MISSING,), frozenset()),
        Line("person_sessions", (world.people["officer"].pk,), administrator, post=422),
        Line("person_sessions", (MISSING,), frozenset()),
    ]


def people(world) -> list[Line]:
    """Administrators invite, confirm and let leave; whoever has the link of an invitation accepts it."""
    found, administrator = world.accounts, frozenset({"administrator"})
    named = {
        "person_invitation": found.invitation.pk,
        "person_change": found.change.pk,
        "leave_account": world.people["officer"].pk,
        "member_committees": world.people["member"].pk,
    }
    return [
        Line("invite_person", post=422),
        Line("member_factor", post=422),
        *(Line(name, (pk,), administrator, post=422) for name, pk in named.items()),
        *(Line(name, (MISSING,), frozenset()) for name in named),
        Line("member_committees", (world.people["officer"].pk,), frozenset()),
        Line("accept_invitation", (found.secret,), post=422),
        Line("accept_invitation", ("x" * 43,), get=404, post=404),
        Line("handed_over", post=405),
    ]
