"""A response under many hands at once: no words are lost, one publishes, and an edit never slips under an approval."""

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.submitted_text import draft_text, submitted_text
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import ResponseState
from recommendations.models import (
    Commitment,
    DraftPart,
    IssuedFile,
    PublishedText,
    Response,
    ResponseSubmission,
    ResponseVersion,
)
from tests.conftest import AT, make_inspection, make_tracked
from tests.faults.test_lost_update import winners
from tests.makers.responses import (
    make_approved,
    make_draft,
    make_response,
    make_submitted,
    part,
    promise,
    publish,
    text_of_day,
    write,
)

THREADS = 8


@pytest.fixture
def report(shared_database, westmarch):
    inspection = make_inspection(westmarch)
    for number in (1, 2):
        make_tracked(inspection, number=str(number))
    return inspection


@pytest.fixture
def key(report):
    return f"recommendation-{report.recommendations.get(number='1').pk}"


def count_up(at_once, response, key: str, edits: int) -> tuple[int, int]:
    """Everybody adds one to the number that a part says, as they read it; how often it was saved, and how often not."""

    def work(place):
        saved = stale = 0
        for _ in range(edits):
            shown = part(response, key)
            number = {"text": str(int(shown.text or 0) + 1)}
            try:
                approval_workflow.save_part(
                    response=response, part=shown, values=number, version=shown.version, by=None, at=AT
                )
                saved += 1
            except Stale as refusal:
                stale += refusal.theirs.version > 0
        return saved, stale

    counts = at_once(THREADS, work)
    return sum(saved for saved, _ in counts), sum(stale for _, stale in counts)


@pytest.mark.parametrize("begun", [pytest.param(False, marks=pytest.mark.soak), True])
def test_of_many_who_write_in_one_part_no_words_are_lost(at_once, report, body, key, begun):
    response = make_response(report, body)
    if begun:
        write(response, "narrative", text="Begun.")
    saved, stale = count_up(at_once, response, key, 5)
    assert saved + stale == THREADS * 5
    assert (part(response, key).text, part(response, key).version) == (str(saved), saved)
    assert DraftPart.objects.count() == 4


@pytest.mark.soak
def test_without_the_guard_words_are_lost(at_once, report, body, key):
    """The test above has teeth: with a version that was read again before saving, counts go missing."""
    response = make_response(report, body)

    def work(place):
        for _ in range(5):
            number = {"text": str(int(part(response, key).text or 0) + 1)}
            while not saved_blindly(response, key, number):
                pass

    at_once(THREADS, work)
    assert int(part(response, key).text) < THREADS * 5


def saved_blindly(response, key: str, values: dict) -> bool:
    try:
        write(response, key, **values)
    except Stale:
        return False
    return True


@pytest.mark.sqlite_alone
def test_two_who_write_in_two_parts_both_save(at_once, report, body):
    response = make_response(report, body)
    keys = [each.key for each in approval_workflow.parts_of(response)]

    def work(place):
        shown = part(response, keys[place])
        values = {"text": f"Words {place}."}
        approval_workflow.save_part(response=response, part=shown, values=values, version=0, by=None, at=AT)

    at_once(4, work)
    assert [each.text for each in approval_workflow.parts_of(response)] == [f"Words {place}." for place in range(4)]


def test_of_many_who_publish_at_once_one_does(at_once, report, body, key, officer, approver):
    response = make_draft(report, body, by=officer)
    promise(response, key, part(response, key).text)
    approval_workflow.submit(response=response, by=officer, at=AT)
    approval_workflow.approve(response=response, by=approver, at=AT)
    text = text_of_day(response, AT.date())
    assert winners(at_once, lambda: publish(response, by=officer, text=text)) == 1
    made = [model.objects.count() for model in (ResponseVersion, PublishedText, IssuedFile, Commitment)]
    assert made == [1, 1, 2, 1]
    assert winners(at_once, lambda: publishing.correct(response=response, by=officer, at=AT)) == 1
    assert verification.verify() == []


def test_two_responses_of_one_title_published_at_once_have_two_addresses(at_once, westmarch, body, officer, approver):
    responses = []
    for day in (1, 2, 3, 4):
        report = make_inspection(westmarch, title="One title", published_on=AT.date().replace(day=day))
        make_tracked(report)
        responses.append(make_approved(report, body, by=officer, approver=approver))
    at_once(4, lambda place: publish(responses[place], by=officer))
    slugs = sorted(Response.objects.values_list("slug", flat=True))
    assert slugs == ["one-title", "one-title-2", "one-title-3", "one-title-4"]


def test_of_many_who_submit_or_decide_one_does(at_once, report, body, officer, approver):
    response = make_draft(report, body, by=officer)
    assert winners(at_once, lambda: approval_workflow.submit(response=response, by=officer, at=AT)) == 1
    assert winners(at_once, lambda: approval_workflow.approve(response=response, by=approver, at=AT)) == 1
    assert ResponseSubmission.objects.count() == 1


@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.soak) for turn in (1, 2))])
def test_an_edit_and_an_approval_at_once_leave_no_unapproved_words(at_once, report, body, key, officer, approver, turn):
    """Whichever comes first: what is approved in the end is what the draft says, or it is a draft again."""
    response = make_submitted(report, body, by=officer)

    def work(place):
        try:
            if place % 2:
                approval_workflow.approve(response=response, by=approver, at=AT)
            else:
                write(response, key, text=f"Words {place}.", by=officer)
        except Refusal:
            return

    at_once(4, work)
    now = Response.objects.get()
    submission = ResponseSubmission.objects.get()
    if now.state == ResponseState.APPROVED:
        assert submitted_text(submission) == draft_text(now)
    else:
        assert (now.state, submission.decision) == (ResponseState.DRAFTING, "dropped")
    assert verification.verify() == []


def test_an_edit_and_a_publication_at_once_leave_no_other_words_in_public(
    at_once, report, body, key, officer, approver
):
    response = make_approved(report, body, by=officer, approver=approver)
    approved = text_of_day(response, AT.date())

    def work(place):
        try:
            if place:
                publish(response, by=officer, text=approved)
            else:
                write(response, key, text="Other words.", by=officer)
        except Refusal:
            return

    at_once(2, work)
    for version in ResponseVersion.objects.all():
        assert [each.text for each in version.comments.all()] == [item.comment for item in approved.items]
    assert Response.objects.get().state in (ResponseState.PUBLISHED, ResponseState.DRAFTING)
    assert verification.verify() == []


def test_of_many_who_begin_a_response_one_does(at_once, report, body):
    assert winners(at_once, lambda: make_response(report, body)) == 1
