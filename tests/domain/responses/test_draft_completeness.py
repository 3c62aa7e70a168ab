"""What a draft lacks is said, part by part: the law's parts first, and what would be printed wrongly."""

import datetime

import pytest

from recommendations.domain.inspections.inspections import NewRecommendation, add_recommendation, edit_tracked
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.completeness import Missing, directed_elsewhere, stock_reason
from recommendations.enums import RecommendationKind
from recommendations.models import Inspection, Invitation, Recommendation
from recommendations.trail import verb
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.responses import (
    comment_of_chief_officer,
    make_draft,
    make_published,
    make_response,
    part,
    promise,
    write,
)
from tests.per_module import per_module

LINES = [
    "Recommendation 1: say what was done, or why not",
    "Recommendation 2: directed to the Home Office, no answer yet",
]


@per_module
def report(inspection):
    make_tracked(inspection, number="1")
    to = NewRecommendation(
        number="2", text="Others should act.", addressees=("the Home Office",), directed_to_force=False
    )
    add_recommendation(inspection=inspection, new=to, by=None, at=AT)
    return inspection


@per_module
def key(report):
    return {each.number: f"recommendation-{each.pk}" for each in report.recommendations.all()}


def words(response, on=None) -> list[str]:
    return [each.words for each in approval_workflow.missing(response, on)]


def invite(response, force, *, due_on, sent_on, at):
    with verb("invite", by=None, at=at, subject=response) as act:
        return act.save(
            Invitation(response=response, force=force, due_on=due_on, sent_on=sent_on, sent_to="x", recorded_at=at)
        )


def test_everything_is_missing_from_a_new_draft(report, body, key):
    response = make_response(report, body)
    assert approval_workflow.missing(response) == [
        Missing(LINES[0], key["1"]),
        Missing(LINES[1], key["2"], stock=True),
        Missing("The chief constable of Westmarch Police has not been invited to comment", "chief-officers"),
    ]
    assert stock_reason(part(response, key["1"])) == ""
    assert stock_reason(part(response, key["2"])) == (
        "This recommendation is directed to others: the Home Office. We take no action on it."
    )


def test_nothing_is_missing_from_a_whole_one(report, body):
    assert words(make_draft(report, body)) == []


def test_each_recommendation_is_explained(report, body, key):
    response = make_draft(report, body)
    for values, missing in [
        ({"action": "taken", "text": ""}, ["Recommendation 1: say in the comment what was done"]),
        ({"action": "proposed", "text": ""}, ["Recommendation 1: say in the comment what is proposed"]),
        ({"action": "none", "text": "A comment."}, ["Recommendation 1: say why there is no action"]),
        ({"action": "none", "reason": "It asks nothing of us.", "text": ""}, []),
        ({"action": "", "reason": "", "text": "A comment."}, ["Recommendation 1: say what was done, or why not"]),
    ]:
        write(response, key["1"], **values)
        assert words(response) == missing, values


def test_what_has_no_number_is_named_by_its_first_words(report, body, at):
    for words_of_it in ("Forces should record every call that they close early.", "Forces should tell victims."):
        add_recommendation(inspection=report, new=NewRecommendation(text=words_of_it), by=None, at=at)
    found = [each.partition(": ")[0] for each in words(make_draft(report, body, said={}))]
    assert found[-2:] == [
        "Recommendation “Forces should record every call that …”",
        "Recommendation “Forces should tell victims.”",
    ]


def test_an_area_for_improvement_needs_no_answer_and_no_half_one(report, body, at):
    new = NewRecommendation(text="Records.", kind=RecommendationKind.AREA_FOR_IMPROVEMENT, number="AFI 4")
    made = add_recommendation(inspection=report, new=new, by=None, at=at)
    response = make_draft(report, body)
    about = f"recommendation-{made.pk}"
    write(response, about, action="", text="")
    assert words(response) == []
    write(response, about, action="taken", text="")
    assert words(response) == ["AFI 4: say in the comment what was done"]


def test_marks_without_notes_and_notes_without_marks_are_named_where_they_stand(report, body, key):
    response = make_draft(report, body)
    write(response, "narrative", text="We welcome it[^1].\n\n[^2]: A note.")
    write(response, key["1"], text="We will[^a].")
    assert [(each.words, each.anchor) for each in approval_workflow.missing(response)] == [
        ("Narrative: the mark [^1] has no note", "narrative"),
        ("Narrative: the note [^2] has no mark in the text", "narrative"),
        ("Recommendation 1: the mark [^a] has no note", key["1"]),
    ]


def test_a_promise_that_the_text_no_longer_makes_is_named(report, body, key):
    response = make_draft(report, body)
    promise(response, key["1"], "We have asked for the figures each quarter.")
    assert words(response) == []
    write(response, key["1"], text="We have not asked.")
    assert words(response) == [
        "“We have asked for the figures each quarter.” is marked as a commitment, and the text no longer says it"
    ]


def test_the_chief_officers_silence_is_an_answer_after_the_day_that_was_set(report, body, westmarch, today, at):
    response = make_draft(report, body)
    said = response.chief_officers.get()
    with verb("withdraw_comments", by=None, at=at) as act:
        said.withdrawn_at, said.withdrawn_why = at, "A wrong file."
        act.save(said)
    due = today + datetime.timedelta(days=3)
    invite(response, westmarch, due_on=due, sent_on=today, at=at)
    waits = ["Comments of the chief constable of Westmarch Police are asked for by 10 November 2026"]
    assert words(response) == words(response, due) == waits
    assert words(response, due + datetime.timedelta(days=1)) == []
    comment_of_chief_officer(response, westmarch)
    assert words(response) == []


def test_each_force_that_the_body_oversees_is_asked(westmarch, eastvale, body):
    report = make_inspection([westmarch, eastvale])
    response = make_response(report, body)
    assert words(response) == [
        f"The chief constable of {force} has not been invited to comment" for force in (eastvale, westmarch)
    ]


def test_a_correction_says_what_it_corrects(report, body, officer, approver, at):
    response = make_published(report, body, by=officer, approver=approver)
    publishing.correct(response=response, by=officer, at=at)
    assert [(each.words, each.anchor) for each in approval_workflow.missing(response)] == [
        ("Say what this version corrects", "correction")
    ]


# While it is drafted, the report changes


def withdraw(record, at):
    with verb("withdraw", by=None, at=at) as act:
        record.withdrawn_at, record.withdrawn_why = at, "Brought in twice."
        act.save(record)


def test_a_recommendation_that_is_added_is_missing_and_one_that_is_withdrawn_is_not_asked(report, body, key, at):
    response = make_draft(report, body)
    made = add_recommendation(inspection=report, new=NewRecommendation(text="More.", number="3"), by=None, at=at)
    assert [each.key for each in approval_workflow.parts_of(response)][-2:] == [f"recommendation-{made.pk}", "reply"]
    assert words(response) == ["Recommendation 3: say what was done, or why not"]
    write(response, key["1"], action="", text="")
    write(response, f"recommendation-{made.pk}", action="taken", text="Done.")
    withdraw(Recommendation.objects.get(number="1"), at)
    assert key["1"] not in [each.key for each in approval_workflow.parts_of(response)]
    assert words(response) == []
    approval_workflow.submit(response=response, by=None, at=at)


def test_what_was_answered_with_a_withdrawn_one_has_no_comment(report, body, key, at):
    response = make_draft(report, body)
    write(response, key["2"], text="", with_part=key["1"])
    withdraw(Recommendation.objects.get(number="1"), at)
    assert words(response) == ["Recommendation 2: say in the comment what is proposed"]


def test_a_report_that_is_withdrawn_leaves_a_response_that_can_only_be_withdrawn(report, body, at):
    response = make_draft(report, body)
    withdraw(Inspection.objects.get(pk=report.pk), at)
    assert approval_workflow.missing(response) == [
        Missing("The report was withdrawn on 7 November 2026: Brought in twice. Withdraw this response too", "report")
    ]
    with pytest.raises(approval_workflow.NotComplete, match="The report was withdrawn") as refused:
        approval_workflow.submit(response=response, by=None, at=at)
    assert refused.value.missing == approval_workflow.missing(response)
    assert [each.key for each in approval_workflow.parts_of(response)] == ["narrative", "reply"]


def test_of_two_reports_one_can_go(report, body, westmarch, at):
    other = make_inspection(westmarch, title="The national report", short_name="National")
    make_tracked(other, number="1", text="Forces should meet.")
    response = make_draft([report, other], body)
    labels = [item.label for item in approval_workflow.draft_text(response).text.items]
    assert labels == ["Recommendation 1 (Custody 26)", "Recommendation 2", "Recommendation 1 (National)"]
    withdraw(Inspection.objects.get(pk=report.pk), at)
    assert words(response) == []
    assert [item.text for item in approval_workflow.draft_text(response).text.items] == ["Forces should meet."]


def test_directed_elsewhere_is_what_no_force_follows_as_its_own(report, body, key, at):
    response = make_response(report, body)
    assert directed_elsewhere(part(response, key["2"])) == "the Home Office"
    tracked = Recommendation.objects.get(number="2").tracked.get()
    edit_tracked(tracked=tracked, version=tracked.version, directed_to_force=True, by=None, at=at)
    assert directed_elsewhere(part(response, key["2"])) == ""
