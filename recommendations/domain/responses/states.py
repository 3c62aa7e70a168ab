"""The states of a response. One table of transitions drives the checks, the buttons and docs/states.md."""

from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Decision, ResponseState
from recommendations.models import Response, ResponseSubmission, User
from recommendations.permissions import May
from recommendations.trail import VerbContext

DRAFTING, SUBMITTED, APPROVED, BROUGHT_IN, PUBLISHED, WITHDRAWN = ResponseState
WRITTEN = (DRAFTING, SUBMITTED, APPROVED)  # it has a draft
IN_HAND = (SUBMITTED, APPROVED)  # the draft is submitted: it waits for approval, or for publication
AWAITED = (*IN_HAND, BROUGHT_IN)  # it waits for someone before it is public

# (state, verb) → (next state, who may)
TRANSITIONS: dict[tuple[str, str], tuple[ResponseState, May]] = {
    (DRAFTING, "submit"): (SUBMITTED, May.DRAFT_RESPONSE),
    (SUBMITTED, "approve"): (APPROVED, May.APPROVE_RESPONSE),
    (SUBMITTED, "record_outside_approval"): (APPROVED, May.DRAFT_RESPONSE),
    (SUBMITTED, "send_back"): (DRAFTING, May.APPROVE_RESPONSE),
    (SUBMITTED, "take_back"): (DRAFTING, May.DRAFT_RESPONSE),
    (APPROVED, "take_back"): (DRAFTING, May.DRAFT_RESPONSE),
    (APPROVED, "publish"): (PUBLISHED, May.DRAFT_RESPONSE),
    (BROUGHT_IN, "confirm_response"): (PUBLISHED, May.APPROVE_RESPONSE),
    (PUBLISHED, "correct"): (DRAFTING, May.DRAFT_RESPONSE),
    (DRAFTING, "drop_correction"): (PUBLISHED, May.DRAFT_RESPONSE),
    (DRAFTING, "withdraw_response"): (WITHDRAWN, May.DRAFT_RESPONSE),
    (BROUGHT_IN, "withdraw_response"): (WITHDRAWN, May.DRAFT_RESPONSE),
    (PUBLISHED, "withdraw_response"): (WITHDRAWN, May.APPROVE_RESPONSE),
}

SAYS_NO: dict[str, str] = {
    DRAFTING: "This response is being drafted.",
    SUBMITTED: "This response waits for approval. Editing cancels this.",
    APPROVED: "This response is approved. An edit drops the approval.",
    BROUGHT_IN: "This response was brought in, and waits for an approving officer to confirm it.",
    PUBLISHED: "This response is published. Start a correction to change it.",
    WITHDRAWN: "This response is withdrawn, and stays as it is.",
}
CORRECTED = "This response was published before, and is being corrected. Drop the correction first."
BROUGHT_IN_BY_YOU = "You brought this response in, so another approving officer confirms it."
NEVER_PUBLISHED = "This response was never published, so there is nothing to go back to. Withdraw it instead."


def verbs_for(response: Response, user: User) -> list[str]:
    """Return the verbs that the state and the user's role allow now. The buttons are made from this."""
    found = [name for (start, name), (_, may) in TRANSITIONS.items() if start == response.state and user.has_perm(may)]
    if "confirm_response" in found and has_brought_in(response, user):
        found.remove("confirm_response")
    return [name for name in found if not _why_not(response, name)]


def has_brought_in(response: Response, user: User) -> bool:
    """Whether this user brought in a version of the response."""
    return response.versions.filter(submission=None, recorded_by=user).exists()


def _why_not(response: Response, name: str) -> str:
    """Why a draft cannot be dropped or withdrawn: corrections are dropped, drafts never published are withdrawn."""
    if response.state != DRAFTING or name not in ("drop_correction", "withdraw_response"):
        return ""
    is_correction = response.versions.exists()
    if name == "withdraw_response":
        return CORRECTED if is_correction else ""
    return "" if is_correction else NEVER_PUBLISHED


def claim_response(response: Response, name: str, *, by: User | None, version: int | None = None) -> Response:
    """Return the response, locked, for a verb that is allowed now, with its version number incremented.

    Raises NotAllowed if the user's role may not do it, Refusal if its state does not allow the verb, Stale if somebody
    else changed the response after `version` was read.
    """
    found = lock_row(response)
    if (found.state, name) not in TRANSITIONS:
        raise Refusal(SAYS_NO[found.state], code=found.state)
    if by is not None and not by.has_perm(TRANSITIONS[found.state, name][1]):
        raise NotAllowed("Your role cannot do this.")
    if why := _why_not(found, name):
        raise Refusal(why)
    claim(found, found.version if version is None else version)
    return found


def follow(act: VerbContext, response: Response, name: str) -> Response:
    """Move the response to the state that the table gives for a verb, inside that verb."""
    response.state = TRANSITIONS[response.state, name][0]
    return act.save(response)


def latest_submission(response: Response) -> ResponseSubmission | None:
    """Return the latest submission, whatever was decided about it, or None."""
    return response.submissions.order_by("-submitted_at", "-pk").first()


def submission_of(response: Response) -> ResponseSubmission:
    """Return the latest submission. Raises ResponseSubmission.DoesNotExist if the response was never submitted."""
    return response.submissions.latest("submitted_at", "pk")


def drop_submission(act: VerbContext, response: Response) -> ResponseSubmission:
    """Return a submitted or approved text to drafting, inside a verb. Returns the dropped submission."""
    submission = submission_of(response)
    submission.decision = Decision.DROPPED
    submission.decided_at, submission.decided_by = act.at, act.by
    act.save(submission)
    follow(act, response, "take_back")
    return submission
