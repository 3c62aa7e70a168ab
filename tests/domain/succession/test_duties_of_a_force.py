"""What is open with a force that ends goes to its successor by name; what was done stays the old force's."""

from recommendations.domain.audit.verification import verify
from recommendations.domain.committees.requests import answer_request
from recommendations.domain.compliance.status import compliance
from recommendations.domain.custody.queries import custody_coverage
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.papers import finalise
from recommendations.domain.register.closures import approve_closure, request_closure
from recommendations.domain.responses.chief_officers.section import voices_of
from recommendations.domain.rounds.rounds import accept_answer, close_round
from recommendations.domain.saved_views.saved_views import ViewContent, save_view
from recommendations.domain.search import following
from recommendations.domain.succession.carrying_over import carry_over_lines
from recommendations.models import (
    CommitteeRequest,
    ForceSubscriber,
    Inspection,
    PlannedInspection,
    Response,
    RoundLine,
    SavedView,
    SearchEntry,
    TrackedRecommendation,
    TrailEntry,
    UpdateRound,
)
from recommendations.periods import Period
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.domain.succession.world import A_DAY, ORDER, end, make_marches
from tests.makers.chief_officers import make_draft_of_comments, make_invitation
from tests.makers.commitments import make_commitment, make_version
from tests.makers.committees import make_panel, make_request
from tests.makers.custody import make_suite, make_visit
from tests.makers.evidence import point
from tests.makers.factual_checks import make_draft
from tests.makers.inspections import make_plan
from tests.makers.panels import make_channel, make_meeting
from tests.makers.responses import comment_of_chief_officer, make_response
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

CAME = "Came from Westmarch Police on 7 November 2026"


@per_module
def marches(body):
    return make_marches(body)


def test_a_running_round_goes_over_with_its_answers_and_is_finished_there(westmarch, marches, officer, force_lead):
    round = make_round(westmarch, lines=2, by=officer)
    answer = answered(round.lines.first(), force_lead)
    closed = make_round(westmarch, by=officer, name="Old", title="Vetting")
    close_round(round=closed, version=closed.version, by=officer, at=AT)
    end(westmarch, marches, by=officer, leads_stay=True)
    round.refresh_from_db()
    force_lead.refresh_from_db()
    assert (round.force, round.came_over, round.is_open) == (marches, CAME, True)
    assert list(UpdateRound.objects.visible_to(force_lead)) == [round]
    update = accept_answer(answer=answer, by=officer, at=AT)
    assert update.tracked.force == marches
    closed.refresh_from_db()
    assert (closed.force, closed.came_over) == (westmarch, "")


def test_the_rounds_of_two_forces_go_to_one(westmarch, eastvale, marches, officer):
    rounds = [make_round(force, by=officer) for force in (westmarch, eastvale)]
    for force in (westmarch, eastvale):
        end(force, marches, by=officer)
    assert list(UpdateRound.objects.filter(force=marches).order_by("pk")) == rounds
    assert [each.came_from for each in UpdateRound.objects.order_by("pk")] == [westmarch, eastvale]


def test_plans_requests_and_invitations_go_over_by_name(westmarch, eastvale, body, marches, officer, force_lead):
    plan, other = make_plan(westmarch), make_plan(eastvale)
    panel = make_panel()
    request, of_all = make_request(panel, force=westmarch), make_request(panel, "26/15")
    response = make_response(make_inspection([westmarch, eastvale]), body, by=officer)
    invitation = make_invitation(response, westmarch, by=officer)
    draft = make_draft_of_comments(invitation, force_lead, text="We agree in part.")
    end(westmarch, marches, by=officer)
    for row in (plan, request, invitation):
        row.refresh_from_db()
    assert [(row.force, row.came_over) for row in (plan, request, invitation)] == [(marches, CAME)] * 3
    assert list(PlannedInspection.objects.filter(force=eastvale)) == [other]
    assert CommitteeRequest.objects.get(pk=of_all.pk).came_from is None
    draft.refresh_from_db()
    assert (draft.invitation, draft.text) == (invitation, "We agree in part.")
    assert [each.force for each in voices_of(response, [answer.inspection for answer in response.answers.all()])] == [
        eastvale,
        marches,
    ]


def test_an_answered_request_and_submitted_comments_stay_with_the_force(westmarch, body, marches, officer, approver):
    request = make_request(make_panel(), force=westmarch)
    response = make_response(make_inspection(westmarch), body, by=officer)
    invitation = make_invitation(response, westmarch, by=officer)
    comments = comment_of_chief_officer(response, westmarch)
    filed = make_draft(westmarch, panel=request.panel)
    answer_request(request=request, paper=filed, version=0, text="On page 2.", by=officer, at=AT)
    finalise(paper=filed, figures=compile_figures(paper=filed, known_at=AT), content=b"%PDF", by=approver, at=AT)
    end(westmarch, marches, by=officer)
    for row in (request, invitation, comments, filed):
        row.refresh_from_db()
    assert {row.force for row in (request, invitation, comments, filed)} == {westmarch}
    reports = [answer.inspection for answer in response.answers.all()]
    assert [(each.force, each.comments) for each in voices_of(response, reports)] == [(westmarch, comments)]


def test_a_closure_that_waits_is_decided_at_the_successor(westmarch, marches, officer, approver):
    tracked = make_tracked(make_inspection(westmarch))
    request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
    end(westmarch, marches, by=officer)
    approve_closure(tracked=tracked, reason="It is.", by=approver, at=AT)
    tracked.refresh_from_db()
    assert (tracked.force, tracked.standing.outcome) == (marches, "implemented")


def test_subscribers_and_saved_views_follow_the_force(westmarch, eastvale, marches, officer, force_lead):
    confirmed = {"asked_at": AT, "confirmed_at": AT}
    for force, email in ((westmarch, "a@example.org"), (westmarch, "b@example.org"), (marches, "b@example.org")):
        ForceSubscriber.objects.create(force=force, email=email, token=f"{force.pk}{email}", **confirmed)
    ours = [("force", "westmarch", "Force: Westmarch"), ("rag", "red", "RAG: Red")]
    view = save_view(content=ViewContent("Ours", True, ours, []), by=officer, at=AT)
    others = [("force", "eastvale", "Force: Eastvale")]
    other = save_view(content=ViewContent("Theirs", False, others, []), by=officer, at=AT)
    end(westmarch, marches, by=officer)
    there = ForceSubscriber.objects.filter(force=marches).order_by("email")
    assert [(each.email, each.is_as_sealed) for each in there] == [("a@example.org", True), ("b@example.org", True)]
    moved, kept = SavedView.objects.get(pk=view.pk), SavedView.objects.get(pk=other.pk)
    assert moved.filters == [["force", "marches-police", "Force: Marches"], ["rag", "red", "RAG: Red"]]
    assert (kept.filters, moved.is_as_sealed) == ([list(each) for each in others], True)


def test_all_of_it_is_one_entry_of_the_trail_that_verifies(westmarch, marches, officer, force_lead):
    make_round(westmarch, by=officer)
    make_plan(westmarch)
    before = TrailEntry.objects.count()
    end(westmarch, marches, by=officer)
    assert (TrailEntry.objects.count(), TrailEntry.objects.order_by("-sequence")[0].verb) == (
        before + 1,
        "succeed_force",
    )
    assert verify() == []


def test_a_force_that_is_split_leaves_its_round_in_two(westmarch, marches, officer, force_lead):
    round = make_round(westmarch, lines=3, by=officer, note="What was done?")
    answered(round.lines.first(), force_lead)
    leaving = TrackedRecommendation.objects.filter(round_lines__position__in=(1, 3))
    with verb("split", by=officer, at=AT, reason=ORDER) as act:
        carry_over_lines(act, tracked=leaving, force=westmarch, successor=marches, day=TODAY)
    new = UpdateRound.objects.get(force=marches)
    lines = {each: list(RoundLine.objects.filter(round=each).values_list("position", "state")) for each in (round, new)}
    assert lines == {round: [(2, "asked")], new: [(1, "released"), (3, "asked")]}
    assert (new.name, new.note, new.due_on, new.keeper, new.came_over) == (
        round.name,
        round.note,
        round.due_on,
        round.keeper,
        CAME,
    )
    assert verify() == []


def test_search_says_it_of_the_force_that_has_it(westmarch, marches, officer, force_lead):
    # wording: what search names it
    round = make_round(westmarch, lines=2, by=officer)
    answered(round.lines.first(), force_lead)
    end(westmarch, marches, by=officer)
    entries = SearchEntry.objects.filter(record=round.pk, title__contains="answer in a round")
    assert [each.force for each in entries] == [marches]
    assert list(following.wrong()) == []


def test_search_says_it_of_the_force_that_has_a_part_of_a_round(westmarch, marches, officer, force_lead):
    # wording: what search names it
    round = make_round(westmarch, lines=2, by=officer)
    answered(round.lines.first(), force_lead)
    with verb("split", by=officer, at=AT, reason=ORDER) as act:
        tracked = TrackedRecommendation.objects.filter(round_lines__position=1)
        carry_over_lines(act, tracked=tracked, force=westmarch, successor=marches, day=TODAY)
    assert SearchEntry.objects.get(title__contains="answer in a round").force == marches


def test_panels_and_their_measures_go_over_and_meetings_stay(westmarch, eastvale, body, marches, officer):
    panel, other = make_channel(westmarch), make_channel(eastvale, "Weir Channel panel")
    ended = make_channel(westmarch, "Old Channel panel", until=TODAY - A_DAY)
    meeting = make_meeting(panel, by=officer)
    measure = point(make_commitment(make_version(body, westmarch)), westmarch, measure=True, by=officer)
    end(westmarch, marches, by=officer)
    for row in (panel, other, ended, meeting, measure):
        row.refresh_from_db()
    assert [panel.force, other.force, ended.force, measure.channel_of] == [marches, eastvale, westmarch, marches]
    assert meeting.panel == panel
    assert verify() == []


def test_a_suite_ends_and_goes_on_at_the_successor_with_the_visits_from_the_day_on(westmarch, marches, officer):
    suite, later = make_suite(westmarch), make_suite(westmarch, "New custody", since=TODAY + A_DAY)
    make_suite(marches)
    before = make_visit(suite, TODAY - A_DAY, by=officer)
    on_the_day = make_visit(suite, TODAY, by=officer)
    end(westmarch, marches, by=officer)
    for row in (suite, later, before, on_the_day):
        row.refresh_from_db()
    new = on_the_day.suite
    assert (suite.force, suite.until, before.suite) == (westmarch, TODAY - A_DAY, suite)
    assert (new.force, new.name, new.since) == (marches, "Aldford custody (Westmarch)", TODAY)
    assert (later.force, later.name) == (marches, "New custody")
    covered = custody_coverage(officer, Period(TODAY - A_DAY, TODAY))
    expected = [("Aldford custody", 0), ("Aldford custody (Westmarch)", 1), ("Aldford custody", 1)]
    assert [(each.name, each.visits) for each in covered.suites] == expected
    assert verify() == []


def test_a_report_of_before_covers_the_successor_from_the_day_on(westmarch, eastvale):
    make_inspection(westmarch)
    end(westmarch, eastvale)
    rows = [compliance(Inspection.objects.all(), Response.objects.all(), on) for on in (TODAY - A_DAY, TODAY)]
    assert [row.forces for (row,) in rows] == ["Westmarch", "Eastvale, Westmarch"]
