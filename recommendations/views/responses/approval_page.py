"""The page of a submitted text: what changed, all its recommendations, and the possible decisions."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime

from recommendations.domain.responses.draft.submitted_text import DraftText, submitted_text
from recommendations.domain.responses.draft.text_differences import Difference, differences, text_published
from recommendations.domain.responses.text import ResponseItem
from recommendations.domain.text.markdown import plain_text
from recommendations.enums import Decision, ResponseState
from recommendations.forms.responses.approvals import DecisionForm, OutsideApprovalForm
from recommendations.models import Response, ResponseSubmission
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import london_day
from recommendations.views.responses.status import Life
from recommendations.views.site.requests import AuthenticatedRequest

LONGEST, LONGEST_ASKED = 70, 45
DECIDED = {
    Decision.APPROVED: "Approved by {who}, {when}.",
    Decision.APPROVED_OUTSIDE: "Approved outside by {outside} on {on}, recorded by {who}, {when}.",
    Decision.SENT_BACK: "Sent back by {who}, {when}.",
    Decision.DROPPED: "Dropped by {who}, {when}.",
    Decision.WAITING: "Waits for a decision.",
}


@dataclass(frozen=True)
class ApprovalRow:
    """A row of the table of all recommendations."""

    item: ResponseItem
    label: str
    asked: str
    said: str
    action: str
    promised: int


@dataclass(frozen=True)
class EarlierText:
    """The text that this one is compared with, and when it was written, in words: "you sent it back on 10 November"."""

    text: DraftText
    day: str
    since: str
    remarks: str = ""
    who: str = ""


@dataclass
class ApprovalPage(Life):
    """A submitted or approved text. `decision` and `outside` are submitted forms to show again."""

    decision: DecisionForm | None = None
    outside: OutsideApprovalForm | None = None
    kind: str = field(default="approval")

    @cached_property
    def text(self) -> DraftText:
        return submitted_text(self.text_submission)

    @cached_property
    def before(self) -> EarlierText | None:
        """The text last sent back or dropped, otherwise the version being corrected, or None if there is neither."""
        earlier = self.response.submissions.exclude(pk=self.text_submission.pk).select_related("decided_by")
        if self.version and self.version.submission_id:
            earlier = earlier.filter(submitted_at__gt=self.version.recorded_at)
        last = earlier.first()
        if last is not None:
            return self._returned_text(last)
        if self.version is None:
            return None
        name, day = f"ersion {self.version.number}", self.day_words(self.version.published_on)
        return EarlierText(text_published(self.version), f"V{name}", f"v{name}, published {day}")

    def _returned_text(self, last: ResponseSubmission) -> EarlierText:
        assert last.decided_at  # it is decided
        day = self.day_words(london_day(last.decided_at))
        by_me = last.decided_by_id == self.user.pk
        who = "you" if by_me else last.decided_by.name if last.decided_by else "the command line"
        verb = "sent it back" if last.decision == Decision.SENT_BACK else "took it back"
        who_said = last.decided_by.name if last.decided_by else ""
        return EarlierText(submitted_text(last), day, f"{who} {verb} on {day}", last.remarks, who_said)

    @cached_property
    def changes(self) -> list[Difference]:
        return differences(self.before.text, self.text) if self.before else []

    @property
    def lines(self) -> list[ApprovalRow]:
        return [self._line(place, item) for place, item in enumerate(self.text.text.items)]

    def _line(self, place: int, item: ResponseItem) -> ApprovalRow:
        promised = sum(each.item == place for each in self.text.commitments)
        said = f"With {item.with_label}" if item.with_label else shorten(plain_text(item.comment), LONGEST)
        asked = shorten(item.heading or item.text, LONGEST_ASKED)
        return ApprovalRow(item, item.label, asked, said or shorten(item.reason, LONGEST), item.action_words, promised)

    @property
    def submitted_words(self) -> str:
        by = self.text_submission.submitted_by
        moment = localtime(self.text_submission.submitted_at)
        return f"Submitted by {by.name if by else 'the command line'} on {moment:%A} {moment.day} {moment:%B, %H:%M}."

    @property
    def decided_words(self) -> str:
        """The decision in a sentence, or "" while it is awaited."""
        return decision_sentence(self.text_submission) if self.text_submission.decision != Decision.WAITING else ""

    @property
    def evidence(self) -> str:
        return self.text_submission.outside_evidence

    @property
    def is_submitted(self) -> bool:
        return self.response.state == ResponseState.SUBMITTED

    @property
    def may_decide(self) -> bool:
        return "approve" in self.verbs and not self.why_not

    @cached_property
    def why_not(self) -> str:
        """Why this approving officer cannot approve this text, or ""."""
        if "approve" not in self.verbs or self.user.pk in {person.pk for person in self.approvers}:
            return ""
        if self.text_submission.submitted_by_id == self.user.pk:
            return "You submitted this response, so another approving officer approves it."
        return "You wrote a part of this response, so another approving officer approves it. You can send it back."

    @property
    def can_send_back_only(self) -> bool:
        return bool(self.why_not) and self.text_submission.submitted_by_id != self.user.pk

    @cached_property
    def decision_form(self) -> DecisionForm:
        return self.decision or DecisionForm(response=self.response)

    @cached_property
    def outside_form(self) -> OutsideApprovalForm:
        return self.outside or OutsideApprovalForm(response=self.response, initial={"approved_on": self.today})

    @property
    def form(self) -> DecisionForm | OutsideApprovalForm | None:
        """The submitted form, for the page's title."""
        return self.decision or self.outside

    @property
    def promised_words(self) -> str:
        """How many commitments will be followed, and the day of the first check."""
        days = [each.check_on for each in self.text.commitments]
        return f"{len(days)}, first on {self.day_words(min(days))}" if days else ""

    @property
    def publish_url(self) -> str:
        return reverse("publish_response", args=[self.response.pk]) if "publish" in self.verbs else ""

    @property
    def seldom_pages(self) -> list[tuple[str, str]]:
        """Address and words of the pages behind "More", for those who may take the text back to be drafted."""
        if "take_back" not in self.verbs:
            return []
        draft = (reverse("draft_response", args=[self.response.pk]), "Look at the draft")
        take_back = (reverse("take_back_response", args=[self.response.pk]), "Take it back to be drafted")
        return [*self.other_pages, draft, take_back]


def decision_sentence(submission: ResponseSubmission) -> str:
    """The decision about a submission, in a sentence."""
    moment = localtime(submission.decided_at) if submission.decided_at else None
    when = f"{moment.day} {moment:%B %Y, %H:%M}" if moment else ""
    on = f"{submission.outside_on.day} {submission.outside_on:%B %Y}" if submission.outside_on else ""
    who = submission.decided_by.name if submission.decided_by else "the command line"
    return DECIDED[Decision(submission.decision)].format(who=who, when=when, outside=submission.outside_by, on=on)


def show(request: AuthenticatedRequest, response: Response, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the page of a submitted or approved text. `forms` are `decision` or `outside`, as submitted."""
    page = ApprovalPage.now(request, response)
    for name, form in forms.items():
        setattr(page, name, form)
    context = {"response": response, "page": page, "form": page.form}
    return render(request, "responses/approval/page.html", context, status=422 if page.form else status)
