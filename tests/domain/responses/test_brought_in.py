"""A response that was published elsewhere is public here when another person has confirmed it, with its files."""

import pytest

from recommendations.documents.responses.response_pdf import render_response
from recommendations.documents.responses.response_text import plain_response
from recommendations.domain.audit import verification
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.public.responses import find_published, list_responses
from recommendations.domain.responses import imported, publishing
from recommendations.domain.responses.awaited import to_approve
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.responses.publication import confirm_response
from recommendations.domain.responses.states import verbs_for
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import InspectionKind, Role
from recommendations.enums.search import Readers
from recommendations.models import Response, SearchEntry
from tests.conftest import PUBLISHED, make_person
from tests.per_module import per_module
from tests.refusals import refusal

FILES = {"render": render_response, "plain": plain_response}


@per_module
def brought_in(body, westmarch, approver, at):
    """Brought in by an approving officer, who may confirm what others bring in."""
    found = PublishedResponse(
        title="Custody in Westmarch",
        short_name="Custody 26",
        kind=InspectionKind.CUSTODY,
        body=body,
        body_name="The Commissioner",
        published_on=PUBLISHED,
        responded_on=PUBLISHED,
        narrative=("We welcome this\u00b9.",),
        footnotes=({"mark": "1", "text": "A note."},),
        recommendations=(NewRecommendation(number="1", text="Test the light."),),
        comments=(NewComment("We will see, \u2318.", (0,)),),
        chief_officer_comments="The force agrees.",
        reply="Thank you.",
    )
    return imported.record_published(published=found, force=westmarch, by=approver, at=at)


@per_module
def other():
    return make_person("Sue Marsh", Role.APPROVING_OFFICER)


def public() -> list[str]:
    return [each.slug for each in list_responses()]


def test_it_is_not_public_before_another_person_has_confirmed_it(brought_in, approver, other, officer, at):
    assert (brought_in.state, brought_in.slug, public()) == ("brought_in", "", [])
    assert not SearchEntry.objects.filter(readers=Readers.PUBLIC).exists()
    for by in (approver, officer):
        with pytest.raises(NotAllowed):
            confirm_response(response=brought_in, **FILES, by=by, at=at)
    assert (Response.objects.get().state, public()) == ("brought_in", [])
    version = confirm_response(response=brought_in, **FILES, by=other, at=at)
    found = Response.objects.get()
    assert (found.state, found.slug, public()) == ("published", "custody-in-westmarch", ["custody-in-westmarch"])
    assert find_published(PUBLISHED.year, found.slug).versions[0].pk == version.pk
    with refusal("published"):
        confirm_response(response=found, **FILES, by=other, at=at)
    assert verification.verify() == []


def test_it_has_files_as_one_that_was_written_here(brought_in, other, at):
    """Also where its text has a character that the PDF cannot show: it is as it was published."""
    version = confirm_response(response=brought_in, **FILES, by=other, at=at)
    assert (version.pdf.name, version.text.name) == (
        "custody-in-westmarch-version-1.pdf",
        "custody-in-westmarch-version-1.txt",
    )
    plain = bytes(version.text.content).decode()
    said = ("We welcome this", "A note.", "Test the light.", "We will see, \u2318.", "The force agrees.", "Thank you.")
    assert [words for words in said if words not in plain] == []
    assert bytes(version.pdf.content).startswith(b"%PDF-")
    assert "DRAFT" not in plain


def test_who_may_confirm_it_is_shown_it(brought_in, approver, other, officer):
    assert [list(to_approve(user)) for user in (approver, other, officer)] == [[], [brought_in], []]
    assert ["confirm_response" in verbs_for(brought_in, user) for user in (approver, other, officer)] == [
        False,
        True,
        False,
    ]


def test_what_is_withdrawn_instead_was_never_public(brought_in, officer, other, at):
    publishing.withdraw_response(response=brought_in, reason="Another office’s.", by=officer, at=at)
    found = Response.objects.get()
    assert (found.state, found.slug, public()) == ("withdrawn", "", [])
    with refusal("withdrawn"):
        confirm_response(response=found, **FILES, by=other, at=at)


def test_what_changed_while_its_files_were_made_is_not_confirmed(brought_in, other, at):
    def redact(text, created_at):
        publishing.withdraw_response(response=Response.objects.get(), reason="Wrong.", by=None, at=at)
        return render_response(text, created_at=created_at)

    with pytest.raises(Refusal):
        confirm_response(response=brought_in, render=redact, plain=plain_response, by=other, at=at)
    assert public() == []
