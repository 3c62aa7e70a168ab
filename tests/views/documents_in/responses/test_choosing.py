"""Choosing a document: what is read of it, what is refused beside the field, and who may."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.models import (
    Inspection,
    TrailEntry,
)
from recommendations.periods import say
from tests.commands.samples import REPORT, TEXT, WITH_STRAY_LINES
from tests.conftest import make_inspection
from tests.makers.responses import make_published
from tests.views.documents_in.responses.read import CHECK, CHOOSE, file, nothing_saved, text_of
from tests.views.form_of import fields_of
from tests.views.hooks import lacking, wrong

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


def test_days_that_the_document_says_need_not_be_typed(choose, press):
    said = TEXT.replace("\n", "\nReport published: 16 July 2020\n", 1)
    page = choose(said, published_on="", responded_on="")
    facts = page.context["form"].draft.facts
    assert (facts["published_on"], facts["responded_on"]) == ("16 July 2020", "")
    refused = press(page, "save")
    assert (wrong(refused), nothing_saved()) == (["responded_on"], True)


def test_an_inspection_that_waits_gives_the_day_of_its_report(choose, westmarch):
    made = make_inspection(westmarch)
    page = choose(TEXT, published_on="", inspection=made.pk)
    assert page.context["form"].draft.facts["published_on"] == say(made.published_on)


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"text": ""}, "document", "choose a file"),
        ({"text": " \n "}, "document", "choose a file"),
        ({"force": ""}, "force", "Choose the force"),
        ({"force": "99999999999999999999"}, "force", "Select a valid choice"),
        ({"published_on": ""}, "published_on", "Enter it"),
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


def test_a_file_is_kept_while_something_else_is_wrong(choose):
    page = choose(document=file("vigilance.txt", TEXT.encode()), published_on="tomorrow")
    assert "vigilance.txt is kept: 8 lines" in text_of(page)
    kept = page.context["form"]["kept"].value()
    page = choose(kept=kept)
    assert lacking(page, "main", "From vigilance.txt, 8 lines") == []


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


# -- reading


def test_the_preview_shows_what_was_read_and_saves_nothing(choose):
    page = choose(TEXT)
    text = text_of(page)
    assert "<strong>1 recommendation</strong>, <strong>1 comment</strong>, <strong>1 footnote</strong>." in text
    assert "not used yet" not in text.casefold()
    assert "read as immediate" in text
    assert "NPCC national Vigilance lead; each force Vigilance lead, Westmarch among them" in text
    form = page.context["form"]
    assert {name: form[name].value() for name in ("title", "kind", "short_name", "inspectorate")} == {
        "title": "Counter-terrorism policing A look at how forces support Vigilance",
        "kind": "thematic",
        "short_name": "Vigilance 20",
        "inspectorate": "HMICFRS",
    }
    assert nothing_saved()
    assert not TrailEntry.objects.filter(verb="record_published_response").exists()


def test_every_line_of_the_document_is_shown_in_order(choose):
    page = choose(WITH_STRAY_LINES)
    assert [(line.tag, line.state) for line in page.context["page"].lines] == [
        ("Title", ""),
        ("Response from", ""),
        ("Not used yet", "none"),
        ("Narrative 1", ""),
        ("Label", ""),
        ("Rec 1", ""),
        ("Rec 2", ""),
        ("2, first part", ""),
        ("2, second part", ""),
        ("Comment, 1 and 2", ""),
        ("Label", ""),
        ("AFI 1", ""),
        ("Comment, AFI 1", ""),
        ("Not used yet", "none"),
    ]
    assert [line.anchor for line in page.context["page"].lines[5:10]] == ["at-r0", "at-r1", "at-r1", "at-r1", "at-r0"]


# -- the way of a form


def test_what_was_typed_is_kept_when_the_session_runs_out(choose, press, office, officer, sign_in):
    page = choose(WITH_STRAY_LINES)
    office.logout()
    lost = press(page, "save", title="Custody, as I typed it", fill="out")
    assert lost.url == "/account/login/?next=/kept/"
    sign_in(officer)
    kept = office.get("/kept/")
    text = text_of(kept)
    assert "Custody, as I typed it" in text
    assert "<dt>Document</dt>" not in text
    fields = dict(kept.context["pairs"])
    assert fields["do"] == "save"
    sent = {}
    for name, value in kept.context["pairs"]:
        sent.setdefault(name, []).append(value)
    assert office.post(kept.context["action"], sent).status_code == 302
    assert Inspection.objects.get().title == "Custody, as I typed it"


@pytest.mark.soak
def test_sixty_recommendations_fit_into_what_is_kept(choose, press, office):
    asked = "the chief constable should make sure that supervisors review each record within the first day. " * 3
    text = WITH_STRAY_LINES + "\n\n".join(
        f"{number}. By 31 March 2021, {asked}\n\nCommissioner’s response: We will {asked}" for number in range(3, 63)
    )
    page = choose(text)
    assert len(page.context["form"].recommendations) >= 60
    office.logout()
    assert press(page, "save").url == "/account/login/?next=/kept/"


def test_a_document_that_got_lost_is_asked_for_again(choose, press, office):
    page = choose(TEXT)
    for broken in ("", "x", fields_of(page.content.decode(), "read")["document"][0][:-3] + "abc"):
        again = press(page, "save", document=broken)
        assert (again.templates[0].name, wrong(again)[0]) == ("documents_in/responses/choose.html", "")
    assert nothing_saved()


def test_the_check_without_a_form_leads_to_the_start(office):
    answer = office.get(CHECK)
    assert (answer.status_code, answer.url) == (302, CHOOSE)


def test_hostile_fields_change_nothing(choose, press):
    page = choose(TEXT)
    for changed in (
        {"force": "99999999999999999999"},
        {"inspection": "99999999999999999999"},
        {"body": "x"},
        {"placed": "99999=narrative"},
        {"placed": "x"},
        {"kind": "nonsense"},
        {"recommendation__r0__kind": "nonsense"},
        {"recommendation__r0__cause": "r0"},
        {"recommendation__r0__deadline_kind": "nonsense"},
        {"comment__c0__host": "r99"},
        {"recommendation_key": "r7"},
        {"do": "remove:r99"},
        {"do": "back:99999"},
        {"do": "undo:once"},
        {"published_read": "never"},
    ):
        answer = press(page, changed.pop("do", "read"), **changed)
        assert answer.status_code == 200
    assert nothing_saved()


@pytest.mark.suite(0)
@pytest.mark.parametrize("placed", ["2=nowhere", "2=comment:r9", "13=text:"])
def test_no_line_can_be_sent_into_nothing(choose, press, placed):
    page = press(choose(WITH_STRAY_LINES), "save", placed=placed)
    assert len(page.context["page"].unplaced) == 2
    assert nothing_saved()


def test_an_office_without_a_policing_body_is_asked_for_one(sign_in, officer, westmarch):
    given = {"text": WITH_STRAY_LINES, "force": westmarch.pk, "published_on": "16/7/2020", "responded_on": "1/9/2020"}
    page = sign_in(officer).post(CHOOSE, given | {"text": TEXT.replace("Response from:", "From:")})
    assert page.context["form"]["body"].value() == ""


def test_text_of_a_document_is_text_on_the_page(choose):
    page = choose(TEXT.replace("Both forces", "<script>alert(1)</script> Both forces"))
    assert "<script>alert(1)" not in page.content.decode()
    assert escape("<script>alert(1)</script>") in page.content.decode()


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_only_the_office_brings_in_responses(sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    for address in (CHOOSE, CHECK):
        assert client.get(address).status_code == 403
        assert client.post(address, {"text": TEXT}).status_code == 403


def test_the_check_costs_the_same_for_one_recommendation_as_for_three(choose, django_assert_num_queries):
    choose(TEXT)
    more = "".join(f"{number}. The force should act.\n\nOPCC Comment: We agree.\n\n" for number in (2, 3))
    for text in (TEXT, TEXT.replace("¹ <", f"{more}¹ <")):
        with django_assert_num_queries(14):
            page = choose(text)
    assert len(page.context["form"].recommendations) == 3


def test_the_reading_is_that_of_the_reader(choose):
    page = choose(TEXT)
    read = read_response(page.context["form"].document.lines, published_on=REPORT)
    assert [placed.line.text for placed in read.placed] == [line.text for line in page.context["page"].lines]
    assert reverse("check_document") in page.content.decode()


def test_it_can_be_about_a_report_that_waits_and_not_about_one_that_is_answered(
    choose, westmarch, body, officer, approver
):
    waits, answered = (make_inspection(westmarch, title=title) for title in ("Waits", "Answered"))
    make_published(answered, body, by=officer, approver=approver)
    page = choose(text=TEXT)
    assert list(page.context["form"].fields["inspection"].queryset) == [waits]
