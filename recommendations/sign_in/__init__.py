"""allauth's adapters and forms for our users: sign-in by email, no sign-up, and passwords set through a verb."""

import logging
import secrets
import time
from base64 import b32encode
from functools import partial
from urllib.parse import quote

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations import keys, permissions
from recommendations.domain.people import records
from recommendations.domain.people.passwords import shortest_for
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import User
from recommendations.models.people.seals import has_newest_password, has_sealed_factors
from recommendations.sign_in.events import (
    is_by_entra,
    later,
    note,
    note_failure,
    note_folded,
    proofs_of,
    signed_in_at_by_password,
)

WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}
ONLY_IN_THE_DEMONSTRATION = (
    "Addresses that end in “.example” are for the demonstration only. Ask an administrator to invite your own address."
)
UNSEALED = "the password or second factor is not as it was set up here"
logger = logging.getLogger(__name__)


def people_at(email: str) -> list[User]:
    """The users with this address: one or none.

    allauth's own look-up would include former addresses from its table: whoever reads that mailbox today could sign in.
    """
    return [person for person in User.objects.filter(email=email.strip().lower()) if not is_made_up(person)]


def is_made_up(person: User) -> bool:
    """Whether this is a demonstration user outside the demonstration: their passwords are public.

    .example is no real address (RFC 2606).
    """
    return is_made_up_address(person.email)


def is_made_up_address(email: str) -> bool:
    return email.strip().lower().endswith(".example") and not settings.DEMO


def may_sign_in_here(person: User) -> bool:
    """Whether this user may sign in with our passwords and passkeys: the office may leave it to Entra."""
    return settings.PASSWORDS or is_break_glass(person)


def is_break_glass(person: User) -> bool:
    """Whether this is a break-glass administrator, for when Microsoft Entra is unavailable."""
    return person.email in settings.BREAK_GLASS and person.has_perm(permissions.May.ADMINISTER)


class EmailBackend(AuthenticationBackend):
    """allauth's sign-in by email, with permissions from permissions.py.

    allauth's backend expects Django's groups and permissions, which our User does not have.
    """

    def user_can_authenticate(self, user):
        """Checked on each request too: not for inactive users, nor demonstration users outside the demonstration."""
        return super().user_can_authenticate(user) and not is_made_up(user)

    def _authenticate_by_email(self, email, password):
        found = [self._check_password(person, password) for person in people_at(email) if may_sign_in_here(person)]
        return found[0] if found else None

    def has_perm(self, user_obj, perm, obj=None):
        return permissions.has_perm(user_obj, str(perm))

    def has_module_perms(self, user_obj, app_label):
        return permissions.has_perm(user_obj, permissions.May.ADMINISTER)

    def get_all_permissions(self, user_obj, obj=None):
        return {str(may) for may in permissions.ROLE_MAY.get(user_obj.role, ())} if user_obj.is_active else set()


class SignInForm(forms.LoginForm):
    """The sign-in form, with flags for the page about the ways to sign in."""

    with_entra = property(lambda self: bool(settings.ENTRA_URL))
    with_passwords = property(lambda self: settings.PASSWORDS)


class ResetPasswordForm(forms.ResetPasswordForm):
    """Sends the link for a new password to a user's current address, unless inactive.

    Nothing is sent to an address without an account. The response is the same and comes before any look-up, even if
    the mail server is down.
    """

    def clean_email(self):
        self.users = []
        return self.cleaned_data["email"].strip().lower()

    def save(self, request, **kwargs):
        later(request, partial(self._send, request))
        return self.cleaned_data["email"]

    def _send(self, request):
        found = people_at(self.cleaned_data["email"])
        self.users = [person for person in found if person.is_active and may_sign_in_here(person)]
        for person in self.users:
            note_folded(request, Kind.LINK_ASKED, person)
        try:
            with context.request_context(request):
                super().save(request)
        except OSError as failed:
            logger.error("The email with a link for a new password could not be sent: %s", type(failed).__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's account adapter: administrators create accounts, and users set a password by an emailed link."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not correct."
    }

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count failures by the account's address alone: allauth's own key starts with the Host header."""
        address = credentials.get("email") or credentials.get("username") or ""
        return f"account:{address.strip().lower()}"

    def pre_authenticate(self, request, **credentials):
        """Record each lock of an account as one event. An address of the demonstration alone is refused as such."""
        if is_made_up_address(credentials.get("email") or ""):
            raise ValidationError(ONLY_IN_THE_DEMONSTRATION)
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_failure(request, Kind.LOCKED, _account(credentials))
            raise

    def authenticate(self, request, **credentials):
        """Refuse a password or second factor that is not as it was set here, in the words for a wrong password; and a
        password too short for the role: someone who becomes an administrator must choose a longer one first.
        """
        person = super().authenticate(request, **credentials)
        if person is not None and not (has_newest_password(person) and has_sealed_factors(person.pk)):
            logger.error("Person %s: %s. Run verify_audit", person.pk, UNSEALED)
            note_failure(request, Kind.FAILED, person, UNSEALED)
            return None
        if person is not None and len(credentials["password"]) < shortest_for(person.role):
            raise ValidationError(
                f"Your password is too short for your role, which needs {shortest_for(person.role)} characters. "
                "Choose a new one under “Forgot your password?”."
            )
        return person

    def authentication_failed(self, request, **credentials):
        note_failure(request, Kind.FAILED, _account(credentials))

    def login(self, request, user):
        super().login(request, user)
        note(request, Kind.SIGNED_IN, account=user, by=user, detail=proofs_of(request, user))
        if is_break_glass(user) and not is_by_entra(request, user):
            note(request, Kind.BREAK_GLASS, account=user, by=user)

    def logout(self, request):
        user = request.user
        super().logout(request)
        if user.is_authenticated:
            note(request, Kind.SIGNED_OUT, account=user, by=user)

    def set_password(self, user, password):
        """Set a password; by a link that was sent before the account was closed it is refused."""
        if not user.is_active:
            raise PermissionDenied("This account is closed.")
        records.set_password(person=user, password=password, by=user, at=timezone.now())

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not for a first second factor within five minutes of signing in: allauth would ask for the password again.

        For everything else of second factors it is, as in allauth, which counts no sign-in.
        """
        typed_at = signed_in_at_by_password(context.request, context.request.user)
        if typed_at is not None and time.time() - typed_at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """The ways for this user to reauthenticate, in our words: their own means, and Entra if they came by it."""
        known = super().get_reauthentication_methods(user) if user.is_authenticated and may_sign_in_here(user) else []
        found = [each | {"description": WAYS[each["id"]]} for each in known]
        if is_by_entra(context.request, user):
            again = f"{reverse('entra')}?again=1"
            found.insert(0, {"id": "entra", "description": "Use Microsoft Entra", "url": again})
        return found

    def get_login_stages(self):
        """Skip our second factor for users who showed one to Microsoft Entra."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "recommendations.sign_in.entra.AuthenticateStage"}
        return [ours.get(each, each) for each in super().get_login_stages()]

    def get_logout_redirect_url(self, request):
        """Tell users who came from Microsoft Entra that they are still signed in there."""
        return reverse("signed_out") if is_by_entra(request, request.user) else super().get_logout_redirect_url(request)

    def get_login_redirect_url(self, request):
        return reverse(settings.LOGIN_REDIRECT_URL)

    def get_reset_password_from_key_url(self, key):
        """Build the emailed link from the configured origin, whatever the request's Host header."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.ORIGIN}{path.replace('UID-KEY', quote(key))}"

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Show only warnings and errors: allauth's “signed in” message is superfluous."""
        if level >= messages.WARNING:
            super().add_message(request, level, message_template, message_context, extra_tags, message)


def _account(credentials: dict) -> User | None:
    """The account that a sign-in attempt was for, or None."""
    return next(iter(people_at(credentials.get("email") or credentials.get("username") or "")), None)


class FactorAdapter(DefaultMFAAdapter):
    """Encrypts secrets of second factors with a key outside the database; a passkey has no secret."""

    def get_public_key_credential_rp_entity(self):
        """The relying party of passkeys: ORIGIN's host, or on loopback the name that was requested."""
        on_loopback = settings.ORIGIN_NAME in settings.LOOPBACK
        asked = context.request.get_host().partition(":")[0]
        return {"id": asked if on_loopback else settings.ORIGIN_NAME, "name": "Oversight"}

    def generate_authenticator_name(self, user, type):
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def encrypt(self, text):
        return keys.encrypt(text, purpose=keys.FACTORS)

    def decrypt(self, encrypted_text):
        """The secret, or a random one if encrypted with another key or planted in plain: no code matches that."""
        try:
            return keys.decrypt(encrypted_text, purpose=keys.FACTORS)
        except keys.WrongKey:
            logger.error("A second factor was not encrypted with SECRET_KEY or one of SECRET_KEY_FALLBACKS")
            return b32encode(secrets.token_bytes(20)).decode()
