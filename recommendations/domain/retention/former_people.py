"""Former officers: people who left and are shown by a number, "Former officer 12", in lists, histories and exports.

The trail keeps the names it was written with, and filed papers and published responses are unchanged. The name behind
a number is encrypted; an administrator can read it, with a reason, on record.
"""

import datetime
import json
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.db.models import Max, QuerySet

from recommendations import keys, trail
from recommendations.domain.people.second_factors import remove_factors
from recommendations.domain.retention.columns import is_history, record_of
from recommendations.domain.retention.places import TextPlaces, find
from recommendations.domain.retention.rewriting import Rewriting, check_may_rewrite
from recommendations.domain.retention.words import SoughtWords, is_enough
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import FormerPerson, TrailEntry, User
from recommendations.models.audit.retention import former_name
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

# Permanent records with the names as they were, or the trail's own.
STAYS = frozenset({"TrailEntry", "ActionPlanFacts", "PublishedText", "ResponseVersion", "Comment", "Explanation"})
STAYS |= {
    "ResponseSubmission",
    "Commitment",
    "PublicPaper",
    "SecurityEvent",
    "FormerPerson",
    "Redaction",
    "Submission",
    "LogEntry",
}
WHO_DID_IT = "history_actor"
# What `make_former` removes for good. Pages say it, and docs/security.md and docs/assurance/dpia.md.
REMOVED_FOR_GOOD = "password, authenticator app, passkeys, recovery codes and object id in Microsoft Entra"


@dataclass(frozen=True)
class Leaver:
    """Somebody with a closed account: since when, and the day from which they may be shown by a number."""

    person: User
    left_on: datetime.date
    from_day: datetime.date

    def is_due(self, on: datetime.date) -> bool:
        """Whether the office's retention period is over on a day."""
        return on >= self.from_day


def leavers(days: int) -> list[Leaver]:
    """Everybody with a closed account who is still shown by name, longest gone first."""
    people = User.objects.filter(is_active=False, former__isnull=True)
    return sorted((_leaver(person, days) for person in people), key=lambda leaver: leaver.left_on)


def _leaver(person: User, days: int) -> Leaver:
    saves = person.history.order_by("history_id")
    last = saves.filter(is_active=True).aggregate(last=Max("history_id"))["last"] or 0
    gone = saves.filter(is_active=False, history_id__gt=last).first()
    left_on = london_day(gone.history_date) if gone else datetime.date.max - datetime.timedelta(days=days)
    return Leaver(person, left_on, left_on + datetime.timedelta(days=days))


def names_of(person: User) -> list[str]:
    """Every name and address that the account ever had, longest first."""
    said = {text for pair in person.history.values_list("name", "email") for text in pair}
    return sorted({person.name, person.email} | said, key=len, reverse=True)


def places_of(person: User) -> TextPlaces:
    """The places of this person's names in texts that will change, and the papers that won't. Reads every table."""
    found = [find(SoughtWords(name)) for name in names_of(person) if is_enough(name)]
    places = {(each.model, each.pk, each.column): each for one in found for each in one.places}
    shown = tuple(each for key, each in places.items() if _changes(key[0], key[2]))
    papers = {each.pk: each for one in found for each in one.papers}
    return TextPlaces(shown, tuple(papers.values()))


def make_former(*, person: User, reason: str, days: int, by: User, at: datetime.datetime) -> FormerPerson:
    """Show a person by the next number from now on. It can't be undone; the name remains only encrypted.

    REMOVED_FOR_GOOD says what is removed. Raises NotAllowed if `by` may not administer; Refusal if the account is
    active, was closed less than `days` days ago or is shown by a number already, without a reason, or with a name in
    it.
    """
    if not by.has_perm(May.ADMINISTER):
        raise NotAllowed("An administrator does this.")
    with verb("make_former", by=by, at=at, reason=reason.strip()) as act:
        person = act.subject = lock_row(person)
        _check(person, act.reason, days, london_day(at))
        number = (FormerPerson.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        names = names_of(person)
        key = keys.encrypt(json.dumps(names), purpose=keys.PEOPLE)
        former = act.save(
            FormerPerson(person=person, number=number, reason=act.reason, made_at=at, made_by=by, key=key)
        )
        person.name, person.email = former_name(number), f"former-{number}@removed.invalid"
        person.entra_id = ""
        act.save(person)
        person.set_unusable_password()
        # no record: a password is in no history
        person.save(update_fields=["password"])
        _rename(act, person, number, names)
    return former


def _check(person: User, reason: str, days: int, today: datetime.date) -> None:
    if person.is_active:
        raise Refusal("This account is active. Deactivate it first.", code="account-open")
    if FormerPerson.objects.filter(person=person).exists():
        raise Refusal("This person is shown by a number already.", code="shown-by-number")
    leaver = _leaver(person, days)
    if not leaver.is_due(today):
        raise Refusal(
            f"They left on {say(leaver.left_on)}. Show them by a number from {say(leaver.from_day)}.", code="too-early"
        )
    if not reason:
        raise Refusal("Say why, such as the retention period being over.", "reason")
    if any(SoughtWords(name).are_in(reason) for name in names_of(person) if is_enough(name)):
        raise Refusal("The reason stays on record for good: write it without the name.", "reason")
    check_may_rewrite()


def _rename(act: VerbContext, person: User, number: int, names: list[str]) -> None:
    for name in filter(is_enough, names):
        instead = f"former-{number}@removed.invalid" if "@" in name else former_name(number)
        Rewriting(act, SoughtWords(name, instead, f"former-{number}"), wanted=_changes).run()
    _rename_saves_of(act, person)
    _rename_who_acted(act, person, names)
    # written at once: the address that sign-in knew, which is no record
    EmailAddress.objects.filter(user=person).delete()
    remove_factors(person)


def _changes(model: type[models.Model], column: str) -> bool:
    return record_of(model).__name__ not in STAYS and column != "history_change_reason"


def _rename_saves_of(act: VerbContext, person: User) -> None:
    """Put the new name and address into each save in the account's own history, and remove the object id."""
    now = {"name": person.name, "email": person.email, "entra_id": ""}
    removed: dict[str, dict[str, str]] = {column: {} for column in now}
    for save in person.history.all():
        for column, value in now.items():
            if (was := getattr(save, column)) != value:
                removed[column][trail.digest(was)] = trail.digest(value)
    # written at once: the saves of a person who is shown by a number, inside the verb that says so
    QuerySet(User.history.model).filter(id=person.pk).update(**now)
    act.say(person, removed=removed)


def _rename_who_acted(act: VerbContext, person: User, names: list[str]) -> None:
    """Put the number into each history as the actor. The trail's entries keep the name; verification accepts both."""
    for model in apps.get_models():
        if is_history(model):
            # written at once: who acted, by the number, inside the verb that says so
            QuerySet(model).filter(history_user=person.pk).update(**{WHO_DID_IT: person.name})
    said = {*names, *TrailEntry.objects.filter(by=person).order_by().values_list("by_name", flat=True).distinct()}
    now = trail.digest(person.name)
    act.say(person, removed={"by_name": {trail.digest(name): now for name in said}})


def read_key(*, former: FormerPerson, reason: str, by: User, at: datetime.datetime) -> list[str]:
    """The names and addresses behind a number. Reading them is recorded. Raises Refusal without a reason."""
    if not by.has_perm(May.ADMINISTER):
        raise NotAllowed("An administrator does this.")
    if not reason.strip():
        raise Refusal("Say why you need the name.", "reason")
    trail.record(by=by, at=at, verb="read_former_key", reason=reason.strip(), subject=former)
    names: list[str] = json.loads(keys.decrypt(former.key, purpose=keys.PEOPLE))
    return names
