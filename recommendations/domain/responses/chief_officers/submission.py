"""A force submits its draft as the chief officer's comments: what was shown once more, or nothing."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from recommendations.days import NotADay, read_day
from recommendations.domain.responses.chief_officers.comments import as_submitted, record_comments
from recommendations.domain.responses.chief_officers.drafts import content, draft_of, mark, taken, why_not
from recommendations.domain.responses.chief_officers.invitations import first_report
from recommendations.domain.writing.records import day_of, locked
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
    """A draft as it would be submitted, and what is still wrong with it: a message for each field."""

    text: str
    signed_by: str
    signed_as: str
    dated_on: datetime.date | None
    problems: dict[str, str]


def as_it_would_be(invitation: Invitation, values: dict, at: datetime.datetime) -> Submitted:
    """Read what a draft says: the words and the day that would be published, and what is missing or cannot be."""
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
    text = values["text"] if "text" in problems else as_submitted(values["text"])
    return Submitted(text, values["signed_by"].strip(), values["signed_as"].strip(), dated_on, problems)


def submit_draft(*, invitation: Invitation, shown: str, by: User, at: datetime.datetime) -> ChiefOfficerComments:
    """Submit the draft that was shown once more, `shown` being its mark: it is recorded, and the draft is gone.

    Raises Refusal where it changed meanwhile or is not complete, and as record_comments does.
    """
    with transaction.atomic():
        response = locked(invitation.response)
        found = taken(invitation, by)
        if why := why_not(found, london_day(at)):
            raise Refusal(why)
        values = content(draft_of(found))
        if mark(values) != shown:
            raise Refusal(CHANGED)
        said = as_it_would_be(found, values, at)
        for field, problem in said.problems.items():
            raise Refusal(problem, field)
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
