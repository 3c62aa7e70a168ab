"""How each verb about a chief officer's comments, and about copies, is done once."""

import datetime
from types import SimpleNamespace

from recommendations.domain.responses import copies
from recommendations.domain.responses.chief_officers import comments, invitations, uploads
from tests.conftest import AT, TODAY
from tests.makers.responses import make_response
from tests.verb_cases.responses.life import LATER, report_for, written

SIGNED = {"signed_by": "A. Rowe", "signed_as": "Chief constable", "dated_on": TODAY}
DUE = TODAY + datetime.timedelta(days=14)


def asked(world) -> SimpleNamespace:
    """A response whose chief officer is not invited yet, one whose is, and somebody who gets copies."""
    if not hasattr(world, "asked"):
        by = {"by": world.people["officer"], "at": AT}
        first, second = (make_response(report_for(world, title), world.body, **by) for title in ("asked", "invited"))
        invited = invitations.invite(response=second, force=world.force_a, due_on=DUE, **by)
        world.asked = SimpleNamespace(not_yet=first, invited=second, invitation=invited, recipient=world.recipient)
    return world.asked


def drafting(world) -> dict:
    """What takes who and when too, and writes no record: a file on its way in."""
    return {
        "responses.keep_file": lambda: uploads.keep_file(
            response=asked(world).not_yet,
            force=world.force_a,
            name="a.txt",
            content=b"We",
            text="We",
            by=world.people["officer"],
            at=LATER,
        )
    }


def cases(world) -> dict:
    of, by = asked(world), {"by": world.people["officer"], "at": LATER}
    drafted, published = written(world).drafting, written(world).published
    return {
        "responses.invite": lambda: invitations.invite(response=of.not_yet, force=world.force_a, due_on=DUE, **by),
        "responses.record_sent": lambda: invitations.record_sent(
            invitation=of.invitation, sent_on=TODAY, sent_to="The chief constable", **by
        ),
        "responses.move_invitation_day": lambda: invitations.move_invitation_day(
            invitation=of.invitation, due_on=DUE + datetime.timedelta(days=7), reason="A new chief constable.", **by
        ),
        "responses.record_comments": lambda: comments.record_comments(
            response=of.invited,
            force=world.force_a,
            text="We agree.",
            source_name="a.txt",
            content=b"We",
            **SIGNED,
            **by,
        ),
        "responses.withdraw_comments": lambda: comments.withdraw_comments(
            comments=drafted.chief_officers.get(), reason="A wrong file.", **by
        ),
        "responses.record_copy": lambda: copies.record_copy(
            version=published.versions.first(), recipient=of.recipient, sent_on=TODAY, **by
        ),
    }
