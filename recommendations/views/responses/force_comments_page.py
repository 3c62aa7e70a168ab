"""The force's own pages for its chief officer's comments: the rows of the list, and one invitation."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from recommendations.documents.responses.form_text import officer_title, signature
from recommendations.domain.responses.chief_officers import force_invitations
from recommendations.domain.responses.chief_officers.drafts import begins_with
from recommendations.domain.responses.chief_officers.force_invitations import InvitationState, InvitationStatus
from recommendations.domain.responses.chief_officers.submission import Submitted
from recommendations.domain.responses.text import ChiefOfficer
from recommendations.models import ChiefOfficerComments, TrackedRecommendation, User
from recommendations.periods import london_day, say, time_left
from recommendations.views.public.response_page import SubmittedComments


class InvitationRow(NamedTuple):
    """One invitation in the list: the time left, its state, and a remark on the state."""

    asked: InvitationStatus
    url: str
    left: str
    state: str
    more: str


def rows_of(statuses: list[InvitationStatus], day: datetime.date) -> list[InvitationRow]:
    """The rows of a page of the list. No queries."""
    return [_row(each, day) for each in statuses]


def _row(each: InvitationStatus, day: datetime.date) -> InvitationRow:
    remaining = time_left(each.invitation.due_on, day) if each.waits else ""
    return InvitationRow(each, reverse("write_comments", args=[each.invitation.pk]), remaining, *_state(each))


def _state(each: InvitationStatus) -> tuple[str, str]:
    if each.comments:
        return came(each), ""
    if each.state == InvitationState.NONE:
        return "Not submitted", ""
    gone_at = each.withdrawn.withdrawn_at if each.withdrawn else None
    more = f"withdrawn by {office_of(each)} on {say(london_day(gone_at))}" if gone_at else ""
    if each.state == InvitationState.TO_DO:
        return "To do", more
    assert each.draft  # started
    who = f" by {each.draft.saved_by.name}" if each.draft.saved_by else ""
    return "Draft started", more or f"saved{who} on {say(london_day(each.draft.saved_at))}"


def came(each: InvitationStatus) -> str:
    """How and when the current comments came: submitted by whom, or recorded by the office."""
    assert each.comments
    on = say(london_day(each.comments.recorded_at))
    if each.state == InvitationState.SUBMITTED and each.comments.recorded_by:
        return f"Submitted on {on} by {each.comments.recorded_by.name}"
    return f"Recorded by {office_of(each)} on {on}"


def office_of(each: InvitationStatus) -> str:
    """The name of the office that invites."""
    return each.response.body.office_name


def as_published(force: str, comments: ChiefOfficerComments | Submitted) -> SubmittedComments:
    """The comments as the public page will print them."""
    words = ChiefOfficer(
        force=force,
        text=comments.text,
        signed_by=comments.signed_by,
        signed_as=comments.signed_as,
        dated_on=comments.dated_on,
    )
    return SubmittedComments(f"Comments of the {officer_title(words)}", words, signature(words))


@dataclass
class ForceCommentsPage:
    """One invitation as users of the force see it on a day."""

    asked: InvitationStatus
    user: User
    day: datetime.date

    @property
    def office(self) -> str:
        return office_of(self.asked)

    @property
    def force(self) -> str:
        return self.asked.invitation.force.name

    @property
    def url(self) -> str:
        return reverse("write_comments", args=[self.asked.invitation.pk])

    @property
    def is_open(self) -> bool:
        return self.asked.is_open(self.day)

    @property
    def is_late(self) -> bool:
        return self.asked.waits and not self.is_open

    @property
    def left(self) -> str:
        return time_left(self.asked.invitation.due_on, self.day)

    @property
    def came(self) -> str:
        return came(self.asked)

    @property
    def ask(self) -> str:
        """Whom to ask at the office: the person who invited, while their account is active, otherwise the office."""
        who = self.asked.invitation.recorded_by
        return f"{who.name} at {self.office}" if who and who.is_active else self.office

    @cached_property
    def recommendations(self) -> list[TrackedRecommendation]:
        return list(force_invitations.recommendations_of(self.asked, self.user))

    @cached_property
    def values(self) -> dict[str, str]:
        """The initial values of the form."""
        return begins_with(self.asked.invitation, self.asked.draft)

    @property
    def said(self) -> SubmittedComments:
        """The current comments, as published."""
        assert self.asked.comments
        return as_published(self.force, self.asked.comments)

    @property
    def draft(self) -> SubmittedComments:
        """A draft that can no longer be submitted, as it was left."""
        kept = self.asked.draft
        assert kept
        signed = ", ".join(filter(None, (kept.signed_by, kept.signed_as, kept.dated)))
        return SubmittedComments(
            "Your draft, which was not submitted", ChiefOfficer(force=self.force, text=kept.text), signed
        )

    @property
    def withdrawn_text(self) -> str:
        """Comments that the force submitted and the office withdrew. Any recorded by the office may have been
        another force's."""
        gone = self.asked.withdrawn
        return gone.text if gone and self.asked.is_own(gone) else ""
