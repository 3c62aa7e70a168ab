"""Open work of a person, collected from every model that refers to people, and its handover when they leave.

Records of the past never change: who requested, wrote or submitted stays. The colleague who takes over sees such items
as theirs (`people_inherited_from`) and gets the emails. Records that name in words who is responsible from now on
(leads, keepers, owners) get the new name, like any change. Unsaved drafts and uploads move to the colleague.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from recommendations.domain.ownership.actions import open_actions_of
from recommendations.enums import Decision, PaperState, ResponseState
from recommendations.models import (
    Closure,
    CommentsDraft,
    Commitment,
    CommitteeRequest,
    DocumentDraft,
    DraftCommitment,
    DraftPart,
    FactualCheck,
    FileDraft,
    Handover,
    Invitation,
    Response,
    ResponseSubmission,
    RoundDraft,
    ScrutinyReport,
    SheetDraft,
    TrackedRecommendation,
    TypedDraft,
    UpdateRound,
    User,
)
from recommendations.sections import Section

UNSAVED: dict[type[Model], str] = {
    TypedDraft: "Words not saved",
    SheetDraft: "Spreadsheets not brought in",
    FileDraft: "Files of comments not recorded",
    DocumentDraft: "Documents not brought in",
}
LEADS = ("chief_officer_lead", "business_lead", "opcc_lead")


@dataclass(frozen=True)
class OpenThing:
    """One open item: its kind, its words, its address and its row. Words and address are empty for what only its author
    may see.
    """

    kind: str
    words: str
    url: str
    row: Model


def open_things(person: User) -> list[OpenThing]:
    """All open work of this person, including what they took over from others, by kind.

    Without drafts inside a force, which stay with the force's people.
    """
    people = [person, *people_inherited_from(person)]
    return [*_requested_things(people), *_written_things(people), *_named_things(person), *_unsaved_drafts(person)]


def inherited_things(person: User) -> list[OpenThing]:
    """Open work handed over to this person by leavers, including drafts inside their force."""
    people = people_inherited_from(person)
    return [*_requested_things(people), *_written_things(people), *_force_drafts(people)]


def people_inherited_from(person: User) -> list[User]:
    """The leavers whose work this person has now, also through somebody who left since."""
    found: dict[int, User] = {}
    waiting = [person.pk]
    while waiting:
        handed = handovers_to(waiting).select_related("person")
        new = {each.person_id: each.person for each in handed if _is_last(each) and each.person_id not in found}
        found |= new
        waiting = list(new)
    return list(found.values())


def handovers_to(people: list[int]) -> QuerySet[Handover]:
    """The handovers of leavers to people with these ids, also those that a later one took the place of."""
    return Handover.objects.filter(to__in=people, person__is_active=False)


def _is_last(handover: Handover) -> bool:
    """Whether this is the person's latest handover: somebody who returned can leave again."""
    return not Handover.objects.filter(person=handover.person_id, pk__gt=handover.pk).exists()


def successor_of(person: User | None) -> User | None:
    """Who has this person's work today: themselves, or their successor; None if no active user does."""
    seen = set()
    while person is not None and not person.is_active:
        last = Handover.objects.filter(person=person).select_related("to").order_by("-pk").first()
        if last is None or last.pk in seen:
            return None
        seen.add(last.pk)
        person = last.to
    return person


def _requested_things(people: list[User]) -> Iterator[OpenThing]:
    """What they requested and is not yet decided or answered."""
    if Section.ROUNDS.is_on:
        yield from _each("Update rounds", UpdateRound.objects.open().filter(sees_to(people)).select_related("force"))
    closures = Closure.objects.waiting().filter(requested_by__in=people)
    for each in closures.select_related("tracked"):
        yield OpenThing("Closures asked for", str(each.tracked), each.tracked.get_absolute_url(), each)
    checks = FactualCheck.objects.running().filter(sent_by__in=people).select_related("paper__force")
    for check in checks:
        yield OpenThing("Checks of facts", str(check.paper), check.paper.get_absolute_url(), check)
    invited = Invitation.objects.filter(mailed_to__in=people, response__state=ResponseState.DRAFTING)
    for invitation in invited.select_related("response", "force"):
        url = reverse("write_comments", args=[invitation.pk])
        yield OpenThing("Invitations to comment", invitation.response.title, url, invitation)


def sees_to(people: list[User]) -> Q:
    """The condition on rounds that they are responsible for: as keeper or, without a keeper, as requester."""
    return Q(keeper__in=people) | Q(keeper=None, asked_by__in=people)


def _written_things(people: list[User]) -> Iterator[OpenThing]:
    """What they prepared, wrote or submitted and is not finished."""
    drafts = ScrutinyReport.objects.filter(prepared_by__in=people, state=PaperState.DRAFT, part_of__isnull=True)
    yield from _each("Draft papers", drafts.with_forces())
    wrote = DraftPart.objects.filter(saved_by__in=people).values("response")
    sent = ResponseSubmission.objects.filter(submitted_by__in=people, decision=Decision.WAITING).values("response")
    open_states = (ResponseState.DRAFTING, ResponseState.SUBMITTED, ResponseState.APPROVED)
    responses = Response.objects.filter(Q(pk__in=wrote) | Q(pk__in=sent) | Q(keeper__in=people), state__in=open_states)
    yield from _each("Responses", responses)


def _force_drafts(people: list[User]) -> Iterator[OpenThing]:
    """Their drafts inside their force."""
    comments = CommentsDraft.objects.filter(saved_by__in=people, invitation__response__state=ResponseState.DRAFTING)
    for each in comments.select_related("invitation__response", "invitation__force"):
        url = reverse("write_comments", args=[each.invitation_id])
        yield OpenThing("Comments in draft", each.invitation.response.title, url, each)
    answers = RoundDraft.objects.filter(saved_by__in=people, line__round__closed_at__isnull=True)
    if not Section.ROUNDS.is_on:
        answers = answers.none()
    for answer in answers.select_related("line__round__force", "line__tracked"):
        yield OpenThing("Answers in draft", str(answer.line), answer.line.round.get_absolute_url(), answer)


def _named_things(person: User) -> Iterator[OpenThing]:
    """Records that name this person as responsible."""
    leads = Q(*((f"{field}__iexact", person.name) for field in LEADS), ("opcc_person", person), _connector=Q.OR)
    yield from _each("Recommendations they lead", TrackedRecommendation.objects.open().filter(leads).with_record())
    if Section.COMMITMENTS.is_on:
        yield from _each("Commitments they keep", Commitment.objects.running().filter(_keeps(person)))
    yield from _each("Actions they own", open_actions_of(person))
    requests = CommitteeRequest.objects.waiting().filter(owner__iexact=person.name)
    yield from _each("Requests of committees", requests.select_related("panel"))
    marked = DraftCommitment.objects.filter(keeper__iexact=person.name).select_related("part__response")
    for each in marked:
        yield OpenThing("Commitments in drafts", each.part.response.title, each.part.response.get_absolute_url(), each)


def _keeps(person: User) -> Q:
    return Q(keeper__iexact=person.name) | Q(keeper_person=person)


def _unsaved_drafts(person: User) -> Iterator[OpenThing]:
    """Unsaved drafts that only they can see. They move without anybody reading them."""
    for model, kind in UNSAVED.items():
        for each in model._default_manager.filter(by=person):
            yield OpenThing(kind, "", "", each)


def _each(kind: str, rows: Iterable[Any]) -> Iterator[OpenThing]:
    for row in rows:
        yield OpenThing(kind, str(row), row.get_absolute_url(), row)
