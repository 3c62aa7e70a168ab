"""Of each force responses whose chief officer is not invited, is invited, has commented; and who gets copies."""

import datetime
from types import SimpleNamespace

from recommendations.domain.inspections import inspections
from recommendations.domain.people import records
from recommendations.domain.responses.chief_officers import comments as chief_officers
from recommendations.domain.responses.chief_officers import invitations
from recommendations.enums import InspectionKind, RecipientKind
from recommendations.models import Recipient, Response
from tests.conftest import AT, PUBLISHED
from tests.makers.responses import make_response

DUE = AT.date() + datetime.timedelta(days=14)


def build_chief_officer(world, letter: str, say) -> None:
    """`asked_a.begun`, `.invited` with its `invitation`, `.said` with its `comments`, which came in a file."""
    force, by = getattr(world, f"force_{letter}"), {"by": world.people["officer"], "at": AT}
    begun, invited, said = (_response(world, force, what, say) for what in ("begun", "invited", "said"))
    invitation = invitations.invite(response=invited, force=force, due_on=DUE, **by)
    comments = chief_officers.record_comments(
        response=said,
        force=force,
        text=say("The force agrees on bells."),
        signed_by=say("A. Rowe"),
        signed_as=say("Chief constable"),
        dated_on=AT.date(),
        source_name=say("comments.txt"),
        content=say("The force agrees on bells, in a file.").encode(),
        **by,
    )
    found = SimpleNamespace(begun=begun, invited=invited, said=said, invitation=invitation, comments=comments)
    found.reports = {answer.inspection_id for each in (begun, invited, said) for answer in each.answers.all()}
    setattr(world, f"asked_{letter}", found)


def build_recipient(world) -> None:
    """Somebody who gets copies."""
    made = Recipient(kind=RecipientKind.INSPECTORATE, name="The inspectorate", email="post@example.org")
    world.recipient = records.keep(record=made, by=None, at=AT)


def _response(world, force, what: str, say) -> Response:
    report = inspections.add_inspection(
        forces=[force],
        title=say(f"Whistles in {force.slug}, {what}"),
        short_name=say("Whis"),
        kind=InspectionKind.CUSTODY,
        published_on=PUBLISHED,
        by=world.people["officer"],
        at=AT,
    )
    return make_response(report, world.body, by=world.people["officer"])
