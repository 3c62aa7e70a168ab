"""Ways to tamper with what the trail does not hold the words of: passwords, second factors, seals, search texts.

And with what people ask about first: security events, and the text that an approving officer decided about.
"""

from allauth.mfa.models import Authenticator

from recommendations import trail
from recommendations.domain.audit import events
from recommendations.domain.people import verification as seals
from recommendations.domain.register import verification as search_texts
from recommendations.domain.responses import published_text
from recommendations.enums.security import SecurityEventKind
from recommendations.models import (
    AccountSeal,
    PublishedText,
    ResponseSubmission,
    SecurityEvent,
    TrackedRecommendation,
    User,
)
from tests.conftest import AT
from tests.domain.audit.tampering import other, past

# Checked wherever they are imported, as the command does.
assert all((seals.wrong_seals, search_texts.wrong_search_texts, published_text.wrong_search_texts))


def note_events(world) -> None:
    """An event of each kind, of which the world has none."""
    person, by = world.people["officer"], world.people["administrator"]
    origin = events.EventOrigin("192.0.2.7", "Firefox on Windows")
    for kind in SecurityEventKind:
        events.note_event(kind=kind, by=by, at=AT, account=person, origin=origin, detail="The register.")


def write_another_password(dice) -> str:
    one, two = dice.sample(list(past(User).order_by("pk")), 2)
    past(User).filter(pk=one.pk).update(password=dice.choice([two.password + "x", "", "!", "md5$x$y"]))
    return f"The person {one.pk} was changed: password."


def plant_a_second_factor(dice) -> str:
    person = dice.choice(list(past(User).order_by("pk")))
    kind = dice.choice(["recovery_codes", "webauthn"])
    past(Authenticator).bulk_create([Authenticator(user=person, type=kind, data={"secret": "planted"})])
    return f"The person {person.pk} was changed: second factor."


def change_a_second_factor(dice) -> str:
    factor = dice.choice(list(past(Authenticator).order_by("pk")))
    value = dice.choice([{"data": {"secret": "planted"}}, {"type": "webauthn"}])
    past(Authenticator).filter(pk=factor.pk).update(**value)
    return f"The person {factor.user_id} was changed: second factor."


def give_a_second_factor_to_another(dice) -> str:
    factor = dice.choice(list(past(Authenticator).order_by("pk")))
    without = past(User).exclude(pk__in=past(Authenticator).values("user")).order_by("pk")
    person = dice.choice(list(without))
    past(Authenticator).filter(pk=factor.pk).update(user=person)
    return f"The person {min(person.pk, factor.user_id)} was changed: second factor."


def remove_a_second_factor(dice) -> str:
    factor = dice.choice(list(past(Authenticator).order_by("pk")))
    past(Authenticator).filter(pk=factor.pk)._raw_delete("default")
    return f"The person {factor.user_id} was changed: second factor."


def change_a_seal(dice) -> str:
    """By one of another's, which is good for that other alone."""
    one, two = dice.sample(list(past(AccountSeal).order_by("pk")), 2)
    column, words = dice.choice([("password", "password"), ("factors", "second factor")])
    past(AccountSeal).filter(pk=one.pk).update(**{column: getattr(two, column)})
    return f"The person {one.pk} was changed: {words}."


def remove_a_seal(dice) -> str:
    seal = dice.choice(list(past(AccountSeal).order_by("pk")))
    past(AccountSeal).filter(pk=seal.pk)._raw_delete("default")
    return f"The person {seal.pk} has no seal"


def change_a_search_text(dice) -> str:
    """What is searched is emptied, or finds by other words."""
    model = dice.choice([TrackedRecommendation, PublishedText])
    row = dice.choice(list(past(model).order_by("pk")))
    past(model).filter(pk=row.pk).update(search_text=dice.choice(["", row.search_text + " gold", "another"]))
    return f"The {model._meta.verbose_name} {row.pk} was changed: search_text."


def _change(model, dice) -> str:
    while True:
        row = dice.choice(list(past(model).order_by("pk")))
        column = dice.choice([each.attname for each in trail.trailed(model) if not each.primary_key])
        value = other(getattr(row, column), dice)
        if value is not None:
            past(model).filter(pk=row.pk).update(**{column: value})
            return f"The {model._meta.verbose_name} {row.pk} was changed: {column}."


def change_a_security_event(dice) -> str:
    return _change(SecurityEvent, dice)


def remove_a_security_event(dice) -> str:
    event = dice.choice(list(past(SecurityEvent).order_by("pk")))
    past(SecurityEvent).filter(pk=event.pk)._raw_delete("default")
    return f"The security event {event.pk} was deleted."


def change_what_was_submitted(dice) -> str:
    return _change(ResponseSubmission, dice)


BESIDE = (
    write_another_password,
    plant_a_second_factor,
    change_a_second_factor,
    give_a_second_factor_to_another,
    remove_a_second_factor,
    change_a_seal,
    remove_a_seal,
    change_a_search_text,
    change_a_security_event,
    remove_a_security_event,
    change_what_was_submitted,
)
