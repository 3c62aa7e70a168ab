"""A draft carries the highest marking of what it says, and nothing above OFFICIAL is submitted."""

import pytest

from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.completeness import Missing
from recommendations.domain.responses.text_builders import text_of_draft
from recommendations.domain.text.security_marking import highest, marking_of
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Marking, ResponseState
from recommendations.models import Response
from tests.conftest import make_tracked
from tests.makers.responses import make_approved, make_draft, part, write
from tests.per_module import per_module

SENSITIVE = Marking.SENSITIVE


@per_module
def report(inspection):
    make_tracked(inspection, number="1")
    return inspection


@pytest.mark.parametrize(
    ("markings", "found"),
    [
        ([], Marking.OFFICIAL),
        (["official", "official"], Marking.OFFICIAL),
        (["official", "sensitive", "official"], Marking.SENSITIVE),
    ],
)
def test_the_highest_counts(markings, found):
    assert highest(markings) == found


def test_a_part_that_says_nothing_marks_nothing(report, body):
    response = make_draft(report, body)
    write(response, "reply", marking=SENSITIVE)
    assert marking_of(approval_workflow.parts_of(response)) == Marking.OFFICIAL
    assert approval_workflow.missing(response) == []
    write(response, "reply", text="The suite was empty that night.")
    assert marking_of(approval_workflow.parts_of(response)) == SENSITIVE
    assert text_of_draft(response).marking == "OFFICIAL-SENSITIVE"


def test_nothing_sensitive_is_submitted(report, body, officer, at):
    response = make_draft(report, body)
    write(response, "narrative", marking=SENSITIVE)
    lack = Missing(
        "Narrative: it is marked OFFICIAL-SENSITIVE. "
        "Remove what is sensitive, then mark it OFFICIAL: what is published is OFFICIAL",
        "narrative",
    )
    assert approval_workflow.missing(response) == [lack]
    with pytest.raises(Refusal):
        approval_workflow.submit(response=response, by=officer, at=at)
    assert not response.submissions.exists()
    write(response, "narrative", text="We welcome it.", marking=Marking.OFFICIAL)
    assert approval_workflow.submit(response=response, by=officer, at=at).text["text"]["marking"] == "OFFICIAL"


def test_a_marking_that_rises_takes_an_approval_back(report, body, officer, approver):
    response = make_approved(report, body, by=officer, approver=approver)
    write(response, "narrative", marking=SENSITIVE, by=officer)
    assert Response.objects.get(pk=response.pk).state == ResponseState.DRAFTING


def test_a_marking_that_is_none_is_refused(report, body):
    response = make_draft(report, body)
    with pytest.raises(Refusal) as refused:
        write(response, "narrative", marking="secret")
    assert (refused.value.code, refused.value.field) == ("required", "marking")
    assert part(response, "narrative").marking == Marking.OFFICIAL
