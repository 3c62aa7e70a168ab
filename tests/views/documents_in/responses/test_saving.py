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
    Inspection,
    Recommendation,
    Response,
    ResponseVersion,
    TrackedRecommendation,
    TrailEntry,
)
from tests.commands.samples import REPORT, TEXT, WITH_STRAY_LINES
from tests.conftest import AT, make_inspection
from tests.views.documents_in.responses.read import (
    DOCUMENTS,
    EXAMPLE,
    FORMS,
    file,
    line_with,
    nothing_saved,
    problems,
    text_of,
    where,
)
from tests.views.hooks import flashes, wrong

# -- saving


def test_it_is_saved_whole_with_one_entry_of_the_trail(choose, press, office, westmarch, officer):
    saved = press(choose(TEXT), "save")
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
    assert verification.verify() == []
    messages = [str(message) for message in office.get("/responses/").context["messages"]]
    assert ["1 recommendation" in message for message in messages] == [True]


def test_a_form_that_is_sent_twice_is_saved_once(choose, press):
    page = choose(TEXT)
    press(page, "save")
    again = press(page, "save")
    assert again.status_code == 302
    assert Response.objects.count() == 1


@pytest.mark.suite(1, 3, 6)
@pytest.mark.parametrize("name", FORMS)
def test_each_form_that_offices_publish_comes_in_as_it_was_read(choose, press, name):
    published = "9/9/2025" if name.split(".")[0] in ("twin", "custody", "table") else None
    data = (DOCUMENTS / name).read_bytes()
    expected = json.loads((DOCUMENTS / name).with_suffix(".json").read_text())
    page = choose(document=file(name, data), published_on=published or "1/1/2014", responded_on="1/10/2026")
    given = {
        f"recommendation__r{place}__text": "Named by its number alone."
        for place, each in enumerate(expected["recommendations"])
        if not each["text"]
    }
    given |= {"section_55": "yes"} if page.context["form"].asks_section_55 else {}
    saved = press(page, "save", fill="out", title=expected["title"] or "A title", body_name="The body", **given)
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
def test_the_real_example_comes_in_whole(choose, press):
    page = choose(
        document=file(EXAMPLE.name, EXAMPLE.read_bytes()), published_on="1 December 2022", responded_on="25/1/2023"
    )
    assert press(page, "save").status_code == 302
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


def test_the_same_document_again_is_said_at_once_with_a_link(choose, press):
    first, second = choose(TEXT), choose(TEXT)
    press(first, "save")
    address = Response.objects.get().get_absolute_url()
    page = choose(TEXT.upper())
    assert f'<a href="{address}">' in text_of(page)
    page = press(second, "save")
    assert f'<a href="{address}">' in text_of(page)
    assert Response.objects.count() == 1


# -- lines without a place


def test_saving_is_refused_while_lines_have_no_place(choose, press):
    page = press(choose(WITH_STRAY_LINES), "save")
    text = text_of(page)
    assert "2 lines are not used yet" in text
    assert '<a href="#line-2">Place “See also item 7, appendix B”</a>' in text
    assert '<a href="#line-13">Place “See also the letter of 4 June to the Minister.”</a>' in text
    assert nothing_saved()


def test_lines_go_where_they_are_put_and_what_is_left_out_is_recorded(choose, press):
    page = press(choose(WITH_STRAY_LINES), "save", place__2="out", place__13="comment:r2")
    assert page.status_code == 302
    version = ResponseVersion.objects.get()
    assert version.left_out == ["See also item 7, appendix B"]
    assert version.comments.last().text == (
        "Tests now happen at each handover.\n\nSee also the letter of 4 June to the Minister."
    )


@pytest.mark.suite(0, 4, 6)
@pytest.mark.parametrize(
    ("code", "shown", "tag"),
    [
        ("narrative", lambda form: form["narrative"].value(), "Narrative"),
        ("chief", lambda form: form["chief_officer_comments"].value(), "Chief officer’s comments"),
        ("reply", lambda form: form["reply"].value(), "Reply to the chief officer"),
        ("note", lambda form: form.notes[0][1]["text"].value(), "Footnote"),
        ("text:r0", lambda form: form.recommendations[0][1]["text"].value(), "Rec 1"),
        ("part:r1", lambda form: form.recommendations[1][1]["parts"].value(), "2, part"),
        ("comment:r0", lambda form: form.comments[0][1]["text"].value(), "Comment, 1"),
        ("comment:r1", lambda form: form.comments[0][1]["text"].value(), "Comment, 2"),
        ("rec", lambda form: form.recommendations[-1][1]["text"].value(), "Rec 1 (unnumbered)"),
    ],
)
def test_a_line_can_be_put_and_taken_back(choose, press, code, shown, tag):
    before = choose(WITH_STRAY_LINES)
    placed = press(before, "read", place__13=code)
    words = "See also the letter of 4 June to the Minister."
    assert words in shown(placed.context["form"])
    assert (line_with(placed, words).state, line_with(placed, words).tag) == ("hand", tag)
    assert placed.context["page"].corrections == 0
    back = press(placed, "back:13")
    assert line_with(back, words).state == "none"
    assert words not in str(back.context["form"].draft)
    assert back.context["form"].draft.facts == before.context["form"].draft.facts


def test_narrative_is_put_in_the_order_of_the_document(choose, press):
    page = press(choose(WITH_STRAY_LINES), "read", place__2="narrative", place__13="narrative")
    assert page.context["form"]["narrative"].value() == (
        "See also item 7, appendix B\n\nI welcome this report on the custody suites that Westmarch Police runs."
        "\n\nSee also the letter of 4 June to the Minister."
    )


def test_words_that_were_changed_after_they_were_put_stay(choose, press):
    page = press(choose(WITH_STRAY_LINES), "read", place__13="reply")
    page = press(page, "back:13", reply="See also that letter.")
    assert (wrong(page), flashes(page)) == ([], ["warning"])
    assert page.context["form"]["reply"].value() == "See also that letter."


def test_all_that_have_no_place_can_be_put_at_once(choose, press):
    page = press(choose(WITH_STRAY_LINES), "read", fill="out", place__2="narrative")
    assert [line.state for line in page.context["page"].lines if line.state] == ["hand", "out"]


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize("code", ["comment:r99", "text:", "nonsense", "label", "<b>"])
def test_a_place_that_is_none_is_no_place(choose, press, code):
    page = press(choose(WITH_STRAY_LINES), "read", place__13=code)
    assert line_with(page, "See also").state == "none"


def test_a_kind_that_is_none_is_refused(choose, press):
    """Found by the soak: it was looked up for the message before it was checked."""
    page = press(choose(TEXT), "save", recommendation__r0__kind="no kind")
    assert where(page) == ["id_recommendation-r0-kind"]
    assert nothing_saved()


# -- inspections that are here already


def test_an_inspection_that_waits_can_be_answered(choose, press, westmarch):
    inspection = make_inspection(westmarch, title="Vigilance, 2020", published_on=REPORT)
    page = choose(TEXT)
    assert page.context["form"]["inspection"].value() == ""
    assert press(page, "save", inspection=str(inspection.pk)).status_code == 302
    assert Inspection.objects.get() == inspection
    assert inspection.recommendations.count() == 1


def test_the_inspection_of_the_same_title_and_day_is_found(choose, press, westmarch):
    title = "Counter-terrorism policing A look at how forces support Vigilance"
    inspection = make_inspection(westmarch, title=title, published_on=REPORT)
    new = NewRecommendation(number="1", text="Another text.")
    add_recommendation(inspection=inspection, new=new, by=None, at=AT)
    page = choose(TEXT)
    assert page.context["form"]["inspection"].value() == str(inspection.pk)
    page = press(page, "save")
    assert where(page)[0] == "id_recommendation-r0-number"
    assert page.context["form"].recommendations[0][1].errors["number"]
    assert not Response.objects.exists()


def test_an_inspection_of_another_day_is_refused(choose, press, westmarch):
    inspection = make_inspection(westmarch, title="Vigilance, 2020", published_on=datetime.date(2020, 7, 15))
    page = press(choose(TEXT), "save", inspection=str(inspection.pk))
    assert (where(page), "15 July 2020" in problems(page)[0]) == (["id_inspection"], True)


def test_an_inspection_that_is_answered_already_is_pointed_out(choose, press):
    press(choose(TEXT), "save")
    page = choose(TEXT.replace("keep people safe", "keep everybody safe"))
    assert Response.objects.get().get_absolute_url() in text_of(page)
