"""A response before it is public: its state and possible actions, shared by all its pages."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.inspections.statutory_clock import Clock, clock, soonest
from recommendations.domain.ownership.keepers import is_over
from recommendations.domain.responses.chief_officers.section import ChiefOfficerVoice, spoke_elsewhere, voices_of
from recommendations.domain.responses.draft.approval_workflow import approvers_of
from recommendations.domain.responses.draft.parts import parts_of, reports_of
from recommendations.domain.responses.states import WRITTEN, latest_submission, verbs_for
from recommendations.enums import Decision, ResponseState
from recommendations.models import DraftPart, Inspection, Response, ResponseSubmission, ResponseVersion, User
from recommendations.periods import london_day
from recommendations.permissions import May
from recommendations.views.responses.steps import ResponseStep, short_day, steps_of
from recommendations.views.site.requests import AuthenticatedRequest

# Why a submitted text is a draft again.
# Some of Decision: no other one makes it a draft.
CAME_BACK = {
    Decision.SENT_BACK: "Sent back by {who} on {day}.",
    Decision.DROPPED: "Taken back by {who} on {day}: it has to be submitted again.",
}
# Verb → URL name and label of its link on the response's page.
BUTTONS = {
    "publish": ("publish_response", "Publish"),
    "correct": ("correct_response", "Start a correction"),
    "take_back": ("take_back_response", "Take it back"),
    "drop_correction": ("drop_correction", "Drop the correction"),
    "withdraw_response": ("withdraw_response", "Withdraw the response"),
}


def visible(request: AuthenticatedRequest, pk: int) -> Response:
    """The response with its body; raises Http404 if the user may not see it."""
    return get_object_or_404(Response.objects.visible_to(request.user).select_related("body"), pk=pk)


@dataclass
class Life:
    """A response as its pages show it. Days are in Europe/London."""

    response: Response
    user: User
    moment: datetime.datetime

    @classmethod
    def now(cls, request: AuthenticatedRequest, response: Response) -> Self:
        return cls(response, request.user, timezone.now())

    @cached_property
    def today(self) -> datetime.date:
        return london_day(self.moment)

    @cached_property
    def reports(self) -> list[Inspection]:
        return reports_of(self.response)

    @cached_property
    def parts(self) -> list[DraftPart]:
        return parts_of(self.response)

    @cached_property
    def voices(self) -> list[ChiefOfficerVoice]:
        return voices_of(self.response, self.reports)

    @cached_property
    def versions(self) -> list[ResponseVersion]:
        """The published versions, latest first."""
        return list(self.response.versions.defer("source_text"))

    @property
    def version(self) -> ResponseVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def first_on(self) -> datetime.date | None:
        """The day of the first version, which decides whether the response was in time."""
        return self.versions[-1].published_on if self.versions else None

    @cached_property
    def submission(self) -> ResponseSubmission | None:
        return latest_submission(self.response)

    @property
    def text_submission(self) -> ResponseSubmission:
        """The latest submission, for the pages of a response that has one."""
        assert self.submission
        return self.submission

    @cached_property
    def approvers(self) -> list[User]:
        return approvers_of(self.response, self.parts)

    @cached_property
    def verbs(self) -> list[str]:
        return verbs_for(self.response, self.user)

    @cached_property
    def writer(self) -> str:
        """The name of whoever last saved a part."""
        saved = [part for part in self.parts if part.saved_by]
        last = max(saved, key=lambda part: part.saved_at, default=None)
        return last.saved_by.name if last and last.saved_by else ""

    @cached_property
    def spoke_elsewhere(self) -> bool:
        """Whether the chief officers' comments came with a version that was published elsewhere."""
        asked = any(voice.comments or voice.invitation for voice in self.voices)
        return not asked and self.version is not None and spoke_elsewhere(self.response) is not None

    @property
    def urgent(self) -> Inspection | None:
        """The report with the earliest last day, or None if no report is left."""
        return min(self.reports, key=soonest, default=None)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of the most urgent report, or None if it is unknown or no report is left."""
        return self.urgent.last_day if self.urgent else None

    @property
    def is_late(self) -> bool:
        return self.last_day is not None and self.last_day < self.today

    @cached_property
    def clocks(self) -> list[tuple[Inspection, Clock]]:
        return [(each, clock(each, self.first_on, self.today)) for each in self.reports]

    @cached_property
    def steps(self) -> list[ResponseStep]:
        return steps_of(self, {step: reverse(name, args=[self.response.pk]) for step, name in self._pages()})

    def _pages(self) -> list[tuple[str, str]]:
        """The steps that have a page of their own for this user, each with its URL name."""
        if not self.user.has_perm(May.DRAFT_RESPONSE):
            return []
        asked = [("invite", "response_comments"), ("comments", "response_comments")]
        draft = [("draft", "draft_response")] if self.may_draft else []
        return [*asked, *draft, *([("copies", "response_copies")] if self.version else [])]

    @property
    def may_draft(self) -> bool:
        """Whether there is a draft that this user may write."""
        return self.response.state in WRITTEN and self.user.has_perm(May.DRAFT_RESPONSE)

    @property
    def is_correction(self) -> bool:
        return self.version is not None

    @cached_property
    def came_back(self) -> str:
        """Why a submitted text is a draft again, or ""."""
        last = self.submission
        if self.response.state != ResponseState.DRAFTING or last is None or last.decision not in CAME_BACK:
            return ""
        assert last.decided_at  # submission_decided_at
        who = last.decided_by.name if last.decided_by else "the command line"
        return CAME_BACK[Decision(last.decision)].format(who=who, day=self.day_words(london_day(last.decided_at)))

    @property
    def remarks(self) -> str:
        return self.submission.remarks if self.submission else ""

    @property
    def other_pages(self) -> list[tuple[str, str]]:
        """Links to the other pages of the response: chief officers' comments, copies once published, handing it
        to a colleague."""
        give = (reverse("give_response", args=[self.response.pk]), "Give to a colleague")
        comments = (reverse("response_comments", args=[self.response.pk]), "Chief officers’ comments")
        copies = (reverse("response_copies", args=[self.response.pk]), "Copies")
        if not self.user.has_perm(May.DRAFT_RESPONSE):
            return []
        found = [comments, copies] if self.version else [comments]
        return found if is_over(self.response) else [*found, give]

    @property
    def ending(self) -> list[tuple[str, str, str]]:
        """Links to the actions that end it: dropping a correction, withdrawing."""
        return self.buttons("drop_correction", "withdraw_response")

    def day_words(self, day: datetime.date) -> str:
        return short_day(day, self.today)

    def buttons(self, *verbs: str) -> list[tuple[str, str, str]]:
        """Those of these verbs that this user can use now: verb, address, label."""
        return [
            (verb, reverse(BUTTONS[verb][0], args=[self.response.pk]), BUTTONS[verb][1])
            for verb in verbs
            if verb in self.verbs
        ]
