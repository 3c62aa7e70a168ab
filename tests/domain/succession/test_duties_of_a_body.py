"""What a body had not published is answered by the one that follows; what it published or decided is its own."""

import datetime

from recommendations.domain.audit.verification import verify
from recommendations.domain.forces.details import change_body_details
from recommendations.domain.people import records
from recommendations.domain.responses.companions import begin_response
from recommendations.domain.responses.draft.approval_workflow import submit
from recommendations.enums import Decision, PanelKind, ResponseState
from recommendations.models import Commitment, Panel, Response, ResponseSubmission
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.domain.succession.world import A_DAY, follow, make_mayor
from tests.makers.commitments import make_commitment, make_version
from tests.makers.responses import make_response, make_submitted
from tests.per_module import per_module

CAME = "Came from Police and Crime Commissioner for the Marches on 7 November 2026"


@per_module
def mayor(body):
    return make_mayor()


def test_a_draft_is_the_successors_and_what_was_published_stays(westmarch, eastvale, body, mayor, officer):
    draft = make_response(make_inspection(westmarch), body, by=officer)
    version = make_version(body, westmarch, title="Vetting")
    follow(body, mayor, westmarch, eastvale)
    draft.refresh_from_db()
    assert (draft.body, draft.came_over, draft.keeper) == (mayor, CAME, officer)
    published = Response.objects.get(versions=version)
    assert (published.body, published.came_over, version.body_name) == (body, "", "The Commissioner")


def test_what_was_submitted_to_the_body_is_a_draft_again_and_can_be_submitted(
    westmarch, eastvale, body, mayor, officer
):
    report = make_inspection(westmarch)
    make_tracked(report)
    response = make_submitted(report, body, by=officer)
    follow(body, mayor, westmarch, eastvale)
    response.refresh_from_db()
    assert (response.body, response.state) == (mayor, ResponseState.DRAFTING)
    assert ResponseSubmission.objects.get().decision == Decision.DROPPED
    submit(response=response, by=officer, at=AT + datetime.timedelta(hours=1))
    assert Response.objects.get(pk=response.pk).state == ResponseState.SUBMITTED
    assert verify() == []


def test_commitments_go_over_by_name(westmarch, eastvale, body, mayor, officer):
    version = make_version(body, westmarch)
    commitment = make_commitment(version, by=officer)
    follow(body, mayor, westmarch, eastvale)
    assert Commitment.objects.get(pk=commitment.pk).came_over == CAME


def test_a_clock_that_runs_is_answered_by_the_successor(westmarch, eastvale, body, mayor, officer):
    report = make_inspection(westmarch)
    before = begin_response(inspection=report, by=officer, at=AT - A_DAY)
    later = make_inspection(westmarch, title="Vetting")
    follow(body, mayor, westmarch, eastvale)
    assert Response.objects.get(pk=before.pk).body == mayor
    assert begin_response(inspection=later, by=officer, at=AT).body == mayor


def test_of_one_force_only_what_is_about_it_alone_goes_over(westmarch, eastvale, body, mayor, officer):
    panel = records.keep(record=Panel(name="Panel", kind=PanelKind.AUDIT, body=body), by=None, at=AT)
    alone, both = (
        make_response(make_inspection(forces, title=str(forces)), body)
        for forces in ([westmarch], [westmarch, eastvale])
    )
    promised = make_commitment(make_version(body, westmarch), by=officer)
    kept = make_commitment(make_version(body, eastvale, title="Vetting of Eastvale"), by=officer)
    follow(body, mayor, westmarch)
    for row in (alone, both, promised, kept, panel):
        row.refresh_from_db()
    assert (alone.body, both.body, panel.body) == (mayor, body, body)
    assert (promised.came_from, kept.came_from) == (body, None)


def test_the_committees_of_a_body_that_ends_are_the_successors(westmarch, eastvale, body, mayor):
    facts = {"kind": PanelKind.AUDIT, "body": body}
    panel = records.keep(record=Panel(name="Panel", **facts), by=None, at=AT)
    ended = records.keep(record=Panel(name="Old panel", until=TODAY - A_DAY, **facts), by=None, at=AT)
    follow(body, mayor, westmarch, eastvale)
    for each in (panel, ended):
        each.refresh_from_db()
    assert (panel.body, ended.body) == (mayor, body)


def test_where_it_came_from_is_named_as_it_was_then(westmarch, eastvale, body, mayor, officer):
    draft = make_response(make_inspection(westmarch), body, by=officer)
    follow(body, mayor, westmarch)
    change_body_details(
        body=body, from_day=TODAY, name="Commissioner for Eastvale", reason="It kept one force.", by=None, at=AT
    )
    assert Response.objects.get(pk=draft.pk).came_over == CAME
