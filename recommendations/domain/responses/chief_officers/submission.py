"""Submit a force's draft as the chief officer's comments: exactly the text that was shown for confirmation."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from recommendations.days import NotADay, read_day
from recommendations.domain.responses.chief_officers.comments import clean_comments, record_comments
from recommendations.domain.responses.chief_officers.drafts import content, draft_of, lock_invitation, mark, why_not
from recommendations.domain.responses.chief_officers.invitations import first_report
from recommendations.domain.writing.records import day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ChiefOfficerComments, Invitation, User
from recommendations.periods import london_day

CHANGED = "The draft changed after you opened the page. It is shown as it is now: check it again, then submit."
EMPTY = {
    "text": "Enter the comments.",
    "signed_by": "Enter who signed the comments.",
    "signed_as": "Enter the rank or title of whoever signed.",
    "dated": "Enter the day that the comments are dated.",
}


@dataclass(frozen=True)
class Submitted:
    """A draft as it would be submitted, and the problems with it: field → message."""

    text: str
    signed_by: str
    signed_as: str
    dated_on: datetime.date | None
    problems: dict[str, str]


def preview_submission(invitation: Invitation, values: dict, at: datetime.datetime) -> Submitted:
    """Read a draft: the text and date as they would be published, and what is missing or invalid."""
    problems = {name: words for name, words in EMPTY.items() if not values[name].strip()}
    dated_on = None
    if "dated" not in problems:
        try:
            earliest = first_report(invitation.response)
            dated_on = day_of(read_day(values["dated"]), at=at, not_before=earliest, field="dated")
        except NotADay as error:
            problems["dated"] = str(error)
        except Refusal as refusal:
            problems["dated"] = refusal.message
    text = values["text"] if "text" in problems else clean_comments(values["text"])
    return Submitted(text, values["signed_by"].strip(), values["signed_as"].strip(), dated_on, problems)


def submit_draft(*, invitation: Invitation, shown: str, by: User, at: datetime.datetime) -> ChiefOfficerComments:
    """Record the draft as the comments and delete it. `shown` is the `mark` of the text shown for confirmation.

    Raises Refusal if the draft has changed since or is incomplete, and whatever `record_comments` raises.
    """
    with transaction.atomic():
        response = lock_row(invitation.response)
        found = lock_invitation(invitation, by)
        if why := why_not(found, london_day(at)):
            raise Refusal(why, code="no-longer")
        values = content(draft_of(found))
        if mark(values) != shown:
            raise Refusal(CHANGED, code="changed-meanwhile")
        said = preview_submission(found, values, at)
        for field, problem in said.problems.items():
            raise Refusal(problem, field, code="incomplete")
        return record_comments(
            response=response,
            force=found.force,
            text=said.text,
            signed_by=said.signed_by,
            signed_as=said.signed_as,
            dated_on=said.dated_on,
            by=by,
            at=at,
        )
