"""The approval page: what changed, who may decide, what a decision does; an approval that was given elsewhere."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import Decision, ResponseState
from recommendations.models import TrailEntry
from tests.conftest import AT, make_person
from tests.makers.responses import LATER, make_published, make_submitted, write
from tests.per_module import per_module
from tests.views.form_of import fields_among, fields_of
from tests.views.hooks import lacking, values, wrong
from tests.views.responses.conftest import address, now, words


@per_module
def submitted(report, body, officer):
    return make_submitted(report, body, by=officer)


@pytest.fixture
def form(sign_in):
    """Fill in the form of a page that goes to an address: gives the client and its fields."""

    def filled(person, response, name):
        client = sign_in(person)
        html = client.get(response.get_absolute_url()).content.decode()
        return client, fields_among(LexborHTMLParser(html).css(f"form[action='{address(response, name)}'] [name]"))

    return filled


def decide(form, approver, response, **typed):
    client, fields = form(approver, response, "approve_response")
    return client.post(address(response, "approve_response"), fields | typed)


def test_an_approving_officer_approves(form, approver, submitted):
    answer = decide(form, approver, submitted, decision="approve", remarks="Well said.")
    assert answer.url == submitted.get_absolute_url()
    submission = submitted.submissions.get()
    assert (submission.decision, submission.decided_by, submission.remarks) == ("approved", approver, "Well said.")
    assert now(submitted).state == ResponseState.APPROVED


def test_it_is_sent_back_with_remarks_and_not_without(form, sign_in, approver, officer, submitted):
    html = decide(form, approver, submitted, decision="send_back").content.decode()
    assert wrong(html) == ["remarks"]
    assert wrong(decide(form, approver, submitted)) == ["decision"]
    decide(form, approver, submitted, decision="send_back", remarks="Say <when>.")
    assert now(submitted).state == ResponseState.DRAFTING
    for name in ("response", "draft_response"):
        html = sign_in(officer).get(address(submitted, name)).content.decode()
        assert lacking(html, ".app-record__notice", "Margaret Osei") == []
        assert words(html, ".app-record__notice")[0].endswith("“Say <when>.”")


def test_what_changed_since_it_was_sent_back_stands_side_by_side(sign_in, approver, officer, submitted, keys):
    write_again = {"by": officer, "at": LATER}
    approval_workflow.send_back(response=submitted, remarks="Say when.", by=approver, at=AT)
    write(submitted, keys[1], text="We have asked for the figures by Christmas.", **write_again)
    approval_workflow.submit(response=now(submitted), by=officer, at=LATER)
    html = sign_in(approver).get(address(submitted, "approve_response")).content.decode()
    assert lacking(html, "h2.app-tight", "7 November") == []
    assert words(html, ".app-diff th[scope=row]") == ["Remarks", "Recommendation 2"]
    assert words(html, ".app-diff del") == ["each quarter"]
    assert words(html, ".app-diff ins") == ["by Christmas"]
    assert words(html, ".app-diff td strong") == ["“Say when.”"]


@pytest.mark.soak
def test_of_a_correction_the_last_version_is_what_it_is_held_against(sign_in, approver, officer, report, body, keys):
    response = make_published(report, body, by=officer, approver=approver)
    publishing.correct(response=response, by=officer, at=LATER)
    write(now(response), "correction", text="A figure was wrong.", by=officer, at=LATER)
    write(now(response), keys[0], text="We asked for the figures each month.", by=officer, at=LATER)
    approval_workflow.submit(response=now(response), by=officer, at=LATER)
    html = sign_in(approver).get(address(response, "approve_response")).content.decode()
    assert words(html, ".app-diff thead th")[1] == "Version 1"
    assert words(html, ".app-diff tbody th") == ["What is corrected", "Recommendation 1"]


def test_nobody_approves_what_they_submitted_or_wrote(sign_in, approver, officer, report, body, keys):
    own = make_submitted(report, body, by=approver)
    client = sign_in(approver)
    html = client.get(address(own, "approve_response")).content.decode()
    assert values(html, "decision") == []
    typed = {"decision": "approve", "version": now(own).version}
    html = client.post(address(own, "approve_response"), typed).content.decode()
    assert now(own).state == ResponseState.SUBMITTED
    assert TrailEntry.objects.filter(verb="refused", by=approver).count() == 1
    other = make_person("Bo Lindqvist", "approving_officer")
    assert sign_in(other).post(address(own, "approve_response"), typed).status_code == 302
    assert now(own).state == ResponseState.APPROVED


def test_who_wrote_a_part_can_only_send_it_back(sign_in, approver, officer, draft, keys):
    write(draft, keys[0], text="By the approver.", by=approver)
    approval_workflow.submit(response=draft, by=officer, at=AT)
    page = sign_in(approver).get(address(draft, "approve_response")).context["page"]
    assert (page.may_decide, page.can_send_back_only) == (False, True)
    assert list(sign_in(officer).get(draft.get_absolute_url()).context["page"].approvers) == []


def test_a_decision_about_a_text_that_changed_meanwhile_is_not_taken(form, approver, officer, submitted, keys):
    client, fields = form(approver, submitted, "approve_response")
    write(submitted, keys[0], text="Changed under the approver.", by=officer, at=LATER)
    approval_workflow.submit(response=now(submitted), by=officer, at=LATER)
    answer = client.post(address(submitted, "approve_response"), fields | {"decision": "approve"})
    assert answer.status_code == 422
    assert wrong(answer) == [""]
    assert now(submitted).state == ResponseState.SUBMITTED


def test_an_approval_given_elsewhere_is_recorded(form, officer, submitted):
    client, fields = form(officer, submitted, "record_outside_approval")
    typed = {"approved_by": "Alun Prosser", "approved_on": "7/11/2026", "evidence": "His email."}
    html = client.post(address(submitted, "record_outside_approval"), fields | {"evidence": ""}).content.decode()
    assert wrong(html) == ["outside_approved_by", "outside_evidence"]
    assert client.post(address(submitted, "record_outside_approval"), fields | typed).status_code == 302
    assert submitted.submissions.get().decision == Decision.APPROVED_OUTSIDE
    page = client.get(submitted.get_absolute_url())
    facts = ("Alun Prosser", "7 November 2026", "Hannah Whitlock", "His email.")
    assert lacking(page, ".app-approve__who", *facts) == []


def test_it_is_taken_back(sign_in, officer, submitted):
    client = sign_in(officer)
    url = address(submitted, "take_back_response")
    html = client.get(url).content.decode()
    assert words(html, "main button") == ["Take it back"]
    fields = fields_of(html, "main")
    assert client.post(url, fields | {"reason": "One more thing."}).url == submitted.get_absolute_url()
    assert now(submitted).state == ResponseState.DRAFTING
    assert client.post(url, fields).url == submitted.get_absolute_url()  # twice: nothing more


def test_an_officer_cannot_decide(sign_in, officer, submitted):
    client = sign_in(officer)
    assert client.post(address(submitted, "approve_response"), {"decision": "approve"}).status_code == 403
    html = client.get(submitted.get_absolute_url()).content.decode()
    assert "Your decision" not in html
