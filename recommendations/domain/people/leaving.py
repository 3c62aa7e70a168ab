"""Leaving: in one verb the account is closed, sessions end, and open work goes to a colleague."""

import datetime
from collections import defaultdict

from django.db.models import QuerySet

from recommendations.domain.audit.events import HERE, EventOrigin, add_event
from recommendations.domain.ownership.actions import give_actions
from recommendations.domain.ownership.people import LEAD, OFFICE, link_accounts
from recommendations.domain.people.api_tokens import revoke_all_tokens
from recommendations.domain.people.changes import decide
from recommendations.domain.people.committees import seat
from recommendations.domain.people.open_things import LEADS, OpenThing, open_things
from recommendations.domain.people.records import check_itself, check_record
from recommendations.domain.people.sessions import drop_sessions
from recommendations.domain.people.two_people import check_administers
from recommendations.domain.submission.typed_drafts import discard_all_typed
from recommendations.domain.writing.records import lock_row, raise_versions
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.security import AccessAnswer
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import (
    AccountChange,
    Action,
    Commitment,
    CommitteeRequest,
    DocumentDraft,
    DraftCommitment,
    FileDraft,
    Handover,
    Response,
    SheetDraft,
    TrackedRecommendation,
    TypedDraft,
    UpdateRound,
    User,
)
from recommendations.trail import VerbContext, verb

MOST_NAMED = 500  # items named in a handover; the trail entry names all rows


def successors(person: User) -> QuerySet[User]:
    """The users who can take over from this person: active colleagues who see the same, by name."""
    roles = OFFICE if person.role in OFFICE else (person.role,)
    found = User.objects.filter(is_active=True, role__in=roles, force=person.force_id)
    return found.exclude(pk=person.pk).order_by("name")


def leave(
    *,
    person: User,
    to: User | None,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    origin: EventOrigin = HERE,
) -> Handover | None:
    """Close a leaver's account, end their sessions, and hand their open work over to a colleague.

    Raises NotAllowed for one's own account; Refusal without a reason, for a closed account, without a colleague though
    work is open, or for one who can't take over. Only the security event has the reason, since others read the
    histories of what was handed over.
    """
    with verb(Kind.LEFT, by=by, at=at, subject=person) as act:
        check_administers(by)
        before = lock_row(person)
        things = open_things(before)
        _check(before, to, reason, things)
        person = lock_row(before)
        person.is_active = False
        check_record(person, before, by=by, at=at)
        check_itself(person)
        handover = _hand_over(act, person, to, things) if to is not None and things else None
        close_account(act, person)
        said = f"{len(things)} open things to {to}" if handover else "nothing was open"
        add_event(act, account=person, origin=origin, detail=f"{reason.strip()}; {said}")
    return handover


def _check(person: User, to: User | None, reason: str, things: list[OpenThing]) -> None:
    if not person.is_active:
        raise Refusal(f"The account of {person.name} is closed already.", code="closed-already")
    if not reason.strip():
        raise Refusal("Say why, for example: moved to another office.", "reason")
    if things and to is None:
        raise Refusal("Choose who takes over what is open.", "to")
    if to is not None and not successors(person).filter(pk=to.pk).exists():
        raise Refusal(
            f"{to.name} cannot take over: choose a colleague who sees the same.", "to", code="cannot-take-over"
        )


def close_account(act: VerbContext, person: User) -> None:
    """Save an account that can no longer sign in, inside a verb, and end what came with it: words not saved, sessions,
    tokens, committee seats, and a change that waits.
    """
    discard_all_typed(of=person)
    act.save(person)
    revoke_all_tokens(act, person)
    seat(act, person, ())
    for change in AccountChange.objects.open().filter(person=person):
        decide(act, change, AccessAnswer.WITHDRAWN, "The account was closed.")
    drop_sessions(person)


def _hand_over(act: VerbContext, person: User, to: User, things: list[OpenThing]) -> Handover:
    by_model: dict[type, list] = defaultdict(list)
    for thing in things:
        by_model[type(thing.row)].append(thing.row)
    _rename(act, person, to, by_model)
    _move(person, to)
    act.touch(row for model, rows in by_model.items() if hasattr(model, "history") for row in rows)
    items = [[thing.kind, thing.words[:200]] for thing in things[:MOST_NAMED]]
    return act.save(Handover(person=person, to=to, at=act.at, items=items))


def _rename(act: VerbContext, person: User, to: User, by_model: dict[type, list]) -> None:
    """Put the colleague's name on records that name the leaver as responsible, with history."""
    tracked = by_model[TrackedRecommendation]
    for each in tracked:
        for field in LEADS:
            if getattr(each, field).casefold() == person.name.casefold() or _is_lead(each, field, person):
                setattr(each, field, to.name)
    link_accounts(tracked, *LEAD)
    raise_versions(act, tracked)
    act.save_all(tracked)
    for model, field in ((Commitment, "keeper"), (CommitteeRequest, "owner")):
        raise_versions(act, by_model[model])
        for each in by_model[model]:
            setattr(each, field, to.name)
    link_accounts(by_model[Commitment], "keeper", "keeper_person")
    for each in (*by_model[Commitment], *by_model[CommitteeRequest]):
        act.save(each)
    give_actions(act, by_model[Action], to)
    _give_what_is_kept(act, person, to, by_model)
    for draft in by_model[DraftCommitment]:
        draft.keeper = to.name
        # no record: a draft, not saved yet
        draft.save(update_fields=["keeper"])


def _is_lead(tracked: TrackedRecommendation, field: str, person: User) -> bool:
    return field == "opcc_lead" and tracked.opcc_person_id == person.pk


def _give_what_is_kept(act: VerbContext, person: User, to: User, by_model: dict[type, list]) -> None:
    """Hand over rounds and draft responses that they were responsible for."""
    for model in (UpdateRound, Response):
        kept = [each for each in by_model[model] if each.keeper_id == person.pk]
        raise_versions(act, kept)
        for each in kept:
            each.keeper = to
            act.save(each)


def _move(person: User, to: User) -> None:
    """Move unsaved drafts. For a form in which both have one, the colleague keeps their own."""
    taken = TypedDraft.objects.filter(by=to).values("place")
    # written at once: unsaved drafts are no records
    TypedDraft.objects.filter(by=person).exclude(place__in=taken).update(by=to)
    for model in (SheetDraft, FileDraft, DocumentDraft):
        # written at once: uploads in progress are no records
        model._default_manager.filter(by=person).update(by=to)
