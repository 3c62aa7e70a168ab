"""A checked response is saved whole in one act, or not at all."""

import datetime
import json

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.inspections.inspections import NewRecommendation, add_recommendation
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import Note
from recommendations.models import (
    Comment,
    DocumentDraft,
    Inspection,
    Recommendation,
    Response,
    ResponseVersion,
    TrackedRecommendation,
    TrailEntry,
)
from tests.commands.samples import REPORT, TEXT
from tests.conftest import AT, make_inspection
from tests.views.documents_in.checking import problems, where
from tests.views.documents_in.responses.read import DOCUMENTS, EXAMPLE, FORMS, file, text_of
from tests.views.form_of import fields_of

# -- saving


def test_it_is_saved_whole_with_one_entry_of_the_trail(check, office, westmarch, officer):
    saved = check(TEXT).save()
    inspection = Inspection.objects.get()
    assert (saved.status_code, saved.url) == (302, inspection.get_absolute_url())
    version = ResponseVersion.objects.get()
    assert (version.published_on, version.body_name, version.recorded_by) == (
        datetime.date(2020, 9, 1),
        "Office of the Police and Crime Commissioner, Marches",
        officer,
    )
    text = text_of_version(version)
    assert len(text.narrative) == 2
    assert text.footnotes == (Note("1", "https://example.org/levels"),)
    tracked = TrackedRecommendation.objects.get()
    assert (tracked.force, tracked.directed_to_force, tracked.deadline_on) == (westmarch, True, REPORT)
    assert tracked.recommendation.addressees.count() == 2
    assert version.comments.get().answers.get().recommendation == tracked.recommendation
    assert TrailEntry.objects.filter(verb="record_published_response").count() == 1
    assert (verification.verify(), DocumentDraft.objects.count()) == ([], 0)
    messages = [str(message) for message in office.get("/responses/").context["messages"]]
    assert ["1 recommendation" in message for message in messages] == [True]


def test_a_form_that_is_sent_twice_is_saved_once(check, office):
    brought = check(TEXT)
    sent = fields_of(brought.get().content.decode(), "save") | {"do": "save"}
    for _ in range(2):
        assert office.post(brought.url, sent).status_code == 302
    assert Response.objects.count() == 1


def test_a_document_that_is_saved_leads_to_what_it_became_for_whoever_saved_it(check, office, sign_in, approver):
    brought = check(TEXT)
    brought.save()
    response = Response.objects.get()
    for again in (office.get(brought.url), office.post(brought.url, {"do": "mark:text", "line": "1"})):
        assert (again.status_code, again.url) == (302, response.get_absolute_url())
    assert sign_in(approver).get(brought.url).status_code == 404


@pytest.mark.suite(1, 3, 6)
@pytest.mark.parametrize("name", FORMS)
def test_each_form_that_offices_publish_comes_in_as_it_was_read(check, name):
    published = "9/9/2025" if name.split(".")[0] in ("twin", "custody", "table") else None
    data = (DOCUMENTS / name).read_bytes()
    expected = json.loads((DOCUMENTS / name).with_suffix(".json").read_text())
    brought = check(document=file(name, data), published_on=published or "1/1/2014", responded_on="1/10/2026")
    without_text = [row.key for row in brought.page.values.recommendations if not row.text]
    given = {f"recommendation__{key}__text": "Named by its number alone." for key in without_text}
    given |= {"section_55": "yes"} if brought.page.form.asks_section_55 else {}
    brought.type(title=expected["title"] or "A title", body_name="The body", **given)
    brought.send("rest")
    saved = brought.save()
    assert saved.status_code == 302, problems(saved)
    version = ResponseVersion.objects.get()
    text = text_of_version(version)
    assert list(text.narrative) == expected["narrative"]
    assert [{"mark": note.mark, "text": note.text} for note in text.footnotes] == expected["footnotes"]
    assert "".join(each.text for each in text.chief_officers) == expected["chief_officer_comments"]
    assert text.reply == expected["reply"]
    assert version.left_out == expected["unplaced"]
    assert [comment.text for comment in version.comments.all()] == [each["text"] for each in expected["comments"]]
    found = [
        (
            each.number,
            each.kind,
            each.text,
            [part.text for part in each.parts.all()],
            list(map(str, each.addressees.all())),
        )
        for each in Recommendation.objects.in_order()
    ]
    assert found == [
        (each["number"], each["kind"], each["text"] or "Named by its number alone.", each["limbs"], each["addressees"])
        for each in expected["recommendations"]
    ]


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the real example is not beside this checkout")
def test_the_real_example_comes_in_whole(check):
    days = {"published_on": "1 December 2022", "responded_on": "25/1/2023"}
    assert check(document=file(EXAMPLE.name, EXAMPLE.read_bytes()), **days).save().status_code == 302
    version, recommendation = ResponseVersion.objects.get(), Recommendation.objects.get()
    assert Inspection.objects.get().title == (
        "Counter-terrorism policing An inspection of the police's contribution to the government's Prevent programme"
    )
    assert Inspection.objects.get().kind == "thematic"
    text = text_of_version(version)
    assert (len(text.narrative), version.left_out) == (3, [])
    assert text.footnotes == (Note("1", "https://www.mi5.gov.uk/threat-levels"),)
    assert (recommendation.deadline_words, recommendation.deadline_kind) == ("With immediate effect", "immediate")
    assert list(map(str, recommendation.addressees.all())) == ["NPCC national Prevent lead", "each force Prevent lead"]
    assert Comment.objects.get().text.startswith("We will continue to monitor")


def test_the_same_document_again_is_said_at_once_with_a_link(choose, check):
    first, second = check(TEXT), check(TEXT)
    first.save()
    address = Response.objects.get().get_absolute_url()
    assert f'<a href="{address}">' in text_of(choose(TEXT.upper()))
    assert f'<a href="{address}">' in text_of(second.save())
    assert (Response.objects.count(), DocumentDraft.objects.get()) == (1, second.draft)


# -- inspections that are here already


def test_an_inspection_that_waits_can_be_answered(check, westmarch):
    inspection = make_inspection(westmarch, title="Vigilance, 2020", published_on=REPORT)
    brought = check(TEXT)
    assert brought.values["inspection"] == ""
    brought.type(inspection=str(inspection.pk))
    assert brought.save().status_code == 302
    assert Inspection.objects.get() == inspection
    assert inspection.recommendations.count() == 1


def test_the_inspection_of_the_same_title_and_day_is_found(check, westmarch):
    title = "Counter-terrorism policing A look at how forces support Vigilance"
    inspection = make_inspection(westmarch, title=title, published_on=REPORT)
    new = NewRecommendation(number="1", text="Another text.")
    add_recommendation(inspection=inspection, new=new, by=None, at=AT)
    brought = check(TEXT)
    assert brought.values["inspection"] == str(inspection.pk)
    page = brought.save()
    assert where(page)[0] == "id_recommendation-b6-number"
    assert page.context["form"].recommendations[0][1].errors["number"]
    assert not Response.objects.exists()


def test_an_inspection_of_another_day_is_refused(check, westmarch):
    inspection = make_inspection(westmarch, title="Vigilance, 2020", published_on=datetime.date(2020, 7, 15))
    brought = check(TEXT)
    brought.type(inspection=str(inspection.pk))
    page = brought.save()
    assert (where(page), "15 July 2020" in problems(page)[0]) == (["id_inspection"], True)


def test_an_inspection_that_is_answered_already_is_pointed_out(check):
    check(TEXT).save()
    page = check(TEXT.replace("keep people safe", "keep everybody safe")).get()
    assert Response.objects.get().get_absolute_url() in text_of(page)
