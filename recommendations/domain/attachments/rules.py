"""Who may attach a file to what, and take one back: each side to what its own people recorded."""

from recommendations.models import (
    Assurance,
    Attachment,
    Closure,
    CommitmentCheck,
    CommitteeRequest,
    ForceUpdate,
    Recheck,
    RoundAnswer,
    TrackedRecommendation,
    User,
)
from recommendations.models.attachments import record_of
from recommendations.permissions import May

type Subject = (
    ForceUpdate
    | Assurance
    | Closure
    | Recheck
    | RoundAnswer
    | CommitmentCheck
    | CommitteeRequest
    | TrackedRecommendation
)
MODELS: dict[str, type[Subject]] = {
    "update": ForceUpdate,
    "assurance": Assurance,
    "closure": Closure,
    "recheck": Recheck,
    "answer": RoundAnswer,
    "commitment_check": CommitmentCheck,
    "request": CommitteeRequest,
    "tracked": TrackedRecommendation,
}
COLUMN = {model: name for name, model in MODELS.items()}
OF_FORCES = ("update", "answer", "closure")


def kind_of(subject: Subject) -> str:
    """Which kind of MODELS a subject is."""
    return COLUMN[type(subject)]


def force_behind(subject: Subject) -> int | None:
    """The force whose person recorded it; None where that was the office, or a command."""
    if isinstance(subject, RoundAnswer):
        who = subject.released_by
    elif isinstance(subject, Closure):
        who = subject.requested_by
    else:
        who = subject.recorded_by
    return who.force_id if who else None


def may_attach(user: User, subject: Subject) -> bool:
    """Whether this person may attach files to a subject."""
    return may_attach_to(user, kind_of(subject), force_behind(subject))


def may_attach_to(user: User, kind: str, force: int | None) -> bool:
    """Whether this person may attach files to a record of this kind. `force` is the force that recorded it, if any.

    A force may attach to its own updates, answers and requests to close; the office to everything else, and to requests
    to close.
    """
    if user.force_id:
        return kind in OF_FORCES and force == user.force_id and user.has_perm(May.LOG_FORCE_UPDATE)
    return user.has_perm(May.RECORD_ASSURANCE) and (kind not in ("update", "answer") or force is None)


def may_change(user: User, attachment: Attachment) -> bool:
    """Whether this person may withdraw a file or change its marking: one that their own side attached."""
    theirs = attachment.recorded_by.force_id if attachment.recorded_by else None
    right = May.LOG_FORCE_UPDATE if user.force_id else May.RECORD_ASSURANCE
    return user.force_id == theirs and user.has_perm(right)


def who_sees(subject: Subject, user: User) -> str:
    """Who else reads a file that this person attaches to this, in a sentence."""
    if user.force_id:
        return "The office can see these files."
    if isinstance(subject, CommitmentCheck | CommitteeRequest):
        return "The force and committees cannot see these files."
    return f"{record_of(subject).force} can see these files."


def why_not_now(subject: Subject) -> str:
    """Why nothing can be attached any more; empty where something can."""
    if getattr(subject, "withdrawn_at", None) or getattr(record_of(subject), "withdrawn_at", None):
        return "This is withdrawn, and stays as it is."
    return ""
