"""A force's invitations to comment, as its inspection leads see them: the due day and the progress."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When

from recommendations.domain.responses.states import WRITTEN
from recommendations.enums import ResponseState
from recommendations.models import (
    ChiefOfficerComments,
    CommentsDraft,
    Inspection,
    Invitation,
    Response,
    ResponseInspection,
    TrackedRecommendation,
    User,
)


class InvitationState(StrEnum):
    """The state of a force's comments on one report."""

    TO_DO = "to do"
    BEGUN = "draft started"
    SUBMITTED = "submitted"
    RECORDED = "recorded by the office"
    NONE = "none"  # the response was published without comments, or was withdrawn: nothing is due any more


@dataclass(frozen=True)
class InvitationStatus:
    """An invitation and its outcome. `withdrawn` are the comments that the office withdrew most recently, or None."""

    invitation: Invitation
    reports: tuple[Inspection, ...]
    comments: ChiefOfficerComments | None
    draft: CommentsDraft | None
    withdrawn: ChiefOfficerComments | None

    @property
    def response(self) -> Response:
        return self.invitation.response

    @property
    def state(self) -> InvitationState:
        if self.comments:
            return InvitationState.SUBMITTED if self.is_own(self.comments) else InvitationState.RECORDED
        if self.response.state not in WRITTEN:
            return InvitationState.NONE
        return InvitationState.BEGUN if self.draft else InvitationState.TO_DO

    @property
    def waits(self) -> bool:
        """Whether comments are still due, even if late."""
        return self.state in (InvitationState.TO_DO, InvitationState.BEGUN)

    def is_open(self, day: datetime.date) -> bool:
        """Whether the force can write and submit comments on `day`."""
        return self.waits and self.invitation.due_on >= day

    def is_own(self, comments: ChiefOfficerComments) -> bool:
        """Whether the force submitted these comments itself, rather than the office recording them."""
        return bool(comments.recorded_by and comments.recorded_by.force_id == self.invitation.force_id)

    @property
    def title(self) -> str:
        """The titles of the reports that cover the force."""
        return "; ".join(each.title for each in self.reports)

    @property
    def short_name(self) -> str:
        return ", ".join(each.short_name for each in self.reports)

    @property
    def published_at(self) -> str:
        """The response's public address, or "" if it has none."""
        return self.response.get_public_url() if self.response.slug else ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether the response itself was withdrawn."""
        return self.response.state == ResponseState.WITHDRAWN


def invitations_of(user: User) -> QuerySet:
    """Invitations to this user's force: waiting ones first, by due day, then the rest, newest first."""
    here = ChiefOfficerComments.objects.standing().filter(response=OuterRef("response"), force=OuterRef("force"))
    waits = Q(response__state__in=WRITTEN) & ~Exists(here)
    rows = Invitation.objects.visible_to(user).filter(sent_on__isnull=False)
    rows = rows.annotate(
        settled=Case(When(waits, then=Value(0)), default=Value(1)),
        by_day=Case(When(waits, then=F("due_on")), output_field=DateField()),
    )
    return _with_related(rows, user).order_by("settled", "by_day", "-due_on", "-pk")


def _with_related(rows: QuerySet, user: User) -> QuerySet:
    """Add everything that a row needs, limited to what the user can see: three more queries."""
    answers = ResponseInspection.objects.filter(inspection__in=Inspection.objects.visible_to(user))
    answers = answers.select_related("inspection").order_by("inspection__published_on", "inspection")
    said = ChiefOfficerComments.objects.visible_to(user).select_related("recorded_by").defer("text")
    return rows.select_related("response__body", "force", "recorded_by", "draft__saved_by").prefetch_related(
        Prefetch("response__answers", answers, to_attr="of_the_force"),
        Prefetch("response__chief_officers", said, to_attr="said_by_the_force"),
    )


def invitation_status(invitation: Invitation) -> InvitationStatus:
    """Return the status of one invitation from `invitations_of`. No query."""
    response = invitation.response
    said = [each for each in response.said_by_the_force if each.force_id == invitation.force_id]
    gone = sorted((each for each in said if each.withdrawn_at), key=lambda each: (each.withdrawn_at, each.pk))
    return InvitationStatus(
        invitation=invitation,
        reports=tuple(each.inspection for each in response.of_the_force),
        comments=next((each for each in said if each.withdrawn_at is None), None),
        draft=getattr(invitation, "draft", None),
        withdrawn=gone[-1] if gone else None,
    )


def waiting(user: User) -> list[InvitationStatus]:
    """Invitations still waiting for this user's force, earliest due day first."""
    return [invitation_status(each) for each in invitations_of(user).filter(settled=0)]


def recommendations_of(status: InvitationStatus, user: User) -> QuerySet:
    """The recommendations in these reports that are directed to this user's force, in the reports' order."""
    tracked = TrackedRecommendation.objects.visible_to(user).filter(
        recommendation__inspection__in=status.reports, directed_to_force=True
    )
    order = ("recommendation__inspection__published_on", "recommendation__inspection", "recommendation__position", "pk")
    return tracked.with_record().prefetch_related("recommendation__parts").order_by(*order)
