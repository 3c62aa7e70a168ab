"""allauth on our people: sign-in by e-mail, no self sign-up, and a new password goes through a verb."""

import logging
from functools import partial
from urllib.parse import quote

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations import keys, permissions
from recommendations.domain.people import records
from recommendations.domain.people.passwords import shortest_for
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import User
from recommendations.sign_in.events import is_by_entra, later, note, note_failure, note_folded, proofs_of

WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}
logger = logging.getLogger(__name__)


def people_at(email: str) -> list[User]:
    """Whose address this is: one person or nobody.

    allauth would also take an address that a person once had, from a table of its own: whoever reads that mailbox
    today could sign in.
    """
    return [person for person in User.objects.filter(email=email.strip().lower()) if not is_made_up(person)]


def is_made_up(person: User) -> bool:
    """Whether this is somebody of the demonstration, outside of it: their passwords are known to everybody.

    .example is no real address (RFC 2606).
    """
    return person.email.endswith(".example") and not settings.DEMO


def may_sign_in_here(person: User) -> bool:
    """Whether a password or a passkey of ours opens the door to this person: the office may leave it to Entra."""
    return settings.PASSWORDS or is_break_glass(person)


def is_break_glass(person: User) -> bool:
    """Whether this is the administrator who gets in when Microsoft Entra does not answer."""
    return person.email in settings.BREAK_GLASS and person.has_perm(permissions.May.ADMINISTER)


class EmailBackend(AuthenticationBackend):
    """allauth's sign-in by e-mail, with the answers on permissions from permissions.py.

    Its own expects Django's groups and permissions, which our User does not have.
    """

    def user_can_authenticate(self, user):
        """Asked on each request too: nobody who is deactivated, and nobody of the demonstration outside it."""
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
    """The sign-in form. The page asks it what ways in there are."""

    with_entra = property(lambda self: bool(settings.ENTRA_URL))
    with_passwords = property(lambda self: settings.PASSWORDS)


class ResetPasswordForm(forms.ResetPasswordForm):
    """A link for a new password goes to the address that the person has now, and to nobody who is deactivated.

    Nothing is sent to an address without an account. The answer is the same, and goes before anything is looked at:
    also where the mail server is away.
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
            logger.error("The e-mail with a link for a new password could not be sent: %s", type(failed).__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; a person sets a password by the link in an e-mail."""

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failures are counted by the account's address alone: allauth's own key begins with the Host header."""
        address = credentials.get("email") or credentials.get("username") or ""
        return f"account:{address.strip().lower()}"

    def pre_authenticate(self, request, **credentials):
        """A locked account is an event, once for each lock."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_failure(request, Kind.LOCKED, _account(credentials))
            raise

    def authenticate(self, request, **credentials):
        """Whoever was made an administrator with a shorter password chooses a new one before they come in."""
        person = super().authenticate(request, **credentials)
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
        records.set_password(person=user, password=password, by=user, at=timezone.now())

    def get_reauthentication_methods(self, user):
        """The ways to show again who one is, in our words: those that open the door, and Entra for who came by it."""
        known = super().get_reauthentication_methods(user) if user.is_authenticated and may_sign_in_here(user) else []
        found = [each | {"description": WAYS[each["id"]]} for each in known]
        if is_by_entra(context.request, user):
            again = f"{reverse('entra')}?again=1"
            found.insert(0, {"id": "entra", "description": "Use Microsoft Entra", "url": again})
        return found

    def get_login_stages(self):
        """Whoever showed a second factor to Microsoft Entra is not asked for another."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "recommendations.sign_in.entra.AuthenticateStage"}
        return [ours.get(each, each) for each in super().get_login_stages()]

    def get_logout_redirect_url(self, request):
        """Whoever came from Microsoft Entra is told that they are still signed in there."""
        return reverse("signed_out") if is_by_entra(request, request.user) else super().get_logout_redirect_url(request)

    def get_login_redirect_url(self, request):
        return reverse(settings.LOGIN_REDIRECT_URL)

    def get_reset_password_from_key_url(self, key):
        """The link in the e-mail uses the configured origin, whatever Host header the request had."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.ORIGIN}{path.replace('UID-KEY', quote(key))}"

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """allauth tells people that they signed in; they can see that. Warnings and errors are shown."""
        if level >= messages.WARNING:
            super().add_message(request, level, message_template, message_context, extra_tags, message)


def _account(credentials: dict) -> User | None:
    """Whose account somebody tried to open, if there is one at that address."""
    return next(iter(people_at(credentials.get("email") or credentials.get("username") or "")), None)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with a key that is not in the database; a passkey's row has none."""

    def get_public_key_credential_rp_entity(self):
        """A passkey is made for ORIGIN's host; on this machine alone for whichever of its names is asked for."""
        on_loopback = settings.ORIGIN_NAME in settings.LOOPBACK
        asked = context.request.get_host().partition(":")[0]
        return {"id": asked if on_loopback else settings.ORIGIN_NAME, "name": "Oversight"}

    def generate_authenticator_name(self, user, type):
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def encrypt(self, text):
        return keys.encrypt(text, purpose=keys.FACTORS)

    def decrypt(self, encrypted_text):
        """The secret; a random one where it was encrypted with another key or planted in plain: no code fits that."""
        try:
            return keys.decrypt(encrypted_text, purpose=keys.FACTORS)
        except keys.WrongKey:
            logger.error("A second factor was not encrypted with SECRET_KEY or one of SECRET_KEY_FALLBACKS")
            return generate_totp_secret()
