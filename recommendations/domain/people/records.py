"""The verbs for an administrator's records: people, forces, bodies, panels, labels, RAG rules, bank holidays.

The admin saves through these; nothing is deleted.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.db.models import Model, Q

from recommendations.domain.custody.visits import check_suite
from recommendations.domain.forces.details import save_former_details
from recommendations.domain.panels.panels import check_member, check_panel
from recommendations.domain.people.api_tokens import revoke_all_tokens
from recommendations.domain.people.effects import A_DAY, gaps_of, open_with_force, records_in_days, uses_of
from recommendations.domain.people.renamed import follow_name, link_named_records
from recommendations.domain.people.sessions import end_all_sessions
from recommendations.domain.people.two_people import has_other_address, needs_two
from recommendations.domain.register.entries import join_words
from recommendations.domain.submission.typed_drafts import discard_all_typed
from recommendations.domain.writing.records import check_itself, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.email_addresses import why_unreachable
from recommendations.enums import Grade, Rag, Vocabulary
from recommendations.models import (
    BankHoliday,
    CustodySuite,
    Force,
    FormerBodyDetails,
    FormerForceDetails,
    FormerPerson,
    Label,
    Oversight,
    Panel,
    PanelMember,
    PeelCycle,
    PeelGrade,
    PolicingBody,
    RagRule,
    User,
)
from recommendations.models.settings import DEFAULT_LABELS
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb
from recommendations.working_days import not_a_working_day


def keep[Row: Model](
    *,
    record: Row,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    seen: int | None = None,
    from_day: datetime.date | None = None,
) -> Row:
    """Save an administrator's record: a force, body, panel, member, label, rule, oversight or user.

    `from_day` is the day from which a force or body has the new name, head or address; without it they hold for the
    past too, as the correction of a mistake.

    `seen` is the record's mark (`mark_of`) when the user read it; None (a command) skips the check. Raises Refusal
    for what the record itself forbids, an overlapping oversight, a rule of a past day, or an administrator who would
    lock themselves out; Stale if someone else saved the record since it was read.
    """
    adding = record._state.adding
    with verb(f"{'add' if adding else 'edit'}_{record._meta.model_name}", by=by, at=at, reason=reason) as act:
        act.subject = record
        before = None if adding else _lock_current(record)
        if before is not None and seen is not None and seen != mark_of(before):
            raise Stale(before)
        check_record(record, before, by=by, at=at)
        if isinstance(record, FormerForceDetails | FormerBodyDetails) and not reason.strip():
            raise Refusal("Say why this is corrected.", "reason", code="no-reason")
        if from_day and isinstance(record, Force | PolicingBody) and isinstance(before, Force | PolicingBody):
            save_former_details(act, record, before, from_day)
        if isinstance(record, User):
            _check_two(record, before if isinstance(before, User) else None, by)
        check_itself(record)
        try:
            act.save(record)
        except IntegrityError:  # on PostgreSQL two concurrent saves can both pass the check above
            raise Refusal("Someone has just saved a record with the same name. Check it, then save again.") from None
        if isinstance(record, User) and not record.is_active:
            discard_all_typed(of=record)
            revoke_all_tokens(act, record)
        if isinstance(record, User):
            _follow(act, record, before)
    if isinstance(record, User) and not record.is_active:
        end_all_sessions(person=record, why="deactivated", by=by, at=at)
    return record


def _follow(act: VerbContext, person: User, before: Model | None) -> None:
    """Update the names on open records after an account was created or renamed."""
    if before is None:
        link_named_records(act, person)
    elif isinstance(before, User) and before.name != person.name:
        follow_name(act, person)


def _lock_current[Row: Model](record: Row) -> Row:
    """The record, locked. Raises Refusal if it was withdrawn meanwhile."""
    try:
        return lock_row(record)
    except ObjectDoesNotExist:
        raise Refusal("Someone has withdrawn this. It stays as it is.", code="withdrawn") from None


def mark_of(record: Any) -> int | None:
    """The id of the record's latest history row, which identifies the version that was read."""
    return record.history.order_by("-history_id").values_list("history_id", flat=True).first()


def _check_overlap(link: Oversight, before: Oversight | None, by: User | None, at: datetime.datetime) -> None:
    """One body oversees a force at a time. Locks the force, against concurrent saves."""
    lock_row(link.force)
    last = link.until or datetime.date.max
    others = Oversight.objects.within(link.since, last).filter(force=link.force).exclude(pk=link.pk)
    if other := others.select_related("body").order_by("since").first():
        raise Refusal(_overlap_words(other, link), "since", code="overlap")
    if link.body.until and last > link.body.until:
        raise Refusal(
            f"{link.body} ends on {say(link.body.until)}. Enter that day or an earlier one.", "until", code="after-end"
        )
    for first, last in gaps_of(link):
        if found := records_in_days(link.force, first, last):
            raise Refusal(
                f"From {say(first)} to {say(last)} no one would oversee {link.force}, and there are of these days: "
                f"{', '.join(found)}. Leave no such gap.",
                "since",
            )


def _overlap_words(other: Oversight, link: Oversight) -> str:
    ends = f"to {say(other.until)}" if other.until else "with no last day"
    words = f"{other.body} oversees {link.force} from {say(other.since)} {ends}."
    if other.since >= link.since:
        return f"{words} End this one before that day."
    return f"{words} End that first, on {say(link.since - A_DAY)}, if this one begins on {say(link.since)}."


def _check_body(body: PolicingBody, before: PolicingBody | None, by: User | None, at: datetime.datetime) -> None:
    """A body can't end before its oversight of a force does."""
    if before is None or body.until is None or body.until == before.until:
        return
    later = body.oversights.filter(Q(until__isnull=True) | Q(until__gt=body.until))
    if links := list(later.select_related("force").order_by("force__name")):
        forces = join_words([f"{link.force} {_until_words(link)}" for link in links])
        raise Refusal(
            f"It oversees {forces}. End that first, on {say(body.until)} or earlier, under “Who oversees whom”.",
            "until",
            code="still-oversees",
        )


def _until_words(link: Oversight) -> str:
    return f"until {say(link.until)}" if link.until else "with no last day"


def _check_force(force: Force, before: Force | None, by: User | None, at: datetime.datetime) -> None:
    """A force can't end on a past day while something is still open with it."""
    if before is None or force.until is None or force.until == before.until or force.until >= london_day(at):
        return
    if left := open_with_force(force):
        raise Refusal(
            f"{say(force.until)} has passed, and still with this force are: {', '.join(left)}. Enter today or a later "
            "day, or move what is open to the force that follows first (the command succeed_force).",
            "until",
        )


def check_reachable(email: str) -> None:
    """Raise Refusal if no mail can reach an address: whoever has it could never set a password."""
    if why := why_unreachable(email):
        raise Refusal(why, "email", code="unreachable")


def _check_person(person: User, before: User | None, by: User | None, at: datetime.datetime) -> None:
    if before is None or has_other_address(before, person):
        check_reachable(person.email)
    if by is not None and person.pk == by.pk and (not person.is_active or person.role != by.role):
        raise NotAllowed("You cannot change your own role or deactivate yourself: ask another administrator.")
    returns = before is not None and not before.is_active and person.is_active
    if returns and FormerPerson.objects.filter(person=person).exists():
        raise Refusal(
            "This person is shown by a number for good. Add a new account.", "is_active", code="shown-by-number"
        )


def _check_two(person: User, before: User | None, by: User | None) -> None:
    """Only the command line can give such a role without a second person: the first administrator, or in need."""
    if by is not None and needs_two(before, person):
        raise NotAllowed("Another administrator confirms this change of an account.")


def _check_rule(rule: RagRule, before: RagRule | None, by: User | None, at: datetime.datetime) -> None:
    """A rule begins today or later, and can be changed until it begins: what past days showed must not change."""
    today = london_day(at)
    if before is not None and before.since < today:
        raise Refusal(
            f"This rule is in force since {say(before.since)}. Add a new rule that begins today or later.",
            code="in-force",
        )
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


def _check_holiday(holiday: BankHoliday, before: BankHoliday | None, by: User | None, at: datetime.datetime) -> None:
    """A proclaimed bank holiday is on a day that would be a working day."""
    if why := not_a_working_day(holiday.on, {}):
        raise Refusal(f"{say(holiday.on)} is {why} already, so it is no working day.", "on")


def check_record(record: Model, before: Model | None, *, by: User | None, at: datetime.datetime) -> None:
    """Raise Refusal as `keep` would for rules of this kind of record; `before` is the record as stored."""
    found = CHECKS.get(type(record))
    if found:
        found(record, before, by, at)


def _check_cycle(cycle: PeelCycle, before: PeelCycle | None, by: User | None, at: datetime.datetime) -> None:
    """A cycle can't begin after a recorded grade of it, nor lose a grade that was given."""
    given = PeelGrade.objects.standing().filter(cycle=cycle) if before else PeelGrade.objects.none()
    first = given.order_by("effective_on").values_list("effective_on", flat=True).first()
    if first and cycle.since > first:
        raise Refusal(
            f"A grade of {say(first)} is on record for it. Enter that day or an earlier one.",
            "since",
            code="earlier-on-record",
        )
    if not cycle.has_adequate and given.filter(grade=Grade.ADEQUATE).exists():
        raise Refusal(
            "A force was graded “adequate” in this cycle, so it has that grade.", "has_adequate", code="graded-adequate"
        )


CHECKS: dict[type, Callable[..., None]] = {
    Oversight: _check_overlap,
    Force: _check_force,
    PolicingBody: _check_body,
    User: _check_person,
    RagRule: _check_rule,
    Label: _check_label,
    BankHoliday: _check_holiday,
    PeelCycle: _check_cycle,
    CustodySuite: check_suite,
    Panel: lambda panel, before, by, at: check_panel(panel, before),
    PanelMember: check_member,
}


def add_person(
    *, email: str, name: str, role: str, by: User | None, at: datetime.datetime, force: Force | None = None
) -> User:
    """Give a person an account, without a password until they set one by an emailed link.

    Raises Refusal if the address has an account, or the force does not fit the role.
    """
    person = User(email=email.strip(), name=name.strip(), role=role, force=force)
    person.set_unusable_password()
    return keep(record=person, by=by, at=at)


def set_password(*, person: User, password: str, by: User | None, at: datetime.datetime) -> User:
    """Set a person's password. The trail records that it was set, and nothing of it."""
    with verb("set_password", by=by, at=at, subject=person):
        person.set_password(password)
        # no record: a password is in no history
        person.save(update_fields=["password"])
    return person
