"""Attached files as pages read them: a record's files, and what each is attached to."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from recommendations.domain.attachments.rules import MODELS, Subject, kind_of
from recommendations.models import (
    Action,
    Assurance,
    Attachment,
    Closure,
    Commitment,
    CommitmentCheck,
    CommitteeRequest,
    ForceUpdate,
    Recheck,
    RoundAnswer,
    StoredFile,
    TrackedRecommendation,
    UpdateRound,
    User,
)
from recommendations.models.attachments import AttachmentQuerySet
from recommendations.periods import london_day, say
from recommendations.permissions import May

# The name of each kind in addresses.
KINDS = {
    "force-update": "update",
    "assurance": "assurance",
    "closure": "closure",
    "look": "recheck",
    "answer": "answer",
    "check": "commitment_check",
    "request": "request",
    "action": "action",
    "recommendation": "tracked",
}
SLUGS = {kind: slug for slug, kind in KINDS.items()}


def subjects_for(user: User, kind: str) -> QuerySet:
    """Return what files of a kind (a value of KINDS) can be attached to, among what this user can see."""
    seen = TrackedRecommendation.objects.visible_to(user)
    if kind == "tracked":
        return seen.with_record()
    if kind == "request":
        return CommitteeRequest.on_file.visible_to(user) if user.has_perm(May.DRAFT_PAPER) else _none(kind)
    if kind == "action":
        return Action.objects.visible_to(user).select_related("force")
    if kind == "commitment_check":
        return CommitmentCheck.objects.filter(commitment__in=Commitment.objects.visible_to(user))
    if kind == "answer":
        rounds = UpdateRound.objects.visible_to(user)
        return RoundAnswer.objects.filter(line__round__in=rounds, line__tracked__in=seen)
    return MODELS[kind].objects.filter(tracked__in=seen)


def _none(kind: str) -> QuerySet:
    return MODELS[kind].objects.none()


def title_of(subject: Subject) -> str:
    """Return the title of what a file is attached to: "Force update, 3 November 2026"."""
    if isinstance(subject, TrackedRecommendation):
        return "The recommendation"
    if isinstance(subject, CommitteeRequest):
        return f"{subject}"
    if isinstance(subject, Action):
        return f"Action: {subject}"
    if isinstance(subject, Closure):
        return f"Request to close, {say(subject.requested_on)}"
    names = {ForceUpdate: "Force update", Assurance: "OPCC assurance", CommitmentCheck: "Check", Recheck: "Look"}
    if isinstance(subject, RoundAnswer):
        return f"Answer, {say(london_day(subject.released_at))}"
    return f"{names[type(subject)]}, {say(subject.effective_on)}"


def files_on(subject: Subject, user: User) -> list[Attachment]:
    """Return the files on one subject that this user can see, including withdrawn ones, oldest first."""
    found = Attachment.on_file.visible_to(user).filter(**{kind_of(subject): subject})
    return list(found.select_related("recorded_by", "withdrawn_by").order_by("id"))


def files_of(record: TrackedRecommendation, user: User) -> list[Attachment]:
    """Return the valid files of a tracked recommendation and of everything recorded about it.

    One query if there are none, as for most records, or else two: the one with their subjects joins fifteen tables.
    """
    ids = list(Attachment.objects.visible_to(user).of_tracked(record.pk).values_list("pk", flat=True))
    return list(Attachment.objects.filter(pk__in=ids).with_subject().order_by("id")) if ids else []


def files_on_many(kind: str, pks: Iterable[int], user: User) -> dict[int, list[Attachment]]:
    """Return the valid files on several subjects of one kind, by subject id. One query."""
    found: dict[int, list[Attachment]] = {}
    seen = Attachment.objects.visible_to(user).filter(**{f"{kind}__in": list(pks)})
    for each in seen.select_related("recorded_by").order_by("id"):
        found.setdefault(getattr(each, f"{kind}_id"), []).append(each)
    return found


def files_not_read_whole(files: AttachmentQuerySet) -> AttachmentQuerySet:
    """Return those of these files that say or show more than their stored text, newest first."""
    unread = StoredFile.objects.filter(is_read_whole=False).values("sha256")
    return files.filter(removed_at__isnull=True, sha256__in=unread).order_by("-pk")


def files_by_entry(files: list[Attachment]) -> dict[tuple[str, int], list[Attachment]]:
    """Return files by (kind, id) of what they are shown with: an answer's also by the update and closure it became."""
    found = defaultdict(list)
    for each in files:
        found[each.kind, each.subject.pk].append(each)
        if each.answer:
            for kind in ("update", "closure"):
                if pk := getattr(each.answer, f"{kind}_id"):
                    found[kind, pk].append(each)
    return found
