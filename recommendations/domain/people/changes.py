"""Changes of accounts. Those that would let one administrator get at records need a second one (`needs_two`), and so
does resetting the second factor of someone who writes.
"""

import datetime
from typing import Any

from recommendations.domain.audit.events import HERE, EventOrigin, add_event
from recommendations.domain.people.records import check_itself, check_record, keep, mark_of
from recommendations.domain.people.renamed import follow_name
from recommendations.domain.people.second_factors import check_reset, remove_factors, reset_second_factor
from recommendations.domain.people.two_people import check_second, has_other_entra_id, needs_two
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums.security import AccessAnswer
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import AccountChange, User
from recommendations.permissions import WRITING_ROLES
from recommendations.trail import VerbContext, verb

CHANGED = ("email", "name", "role", "force", "is_active", "entra_id")  # the fields of an account that a change sets


def change_account(
    *, person: User, by: User | None, at: datetime.datetime, reason: str = "", seen: int | None = None
) -> AccountChange | None:
    """Save an administrator's changes to an account; `person` has the new values. Returns the change if it waits for a
    second administrator, None if it is saved. Raises as `keep` does, and Refusal if another change waits, or if the
    object id in Microsoft Entra changes without a reason or in the step that closes the account.
    """
    before = User.objects.get(pk=person.pk)
    if by is None or not needs_two(before, person):
        keep(record=person, by=by, at=at, reason=reason, seen=seen)
        return None
    with verb(Kind.CHANGE_ASKED, by=by, at=at, reason=reason, subject=before) as act:
        before = lock_row(before)
        if seen is not None and seen != mark_of(before):
            raise Stale(before)
        _check_none_waits(before)
        check_record(person, before, by=by, at=at)
        check_itself(person)
        if has_other_entra_id(before, person):
            _check_entra_id(before, person, reason)
        return _ask(act, before, person)


def _check_entra_id(before: User, person: User, reason: str) -> None:
    if not reason.strip():
        raise Refusal("Say why the object id changes, and how you know whose it is.", "reason", code="no-reason")
    if before.is_active and not person.is_active:
        raise Refusal("Close the account first, then change its object id.", "entra_id", code="account-open")


def reset_factor(
    *, person: User, reason: str, by: User | None, at: datetime.datetime, origin: EventOrigin = HERE
) -> AccountChange | None:
    """Reset a second factor; if the person writes, request it, for another administrator to confirm.

    The command line may reset any. Returns the change if it waits, None if it is done. Raises as `check_reset` does,
    and Refusal if another change waits.
    """
    if by is None or person.role not in WRITING_ROLES:
        reset_second_factor(person=person, reason=reason, by=by, at=at, origin=origin)
        return None
    check_reset(person=person, reason=reason, by=by)
    with verb(Kind.CHANGE_ASKED, by=by, at=at, reason=reason.strip(), subject=person) as act:
        person = lock_row(person)
        _check_none_waits(person)
        return _ask(act, person, person, origin, resets_factor=True)


def _check_none_waits(person: User) -> None:
    if AccountChange.objects.open().filter(person=person).exists():
        raise Refusal(
            "Another change of this account waits for a second administrator. Withdraw that first.",
            code="waits-already",
        )


def _ask(act: VerbContext, person: User, wanted: User, origin: EventOrigin = HERE, **facts: Any) -> AccountChange:
    """Save the requested change, inside a verb."""
    facts |= {name: getattr(wanted, name) for name in CHANGED} | {"seen": mark_of(person)}
    change = AccountChange(person=person, reason=act.reason, asked_at=act.at, asked_by=act.by, **facts)
    act.save(change)
    add_event(act, account=person, origin=origin, detail=change_words(change))
    return change


def change_words(change: AccountChange) -> str:
    """What the account will become: role, force and address if they change, and whether it is reopened, its factor
    reset, or its object id in Microsoft Entra another.
    """
    if change.resets_factor:
        return "second factor reset"
    person, said = change.person, [change.role_words.lower()]
    if change.force and person.force_id != change.force_id:
        said.append(str(change.force))
    if person.email != change.email:
        said.append(change.email)
    if person.entra_id != change.entra_id:
        said.append(f"{'another' if change.entra_id else 'no'} object id in Microsoft Entra")
    if change.is_active and not person.is_active:
        said.append("let in again")
    return ", ".join(said)


def confirm_change(
    *, change: AccountChange, by: User | None, at: datetime.datetime, reason: str = "", origin: EventOrigin = HERE
) -> User:
    """Confirm a change as another administrator, and apply it. Raises NotAllowed for the requester and the person
    concerned; Refusal if it is decided, or the account was changed meanwhile.
    """
    kind = Kind.FACTOR_RESET if change.resets_factor else Kind.CHANGE_CONFIRMED
    with verb(kind, by=by, at=at, reason=reason.strip(), subject=change.person) as act:
        found = _open(change)
        check_second(by=by, asked_by=found.asked_by_id, about=found.person_id, reason=reason)
        person = lock_row(found.person)
        if mark_of(person) != found.seen:
            raise Refusal(
                "The account was changed after this was asked for. Decline it, and have it asked for again.",
                code="changed-meanwhile",
            )
        detail = change_words(found)
        if found.resets_factor:
            check_reset(person=person, reason=found.reason, by=by)
            remove_factors(person)
        else:
            _change(act, person, found)
        decide(act, found, AccessAnswer.CONFIRMED, reason)
        add_event(act, account=person, origin=origin, detail=detail)
    return person


def _change(act: VerbContext, person: User, change: AccountChange) -> None:
    """Apply the requested change to the account, inside a verb."""
    is_renamed = person.name != change.name
    for name in CHANGED:
        setattr(person, name, getattr(change, name))
    check_itself(person)
    act.save(person)
    if is_renamed:
        follow_name(act, person)


def end_change(
    *, change: AccountChange, by: User | None, at: datetime.datetime, reason: str = "", origin: EventOrigin = HERE
) -> AccountChange:
    """Withdraw one's own request, or decline another administrator's with a reason: the account stays as it is."""
    with verb(Kind.CHANGE_ENDED, by=by, at=at, reason=reason.strip(), subject=change.person) as act:
        found = _open(change)
        is_own = by is not None and by.pk == found.asked_by_id
        if not is_own:
            check_second(by=by, asked_by=found.asked_by_id, about=found.person_id, reason=reason)
            if not reason.strip():
                raise Refusal("Say why you decline it.", "reason", code="no-reason")
        answer = AccessAnswer.WITHDRAWN if is_own else AccessAnswer.DECLINED
        decide(act, found, answer, reason)
        add_event(act, account=found.person, origin=origin, detail=f"{change_words(found)}: {answer.label.lower()}")
    return found


def _open(change: AccountChange) -> AccountChange:
    """The change, locked. Raises Refusal if it was decided already."""
    found = lock_row(change)
    if found.decided_at is not None:
        raise Refusal(f"This was {found.get_answer_display().lower()} already.", code="decided-already")
    return found


def decide(act: VerbContext, change: AccountChange, answer: AccessAnswer, reason: str) -> None:
    """Save the decision on a waiting change, inside a verb."""
    change.decided_at, change.decided_by, change.answer, change.why = act.at, act.by, answer, reason.strip()
    act.save(change)
