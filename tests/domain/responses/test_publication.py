"""From an approved response to its version: what is filed is what was approved, and reads back to the same parts."""

import datetime
import hashlib

import pytest

from recommendations.documents.responses.response_pdf import render_response
from recommendations.documents.responses.response_text import plain_response
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.publication import publish_response
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text_builders import text_of_draft
from recommendations.domain.search import following
from recommendations.domain.text.markdown import plain_paragraphs
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.enums import ResponseState
from recommendations.exchange.documents_in.lines import read_lines
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.models import Response, ResponseVersion
from tests.conftest import make_tracked
from tests.makers.responses import make_draft, promise, write
from tests.per_module import per_module
from tests.refusals import refusal

NARRATIVE = "We welcome the report[^1], and ask:\n\n- for light; and\n- for care.\n\n[^1]: Ffynhonnell: yr ŵyl."
FILES = {"render": render_response, "plain": plain_response}


@per_module
def report(inspection):
    for number in ("1", "2", "AFI 3"):
        kind = "area_for_improvement" if number.startswith("AFI") else "recommendation"
        make_tracked(inspection, number=number, kind=kind, text=f"The force should test light {number}.")
    return inspection


@per_module
def draft(report, body, officer):
    response = make_draft(report, body, by=officer)
    write(response, "narrative", text=NARRATIVE, by=officer)
    write(response, "reply", text="We thank the chief constable.", by=officer)
    first, second, third = (f"recommendation-{each.pk}" for each in report.recommendations.in_order())
    write(response, first, action="taken", text="We did it.\n\nAnd looked.", by=officer)
    write(response, second, action="none", reason="It is for others.", text="", by=officer)
    write(response, third, action="taken", with_part=first, text="", by=officer)
    return response


@pytest.fixture
def approve(officer, approver, at):
    def approved(response) -> Response:
        approval_workflow.submit(response=response, by=officer, at=at)
        approval_workflow.approve(response=response, by=approver, at=at)
        return Response.objects.get(pk=response.pk)

    return approved


def test_a_draft_is_shown_as_one(draft, at):
    shown = render_response(text_of_draft(draft), created_at=at)
    assert "DRAFT: not published." in shown.html
    assert shown.pdf.startswith(b"%PDF-")
    assert ResponseVersion.objects.count() == 0


def test_what_is_published_is_what_was_approved(draft, approve, officer, at):
    version = publish_response(response=approve(draft), **FILES, by=officer, at=at)
    assert Response.objects.get(pk=draft.pk).state == ResponseState.PUBLISHED
    for file in (version.pdf, version.text):
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
    plain = bytes(version.text.content).decode()
    assert plain.startswith(f"HMICFRS: {version.response.title} (")
    assert "\n\n1. The force should test light 1.\n\nOPCC comment: Action taken. We did it.\n\nAnd looked.\n\n" in plain
    assert "\n\nOPCC comment: No action. It is for others.\n\n" in plain
    assert "\n\nOPCC comment: Action taken. Answered with recommendation 1.\n\n" in plain


@pytest.mark.parametrize("form", ["pdf", "text", "page"])
def test_what_is_published_reads_back_to_the_same_parts(form, draft, approve, officer, at, client):
    version = publish_response(response=approve(draft), **FILES, by=officer, at=at)
    found = read_response(read_lines(*_file(version, form, client)))
    text = text_of_version(version)
    narrative, notes = plain_paragraphs(NARRATIVE)
    assert (found.title, found.inspectorate, found.body) == (text.title, "HMICFRS", text.body_name)
    assert found.narrative == narrative
    assert [(note.mark, note.text) for note in found.footnotes] == [(note.mark, note.text) for note in notes]
    assert [(each.kind, each.number, each.text) for each in found.recommendations] == [
        (item.kind, item.number, item.text) for item in text.items
    ]
    assert [comment.text for comment in found.comments] == [
        "Action taken. We did it.\n\nAnd looked.",
        "No action. It is for others.",
    ]
    assert [comment.answers for comment in found.comments] == [("1", "AFI 3"), ("2",)]
    assert found.chief_officer_comments == "The force agrees."
    assert found.reply == "We thank the chief constable."
    assert found.unplaced == ()


def _file(version, form: str, client) -> tuple[bytes, str]:
    if form == "page":
        return client.get(version.response.get_public_url()).content, "page.html"
    return (bytes(version.pdf.content), "a.pdf") if form == "pdf" else (bytes(version.text.content), "a.txt")


def test_the_day_is_londons_just_after_midnight_in_summer(draft, approve, officer):
    night = datetime.datetime(2026, 7, 8, 23, 30, tzinfo=datetime.UTC)
    version = publish_response(response=approve(draft), **FILES, by=officer, at=night)
    assert version.published_on == datetime.date(2026, 7, 9)
    assert "This response published: 9 July 2026" in bytes(version.text.content).decode()


def test_a_draft_is_not_published(draft, officer, at):
    with refusal("drafting"):
        publish_response(response=draft, **FILES, by=officer, at=at)


def test_whoever_may_not_draft_may_not_publish(draft, approve, force_lead, at):
    with pytest.raises(NotAllowed):
        publish_response(response=approve(draft), **FILES, by=force_lead, at=at)
    assert ResponseVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("key", "place"),
    [("narrative", "the narrative"), ("reply", "the reply"), ("recommendation", "the comment on Recommendation 1")],
)
def test_the_offices_own_words_hold_nothing_that_the_pdf_cannot_show(key, place, draft, approve, officer, at, report):
    if key == "recommendation":
        key = f"recommendation-{report.recommendations.in_order().first().pk}"
    write(draft, key, text="Done ✓ as asked.", by=officer)
    with refusal("not-in-font", naming=f"“✓” (check mark), in {place}."):
        publish_response(response=approve(draft), **FILES, by=officer, at=at)
    assert ResponseVersion.objects.count() == 0


def test_publishing_three_recommendations_costs_62_queries(draft, approve, officer, at, django_assert_num_queries):
    promise(draft, "narrative", "We welcome the report")
    approved = approve(draft)
    assert approved.answers.get().inspection.recommendations.count() == 3
    with django_assert_num_queries(62):
        publish_response(response=approved, **FILES, by=officer, at=at)
    assert list(following.wrong()) == []
