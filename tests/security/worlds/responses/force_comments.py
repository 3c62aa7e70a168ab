"""What each force was invited to comment on, in every state; what a force is still writing carries its own mark."""

import datetime
from types import SimpleNamespace

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses import publishing
from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.domain.responses.chief_officers.drafts import content, mark
from recommendations.domain.responses.chief_officers.submission import submit_draft
from recommendations.enums import InspectionKind
from recommendations.models import Inspection, Invitation, Response, TrackedRecommendation
from tests.conftest import AT, PUBLISHED
from tests.makers.chief_officers import make_draft_of_comments, make_invitation, record_by_the_office
from tests.makers.responses import make_response
from tests.security.worlds.round import HOUR, INSIDE

FAR = datetime.date(2099, 1, 5)
STATES = ("not_begun", "begun", "complete", "submitted", "recorded", "again", "dropped")


def build_comments(world, letter: str, say) -> None:
    """`invited_a.begun` and so on; `invited_a.unsent` was not sent yet, so the force does not see it."""
    made = {state: _invited(world, letter, state, say) for state in STATES}
    lead, officer, force = world.people[f"lead_{letter}"], world.people["officer"], getattr(world, f"force_{letter}")
    words = {"text": say("We agree and ring."), "signed_by": say("A. Rowe"), "signed_as": say("Chief constable")}
    inside = {name: f"{name} {INSIDE}{letter}" for name in words}
    for state in ("begun", "recorded", "dropped"):
        make_draft_of_comments(made[state], lead, at=AT + HOUR, **inside | {"dated": f"{INSIDE}{letter}"})
    make_draft_of_comments(made["complete"], lead, at=AT + HOUR, **inside)
    for state in ("submitted", "again"):
        draft = make_draft_of_comments(made[state], lead, at=AT + HOUR, **words)
        submit_draft(invitation=made[state], shown=mark(content(draft)), by=lead, at=AT + HOUR)
    record_by_the_office(made["recorded"].response, force, text=words["text"], by=officer, at=AT + HOUR)
    (said,) = made["again"].response.chief_officers.all()
    comments.withdraw_comments(comments=said, reason=say("Unsigned."), by=officer, at=AT + HOUR)
    gone = Response.objects.get(pk=made["dropped"].response_id)
    publishing.withdraw_response(response=gone, reason=say("Moot."), by=officer, at=AT + HOUR)
    unsent = _response(world, letter, "unsent", say)
    made["unsent"] = invitations.invite(response=unsent, force=force, due_on=FAR, by=officer, at=AT)
    found = SimpleNamespace(**made)
    found.responses = {each.response_id for each in made.values()}
    found.reports = set(
        Inspection.objects.filter(answered_by__response__in=found.responses).values_list("pk", flat=True)
    )
    lines = TrackedRecommendation.objects.filter(recommendation__inspection__in=found.reports)
    found.tracked = set(lines.values_list("pk", flat=True))
    setattr(world, f"invited_{letter}", found)


def _invited(world, letter: str, state: str, say) -> Invitation:
    response = _response(world, letter, state, say)
    return make_invitation(response, getattr(world, f"force_{letter}"), by=world.people["officer"], due_on=FAR)


def _response(world, letter: str, state: str, say) -> Response:
    force, by = getattr(world, f"force_{letter}"), {"by": world.people["officer"], "at": AT}
    report = inspections.add_inspection(
        forces=[force],
        title=say(f"Ringing in {force.slug}, {state}"),
        short_name=say("Ring"),
        kind=InspectionKind.CUSTODY,
        published_on=PUBLISHED,
        **by,
    )
    inspections.add_recommendation(
        inspection=report, new=NewRecommendation(number="1", text=say("The force should ring twice.")), **by
    )
    return make_response(report, world.body, **by)
