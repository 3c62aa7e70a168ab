"""A published response is recorded whole, once, with its inspection, in one act of the trail."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from recommendations.domain.audit import verification
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses import imported
from recommendations.domain.responses.imported import AlreadyHere, NewComment, PublishedResponse, WrongRecommendation
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import Note
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import DeadlineKind, InspectionKind, RecommendationKind
from recommendations.models import (
    Comment,
    Inspection,
    Recommendation,
    Response,
    ResponseVersion,
    TrackedRecommendation,
    TrailEntry,
)
from tests.conftest import PUBLISHED, make_inspection, make_tracked
from tests.per_module import per_module
from tests.refusals import refusal

RESPONDED = datetime.date(2026, 3, 11)
SOURCE = "HMICFRS: Custody in Westmarch\n1. Test cell call bells daily.\nOPCC Comment: Agreed."


@per_module
def published(body):
    return PublishedResponse(
        title="Custody in Westmarch",
        short_name="Custody 26",
        kind=InspectionKind.CUSTODY,
        body=body,
        body_name=body.name,
        published_on=PUBLISHED,
        responded_on=RESPONDED,
        narrative=("I welcome this report¹.",),
        footnotes=({"mark": "1", "text": "Published on 15 January."},),
        recommendations=(
            NewRecommendation(
                text="With immediate effect, the force should test cell call bells daily.",
                number="1",
                addressees=("the force",),
                deadline_words="With immediate effect",
                deadline_kind=DeadlineKind.IMMEDIATE,
                deadline_on=PUBLISHED,
            ),
            NewRecommendation(
                text="The Home Office should fund bells.", number="2", directed_to_force=False, parts=("a", "b")
            ),
            NewRecommendation(text="Visits are recorded well.", kind=RecommendationKind.INNOVATIVE_PRACTICE),
        ),
        comments=(NewComment("Agreed.", (0, 1)),),
        chief_officer_comments="We accept all.",
        left_out=("Agenda item 7",),
        source_name="custody.txt",
        source_text=SOURCE,
    )


@pytest.fixture
def record(westmarch, officer, at):
    def act(published, force=westmarch):
        return imported.record_published(published=published, force=force, by=officer, at=at)

    return act


def nothing_saved():
    return not Response.objects.exists() and not Inspection.objects.exists() and not TrackedRecommendation.objects.all()


def test_it_comes_in_whole(published, record, westmarch):
    response = record(published)
    inspection = Inspection.objects.get()
    assert [link.inspection for link in response.answers.all()] == [inspection]
    assert (inspection.title, inspection.kind, inspection.published_on) == (
        "Custody in Westmarch",
        "custody",
        PUBLISHED,
    )
    tracked = TrackedRecommendation.objects.order_by("reference")
    assert [(each.reference, each.force, each.directed_to_force, each.deadline_on) for each in tracked] == [
        ("WM-0001", westmarch, True, PUBLISHED),
        ("WM-0002", westmarch, False, None),
    ]
    version = response.versions.get()
    text = text_of_version(version)
    assert (version.published_on, text.narrative, version.left_out) == (
        RESPONDED,
        ("I welcome this report¹.",),
        ["Agenda item 7"],
    )
    assert text.footnotes == (Note("1", "Published on 15 January."),)
    (comment,) = version.comments.all()
    assert [answer.recommendation.number for answer in comment.answers.order_by("id")] == ["1", "2"]


def test_it_is_one_entry_of_the_trail(published, record):
    before = TrailEntry.objects.count()
    record(published)
    assert TrailEntry.objects.count() == before + 1
    assert TrailEntry.objects.latest("sequence").verb == "record_published_response"
    assert verification.verify() == []


def test_the_same_document_again_is_refused_whatever_its_spacing_marks_and_case(published, record):
    first = record(published)
    again = replace(published, title="Another title", source_text=SOURCE.upper().replace("\n", "\n\n• "))
    with pytest.raises(AlreadyHere, match="7 November 2026") as refused:
        record(again)
    assert refused.value.version.response == first
    assert Response.objects.get() == first


def test_two_responses_without_a_document_are_two(published, record):
    record(replace(published, source_text=""))
    record(replace(published, source_text=" … "))
    assert Response.objects.count() == 2
    assert Inspection.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"published_on": datetime.date(2026, 11, 8)}, "published_on", "in-the-future"),
        ({"responded_on": datetime.date(2026, 11, 8)}, "responded_on", "in-the-future"),
        ({"responded_on": datetime.date(2026, 1, 14)}, "responded_on", "before-publication"),
        ({"title": "  "}, "title", "required"),
        ({"title": "x" * 301}, "title", "too-long"),
        ({"body": None}, "body", "required"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(published, record, change, field, code):
    with refusal(code) as refused:
        record(replace(published, **change))
    assert refused.value.field == field
    assert nothing_saved()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "1"}, "number"),
        ({"number": "AFI " + "1" * 20}, "number"),
        ({"text": " "}, "text"),
        ({"deadline_words": "by " * 100}, "deadline_words"),
        ({"addressees": ("x" * 201,)}, "addressees"),
        ({"deadline_kind": DeadlineKind.DATE, "deadline_on": datetime.date(2026, 1, 14)}, "deadline_on"),
    ],
)
def test_a_wrong_recommendation_is_named_by_its_place_and_nothing_is_saved(published, record, change, field):
    first, second, *_ = published.recommendations
    with pytest.raises(WrongRecommendation) as refused:
        record(replace(published, recommendations=(first, replace(second, **change))))
    assert (refused.value.place, refused.value.field) == (1, field)
    assert nothing_saved()


def test_an_inspection_that_is_here_is_answered_and_not_added_twice(published, record, westmarch):
    inspection = make_inspection(westmarch)
    first = make_tracked(inspection, number="1", text=published.recommendations[0].text.replace(" ", "  "))
    own = make_tracked(inspection, number="9", text="Another that the response does not name.")
    response = record(published)
    assert Inspection.objects.get() == inspection
    assert Recommendation.objects.count() == 4
    answered = response.versions.get().comments.get().answers.order_by("id")
    assert [answer.recommendation.number for answer in answered] == ["1", "2"]
    assert answered[0].recommendation == first.recommendation
    assert own.recommendation.answers.count() == 0


def test_the_inspection_can_be_chosen_where_its_title_is_written_otherwise(published, record, westmarch):
    inspection = make_inspection(westmarch, title="Custody inspection, Westmarch Police")
    record(replace(published, inspection=inspection))
    assert Inspection.objects.get() == inspection


def test_a_number_alone_answers_the_recommendation_that_is_here(published, record, westmarch):
    tracked = make_tracked(make_inspection(westmarch), number="1", text="The force should test cell call bells daily.")
    record(replace(published, recommendations=(NewRecommendation(text="", number="1"),), comments=()))
    assert Recommendation.objects.get() == tracked.recommendation


def test_another_text_under_the_same_number_is_refused(published, record, westmarch):
    make_tracked(make_inspection(westmarch), number="1", text="Something else.")
    with refusal("another-text", WrongRecommendation) as refused:
        record(published)
    assert (refused.value.place, refused.value.field) == (0, "number")
    assert not Response.objects.exists()


def test_a_second_force_follows_the_whole_inspection(published, record, westmarch, eastvale):
    record(published)
    inspection = Inspection.objects.get()
    new = NewRecommendation(number="3", text="Both should share what they learn.")
    inspections.add_recommendation(inspection=inspection, new=new, by=None, at=datetime.datetime.now(datetime.UTC))
    record(replace(published, source_text="Eastvale's own text"), force=eastvale)
    followed = TrackedRecommendation.objects.filter(force=eastvale).order_by("recommendation__number")
    assert [each.recommendation.number for each in followed] == ["1", "2", "3"]
    assert Recommendation.objects.count() == 4


def test_the_document_is_found_without_being_recorded(published, record):
    assert imported.find_document(SOURCE) is None
    record(published)
    assert imported.find_document(SOURCE.lower()) == ResponseVersion.objects.get()
    assert imported.find_document("") is None


def test_nothing_is_kept_when_a_late_part_fails(published, record):
    with pytest.raises(IndexError):
        record(replace(published, comments=(NewComment("Agreed.", (7,)),)))
    assert nothing_saved()
    assert not Comment.objects.exists()


def test_a_recommendation_belongs_to_its_cause_of_concern(published, record):
    cause = NewRecommendation(text="Detained children wait too long.", kind=RecommendationKind.CAUSE_OF_CONCERN)
    first, *_ = published.recommendations
    record(replace(published, recommendations=(cause, first), causes={1: 0}, comments=()))
    assert Recommendation.objects.get(number="1").cause == Recommendation.objects.get(number="")
    assert TrackedRecommendation.objects.count() == 1


def test_a_cause_that_is_none_is_refused(published, record):
    with refusal("invalid-choice", WrongRecommendation) as refused:
        record(replace(published, causes={1: 0}))
    assert (refused.value.place, refused.value.field) == (1, "cause")


@pytest.mark.postgresql_alone  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_the_same_document_from_many_at_once_is_recorded_once(published, westmarch, eastvale, at):
    """Also for two forces, whose writers wait for nobody: the document is unique in the database."""

    def record(place):
        try:
            force = (westmarch, eastvale)[place % 2]
            return imported.record_published(published=published, force=force, by=None, at=at)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(record, range(4)))
    assert sum(isinstance(each, Response) for each in done) == 1
    assert all(isinstance(each, Response | Refusal) for each in done)
    assert Response.objects.count() == 1
    assert TrackedRecommendation.objects.values("force").distinct().count() == 1
    assert verification.verify() == []
