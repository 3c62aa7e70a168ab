"""Who may do what: each user has one role, and each role a set of permissions. When is up to the domain.

Only this module implements `has_perm`. A view declares its permission with `@allow(...)` or `@public`;
tests/test_permissions.py checks every address against these.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, Protocol, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from recommendations.enums import Role
from recommendations.enums.api import ApiScope

type View[**P, R: HttpResponseBase] = Callable[Concatenate[HttpRequest, P], R]
# A view of signed-in people may ask for a request with their User (views/site/requests.py).
type GuardedView[Q: HttpRequest, **P, R: HttpResponseBase] = Callable[Concatenate[Q, P], R]


class May(StrEnum):
    """The permissions, each named after what a person does."""

    USE = "use"
    SEE_CALENDAR = "see_calendar"
    SEE_REGISTER = "see_register"
    LOG_FORCE_UPDATE = "log_force_update"
    RECORD_ASSURANCE = "record_assurance"
    RECORD_INSPECTORATE_STATUS = "record_inspectorate_status"
    SET_TARGET = "set_target"
    REQUEST_CLOSURE = "request_closure"
    DECIDE_CLOSURE = "decide_closure"
    REOPEN = "reopen"
    DECIDE_DISPUTE = "decide_dispute"
    EDIT_TRACKED = "edit_tracked"
    RESTRICT = "restrict"
    SEE_INSPECTIONS = "see_inspections"
    EDIT_INSPECTIONS = "edit_inspections"
    SEE_RESPONSES = "see_responses"
    IMPORT_RESPONSE = "import_response"
    DRAFT_RESPONSE = "draft_response"
    APPROVE_RESPONSE = "approve_response"
    SUBMIT_COMMENTS = "submit_comments"
    CHECK_COMMITMENTS = "check_commitments"
    BRING_IN_REGISTER = "bring_in_register"
    SEE_ROUNDS = "see_rounds"
    ASK_FOR_UPDATES = "ask_for_updates"
    ANSWER_ROUND = "answer_round"
    SEE_PANELS = "see_panels"
    RECORD_MEETINGS = "record_meetings"
    SEE_PAPERS = "see_papers"
    DRAFT_PAPER = "draft_paper"
    CHECK_PAPER = "check_paper"
    FINALISE_PAPER = "finalise_paper"
    WRITE_NOTES = "write_notes"
    REDACT = "redact"
    DECIDE_REDACTION = "decide_redaction"
    SEE_CHANGES_AHEAD = "see_changes_ahead"
    ADMINISTER = "administer"


_DECISIONS = frozenset(
    {May.DECIDE_CLOSURE, May.DECIDE_DISPUTE, May.APPROVE_RESPONSE, May.FINALISE_PAPER, May.DECIDE_REDACTION}
)
_OF_FORCES = frozenset({May.ANSWER_ROUND, May.SUBMIT_COMMENTS, May.CHECK_PAPER})
_OFFICER = frozenset(May) - _DECISIONS - _OF_FORCES - {May.ADMINISTER}

ROLE_MAY: dict[str, frozenset[May]] = {
    Role.OPCC_OFFICER: _OFFICER,
    Role.APPROVING_OFFICER: _OFFICER | _DECISIONS,
    Role.FORCE_INSPECTION_LEAD: frozenset(
        {
            May.USE,
            May.SEE_CALENDAR,
            May.SEE_REGISTER,
            May.SEE_INSPECTIONS,
            May.LOG_FORCE_UPDATE,
            May.SET_TARGET,
            May.REQUEST_CLOSURE,
            May.SEE_ROUNDS,
            May.ANSWER_ROUND,
            May.SUBMIT_COMMENTS,
            May.SEE_PANELS,
            May.SEE_PAPERS,
            May.CHECK_PAPER,
        }
    ),
    Role.COMMITTEE_MEMBER: frozenset({May.USE, May.SEE_CALENDAR, May.SEE_PAPERS}),
    Role.ADMINISTRATOR: frozenset({May.USE, May.SEE_CHANGES_AHEAD, May.ADMINISTER}),
}

# Roles that can write: they must use a second factor, except in the demo. One administrator grants them, or resets
# their second factor, and another confirms.
WRITING_ROLES = (Role.OPCC_OFFICER, Role.APPROVING_OFFICER, Role.FORCE_INSPECTION_LEAD, Role.ADMINISTRATOR)


class Holder(Protocol):
    """Anything with `has_perm`: a user, or an anonymous visitor."""

    def has_perm(self, permission: str, /) -> bool: ...


class PermissionHolder(Protocol):
    """Anything with a role: a user."""

    is_active: bool
    role: str


def has_perm(user: PermissionHolder, permission: str) -> bool:
    """Whether this person holds this permission: active, with a role that has it. The only place that decides.

    Django's own model permissions ("app.change_force") are asked by the admin: they follow from `administer`, except
    that nothing may be deleted.
    """
    if not getattr(user, "is_active", False):
        return False
    held = ROLE_MAY.get(user.role, frozenset())
    if "." in permission:
        return May.ADMINISTER in held and ".delete_" not in permission
    return permission in held


def only_reads_papers(user: Holder) -> bool:
    """Whether this person can read papers and nothing else: a committee member."""
    return user.has_perm(May.SEE_PAPERS) and not user.has_perm(May.SEE_REGISTER)


def allow[Q: HttpRequest, **P, R: HttpResponseBase](permission: May) -> Callable[[GuardedView[Q, P, R]], View[P, R]]:
    """Decorate a view for people with this permission: 403 for others, the sign-in page for anonymous visitors."""

    def mark(view: GuardedView[Q, P, R]) -> View[P, R]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not request.user.has_perm(permission):
                raise PermissionDenied(f"needs {permission}")
            return view(cast("Q", request), *args, **kwargs)

        return _set_access_rule(guarded, str(permission))

    return mark


def public[**P, R: HttpResponseBase](view: View[P, R]) -> View[P, R]:
    """Decorate a view that anybody may read, signed in or not."""
    return login_not_required(_set_access_rule(view, "public"))


def public_form[**P, R: HttpResponseBase](view: View[P, R]) -> View[P, R]:
    """Decorate a view whose form anybody may post from anywhere: it reads no cookie, so another site gains nothing."""
    return csrf_exempt(public(view))


def require_token[V: Callable[..., HttpResponseBase]](*scopes: ApiScope) -> Callable[[V], V]:
    """Decorate a view under /api/v1/ that needs a personal token with one of these scopes; a session does not do.

    It goes below `allow`, as the token's owner needs the permission too. middleware/tokens.py checks both.
    """

    def mark(view: V) -> V:
        view.token_scopes = scopes  # type: ignore[attr-defined]  # read by the middleware
        return csrf_exempt(view)  # no cookie is read, so another site can't use one

    return mark


def _set_access_rule[V: Callable[..., HttpResponseBase]](view: V, rule: str) -> V:
    view.access_rule = rule  # type: ignore[attr-defined]  # read by the tests that walk the address table
    return view
