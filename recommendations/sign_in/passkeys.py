"""allauth's forms for passkeys and codes: refusals are events, and planted credentials don't work.

A passkey's row holds a public key, so there is no secret to encrypt. The account's seal shows that the program wrote
the row (models/people/seals.py).
"""

import json

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as CodeForm
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ConfirmByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models.people.seals import has_sealed_factors
from recommendations.sign_in import is_made_up, may_sign_in_here
from recommendations.sign_in.events import note, note_failure

NOT_MADE = "No passkey was made. Press “Make a passkey”, and do what your browser asks."
NOT_ACCEPTED = "The passkey was not accepted. Try again, or sign in another way."
LONGEST_NAME, LONGEST_PASSKEY = 60, 20_000  # characters


def _name_field(field: forms.Field) -> forms.CharField:
    given = {"max_length": LONGEST_NAME, "required": field.required, "initial": field.initial}
    return forms.CharField(label="Name of the passkey", help_text="For example “Work laptop”.", **given)


class AddForm(webauthn.AddWebAuthnForm):
    """Add a passkey: the browser's credential, and a name for it."""

    passwordless = None  # allauth asks; ours always are

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(self.fields["name"])
        self.fields["credential"].error_messages |= {"required": NOT_MADE, "invalid": NOT_MADE}

    def clean(self):
        if "credential" not in self.cleaned_data:
            return self.cleaned_data
        try:
            if len(json.dumps(self.cleaned_data["credential"])) > LONGEST_PASSKEY:
                raise ValueError("longer than any passkey")
            return super().clean()
        except Exception:  # whatever is in it: fido2 raises many errors for what is no passkey
            raise ValidationError(NOT_MADE) from None


class RenameForm(webauthn.EditWebAuthnForm):
    """Rename a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(self.fields["name"])
        self.fields["name"].error_messages["required"] = "Enter a name."

    def save(self):
        was, passkey = str(self.instance), super().save()
        request = context.request
        note(request, Kind.FACTOR_RENAMED, account=request.user, by=request.user, detail=f"“{was}”, now “{passkey}”")
        return passkey


class _Shown(webauthn.AuthenticateWebAuthnForm):
    """The base for using a passkey: by a user known from the previous step, or by the passkey's own."""

    def clean_credential(self):
        try:
            passkey = super().clean_credential()
        except ValidationError as refused:
            raise self._refusal(self.user, refused.messages[0] if _is_of_limit(refused) else NOT_ACCEPTED) from None
        except Exception:  # whatever is in it: fido2 raises many errors for what is no passkey
            raise self._refusal(self.user) from None
        if not _may_use(passkey.user):
            raise self._refusal(passkey.user)
        return passkey

    def _refusal(self, person, words: str = NOT_ACCEPTED) -> ValidationError:
        note_failure(context.request, Kind.CODE_FAILED, person, "passkey")
        return ValidationError(words)


def _may_use(person) -> bool:
    return person.is_active and not is_made_up(person) and may_sign_in_here(person) and has_sealed_factors(person.pk)


def _is_of_limit(refused: ValidationError) -> bool:
    return refused.code == "too_many_login_attempts"


class LoginForm(_Shown, webauthn.LoginWebAuthnForm):
    """Sign-in with a passkey alone."""


class AuthenticateForm(_Shown):
    """A passkey as second factor, after the password."""


class ReauthenticateForm(_Shown, webauthn.ReauthenticateWebAuthnForm):
    """A passkey to reauthenticate a signed-in user."""


class _SealedCode(BaseAuthenticateForm):
    """Accepts a code only if the user's second factors match their seal."""

    def clean_code(self):
        if not has_sealed_factors(self.user.pk):
            note_failure(context.request, Kind.CODE_FAILED, self.user, "the second factor is not as it was set up")
            raise get_adapter().validation_error("incorrect_code")
        return super().clean_code()


class AuthenticateByCodeForm(_SealedCode, CodeForm):
    """A code as second factor, after the password, with flags for the page about the alternatives."""

    def has_app(self) -> bool:
        return is_mfa_enabled(self.user, [Authenticator.Type.TOTP])

    def has_passkey(self) -> bool:
        return is_mfa_enabled(self.user, [Authenticator.Type.WEBAUTHN])


class ReauthenticateByCodeForm(_SealedCode, ConfirmByCodeForm):
    """A code to reauthenticate a signed-in user."""
