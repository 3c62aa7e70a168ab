"""Each part of a draft has a marking; the page and all that is taken out of it carry the highest one."""

import io

import docx
from django.urls import reverse

from recommendations.domain.responses.draft import approval_workflow
from tests.makers.responses import part, write
from tests.views.form_of import fields_of
from tests.views.hooks import lacking, number_of, wrong
from tests.views.responses.conftest import address, now, words

HIGH = "OFFICIAL-SENSITIVE"


def test_a_marking_is_chosen_for_a_part_and_shown_at_once(page, officer, draft):
    client, html, fields = page(officer, draft)
    assert words(html, "#draft-marked") == ["OFFICIAL"]
    assert words(html, ".app-footer strong") == ["OFFICIAL"]
    assert fields["narrative-marking"] == ["official"]
    assert client.post(address(draft), fields | {"narrative-marking": "sensitive"}).status_code == 302
    assert {each.key: each.marking for each in approval_workflow.parts_of(now(draft))}["narrative"] == "sensitive"
    html = client.get(address(draft)).content.decode()
    assert (number_of(html, ".app-draft__marked--high"), lacking(html, "#draft-marked", HIGH)) == (1, [])
    assert words(html, ".app-footer strong") == [HIGH]


def test_what_is_taken_out_of_a_draft_carries_its_marking(page, officer, draft):
    write(draft, "narrative", marking="sensitive")
    client, _, _ = page(officer, draft)
    read = client.get(address(draft, "read_response")).content.decode()
    assert lacking(read, ".app-public__draft", HIGH) == []
    word = client.get(reverse("response_draft", args=[draft.pk, "docx"])).content
    assert docx.Document(io.BytesIO(word)).sections[0].header.paragraphs[0].text == HIGH


def test_what_somebody_else_marked_meanwhile_is_shown(page, officer, approver, draft):
    client, _, fields = page(officer, draft)
    write(draft, "narrative", text="Joe's.", marking="sensitive", by=approver)
    answer = client.post(address(draft), fields | {"narrative-text": "Hannah's."})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words(html, "#narrative [data-theirs-action]") == [f"Marked {HIGH}"]
    client.post(address(draft), fields_of(html, "draft"))
    assert (part(now(draft), "narrative").text, part(now(draft), "narrative").marking) == ("Hannah's.", "official")


def test_a_marking_that_is_none_is_refused_and_nothing_is_lost(page, officer, draft):
    client, _, fields = page(officer, draft)
    answer = client.post(address(draft), fields | {"narrative-text": "New.", "narrative-marking": "secret"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert (wrong(html), number_of(html, "#narrative .govuk-error-message")) == (["narrative-marking"], 1)
    assert words(html, "#id_narrative-text") == ["New."]
    assert part(now(draft), "narrative").marking == "official"


def test_the_whole_draft_is_marked_at_once(page, officer, draft):
    client, html, fields = page(officer, draft)
    assert number_of(html, ".app-draft__marking #marking-of-all") == 1
    answer = client.post(address(draft), fields | {"marking-of-all": "sensitive", "do": "mark-all"})
    assert answer.status_code == 302
    assert {each.marking for each in approval_workflow.parts_of(now(draft))} == {"sensitive"}
    client.post(address(draft), fields | {"marking-of-all": "secret", "do": "mark-all"})
    assert {each.marking for each in approval_workflow.parts_of(now(draft))} == {"sensitive"}


def test_a_marking_is_folded_until_it_is_more_than_official(page, officer, draft):
    _, html, _ = page(officer, draft)
    assert number_of(html, "#narrative .app-rec__also[open]") == 0
    write(draft, "narrative", marking="sensitive")
    _, html, _ = page(officer, draft)
    assert number_of(html, "#narrative .app-rec__also[open]") == 1
