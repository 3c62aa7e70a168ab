"""A response as it reads: of its draft, of what was published, and of what was brought in."""

import datetime
from functools import partial

import pytest

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.inspections.inspections import NewRecommendation, add_recommendation
from recommendations.domain.responses import imported, publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.items import anchors_of, labels_of
from recommendations.domain.responses.published_text import read_stored, text_of_version
from recommendations.domain.responses.text import KIND_WORDS, ChiefOfficer
from recommendations.domain.responses.text_builders import text_of_draft
from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.titles import read_title
from recommendations.models import Inspection, Label, PublishedText, Response
from recommendations.trail import verb
from tests.conftest import AT, PUBLISHED, make_inspection, make_tracked
from tests.domain.responses.test_draft_completeness import withdraw
from tests.domain.responses.test_publishing import brought_in
from tests.makers.action_plans import fire_of_before
from tests.makers.responses import (
    SAID,
    comment_of_chief_officer,
    make_draft,
    make_published,
    make_response,
    publish,
    text_of_day,
    write,
)
from tests.per_module import per_module


@per_module
def report(inspection):
    make_tracked(inspection, number="1")
    make_tracked(inspection, number="7.1", text="The force should test its lights.")
    return inspection


def test_a_draft_reads_as_it_will_be_published(report, body, today):
    response = make_draft(report, body)
    write(response, "reply", text="Thank you.")
    text = text_of_day(response, today)
    assert text.heading == "HMICFRS: Custody in Westmarch (custody inspection)"
    assert (text.body_name, text.holder, text.comment_label) == (body.name, "", "OPCC comment")
    assert (text.report_on, text.last_day, text.published_on, text.number) == (
        PUBLISHED,
        datetime.date(2026, 3, 11),
        today,
        1,
    )
    assert (text.forces, text.markdown, text.reply) == (("Westmarch Police",), "We welcome the report.", "Thank you.")
    assert [(each.anchor, each.label, each.text, each.action, each.comment) for each in text.items] == [
        (
            "recommendation-1",
            "Recommendation 1",
            "The force should test cell call bells daily.",
            "proposed",
            SAID["text"],
        ),
        ("recommendation-7.1", "Recommendation 7.1", "The force should test its lights.", "proposed", SAID["text"]),
    ]
    assert text.chief_officers == (
        ChiefOfficer("Westmarch Police", "The force agrees.", "A. Rowe", "Chief constable", today),
    )
    assert text_of_draft(response).published_on is None


@pytest.mark.parametrize("kind", InspectionKind)
def test_the_kind_is_named_so_that_it_is_read_back(kind):
    read = read_title(f"HMICFRS: Watching the doors ({KIND_WORDS[kind]})")
    assert (read.title, read.kind) == ("Watching the doors", kind)


def test_an_inspectorate_that_joined_is_named(westmarch, body):
    report = make_inspection(westmarch, joint_inspectorates="CQC, HMIP")
    assert text_of_draft(make_response(report, body)).inspectorate == "HMICFRS, CQC and HMIP"


def test_labels_and_addresses_are_unlike_each_other(westmarch, inspection, at):
    asked = [
        NewRecommendation(text="A", number="AFI 11", kind="area_for_improvement"),
        NewRecommendation(text="B", number="11", kind="area_for_improvement"),
        NewRecommendation(text="C", kind="area_for_improvement"),
        NewRecommendation(text="D", kind="area_for_improvement"),
        NewRecommendation(text="E", number="2 (b)/é"),
    ]
    made = [add_recommendation(inspection=inspection, new=new, by=None, at=at) for new in asked]
    other = make_inspection(westmarch, title="Other", short_name="Other")
    made.append(add_recommendation(inspection=other, new=asked[1], by=None, at=at))
    assert list(labels_of(made).values()) == [
        "AFI 11",
        "Area for improvement 11 (Custody 26)",
        "Area for improvement (Custody 26)",
        "Area for improvement (Custody 26)",
        "Recommendation 2 (b)/é",
        "Area for improvement 11 (Other)",
    ]
    assert list(anchors_of(made).values()) == [
        "area-for-improvement-11",
        "area-for-improvement-11-at-2",
        "area-for-improvement-at-3",
        "area-for-improvement-at-4",
        "recommendation-2-b-é",
        "area-for-improvement-11-at-6",
    ]


def test_what_the_law_asks_no_answer_to_is_printed_only_where_something_is_said(inspection, body, at):
    for kind in ("area_for_improvement", "innovative_practice", "cause_of_concern"):
        add_recommendation(inspection=inspection, new=NewRecommendation(text=kind, kind=kind), by=None, at=at)
    response = make_response(inspection, body)
    assert [item.text for item in text_of_draft(response).items] == ["cause_of_concern"]
    key = next(each.key for each in approval_workflow.parts_of(response) if each.recommendation)
    write(response, key, text="We agree.")
    assert [item.text for item in text_of_draft(response).items] == ["area_for_improvement", "cause_of_concern"]


def test_what_was_brought_in_reads_as_its_document(body, westmarch, at):
    text = text_of_version(brought_in(body, westmarch, at).versions.get())
    assert [(each.comment, each.with_label, each.also) for each in text.items] == [
        ("We will [see].", "", ("Recommendation 2",)),
        ("", "Recommendation 1", ()),
        ("1. We have.", "", ()),
    ]
    assert (text.general, text.narrative[0], text.markdown) == (("And thanks.",), "We welcome this¹ *very* much.", "")
    assert text.chief_officers == (ChiefOfficer("Westmarch Police", "The force agrees."),)


def test_comments_that_cross_are_repeated_and_not_lost(body, westmarch, at):
    comments = (imported.NewComment("A.", (0, 1)), imported.NewComment("B.", (1, 2)))
    text = text_of_version(brought_in(body, westmarch, at, comments=comments).versions.get())
    assert [(each.comment, each.with_label) for each in text.items] == [("A.", ""), ("A.\n\nB.", ""), ("B.", "")]


def test_a_version_is_read_with_one_query_and_never_changes(
    report, body, officer, approver, at, django_assert_num_queries
):
    version = make_published(report, body, by=officer, approver=approver).versions.get()
    with django_assert_num_queries(1):
        before = text_of_version(version)
    add_recommendation(inspection=report, new=NewRecommendation(text="More.", number="9"), by=None, at=at)
    assert text_of_version(version) == before
    with pytest.raises(ValueError, match="never changes"):
        PublishedText.objects.get().save()


def test_what_was_brought_in_is_read_with_one_query(body, westmarch, at, django_assert_num_queries):
    version = brought_in(body, westmarch, at).versions.get()
    with django_assert_num_queries(1):
        text_of_version(version)


def test_each_forces_comments_are_there(westmarch, eastvale, body):
    report = make_inspection([westmarch, eastvale])
    response = make_response(report, body)
    comment_of_chief_officer(response, eastvale, text="We do not agree.")
    assert text_of_draft(response).chief_officers == (
        ChiefOfficer("Eastvale Police", "We do not agree.", "A. Rowe", "Chief constable", datetime.date(2026, 11, 7)),
        ChiefOfficer("Westmarch Police"),
    )


def test_its_history_tells_its_life(report, body, officer, approver, at):
    response = make_draft(report, body, by=officer)
    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.send_back(response=response, remarks="Say when.", by=approver, at=at)
    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.approve(response=response, by=approver, at=at)
    publish(response, by=officer, at=at)
    lines = tell(response, events_of(response, user=officer), Label.objects.words())
    assert [(line.verb, line.actor, line.reason) for line in lines] == [
        ("Published", "Hannah Whitlock", ""),
        ("Approved", "Margaret Osei", ""),
        ("Submitted for approval", "Hannah Whitlock", ""),
        ("Sent back", "Margaret Osei", "Say when."),
        ("Submitted for approval", "Hannah Whitlock", ""),
        ("Submit comments", "the command line", ""),
        ("Response started", "Hannah Whitlock", ""),
    ]
    published = {(row.title, change.field): change.after for row in lines[0].rows for change in row.changes}
    assert published["", "State"] == "Published"
    assert published["Version", "Body name"] == body.name
    assert ("Version", "Pdf") not in published
    told = [(row.title, change.field, change.after) for row in lines[3].rows for change in row.changes]
    assert told == [("", "State", "Being drafted"), ("Submitted text", "Decision", "Sent back")]


def test_a_withdrawn_report_is_still_named(report, body, at):
    response = make_draft(report, body)
    withdraw(Inspection.objects.get(), at)
    text = text_of_draft(response)
    assert (text.title, text.items, text.report_on) == ("Custody in Westmarch", (), PUBLISHED)


@pytest.mark.parametrize("stated", [None, datetime.date(2026, 4, 1)])
def test_a_super_complaint_has_the_day_that_is_stated_and_no_other(westmarch, body, stated):
    made = make_inspection(westmarch, kind=InspectionKind.SUPER_COMPLAINT, respond_by=stated or PUBLISHED)
    response = make_response(made, body)
    with verb("edit", by=None, at=AT) as act:
        made.respond_by = stated
        act.save(made)
    text = text_of_draft(response)
    assert (text.is_stated, text.last_day) == (True, stated)


@pytest.mark.parametrize("made_by", [fire_of_before, partial(make_inspection, kind="other", section_55=False)])
def test_nothing_is_counted_for_what_section_55_is_not_about(westmarch, body, made_by):
    text = text_of_draft(make_response(made_by(westmarch), body))
    assert (text.is_stated, text.last_day) == (True, None)


def test_a_fire_report_of_before_is_read_without_the_day_that_was_counted(westmarch, body, officer, approver):
    fire = fire_of_before(westmarch)
    kept = PublishedText.objects.get(of__response=make_published(fire, body, by=officer, approver=approver))
    before = kept.text | {"is_stated": False, "last_day": "2026-03-11"}
    read, now = (read_stored(PublishedText(text=text)) for text in (before, kept.text))
    assert (read.last_day, read.is_stated, read) == (None, True, now)


def test_a_correction_knows_the_day_of_the_first_version(report, body, officer, approver):
    response = make_published(report, body, by=officer, approver=approver)
    first = text_of_version(response.versions.get())
    assert (first.first_on, first.published_on) == (None, AT.date())
    publishing.correct(response=response, by=officer, at=AT)
    response = Response.objects.get()
    text = text_of_day(response, AT.date() + datetime.timedelta(days=30))
    assert (text_of_draft(response).first_on, text.first_on, text.number) == (AT.date(), AT.date(), 2)


def test_of_several_reports_the_soonest_known_day_counts(westmarch, body):
    day = PUBLISHED + datetime.timedelta(days=10)
    later = make_inspection(westmarch, title="Later", published_on=day)
    outside = make_inspection(westmarch, kind=InspectionKind.SUPER_COMPLAINT, respond_by=PUBLISHED)
    response = make_response([later, outside], body)
    with verb("edit", by=None, at=AT) as act:
        outside.respond_by = None
        act.save(outside)
    text = text_of_draft(response)
    assert (text.is_stated, text.report_on, text.last_day) == (False, day, day + datetime.timedelta(days=55))
