"""A response of each force in each state before it is public: words of the office that stay in the office."""

from types import SimpleNamespace

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import InspectionKind
from recommendations.models import Response, ResponseInspection, TrackedRecommendation
from tests.conftest import AT, PUBLISHED
from tests.makers.responses import comment_of_chief_officer, make_response, promise, write

DRAFTED = "zqdrafted"  # in every word of a draft
STATES = ("drafting", "submitted", "approved")


def build_drafts(world, letter: str, say) -> None:
    """`drafts_a.drafting` and so on: complete, with a commitment, remarks and the chief officer's comments."""
    made = {state: _drafted(world, letter, state, say) for state in STATES}
    officer, approver = world.people["officer"], world.people["approver"]
    for state in ("submitted", "approved"):
        approval_workflow.submit(response=made[state], by=officer, at=AT)
        remarks = say(f"Say when {DRAFTED}.")
        approval_workflow.send_back(response=_again(made[state]), remarks=remarks, by=approver, at=AT)
        approval_workflow.submit(response=_again(made[state]), by=officer, at=AT)
    approval_workflow.approve(response=_again(made["approved"]), by=approver, at=AT)
    found = SimpleNamespace(**{state: _again(response) for state, response in made.items()})
    answers = ResponseInspection.objects.filter(response__in=made.values())
    found.reports = set(answers.values_list("inspection", flat=True))
    lines = TrackedRecommendation.objects.filter(recommendation__inspection__in=found.reports)
    found.tracked = set(lines.values_list("pk", flat=True))
    setattr(world, f"drafts_{letter}", found)


def _drafted(world, letter: str, state: str, say) -> Response:
    force, by = getattr(world, f"force_{letter}"), {"by": world.people["officer"], "at": AT}
    report = inspections.add_inspection(
        forces=[force],
        title=say(f"Bells in {force.slug}, {state}"),
        short_name=say("Bells"),
        kind=InspectionKind.CUSTODY,
        published_on=PUBLISHED,
        **by,
    )
    new = NewRecommendation(number="1", text=say("The force should ring."), addressees=(say("Chief constables"),))
    asked = inspections.add_recommendation(inspection=report, new=new, **by)
    response = make_response(report, world.body, **by)
    key, text = f"recommendation-{asked.pk}", say(f"We will listen {DRAFTED}.")
    write(response, "narrative", text=say(f"We heard it {DRAFTED}."), **by)
    write(response, key, action="proposed", text=text, **by)
    promise(response, key, text, keeper=say(f"Keeper {DRAFTED}"))
    comment_of_chief_officer(response, force, text=say(f"We agree {DRAFTED}."))
    return response


def _again(response: Response) -> Response:
    return Response.objects.get(pk=response.pk)
