"""Publishing by page, once, late or in time; correcting, dropping a correction, withdrawing; the draft as files."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from recommendations.domain.responses import imported, publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.imported import PublishedResponse
from recommendations.enums import InspectionKind, ResponseState
from recommendations.models import Commitment, IssuedFile, ResponseVersion, TrailEntry
from recommendations.trail import verb
from tests.conftest import AT, PUBLISHED
from tests.makers.responses import LATER, SAID, make_approved, make_published, make_submitted, promise, publish, write
from tests.per_module import per_module
from tests.views.form_of import fields_of
from tests.views.hooks import lacking, links, wrong
from tests.views.responses.conftest import address, now, words


@per_module
def approved(report, body, officer, approver):
    return make_approved(report, body, by=officer, approver=approver)


@per_module
def published(report, body, officer, approver):
    return make_published(report, body, by=officer, approver=approver)


def ask(client, response, name: str, **typed):
    """Open a page that asks once more, and press its button."""
    url = address(response, name)
    fields = fields_of(client.get(url).content.decode(), "main")
    return client.post(url, fields | typed)


def test_what_goes_public_is_shown_first(sign_in, officer, approver, report, body, draft, keys, settings):
    promise(draft, keys[0], SAID["text"])
    approval_workflow.submit(response=draft, by=officer, at=LATER)
    approval_workflow.approve(response=now(draft), by=approver, at=LATER)
    html = sign_in(officer).get(address(draft, "publish_response")).content.decode()
    told = dict(zip(words(html, ".app-publish dt"), words(html, ".app-publish dd"), strict=True))
    assert told["Public page"].startswith(f"{settings.ORIGIN}/published/")
    assert told["Public page"].endswith("/custody-in-westmarch/")
    assert ["11 March 2026" in told["In time"], " days late" in told["In time"]] == [True, True]
    assert told["Commitments"].split()[0] == "1"
    assert "Margaret Osei, 7 November 2026, 11:00" in told["Approval"]
    assert ResponseVersion.objects.count() == 0


def test_it_is_published_with_its_files_and_once(sign_in, officer, approved):
    client = sign_in(officer)
    url = address(approved, "publish_response")
    fields = fields_of(client.get(url).content.decode(), "main")
    assert client.post(url, fields).url == approved.get_absolute_url()
    assert client.post(url, fields).url == approved.get_absolute_url()
    version = ResponseVersion.objects.get()
    assert bytes(version.pdf.content).startswith(b"%PDF-")
    assert "OPCC comment: Action proposed." in bytes(version.text.content).decode()
    assert (now(approved).state, IssuedFile.objects.count()) == (ResponseState.PUBLISHED, 2)
    assert TrailEntry.objects.filter(verb="publish_response").count() == 1
    client.logout()
    html = client.get(now(approved).get_public_url()).content.decode()
    assert words(html, "h1") == ["HMICFRS: Custody in Westmarch (custody inspection)"]


def test_a_text_that_changed_after_the_page_was_opened_is_not_published(sign_in, officer, approver, approved, keys):
    client = sign_in(officer)
    url = address(approved, "publish_response")
    fields = fields_of(client.get(url).content.decode(), "main")
    write(approved, keys[0], text="Changed meanwhile.", by=officer, at=LATER)
    approval_workflow.submit(response=now(approved), by=officer, at=LATER)
    approval_workflow.approve(response=now(approved), by=approver, at=LATER)
    answer = client.post(url, fields)
    assert answer.status_code == 422
    assert wrong(answer) == [""]
    assert ResponseVersion.objects.count() == 0


def test_what_the_pdf_cannot_show_is_said_and_nothing_is_published(sign_in, officer, approver, report, body, draft):
    write(draft, "narrative", text="A sign \u2e3b that no font has: \U0001f9ff.", by=officer)
    approval_workflow.submit(response=draft, by=officer, at=LATER)
    approval_workflow.approve(response=now(draft), by=approver, at=LATER)
    answer = ask(sign_in(officer), draft, "publish_response")
    assert answer.status_code == 422
    assert (wrong(answer), lacking(answer, ".govuk-error-summary", "“⸻”")) == ([""], [])
    assert ResponseVersion.objects.count() == 0


def test_only_what_is_approved_is_published(sign_in, officer, report, body):
    response = make_submitted(report, body, by=officer)
    client = sign_in(officer)
    assert client.get(address(response, "publish_response")).url == response.get_absolute_url()
    assert client.post(address(response, "publish_response"), {"version": 1}).url == response.get_absolute_url()
    assert ResponseVersion.objects.count() == 0


def test_a_correction_is_begun_drafted_and_dropped(sign_in, officer, published):
    client = sign_in(officer)
    html = client.get(published.get_absolute_url()).content.decode()
    assert words(html, "main form:not(.app-office-notes__form) button") == ["Start a correction"]
    fields = fields_of(html, "main")
    assert client.post(address(published, "correct_response"), fields).url == published.get_absolute_url()
    html = client.get(published.get_absolute_url()).content.decode()
    assert lacking(html, ".app-record__notice", "Version 1") == []
    html = client.get(address(published)).content.decode()
    assert links(html, ".app-missing a") == ["#id_correction-text"]
    assert words(html, "#id_narrative-text") == ["We welcome the report."]
    assert ask(client, published, "drop_correction").status_code == 302
    assert now(published).state == ResponseState.PUBLISHED
    assert published.parts.count() == 0


def test_a_published_response_is_withdrawn_by_an_approving_officer_with_a_reason(sign_in, officer, approver, published):
    client = sign_in(officer)
    assert client.get(address(published, "withdraw_response")).status_code == 403
    assert client.post(address(published, "withdraw_response"), {"reason": "x"}).status_code == 403
    client = sign_in(approver)
    answer = ask(client, published, "withdraw_response")
    assert wrong(answer) == ["reason"]
    assert ask(client, published, "withdraw_response", reason="Wrong report.").status_code == 302
    assert (now(published).state, now(published).withdrawn_why) == (ResponseState.WITHDRAWN, "Wrong report.")
    assert "Wrong report." in client.get(published.get_public_url()).content.decode()


def test_a_draft_that_was_never_published_is_withdrawn_by_an_officer(sign_in, officer, draft):
    client = sign_in(officer)
    assert ask(client, draft, "withdraw_response", reason="Covered by another.").status_code == 302
    html = client.get(draft.get_absolute_url()).content.decode()
    assert "Covered by another." in words(html, ".app-record__notice")[0]
    assert client.get(address(draft)).url == draft.get_absolute_url()
    assert client.get(address(draft, "read_response")).status_code == 404


def test_the_draft_as_it_will_be_published_says_that_it_is_one(sign_in, officer, draft):
    answer = sign_in(officer).get(address(draft, "read_response"))
    html = answer.content.decode()
    assert words(html, ".app-public__draft strong") == ["Draft, not published."]
    assert words(html, ".app-public__text h3") == ["Recommendation 1", "Recommendation 2", "Recommendation 3"]
    assert answer["Cache-Control"] == "private, no-store"


def test_the_drafts_files_are_drafts_and_no_version(sign_in, officer, draft):
    client = sign_in(officer)
    answer = client.get(reverse("response_draft", args=[draft.pk, "pdf"]))
    assert answer["Content-Disposition"] == 'attachment; filename="draft-custody-in-westmarch.pdf"'
    assert answer.content.startswith(b"%PDF-")
    word = client.get(reverse("response_draft", args=[draft.pk, "docx"]))
    assert word["Content-Disposition"] == 'attachment; filename="draft-custody-in-westmarch.docx"'
    assert docx.Document(io.BytesIO(word.content)).paragraphs[1].text.startswith("DRAFT: not published.")
    assert client.get(reverse("response_draft", args=[draft.pk, "exe"])).status_code == 404
    assert (ResponseVersion.objects.count(), IssuedFile.objects.count()) == (0, 0)
    taken = TrailEntry.objects.filter(verb="export_response", by=officer).order_by("sequence")
    assert [entry.about for entry in taken] == ["pdf", "docx"]


@pytest.mark.soak
def test_commitments_of_a_correction_are_not_counted_twice(sign_in, officer, approver, report, body, draft, keys):
    promise(draft, keys[0], SAID["text"])
    approval_workflow.submit(response=draft, by=officer, at=LATER)
    approval_workflow.approve(response=now(draft), by=approver, at=LATER)
    publish(now(draft), by=officer, at=LATER)
    publishing.correct(response=now(draft), by=officer, at=LATER)
    write(now(draft), "correction", text="A name.", by=officer, at=LATER)
    approval_workflow.submit(response=now(draft), by=officer, at=LATER)
    approval_workflow.approve(response=now(draft), by=approver, at=LATER)
    html = sign_in(officer).get(address(draft, "publish_response")).content.decode()
    told = dict(zip(words(html, ".app-publish dt"), words(html, ".app-publish dd"), strict=True))
    assert (told["Version"][0], told["Version"][-7:]) == ("2", "A name.")
    assert told["Commitments"].split()[0] == "0"
    assert Commitment.objects.count() == 1


def test_files_that_name_section_55_where_it_does_not_apply_are_to_be_corrected(sign_in, officer, published):
    client, page = sign_in(officer), published.get_absolute_url()
    assert client.get(page).context["is_to_correct"] is False
    inspection = published.answers.get().inspection
    with verb("edit_inspection", by=officer, at=LATER) as act:
        inspection.kind = InspectionKind.FIRE
        act.save(inspection)
    answer = client.get(page)
    assert (answer.context["is_to_correct"], len(words(answer.content.decode(), ".app-record__notice"))) == (True, 1)


@pytest.fixture
def brought_in(body, westmarch, officer):
    found = PublishedResponse(
        title="Custody in Westmarch",
        short_name="Custody 26",
        kind=InspectionKind.CUSTODY,
        body=body,
        body_name="The Commissioner",
        published_on=PUBLISHED,
        responded_on=PUBLISHED,
        narrative=("We welcome this.",),
    )
    return imported.record_published(published=found, force=westmarch, by=officer, at=AT)


NOT_PUBLIC = "td[data-label='Response published'] .app-second"


def test_what_a_colleague_brought_in_is_confirmed_by_an_approving_officer(sign_in, officer, approver, brought_in):
    page, confirm = brought_in.get_absolute_url(), address(brought_in, "confirm_response")
    assert sign_in(officer).get(page).context["confirm_form"] is None
    assert sign_in(officer).post(confirm).status_code == 403
    assert client_sees_public(brought_in) is False
    client = sign_in(approver)
    assert len(words(client.get(reverse("responses")).content.decode(), NOT_PUBLIC)) == 1
    html = client.get(page).content.decode()
    assert words(html, ".app-public__do button") == ["Confirm and publish"]
    assert client.get(confirm).url == page
    assert client.post(confirm, fields_of(html, "main")).url == page
    assert (now(brought_in).state, client_sees_public(brought_in)) == (ResponseState.PUBLISHED, True)
    assert words(client.get(reverse("responses")).content.decode(), NOT_PUBLIC) == []
    assert client.post(confirm).url == page


def client_sees_public(response) -> bool:
    return response.title in Client().get("/published/").content.decode()
