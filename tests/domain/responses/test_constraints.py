"""The database itself refuses what a response can never be, whoever writes past the verbs."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from recommendations.models import (
    Comment,
    CommentAnswer,
    Commitment,
    DraftCommitment,
    DraftPart,
    Explanation,
    Response,
    ResponseInspection,
    ResponseSubmission,
    ResponseVersion,
)
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.responses import SAID, make_draft, make_published, make_submitted, promise
from tests.per_module import per_module

# Constraint → the model, which of its rows, and what it is changed to.
REFUSED = {
    "response_state_known": (Response, {}, {"state": "lost"}),
    "response_address_is_whole": (Response, {"state": "published"}, {"year": None}),
    "response_withdrawn_says_why": (Response, {}, {"state": "withdrawn"}),
    "response_came_from_on_a_day": (Response, {}, {"came_on": "2026-11-07"}),
    "response_version_correction_says_what": (ResponseVersion, {}, {"number": 2}),
    "response_version_written_here_is_whole": (ResponseVersion, {}, {"pdf": None}),
    "explanation_action_known": (Explanation, {}, {"action": "later"}),
    "explanation_none_says_why": (Explanation, {}, {"action": "none", "reason": ""}),
    "submission_decision_known": (ResponseSubmission, {}, {"decision": "maybe"}),
    "submission_decided_has_its_moment": (ResponseSubmission, {"decision": "approved"}, {"decided_at": None}),
    "submission_approved_by_another": (
        ResponseSubmission,
        {"decision": "approved"},
        {"decided_by": models.F("submitted_by")},
    ),
    "submission_sent_back_says_why": (ResponseSubmission, {"decision": "approved"}, {"decision": "sent_back"}),
    "submission_outside_says_who_when_and_how": (
        ResponseSubmission,
        {"decision": "approved"},
        {"decision": "approved_outside", "outside_on": TODAY, "outside_by": "The Commissioner"},
    ),
    "draftpart_marking_known": (DraftPart, {"name": "reply"}, {"marking": "secret"}),
    "draftpart_is_one_or_the_other": (DraftPart, {"name": "reply"}, {"name": "other"}),
    "draftcommitment_is_whole": (DraftCommitment, {}, {"keeper": ""}),
    "draftcommitment_every_known": (DraftCommitment, {}, {"every": "day"}),
    "commitment_has_quote_and_keeper": (Commitment, {}, {"quote": ""}),
    "commitment_every_known": (Commitment, {}, {"every": "day"}),
}
# Unique constraint → the model, and what two rows of it cannot share: the second is given these of the first.
ONCE = {
    "response_address_once": (Response, {"state": "published"}, ("year", "slug")),
    "response_answers_once": (ResponseInspection, {}, ("response", "inspection")),
    "response_version_once": (ResponseVersion, {}, ("response", "number")),
    "comment_place_once": (Comment, {}, ("version", "position")),
    "comment_answers_once": (CommentAnswer, {}, ("comment", "recommendation")),
    "explanation_once": (Explanation, {}, ("of", "recommendation")),
    "submission_one_waits": (ResponseSubmission, {"decision": "waiting"}, ("response",)),
    "draftpart_name_once": (DraftPart, {"name": "narrative"}, ("response",)),
    "draftpart_recommendation_once": (
        DraftPart,
        {"recommendation__isnull": False},
        ("response", "recommendation"),
    ),
}


@per_module
def office(westmarch, body, officer, approver):
    """Two of everything: published, submitted, and drafted responses to reports with two recommendations each."""
    for number in range(2):
        reports = [make_inspection(westmarch, title=f"Report {number} {letter}") for letter in "abc"]
        for report in reports:
            make_tracked(report, number="1")
            make_tracked(report, number="2")
        make_published(reports[0], body, by=officer, approver=approver)
        make_submitted(reports[1], body, by=officer)
        draft = make_draft(reports[2], body, by=officer)
        promise(draft, f"recommendation-{reports[2].recommendations.first().pk}", SAID["text"])
    version = ResponseVersion.objects.first()
    with verb("mark", by=None, at=AT) as act:
        act.save(Commitment(of=version, quote="We will.", keeper="Jo", check_on=TODAY, next_on=TODAY, recorded_at=AT))


def rows(model, of: dict):
    return models.QuerySet(model).filter(**of).order_by("pk")


def refused(write) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return str(error.value)


def test_the_database_refuses_each_of_these_by_name(office):
    told = {}
    for name, (model, of, values) in REFUSED.items():
        row = rows(model, of).first()
        told[name] = name in refused(
            lambda model=model, row=row, values=values: rows(model, {"pk": row.pk}).update(**values)
        )
    assert told == dict.fromkeys(REFUSED, True)


def test_the_database_keeps_apart_what_there_is_once(office):
    told = {}
    for name, (model, of, fields) in ONCE.items():
        first, second = rows(model, of).first(), rows(model, {"pk": rows(model, of).last().pk})
        values = {field: getattr(first, field) for field in fields}
        message = refused(lambda second=second, values=values: second.update(**values))
        columns = [f"{model._meta.db_table}.{model._meta.get_field(field).column}" for field in fields]
        told[name] = name in message if connection.vendor == "postgresql" else all(each in message for each in columns)
    assert told == dict.fromkeys(ONCE, True)


def test_every_constraint_of_a_response_is_tried():
    of = (Response, ResponseInspection, ResponseVersion, Comment, Explanation, ResponseSubmission, DraftPart)
    named = {each.name for model in of for each in model._meta.constraints}
    assert named - set(REFUSED) - set(ONCE) == {"response_document_once"}  # tests/domain/responses/test_imported.py
