"""Start a response: together with the report that it answers, or later for reports on record.

It exists from the start, in draft and without a version. A response published elsewhere replaces an empty draft.
"""

import datetime
from collections.abc import Sequence

from recommendations.domain.forces.in_force import body_of
from recommendations.domain.ownership.keepers import own_keeper
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ResponseState
from recommendations.models import Force, Inspection, PolicingBody, Response, ResponseInspection, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb


def start_response(
    *, inspections: Sequence[Inspection], body: PolicingBody, by: User | None, at: datetime.datetime
) -> Response:
    """Start one response to these reports. Raises Refusal if one of them has a response already."""
    with verb("start_response", by=by, at=at) as act:
        act.subject = new_response(act, inspections=inspections, body=body)
    return act.subject


def new_response(act: VerbContext, *, inspections: Sequence[Inspection], body: PolicingBody) -> Response:
    """Create a response, in draft, to these reports, inside a verb. The first report gives it its title."""
    if not inspections:
        raise Refusal("Choose the report that is answered.", "inspections")
    found = [lock_row(inspection) for inspection in inspections]
    for inspection in found:
        _check_waits(inspection)
    response = act.save(
        Response(body=body, title=found[0].title, state=ResponseState.DRAFTING, keeper=own_keeper(act.by))
    )
    for inspection in found:
        act.save(ResponseInspection(response=response, inspection=inspection))
    return response


def _check_waits(inspection: Inspection) -> None:
    if not inspection.needs_response:
        if inspection.has_action_plan:
            raise Refusal(
                f"The fire authority answers “{inspection}” in its action plan.", "inspections", code="in-action-plan"
            )
        raise Refusal(
            f"“{inspection}” needs no response, as its page says. Change that first.",
            "inspections",
            code="no-response-needed",
        )
    if standing_response(inspection) is not None:
        raise Refusal(
            f"“{inspection}” has a response already. Go on with that one, or withdraw it.",
            "inspections",
            code="has-response",
        )


def standing_response(inspection: Inspection) -> Response | None:
    """Return the report's response that is not withdrawn, or None."""
    found = Response.objects.filter(answers__inspection=inspection).exclude(state=ResponseState.WITHDRAWN)
    return found.order_by("pk").first()


def share_response(act: VerbContext, *, inspection: Inspection, response: Response) -> Response:
    """Extend a response to one more report, inside a verb: a force's own report as well as the national one.

    Raises Refusal if its text is submitted or approved, or was published before this report.
    """
    response = lock_row(response)
    _check_waits(inspection)
    if response.state not in (ResponseState.DRAFTING, ResponseState.PUBLISHED):
        state = response.get_state_display().lower()
        raise Refusal(f"That response is {state}: it cannot cover another report now.", "answer")
    first = response.versions.order_by("published_on").first()
    if first and first.published_on < inspection.published_on:
        raise Refusal(
            f"That response was published on {say(first.published_on)}, before this report. "
            "Say that no response is needed, because another one covers it.",
            "answer",
            code="published-earlier",
        )
    act.save(ResponseInspection(response=response, inspection=inspection))
    return response


def body_to_answer(force: Force, inspection: Inspection, *, today: datetime.date) -> PolicingBody | None:
    """Return the body that answers a report about a force, or None.

    It is the one that oversaw the force on the day of publication or, while the time to answer runs, the one that does
    today: what a body left open when it ended is for its successor.
    """
    is_running = inspection.last_day is not None and inspection.last_day >= today
    return body_of(force, today if is_running else inspection.published_on)
