"""Who needs a second factor before anything else."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

from recommendations.domain.people.committees import members_need_factor
from recommendations.domain.people.second_factors import FACTORS
from recommendations.permissions import WRITING_ROLES
from recommendations.sign_in.events import is_by_entra, is_by_session

# Views that a user who still needs a second factor can open: setting it up, and signing out.
WITHOUT_FACTOR = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout")


def require_second_factor(get_response):
    """Require users to set up a second factor before anything else, except in the demonstration.

    It checks the resolved view, not the path as written. API tokens are checked in middleware/tokens.py.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if settings.DEMO or not is_by_session(request) or not needs_factor(request.user):
            return None
        if request.resolver_match.view_name in WITHOUT_FACTOR:
            return None
        if is_mfa_enabled(request.user, FACTORS) or is_by_entra(request, request.user):
            return None
        return redirect("mfa_activate_totp")

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def needs_factor(person) -> bool:
    """Whether this person needs a second factor: everybody, except committee members if the office chose so."""
    return person.role in WRITING_ROLES or members_need_factor()
