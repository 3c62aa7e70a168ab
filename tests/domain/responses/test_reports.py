"""A report is recorded whole, once, with its inspection, what it asks, and its response, in one act of the trail."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from recommendations.domain.audit import verification
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.people import records
from recommendations.domain.responses import imported, reports, starting
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.imported import PublishedResponse, WrongRecommendation
from recommendations.domain.responses.reports import NewReport, ReportHere
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind, LinkKind, RecommendationKind, ResponseAnswer, ResponseState
from recommendations.models import (
    Inspection,
    InspectionDocument,
    InspectionLink,
    Oversight,
    Response,
    TrackedRecommendation,
    TrailEntry,
)
from tests.conftest import PUBLISHED, make_inspection
from tests.makers.responses import bring_in
from tests.per_module import per_module
from tests.refusals import refusal_of

SOURCE = "PEEL 2025-27\nCause of concern\nThe force speaks to few children.\nThe force should speak to every child."
BEFORE = PUBLISHED - datetime.timedelta(days=30)


@per_module
def report(body):
    return NewReport(
        title="PEEL 2025–27: An inspection of Westmarch Police",
        short_name="PEEL 26",
        kind=InspectionKind.PEEL,
        published_on=PUBLISHED,
        recommendations=(
            NewRecommendation(text="The force speaks to few children.", kind=RecommendationKind.CAUSE_OF_CONCERN),
            NewRecommendation(text="The force should speak to every child.", parts=("at home; and", "at school.")),
            NewRecommendation(text="The force should count calls.", kind=RecommendationKind.AREA_FOR_IMPROVEMENT),
            NewRecommendation(text="The Home Office should pay.", number="4", directed_to_force=False),
            NewRecommendation(text="Callers get a text.", kind=RecommendationKind.INNOVATIVE_PRACTICE),
        ),
        causes={1: 0},
        inspection_facts={"lead_inspectorate": "HMICFRS", "joint_inspectorates": ""},
        left_out=("Page 3",),
        source_name="peel.html",
        source_text=SOURCE,
    )


@pytest.fixture
def record(westmarch, officer, at):
    def act(report, force=westmarch):
        return reports.record_report(report=report, force=force, by=officer, at=at)

    return act


@per_module
def national(westmarch, body, officer, at):
    """A national report whose response is being drafted."""
    found = make_inspection(westmarch, title="Missing children")
    response = starting.start_response(inspections=[found], body=body, by=officer, at=at)
    return found, response


def test_it_comes_in_whole(report, record, westmarch, officer, at):
    inspection = record(report)
    assert [covers.force for covers in inspection.covers.all()] == [westmarch]
    assert (inspection.needs_response, inspection.last_day) == (True, datetime.date(2026, 3, 11))
    found = inspection.recommendations.in_order()
    assert [(each.kind, each.cause and each.cause.text, each.parts.count()) for each in found] == [
        ("cause_of_concern", None, 0),
        ("recommendation", "The force speaks to few children.", 2),
        ("area_for_improvement", None, 0),
        ("recommendation", None, 0),
        ("innovative_practice", None, 0),
    ]
    assert list(TrackedRecommendation.objects.order_by("pk").values_list("reference", "directed_to_force")) == [
        ("WM-0001", True),
        ("WM-0002", True),
        ("WM-0003", False),
    ]
    document = InspectionDocument.objects.get()
    assert (document.inspection, document.name, document.text, document.left_out) == (
        inspection,
        "peel.html",
        SOURCE,
        ["Page 3"],
    )
    assert (document.recorded_at, document.recorded_by) == (at, officer)
    assert [entry.verb for entry in TrailEntry.objects.all()].count("record_report") == 1
    assert verification.verify() == []


def test_the_response_is_there_at_once_with_every_recommendation_waiting(report, record, body):
    inspection = record(report)
    response = Response.objects.get()
    assert (response.body, response.state, response.title) == (body, ResponseState.DRAFTING, inspection.title)
    assert [answer.inspection for answer in response.answers.all()] == [inspection]
    assert not response.versions.exists()
    waiting = [part for part in approval_workflow.parts_of(response) if part.recommendation]
    assert [part.recommendation for part in waiting] == list(inspection.recommendations.in_order())
    assert {part.text for part in waiting} == {""}


@pytest.mark.parametrize(
    "again",
    [
        {},
        pytest.param({"title": "Another title"}, marks=pytest.mark.soak),
        {"source_text": "Other words", "title": "PEEL 2025-27 - An inspection of Westmarch Police"},
        pytest.param(
            {"source_text": "", "title": "peel 2025–27: an inspection of westmarch police"}, marks=pytest.mark.soak
        ),
    ],
    ids=["all", "the same document", "the same title with other dashes and day", "in other letters"],
)
def test_the_same_report_again_adds_nothing(report, record, again):
    inspection = record(report)
    with pytest.raises(ReportHere) as error:
        record(replace(report, **again))
    assert error.value.inspection == inspection
    assert "“PEEL 2025–27: An inspection of Westmarch Police”" in error.value.message
    assert (Inspection.objects.count(), Response.objects.count(), TrackedRecommendation.objects.count()) == (1, 1, 3)


def test_another_day_or_another_document_is_another_report(report, record):
    record(report)
    record(replace(report, published_on=BEFORE, source_text="Other words"))
    assert Inspection.objects.count() == 2


def test_a_report_that_was_added_by_hand_is_here_too(report, record, westmarch):
    by_hand = make_inspection(westmarch, title=report.title)
    with pytest.raises(ReportHere) as error:
        record(report)
    assert error.value.inspection == by_hand


def test_where_no_response_is_needed_the_reason_is_on_record(report, record):
    inspection = record(replace(report, answer=ResponseAnswer.NONE, reason="It is about others."))
    assert (inspection.needs_response, inspection.no_response_reason) == (False, "It is about others.")
    assert (Response.objects.exists(), TrackedRecommendation.objects.count()) == (False, 3)
    assert refusal_of(record, replace(report, answer=ResponseAnswer.NONE, title="B", source_text="b")) == (
        "no-reason",
        "no_response_reason",
    )


def test_a_final_report_follows_its_interim_one(report, record, national):
    interim, _ = national
    inspection = record(replace(report, belongs_to=interim, link=LinkKind.FOLLOWS))
    link = InspectionLink.objects.get()
    assert (link.inspection, link.to, link.kind) == (inspection, interim, "follows")
    assert Response.objects.count() == 2


def test_a_companion_shares_the_others_response(report, record, national):
    found, response = national
    inspection = record(replace(report, belongs_to=found, link=LinkKind.COMPANION, answer=ResponseAnswer.SHARED))
    assert [answer.inspection for answer in response.answers.order_by("pk")] == [found, inspection]
    assert (Response.objects.count(), inspection.needs_response) == (1, True)


def test_what_cannot_be_shared_is_refused(report, record, national, westmarch, body, officer, at):
    found, response = national
    shared = replace(report, answer=ResponseAnswer.SHARED, belongs_to=found, link=LinkKind.COMPANION)
    only = ("not-a-companion", "answer")
    assert refusal_of(record, replace(shared, belongs_to=None, link="")) == only
    assert refusal_of(record, replace(shared, link=LinkKind.FOLLOWS)) == only
    assert refusal_of(record, replace(shared, link="")) == ("required", "link")
    alone = make_inspection(westmarch, title="Alone")
    assert refusal_of(record, replace(shared, belongs_to=alone)) == (
        "no-response",
        "answer",
    )
    early = replace(published(body), title="Early", published_on=BEFORE, responded_on=BEFORE)
    answered = imported.first_inspection(bring_in(early, westmarch, by=officer, at=at))
    assert refusal_of(record, replace(shared, belongs_to=answered)) == (
        "published-earlier",
        "answer",
    )
    assert response.answers.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"published_on": datetime.date(2027, 1, 1)}, ("in-the-future", "published_on")),
        ({"title": " "}, ("required", "title")),
        ({"title": "x" * 301}, ("too-long", "title")),
        ({"short_name": "x" * 25}, ("too-long", "short_name")),
        ({"inspection_facts": {"respond_by": BEFORE}}, ("before-publication", "respond_by")),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(report, record, given, says):
    assert refusal_of(record, replace(report, **given)) == says
    assert not Inspection.objects.exists()
    assert not Response.objects.exists()


def test_an_old_report_is_answered_by_the_body_of_today_or_else_of_its_own_day(report, record, westmarch, body, at):
    record(replace(report, published_on=datetime.date(2010, 1, 1)))
    assert Response.objects.get().body == body
    link = Oversight.objects.get(force=westmarch)
    link.until = datetime.date(2015, 1, 1)
    records.keep(record=link, by=None, at=at)
    record(replace(report, published_on=datetime.date(2014, 1, 1), title="Another", source_text="Another text."))
    assert Response.objects.get(title="Another").body == body
    assert refusal_of(
        record, replace(report, published_on=datetime.date(2010, 1, 1), title="A third", source_text="A third text.")
    ) == (
        "no-body",
        "force",
    )


def test_a_recommendation_that_cannot_be_is_named_by_its_place(report, record):
    wrong = (*report.recommendations, NewRecommendation(text="Again.", number="4"))
    with pytest.raises(WrongRecommendation) as error:
        record(replace(report, recommendations=wrong))
    assert (error.value.place, error.value.field) == (5, "number")
    assert not Inspection.objects.exists()


def test_a_super_complaint_has_the_last_day_that_it_states(report, record):
    stated = datetime.date(2026, 5, 1)
    facts = report.inspection_facts | {"respond_by": stated}
    inspection = record(replace(report, kind=InspectionKind.SUPER_COMPLAINT, inspection_facts=facts))
    assert inspection.last_day == stated


# -- a response that begins, and one that was published elsewhere


def published(body):
    return PublishedResponse(
        title="PEEL 2025–27: An inspection of Westmarch Police",
        short_name="PEEL 26",
        kind=InspectionKind.PEEL,
        body=body,
        body_name="The Commissioner",
        published_on=PUBLISHED,
        responded_on=PUBLISHED,
    )


def test_one_report_has_one_response(national, body, officer, at):
    found, _ = national
    with pytest.raises(Refusal) as error:
        starting.start_response(inspections=[found], body=body, by=officer, at=at)
    assert (error.value.code, "“Missing children”" in error.value.message) == ("has-response", True)
    with pytest.raises(Refusal):
        starting.start_response(inspections=[], body=body, by=officer, at=at)


def test_a_report_that_needs_none_begins_none(westmarch, body, officer, at):
    found = make_inspection(westmarch, needs_response=False, no_response_reason="Not its subject.")
    with pytest.raises(Refusal) as error:
        starting.start_response(inspections=[found], body=body, by=officer, at=at)
    assert error.value.code == "no-response-needed"


def test_a_response_that_was_published_elsewhere_takes_the_drafts_place(report, record, body, westmarch, officer, at):
    inspection = record(report)
    draft = Response.objects.get()
    done = imported.record_published(published=published(body), force=westmarch, by=officer, at=at)
    assert (done, done.state, done.slug) == (draft, "brought_in", "")
    assert (imported.first_inspection(done), done.versions.count(), imported.draft_of(inspection)) == (
        inspection,
        1,
        None,
    )
    assert verification.verify() == []


@pytest.mark.postgresql_alone  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_two_at_once_record_one_report(report, westmarch, officer, at):
    def act(_):
        try:
            return reports.record_report(report=report, force=westmarch, by=officer, at=at)
        except ReportHere as here:
            return here.inspection
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(act, range(2))
    assert first == second
    assert (Inspection.objects.count(), Response.objects.count()) == (1, 1)


def test_a_withdrawn_report_can_come_in_again(report, record, officer, at):
    inspection = record(report)
    with inspections.verb("undo", by=officer, at=at) as act:
        inspection.withdrawn_at, inspection.withdrawn_why = at, "Wrong file."
        act.save(inspection)
    assert record(report) != inspection
