"""Personal API tokens: a program with one reads and writes as its owner may, within the token's scopes.

A token is shown once. The database has its prefix and a keyed digest of its secret (256 random bits, bound to the
owner), so that reading a backup is not enough to use one, and write access is not enough to make one.
"""

import datetime
import re
import secrets
from collections.abc import Collection
from typing import NamedTuple

from recommendations import keys
from recommendations.domain.audit.events import HERE, EventOrigin, add_event
from recommendations.domain.writing.input_checks import short
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.api import ApiScope
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import ApiToken, ApiTokenUse, User
from recommendations.models.people.api_tokens import TOKEN_BEGINS
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.trail import VerbContext, verb

DEFAULT_DAYS, MOST_DAYS, MOST_TOKENS = 90, 366, 20
KEY_BYTES, SECRET_BYTES = 6, 32
WRITTEN = re.compile(rf"^{TOKEN_BEGINS}(?P<key>[0-9a-f]{{{2 * KEY_BYTES}}})_(?P<secret>[\w-]{{43}})$", re.ASCII)
# The permission that the owner's role needs for each scope.
NEEDS: dict[ApiScope, May] = {
    ApiScope.READ_REGISTER: May.SEE_REGISTER,
    ApiScope.READ_PAPERS: May.SEE_PAPERS,
    ApiScope.WRITE_UPDATES: May.LOG_FORCE_UPDATE,
    ApiScope.WRITE_VALUES: May.LOG_FORCE_UPDATE,
}
SECTIONS = {ApiScope.WRITE_VALUES: Section.INDICATORS}  # of scopes that an office can do without


class NewToken(NamedTuple):
    """A new token, and its secret text, which is not stored."""

    token: ApiToken
    secret: str


def scopes_for(person: User) -> list[ApiScope]:
    """The scopes that this user's tokens can have: none for users who read no records."""
    return [scope for scope in offered_scopes() if person.has_perm(NEEDS[scope])]


def offered_scopes() -> list[ApiScope]:
    """The scopes but those of sections that are off."""
    return [scope for scope in ApiScope if scope not in SECTIONS or SECTIONS[scope].is_on]


def make_token(
    *,
    name: str,
    scopes: Collection[str],
    last_day: datetime.date,
    by: User,
    at: datetime.datetime,
    origin: EventOrigin = HERE,
) -> NewToken:
    """Make a token for oneself, valid until the end of `last_day` in London.

    Raises Refusal without a name, a scope or a last day within a year, or with too many tokens; NotAllowed for a scope
    that the user's role does not have.
    """
    with verb(Kind.TOKEN_MADE, by=by, at=at) as act:
        person = User.objects.select_for_update().get(pk=by.pk)
        name = short(name, model=ApiToken, field="name", empty="Say what the token is for, for example: Power BI.")
        _check(person, scopes, last_day, london_day(at))
        key, secret = secrets.token_hex(KEY_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        new = ApiToken(person=person, name=name, key=key, made_at=at, last_day=last_day)
        new.digest = keys.seal(_sealed_value(person.pk, key, secret), purpose=keys.TOKENS)
        for scope in scopes:
            setattr(new, scope, True)
        act.subject = act.save(new)
        said = f"{new.prefix}, {new.scope_words.lower()}, to {say(last_day)}"
        add_event(act, account=person, origin=origin, detail=said)
    return NewToken(new, f"{new.prefix}_{secret}")


def _check(person: User, scopes: Collection[str], last_day: datetime.date, today: datetime.date) -> None:
    if not scopes:
        raise Refusal("Choose what the token may do.", "scopes")
    if set(scopes) - set(scopes_for(person)):
        raise NotAllowed("Your role does not include this. Choose something else.", "scopes")
    longest = today + datetime.timedelta(days=MOST_DAYS)
    if not today <= last_day <= longest:
        raise Refusal(f"Enter a day from {say(today)} to {say(longest)}.", "last_day")
    if ApiToken.objects.standing(today).filter(person=person).count() >= MOST_TOKENS:
        raise Refusal(f"You have {MOST_TOKENS} tokens. Revoke one that you no longer use.", code="too-many")


def revoke_token(*, token: ApiToken, by: User | None, at: datetime.datetime, origin: EventOrigin = HERE) -> ApiToken:
    """Revoke a token: one's own or, for an administrator or the command line (None), anybody's.

    Raises NotAllowed for another user's, Refusal if it was revoked already.
    """
    with verb(Kind.TOKEN_REVOKED, by=by, at=at, subject=token) as act:
        token = lock_row(token)
        if by is not None and by.pk != token.person_id and not by.has_perm(May.ADMINISTER):
            raise NotAllowed("Only an administrator revokes another person’s token.")
        if token.revoked_at:
            raise Refusal("This token was revoked already.", code="revoked-already")
        _revoke(act, token)
        add_event(act, account=token.person, origin=origin, detail=f"{token.prefix}, {token.name}")
    return token


def revoke_all_tokens(act: VerbContext, person: User) -> int:
    """Revoke every token of a user, inside the verb that closes the account. Returns how many."""
    left = list(ApiToken.objects.select_for_update().filter(person=person, revoked_at__isnull=True))
    for each in left:
        _revoke(act, each)
    return len(left)


def _revoke(act: VerbContext, token: ApiToken) -> None:
    token.revoked_at, token.revoked_by = act.at, act.by
    act.save(token)


def token_of(text: str) -> ApiToken | None:
    """The token with this text, with its owner and last use, whether or not it still works; else None.

    At most one query, and none for a text that can't be a token.
    """
    written = WRITTEN.match(text)
    if written is None:
        return None
    found = ApiToken.objects.filter(key=written["key"]).select_related("person__force", "use").first()
    if found is None:
        return None
    said = _sealed_value(found.person_id, found.key, written["secret"])
    return found if keys.is_sealed(said, found.digest, purpose=keys.TOKENS) else None


def why_over(token: ApiToken, on: datetime.date) -> str:
    """Why a token no longer works on a London day, and what to do, or "" if it works."""
    if not token.person.is_active:
        return "The account of this token is closed."
    if token.revoked_at:
        return "This token was revoked. Make a new one under “Your account”."
    if token.last_day < on:
        return f"The last day of this token was {say(token.last_day)}. Make a new one under “Your account”."
    return ""


def may_use(token: ApiToken, scope: ApiScope) -> bool:
    """Whether the token has the scope, and its owner's role still the permission for it."""
    return scope in token.scopes and token.person.has_perm(NEEDS[scope])


def note_used(token: ApiToken, on: datetime.date) -> bool:
    """Save the day of a use. Returns whether it is the first on that day."""
    if token.last_used_on == on:
        return False
    # written at once: the day of the last use, which is no record
    ApiTokenUse.objects.update_or_create(token=token, defaults={"on": on})
    return True


def _sealed_value(person: int, key: str, secret: str) -> list:
    return ["personal token", person, key, secret]
