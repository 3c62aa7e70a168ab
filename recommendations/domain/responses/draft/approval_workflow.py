"""The approval of a response: drafted in parts, submitted, then approved or sent back.

Nobody approves a text that they submitted or of which they wrote the current version of a part. Editing a submitted or
approved text drops the submission. The approved text is frozen, and only that text can be published.
"""

import datetime

from recommendations.domain.responses.draft.completeness import Missing, missing
from recommendations.domain.responses.draft.parts import authors_of, edit_begins, parts_of, save_part, who_writes
from recommendations.domain.responses.draft.submitted_text import draft_text
from recommendations.domain.responses.starting import start_response
from recommendations.domain.responses.states import (
    TRANSITIONS,
    claim_response,
    drop_submission,
    follow,
    latest_submission,
    submission_of,
    verbs_for,
)
from recommendations.domain.writing.input_checks import longest
from recommendations.domain.writing.records import day_of
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Decision, Role
from recommendations.models import DraftPart, Response, ResponseSubmission, User
from recommendations.periods import london_day
from recommendations.trail import VerbContext, verb

__all__ = [
    "TRANSITIONS",
    "Missing",
    "NotComplete",
    "approve",
    "edit_begins",
    "missing",
    "parts_of",
    "record_outside_approval",
    "save_part",
    "send_back",
    "start_response",
    "submit",
    "take_back",
    "verbs_for",
    "who_writes",
]


class NotComplete(Refusal):
    """The draft is incomplete. `missing` lists what is missing."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(f"Something is missing: {'; '.join(each.words for each in missing)}.", code="not-complete")
        self.missing = missing


def submit(
    *, response: Response, by: User | None, at: datetime.datetime, version: int | None = None
) -> ResponseSubmission:
    """Submit the current draft for approval. Raises NotComplete if a part that the law requires is missing."""
    with verb("submit_response", by=by, at=at, subject=response) as act:
        response = claim_response(response, "submit", by=by, version=version)
        if lacks := missing(response, london_day(at)):
            raise NotComplete(lacks)
        text = draft_text(response)
        submission = ResponseSubmission(
            response=response, text=text.to_json(), digest=text.digest, submitted_at=at, submitted_by=by
        )
        act.save(submission)
        follow(act, response, "submit")
    return submission


def approve(
    *, response: Response, by: User | None, at: datetime.datetime, remarks: str = "", version: int | None = None
) -> ResponseSubmission:
    """Approve the submitted text.

    Raises NotAllowed if the user submitted it or wrote the current version of a part, Refusal if the response would now
    say something else, Stale if the response has changed.
    """
    with verb("approve_response", by=by, at=at, reason=remarks.strip(), subject=response) as act:
        response = claim_response(response, "approve", by=by, version=version)
        submission = _submission_of_others(response, by)
        check_unchanged(response, submission)
        _decide(act, submission, Decision.APPROVED, remarks)
        follow(act, response, "approve")
    return submission


def send_back(
    *, response: Response, remarks: str, by: User | None, at: datetime.datetime, version: int | None = None
) -> ResponseSubmission:
    """Send the text back, with remarks. Raises NotAllowed if the user submitted it, Refusal without remarks."""
    with verb("send_back_response", by=by, at=at, reason=remarks.strip(), subject=response) as act:
        response = claim_response(response, "send_back", by=by, version=version)
        submission = submission_of(response)
        if by is not None and submission.submitted_by_id == by.pk:
            raise NotAllowed("You submitted this response. Take it back instead.", code="own-submission")
        if not remarks.strip():
            raise Refusal("Say what should be different.", "remarks")
        _decide(act, submission, Decision.SENT_BACK, remarks)
        follow(act, response, "send_back")
    return submission


def record_outside_approval(
    *,
    response: Response,
    approved_by: str,
    approved_on: datetime.date,
    evidence: str,
    by: User | None,
    at: datetime.datetime,
    version: int | None = None,
) -> ResponseSubmission:
    """Record that somebody approved the submitted text outside the system: who, on which day, and the evidence.

    Raises NotAllowed if the approver is named like the person who submitted or wrote it; Refusal for a future date.
    """
    with verb("record_outside_approval", by=by, at=at, subject=response) as act:
        response = claim_response(response, "record_outside_approval", by=by, version=version)
        submission = submission_of(response)
        check_unchanged(response, submission)
        approved_by, evidence = approved_by.strip(), evidence.strip()
        if not approved_by:
            raise Refusal("Enter who approved it.", "approved_by")
        if len(approved_by) > longest(ResponseSubmission, "outside_by"):
            raise Refusal("The name is too long.", "approved_by")
        if approved_by.casefold() in _names_of_writers(response, submission):
            raise NotAllowed(
                f"{approved_by} submitted or wrote this response, so someone else approves it.", code="own-work"
            )
        if not evidence:
            raise Refusal("Say what shows the approval: an email, a minute.", "evidence")
        reports = [answer.inspection.published_on for answer in response.answers.select_related("inspection")]
        submission.outside_on = day_of(approved_on, at=at, not_before=min(reports), field="approved_on")
        submission.outside_by, submission.outside_evidence = approved_by, evidence
        _decide(act, submission, Decision.APPROVED_OUTSIDE, "")
        follow(act, response, "record_outside_approval")
    return submission


def take_back(
    *, response: Response, by: User | None, at: datetime.datetime, reason: str = "", version: int | None = None
) -> ResponseSubmission:
    """Return a submitted or approved text to drafting. Returns the submission, which is dropped."""
    with verb("take_back", by=by, at=at, reason=reason.strip(), subject=response) as act:
        return drop_submission(act, claim_response(response, "take_back", by=by, version=version))


def check_unchanged(response: Response, submission: ResponseSubmission) -> None:
    """Raise Refusal if the response would now say something other than what was submitted."""
    if draft_text(response).digest != submission.digest:
        raise Refusal(
            "What this response says changed after it was submitted: the report, a recommendation or a chief officer’s "
            "comments. Take it back, look at it, and submit it again.",
            code="changed-meanwhile",
        )


def _submission_of_others(response: Response, by: User | None) -> ResponseSubmission:
    """Return the submission. Raises NotAllowed if this user submitted it or wrote part of it."""
    submission = submission_of(response)
    if by is None:
        return submission
    if submission.submitted_by_id == by.pk:
        raise NotAllowed(
            "You submitted this response, so another approving officer approves it.", code="own-submission"
        )
    if by.pk in authors_of(response):
        raise NotAllowed(
            "You wrote a part of this response, so another approving officer approves it.", code="own-part"
        )
    return submission


def _names_of_writers(response: Response, submission: ResponseSubmission) -> set[str]:
    people = User.objects.filter(pk__in=authors_of(response) | {submission.submitted_by_id})
    return {person.name.casefold() for person in people}


def _decide(act: VerbContext, submission: ResponseSubmission, decision: Decision, remarks: str) -> None:
    submission.decision, submission.remarks = decision, remarks.strip()
    submission.decided_at, submission.decided_by = act.at, act.by
    act.save(submission)


def approvers_of(response: Response, parts: list[DraftPart] | None = None) -> list[User]:
    """Return the approving officers who could approve the current text, by name. Pass `parts` if read already."""
    wrote = authors_of(response, parts)
    waiting = latest_submission(response)
    if waiting and waiting.decision == Decision.WAITING and waiting.submitted_by_id:
        wrote |= {waiting.submitted_by_id}
    officers = User.objects.filter(role=Role.APPROVING_OFFICER, is_active=True)
    return list(officers.exclude(pk__in=wrote).order_by("name", "pk"))
