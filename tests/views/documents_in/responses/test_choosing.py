"""Choosing a document: what is read of it, what is refused beside the field, and who may."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from recommendations.models import DocumentDraft, TrailEntry
from recommendations.periods import say
from tests.commands.samples import REPORT, TEXT, WITH_STRAY_LINES
from tests.conftest import make_inspection
from tests.makers.responses import make_published
from tests.views.documents_in.checking import Check, where
from tests.views.documents_in.responses.read import CHOOSE, file, nothing_saved, text_of
from tests.views.hooks import links, wrong

# -- choosing


PROTECTED = b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
WITHOUT_TEXT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF"""


@pytest.mark.suite(1, 3, 4)
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", b"\x7fELF\x00\x01\x02\x03" * 99, "is a program"),
        ("huge.txt", b"x " * (5 * 1024 * 1024 + 1), "larger than 10 MB"),
        ("protected.docx", PROTECTED, "password"),
        ("scan.pdf", WITHOUT_TEXT, "no text"),
        ("sheet.xlsx", b"PK\x03\x04", "kind of file"),
        ("blank.txt", b" \n \n", "no text"),
        ("picture.pdf", b"\x89PNG", "it is not a PDF"),
    ],
)
def test_a_bad_file_is_named_beside_it_and_what_was_typed_stays(choose, name, content, message):
    page = choose(document=file(name, content))
    errors = page.context["form"].errors
    assert list(errors) == ["document"]
    assert message in errors["document"][0]
    assert 'value="1 Sep 2020"' in text_of(page)
    assert nothing_saved()


def test_days_that_the_document_says_need_not_be_typed(check):
    said = TEXT.replace("\n", "\nReport published: 16 July 2020\n", 1)
    brought = check(said, published_on="", responded_on="")
    assert brought.draft.typed.keys() == {"force"}
    assert (brought.values["published_on"], brought.values["responded_on"]) == ("16 July 2020", "")
    assert (wrong(brought.save()), nothing_saved()) == (["responded_on"], True)
    both = check(f"{said}".replace("\n", "\nDate of response: 1 September 2020\n", 1), published_on="", responded_on="")
    assert both.values["responded_on"] == "1 September 2020"


def test_an_inspection_that_waits_gives_the_day_of_its_report(check, westmarch):
    made = make_inspection(westmarch)
    brought = check(TEXT, published_on="", inspection=made.pk)
    assert (brought.values["published_on"], brought.values["inspection"]) == (say(made.published_on), str(made.pk))


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"text": ""}, "document", "choose a file"),
        ({"text": " \n "}, "document", "choose a file"),
        ({"force": ""}, "force", "Choose the force"),
        ({"force": "99999999999999999999"}, "force", "Select a valid choice"),
        ({"published_on": "31/2/2020"}, "published_on", "31 February 2020 does not exist"),
        ({"published_on": "1/1/2199", "responded_on": "2/1/2199"}, "published_on", "the future"),
        ({"responded_on": "15/7/2020"}, "responded_on", "16 July 2020"),
        ({"responded_on": "1/1/2199"}, "responded_on", "the future"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(choose, given, field, message):
    page = choose(**{"text": TEXT} | given)
    assert message in page.context["form"].errors[field][0]
    if "text" not in given:
        assert escape("¹ <https://example.org/levels>") in page.content.decode()
    assert nothing_saved()


def test_a_day_that_nothing_says_is_asked_in_the_check(check):
    brought = check(TEXT.replace("16 July 2020", "last summer"), published_on="", responded_on="1/9/2020")
    assert brought.values["published_on"] == ""
    assert "report day not found" in dict(brought.page.facts)["Published"]
    assert brought.save().context["form"].errors["published_on"] == ["Enter the day of the report."]
    assert nothing_saved()


def test_a_file_is_kept_while_something_else_is_wrong(choose):
    page = choose(document=file("vigilance.txt", TEXT.encode()), published_on="tomorrow")
    assert "vigilance.txt is kept: 8 lines" in text_of(page)
    kept = page.context["form"]["kept"].value()
    assert choose(kept=kept).status_code == 302
    draft = DocumentDraft.objects.get()
    assert (draft.name, len(draft.lines), draft.steps) == ("vigilance.txt", 8, [])


def test_text_and_a_file_are_one_too_many(choose):
    page = choose(TEXT, document=file("other.txt", WITH_STRAY_LINES.encode()))
    assert [*page.context["form"].errors] == ["text"]


def test_a_link_from_an_inspection_fills_in_what_is_known(office, westmarch):
    inspection = make_inspection(westmarch, published_on=REPORT)
    page = office.get(CHOOSE, {"inspection": inspection.pk})
    assert "16 July 2020" in text_of(page)
    assert page.context["form"]["force"].value() == westmarch.pk
    assert office.get(CHOOSE, {"inspection": "99"}).status_code == 404
    assert office.get(CHOOSE, {"inspection": "x"}).status_code == 200


# -- what is still being checked


def test_a_document_is_kept_from_when_it_is_read(check, office, officer, approver, sign_in, at):
    brought = check(document=file("vigilance.txt", TEXT.encode()))
    assert (brought.draft.by, brought.draft.kind, nothing_saved()) == (officer, "response", True)
    assert not TrailEntry.objects.exclude(verb__startswith="sign").filter(verb__contains="response").exists()
    for address in (CHOOSE, reverse("import_report")):
        assert links(office.get(address), ".app-list a") == [brought.url]
    other = sign_in(approver)
    assert (other.get(brought.url).status_code, links(other.get(CHOOSE), ".app-list a")) == (404, [])
    assert other.post(brought.url, {"do": "discard"}).status_code == 404
    assert DocumentDraft.objects.count() == 1


def test_a_document_is_discarded_by_its_owner(check, office):
    brought = check(TEXT)
    done = brought.send("discard")
    assert (done.status_code, done.url, DocumentDraft.objects.count()) == (302, CHOOSE, 0)
    assert office.get(brought.url).status_code == 404


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_only_the_office_brings_in_responses(sign_in, request, who, officer, at):
    person = request.getfixturevalue(who)
    client = sign_in(person)
    theirs = DocumentDraft.objects.create(by=person, at=at, changed_at=at, kind="response", lines=[])
    for address in (CHOOSE, theirs.get_absolute_url()):
        assert client.get(address).status_code == 403
        assert client.post(address, {"text": TEXT}).status_code == 403


def test_an_office_without_a_policing_body_is_asked_for_one(sign_in, officer, westmarch):
    given = {"text": TEXT.replace("Response from:", "From:"), "force": westmarch.pk, "published_on": "16/7/2020"}
    client = sign_in(officer)
    brought = Check(client, client.post(CHOOSE, given))
    assert (brought.values["body"], "id_body" in where(brought.save())) == ("", True)


def test_text_of_a_document_is_text_on_the_page(check):
    page = check(TEXT.replace("Both forces", "<script>alert(1)</script> Both forces")).get()
    assert "<script>alert(1)" not in page.content.decode()
    assert escape("<script>alert(1)</script>") in page.content.decode()


def test_it_can_be_about_a_report_that_waits_and_not_about_one_that_is_answered(
    check, westmarch, body, officer, approver
):
    waits, answered = (make_inspection(westmarch, title=title) for title in ("Waits", "Answered"))
    make_published(answered, body, by=officer, approver=approver)
    page = check(text=TEXT).get()
    assert list(page.context["form"].fields["inspection"].queryset) == [waits]
