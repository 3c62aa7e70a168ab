"""Sign-in with Microsoft Entra: allauth's OpenID Connect with stricter checks.

allauth handles state, code exchange and PKCE. This module verifies the ID token's signature (RS256 only), issuer,
audience, times and nonce, whichever way it came. allauth's tables of accounts and apps stay empty: a user's identity
in Entra is a field of the user, which the trail records.
"""

import datetime
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

import jwt
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import record_authentication  # it has no public name: ADR 7
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa import stages
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from requests import RequestException

from recommendations.domain.people.entra import (
    EntraIdentity,
    EntraRefused,
    is_issuer_of,
    person_from_entra,
    recognise,
)
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.sign_in import is_made_up
from recommendations.sign_in.events import ENTRA, is_by_entra, note_failure

NOT_TRUSTED = (
    "What came back from Microsoft Entra could not be trusted. Try again. If it happens again, tell an administrator."
)
AWAY = "Microsoft Entra does not answer. Try again in a few minutes."
STOPPED = "You stopped signing in at Microsoft."
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
KEPT = 10 * 60  # seconds for which this process keeps the provider's configuration
LEEWAY = 60  # seconds of allowed clock skew


@dataclass
class KeptConfiguration:
    """What the provider at `url` answered, for as long as it is kept: in this process, never in the database."""

    url: str = ""
    until: float = 0  # by time.monotonic()
    answer: dict[str, Any] = field(default_factory=dict)


kept = KeptConfiguration()


def configuration() -> dict[str, Any]:
    """The provider's OpenID configuration. Raises EntraRefused if it is incomplete, of another issuer or host."""
    if kept.url != settings.ENTRA_URL or kept.until <= time.monotonic():
        answer = _fetch_json(f"{settings.ENTRA_URL}/.well-known/openid-configuration")
        _check_configuration(answer)
        kept.url, kept.until, kept.answer = settings.ENTRA_URL, time.monotonic() + KEPT, answer
    return kept.answer


def _check_configuration(answer: dict[str, Any]) -> None:
    wrong = [name for name in ADDRESSES if not is_of_provider(answer.get(name))]
    wrong += [] if isinstance(answer.get("issuer"), str) else ["issuer"]
    if wrong:
        raise EntraRefused(f"its configuration lacks {', '.join(wrong)}", NOT_TRUSTED)
    if not is_issuer_of(settings.ENTRA_URL, answer["issuer"]):
        raise EntraRefused(f"its configuration is of another issuer: {answer['issuer']}"[:180], NOT_TRUSTED)


def is_of_provider(address: object) -> bool:
    """Whether this is an address with the scheme, host and port of ENTRA_URL: https, or on loopback."""
    return isinstance(address, str) and urlsplit(address)[:2] == urlsplit(settings.ENTRA_URL)[:2]


def _fetch_json(address: str) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        found = answer.json()
    if not isinstance(found, dict):
        raise EntraRefused("its answer is no object", NOT_TRUSTED)
    return found


def verified_claims(token: object, nonce: str) -> dict[str, Any]:
    """The claims of an ID token that this provider signed for us, for this sign-in. Raises EntraRefused."""
    if not isinstance(token, str):
        raise EntraRefused("no ID token", NOT_TRUSTED)
    config = configuration()
    try:
        claims = jwt.decode(
            token,
            _key_of(token, config["jwks_uri"]),
            algorithms=["RS256"],
            audience=settings.ENTRA_CLIENT_ID,
            issuer=config["issuer"],
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "nonce"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as wrong:
        raise EntraRefused(f"ID token: {wrong}"[:180], NOT_TRUSTED) from None
    if not nonce or not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise EntraRefused("ID token: another nonce", NOT_TRUSTED)
    return claims


def _key_of(token: str, keys_address: str) -> jwt.PyJWK:
    """The provider's key named in the token. Raises EntraRefused if there is none."""
    name = jwt.get_unverified_header(token).get("kid")
    for key in jwt.PyJWKSet.from_dict(_fetch_json(keys_address)).keys:
        if name and key.key_id == name:
            return key
    raise EntraRefused("ID token: signed with an unknown key", NOT_TRUSTED)


class EntraProvider(OpenIDConnectProvider):
    """The only provider, configured from settings."""

    pkce_enabled_default = True

    def get_oauth2_adapter(self, request):
        return EntraAdapter(request)


def _provider(request) -> EntraProvider:
    made = {"client_id": settings.ENTRA_CLIENT_ID, "secret": settings.ENTRA_CLIENT_SECRET}
    app = SocialApp(provider="openid_connect", provider_id=ENTRA, name="Microsoft Entra", settings={}, **made)
    return EntraProvider(request, app=app)


class EntraAdapter(OpenIDConnectOAuth2Adapter):
    """The adapter that allauth calls, with our own checks and sign-in."""

    state: dict[str, Any] = {}
    at: datetime.datetime  # when the user came back

    def __init__(self, request):
        super().__init__(request, ENTRA)

    @property
    def openid_config(self):
        return configuration()

    def get_provider(self):
        return _provider(self.request)

    def get_callback_url(self, request, app):
        return settings.ORIGIN + reverse("entra_callback")

    def complete_login(self, request, app, token, **kwargs) -> NoReturn:
        """Verify the user and sign them in. allauth's own code would look for its own accounts."""
        claims = verified_claims(kwargs["response"].get("id_token"), self.state.get("nonce", ""))
        raise ImmediateHttpResponse(_come_in(request, claims, self.state, self.at))


class EntraCallback(OAuth2CallbackView):
    """The callback view, where allauth checks the state given to this browser."""

    def _get_state(self, request, provider):
        state, refused = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, refused


class EntraAccountAdapter(DefaultSocialAccountAdapter):
    """No apps from the database, no redirects when fetching, and our own error page."""

    def get_requests_session(self):
        session = super().get_requests_session()
        ask = session.request
        session.request = lambda *args, **options: ask(*args, **options | {"allow_redirects": False})
        return session

    def list_apps(self, request, provider=None, client_id=None):
        return []

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if isinstance(exception, RequestException):
            raise ImmediateHttpResponse(refuse(request, _away(exception)))
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(refuse(request, EntraRefused("stopped at Microsoft", STOPPED)))
        why = "no state of this browser, or one that was used"
        if exception or "state" in (extra_context or {}):
            why = "the code was not taken" if exception else "Microsoft answered with an error"
        raise ImmediateHttpResponse(refuse(request, EntraRefused(why, NOT_TRUSTED)))


class AuthenticateStage(stages.AuthenticateStage):
    """Skips the second factor for users who showed one to Entra."""

    def handle(self):
        return (None, True) if is_by_entra(self.request, self.login.user) else super().handle()


def begin(request, next_url: str | None, again: bool):
    """Redirect the user to Entra. `again` makes them authenticate there even if signed in."""
    nonce, asked = secrets.token_urlsafe(24), {"response_mode": "query"}
    claim, _, value = settings.ENTRA_SECOND_FACTOR.partition("=")
    if claim == "acrs":  # an authentication context has to be requested
        asked["claims"] = json.dumps({"id_token": {"acrs": {"essential": True, "value": value}}})
    asked |= {"prompt": "login"} if again else {}
    try:
        kept = {"nonce": nonce, "again": again, "begun": time.time()}
        to = {"scope": ["openid", "profile", "email"], "auth_params": asked | {"nonce": nonce}}
        return _provider(request).redirect(request, "login", next_url, **to, **kept)
    except RequestException as away:
        return refuse(request, _away(away))
    except EntraRefused as refused:
        return refuse(request, refused)


def come_back(request, at: datetime.datetime):
    """The response to the callback from Entra: signed in, or an error page, whatever the request contains."""
    adapter = EntraAdapter(request)
    adapter.at = at
    try:
        return EntraCallback.adapter_view(adapter)(request)
    except EntraRefused as refused:
        return refuse(request, refused)
    except RequestException as away:
        return refuse(request, _away(away))
    except (KeyError, TypeError, ValueError, AttributeError):
        return refuse(request, EntraRefused("what came back is no answer", NOT_TRUSTED))


def _come_in(request, claims: dict[str, Any], state: dict[str, Any], at: datetime.datetime):
    identity = EntraIdentity.of(claims)
    person = person_from_entra(identity)
    if is_made_up(person):
        raise EntraRefused("a person of the demonstration", NOT_TRUSTED, person)
    person, to = recognise(person=person, identity=identity, at=at), state.get("next")
    if state.get("again") and request.user.pk == person.pk:
        return _confirm(request, person, claims, state)
    if request.user.is_authenticated:
        get_account_adapter().logout(request)
    record_authentication(request, person, ENTRA)
    return perform_login(request, person, redirect_url=to)


def _confirm(request, person, claims: dict[str, Any], state: dict[str, Any]):
    """A signed-in user has reauthenticated: recently, if Entra says when."""
    when = claims.get("auth_time")
    if isinstance(when, int | float) and when < state["begun"] - LEEWAY:
        raise EntraRefused("not shown again who they are", NOT_TRUSTED, person)
    record_authentication(request, person, ENTRA, reauthenticated=True)
    return redirect(state.get("next") or reverse("account"))


def sign_out_address() -> str:
    """The address that ends the session at Entra and returns to our sign-in. Raises EntraRefused, RequestException."""
    back = {"post_logout_redirect_uri": settings.ORIGIN + reverse("account_login")}
    address = configuration().get("end_session_endpoint")
    if not is_of_provider(address):
        raise EntraRefused("it names no address to sign out at", AWAY)
    return f"{address}?{urlencode(back)}"


def _away(failed: RequestException) -> EntraRefused:
    return EntraRefused(f"does not answer: {type(failed).__name__}", AWAY)


def refuse(request, refused: EntraRefused):
    """An error page with the reason, and a security event (folded for strangers)."""
    note_failure(request, Kind.ENTRA_REFUSED, refused.account, refused.why)
    status = 503 if refused.words == AWAY else 403
    return render(request, "account/entra_refused.html", {"words": refused.words}, status=status)
