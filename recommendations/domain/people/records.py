"""People, forces, bodies, panels, labels, the RAG rule: what an administrator keeps.

The admin saves through these verbs; nothing is deleted.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError
from django.db.models import Model, Q

from recommendations.domain.custody.visits import check_suite
from recommendations.domain.panels.panels import check_member, check_panel
from recommendations.domain.people.api_tokens import revoke_all_tokens
from recommendations.domain.people.effects import gaps_of, left_with, of_these_days, uses_of
from recommendations.domain.people.renamed import follow_name, take_up_named
from recommendations.domain.people.sessions import end_all_sessions
from recommendations.domain.people.two_people import needs_two
from recommendations.domain.writing.records import locked
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.domain.writing.typed_drafts import discard_all_typed
from recommendations.enums import Grade, Rag, Vocabulary
from recommendations.models import (
    CustodySuite,
    Force,
    FormerPerson,
    Label,
    Oversight,
    Panel,
    PanelMember,
    PeelCycle,
    PeelGrade,
    RagRule,
    User,
)
from recommendations.models.settings import DEFAULT_LABELS
from recommendations.periods import london_day, say
from recommendations.trail import Act, verb


def keep[Row: Model](
    *, record: Row, by: User | None, at: datetime.datetime, reason: str = "", seen: int | None = None
) -> Row:
    """Save a record of an administrator's: a force, a body, a panel, its member, a label, a rule, a link, a person.

    `seen` is the record's mark (`mark_of`) when the person read it; None (a command) does not check it. Raises Refusal
    for what the record itself forbids, an overlapping link, a rule of a past day, or an administrator who would lock
    themselves out; Stale where somebody else saved the record after it was read.
    """
    adding = record._state.adding
    with verb(f"{'add' if adding else 'edit'}_{record._meta.model_name}", by=by, at=at, reason=reason) as act:
        act.subject = record
        before = None if adding else _as_it_stands(record)
        if before is not None and seen is not None and seen != mark_of(before):
            raise Stale(before)
        check_record(record, before, by=by, at=at)
        if isinstance(record, User):
            _check_two(record, before if isinstance(before, User) else None, by)
        check_itself(record)
        try:
            act.save(record)
        except IntegrityError:  # on PostgreSQL two people can pass the check above at one moment
            raise Refusal("Someone has just saved a record with the same name. Check it, then save again.") from None
        if isinstance(record, User) and not record.is_active:
            discard_all_typed(of=record)
            revoke_all_tokens(act, record)
        if isinstance(record, User):
            _follow(act, record, before)
    if isinstance(record, User) and not record.is_active:
        end_all_sessions(person=record, why="deactivated", by=by, at=at)
    return record


def _follow(act: Act, person: User, before: Model | None) -> None:
    """What says by name who sees to it goes with the account."""
    if before is None:
        take_up_named(act, person)
    elif isinstance(before, User) and before.name != person.name:
        follow_name(act, person)


def _as_it_stands[Row: Model](record: Row) -> Row:
    """The record, locked; Refusal where somebody withdrew it meanwhile."""
    try:
        return locked(record)
    except ObjectDoesNotExist:
        raise Refusal("Someone has withdrawn this. It stays as it is.") from None


def mark_of(record: Any) -> int | None:
    """Which of its saves a record was last read at: the number of its latest history row."""
    return record.history.order_by("-history_id").values_list("history_id", flat=True).first()


def check_itself(record: Model) -> None:
    """Raise Refusal for the record's own fields and constraints, beside the first field that is wrong."""
    try:
        record.full_clean(exclude=["password"])
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise Refusal(messages[0], None if field == "__all__" else field) from None


def _check_overlap(link: Oversight, before: Oversight | None, by: User | None, at: datetime.datetime) -> None:
    """One body oversees a force at a time. The force is locked, so two administrators cannot pass each other."""
    locked(link.force)
    last = link.until or datetime.date.max
    other = Oversight.objects.filter(
        Q(until__isnull=True) | Q(until__gte=link.since), force=link.force, since__lte=last
    ).exclude(pk=link.pk)
    if other.exists():
        raise Refusal("Another body oversees this force on some of these days. End that first.", "since")
    for first, last in gaps_of(link):
        if found := of_these_days(link.force, first, last):
            raise Refusal(
                f"From {say(first)} to {say(last)} no one would oversee {link.force}, and there are of these days: "
                f"{', '.join(found)}. Leave no such gap.",
                "since",
            )


def _check_force(force: Force, before: Force | None, by: User | None, at: datetime.datetime) -> None:
    """A force does not end on a day that has passed while something is still open with it."""
    if before is None or force.until is None or force.until == before.until or force.until >= london_day(at):
        return
    if left := left_with(force):
        raise Refusal(
            f"{say(force.until)} has passed, and still with this force are: {', '.join(left)}. Enter today or a later "
            "day, or move what is open to the force that follows first (the command succeed_force).",
            "until",
        )


def _check_person(person: User, before: User | None, by: User | None, at: datetime.datetime) -> None:
    if by is not None and person.pk == by.pk and (not person.is_active or person.role != by.role):
        raise NotAllowed("You cannot change your own role or deactivate yourself: ask another administrator.")
    returns = before is not None and not before.is_active and person.is_active
    if returns and FormerPerson.objects.filter(person=person).exists():
        raise Refusal("This person is shown by a number for good. Add a new account.", "is_active")


def _check_two(person: User, before: User | None, by: User | None) -> None:
    """Only the command line gives a role that approves or administers alone: the first administrator, or in need."""
    if by is not None and needs_two(before, person):
        raise NotAllowed("A role that approves or administers is confirmed by another administrator.")


def _check_rule(rule: RagRule, before: RagRule | None, by: User | None, at: datetime.datetime) -> None:
    """What was shown on past days stays as it was: a rule begins today or later, and changes until it begins."""
    today = london_day(at)
    if before is not None and before.since < today:
        raise Refusal(f"This rule is in force since {say(before.since)}. Add a new rule that begins today or later.")
    if rule.since < today:
        raise Refusal(f"{say(rule.since)} is in the past. Enter today or a later day.", "since")
    said: dict[str, Rag] = {}
    for each in Rag:
        word = getattr(rule, each.value).strip().casefold()
        if word in said:
            raise Refusal(f"{said[word].label} has this word already. Each colour has a word of its own.", each.value)
        said[word] = each


def _check_label(label: Label, before: Label | None, by: User | None, at: datetime.datetime) -> None:
    if label.vocabulary == Vocabulary.RISK and label.key not in DEFAULT_LABELS[Vocabulary.RISK]:
        raise Refusal("Risk has three levels. Use the key high, medium or low.", "key")
    if before is None:
        return
    is_used = uses_of(before)
    if (before.vocabulary, before.key) != (label.vocabulary, label.key) and (
        is_used or before.vocabulary != label.vocabulary
    ):
        raise Refusal("Records use this key, so it stays. Change its words instead.", "key")
    if label.ended and is_used and label.key not in DEFAULT_LABELS[Vocabulary(label.vocabulary)]:
        raise Refusal(f"{is_used} records say it, so it stays. Change its words instead.", "ended")


def check_record(record: Model, before: Model | None, *, by: User | None, at: datetime.datetime) -> None:
    """Raise Refusal as `keep` will for what the kind of record forbids; `before` is the record as it stands."""
    found = CHECKS.get(type(record))
    if found:
        found(record, before, by, at)


def _check_cycle(cycle: PeelCycle, before: PeelCycle | None, by: User | None, at: datetime.datetime) -> None:
    """A cycle does not begin after a grade of it that is on record, nor lose a grade that was given."""
    given = PeelGrade.objects.standing().filter(cycle=cycle) if before else PeelGrade.objects.none()
    first = given.order_by("effective_on").values_list("effective_on", flat=True).first()
    if first and cycle.since > first:
        raise Refusal(f"A grade of {say(first)} is on record for it. Enter that day or an earlier one.", "since")
    if not cycle.has_adequate and given.filter(grade=Grade.ADEQUATE).exists():
        raise Refusal("A force was graded “adequate” in this cycle, so it has that grade.", "has_adequate")


CHECKS: dict[type, Callable[..., None]] = {
    Oversight: _check_overlap,
    Force: _check_force,
    User: _check_person,
    RagRule: _check_rule,
    Label: _check_label,
    PeelCycle: _check_cycle,
    CustodySuite: check_suite,
    Panel: lambda panel, before, by, at: check_panel(panel, before),
    PanelMember: check_member,
}


def add_person(
    *, email: str, name: str, role: str, by: User | None, at: datetime.datetime, force: Force | None = None
) -> User:
    """Give a person an account. It has no password until they set one by the link in an e-mail.

    Raises Refusal for an address that has an account, or a force where the role has none (or none where it has one).
    """
    person = User(email=email.strip(), name=name.strip(), role=role, force=force)
    person.set_unusable_password()
    return keep(record=person, by=by, at=at)


def set_password(*, person: User, password: str, by: User | None, at: datetime.datetime) -> User:
    """Give a person a new password. The trail says that it was set, and nothing of it."""
    with verb("set_password", by=by, at=at, subject=person):
        person.set_password(password)
        # no record: a password is in no history
        person.save(update_fields=["password"])
    return person
