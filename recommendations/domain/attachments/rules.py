"""Who can attach files to what and withdraw them: each side (force or office) on what its own people recorded."""

from recommendations.enums.actions import ActionVoice
from recommendations.models import (
    Action,
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
from recommendations.sections import Section

type Subject = (
    ForceUpdate
    | Assurance
    | Closure
    | Recheck
    | RoundAnswer
    | CommitmentCheck
    | CommitteeRequest
    | Action
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
    "action": Action,
    "tracked": TrackedRecommendation,
}
COLUMN = {model: name for name, model in MODELS.items()}
OF_FORCES = ("update", "answer", "closure", "action")


def kind_of(subject: Subject) -> str:
    """Return a subject's kind, a key of MODELS."""
    return COLUMN[type(subject)]


def force_behind(subject: Subject) -> int | None:
    """Return the id of the force whose user recorded it, or None if it was the office or a command. An action of the
    force is the force's, whoever recorded it.
    """
    if isinstance(subject, Action):
        return int(subject.force_id) if subject.voice == ActionVoice.FORCE else None
    if isinstance(subject, RoundAnswer):
        who = subject.released_by
    elif isinstance(subject, Closure):
        who = subject.requested_by
    else:
        who = subject.recorded_by
    return who.force_id if who else None


def may_attach(user: User, subject: Subject) -> bool:
    """Whether this user can attach files to a subject."""
    return may_attach_to(user, kind_of(subject), force_behind(subject))


def may_attach_to(user: User, kind: str, force: int | None) -> bool:
    """Whether this user can attach files to a record of this kind. `force` is the force that recorded it, or None.

    A force can attach files to its own updates, answers, actions and closure requests; the office to everything else,
    and to closure requests and actions. Nobody can while files are off.
    """
    if not Section.FILES.is_on:
        return False
    if user.force_id:
        return kind in OF_FORCES and force == user.force_id and user.has_perm(May.LOG_FORCE_UPDATE)
    return user.has_perm(May.RECORD_ASSURANCE) and (kind not in ("update", "answer") or force is None)


def may_change(user: User, attachment: Attachment) -> bool:
    """Whether this user can withdraw a file or change its marking: only files that their own side attached."""
    theirs = attachment.recorded_by.force_id if attachment.recorded_by else None
    right = May.LOG_FORCE_UPDATE if user.force_id else May.RECORD_ASSURANCE
    return user.force_id == theirs and user.has_perm(right)


def who_sees(subject: Subject, user: User) -> str:
    """Return a sentence on who else can see a file that this user attaches here."""
    if user.force_id:
        return "The office can see these files."
    if isinstance(subject, CommitmentCheck | CommitteeRequest):
        return "The force and committees cannot see these files."
    return f"{record_of(subject).force} can see these files."


def why_not_now(subject: Subject) -> str:
    """Return the reason why nothing can be attached any more, or ""."""
    if getattr(subject, "withdrawn_at", None) or getattr(record_of(subject), "withdrawn_at", None):
        return "This is withdrawn, and stays as it is."
    return ""
