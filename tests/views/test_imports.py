"""Bringing in a published response: read, checked beside the document, saved whole in one act."""

import datetime
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from recommendations.domain import audit
from recommendations.domain.inspections import NewRecommendation, add_recommendation
from recommendations.exchange.responses import read_response
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
from tests.views.form_of import fields_of

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"
FORMS = sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix in (".txt", ".html", ".docx", ".pdf"))
EXAMPLE = Path(__file__).resolve().parents[3] / "shared" / "examples" / "prevent-response.txt"
CHOOSE, CHECK = "/responses/add/", "/responses/add/check/"


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@pytest.fixture
def choose(office, westmarch):
    """Send the first form; what is not given is as an officer would type it."""

    def act(text="", **given):
        typed = {"text": text, "force": westmarch.pk, "published_on": "16/7/2020", "responded_on": "1 Sep 2020"}
        return office.post(CHOOSE, typed | given)

    return act


@pytest.fixture
def press(office):
    """Press a button of the check, with the fields as the page showed them, but for what is changed."""

    def act(page, do, **changed):
        fields = fields_of(page.content.decode(), "read") | {"do": [do]}
        fields |= {name.replace("__", "-"): [value] for name, value in changed.items()}
        return office.post(CHECK, fields)

    return act


def text_of(page) -> str:
    return " ".join(page.content.decode().split())


def problems(page) -> list[str]:
    return [str(message) for _, message in page.context["form"].problems]


def line_with(page, words: str):
    return next(line for line in page.context["page"].lines if words in line.text)


def nothing_saved() -> bool:
    models = (Response, Inspection, Recommendation, TrackedRecommendation)
    return not any(model.objects.exists() for model in models)


# -- choosing


def file(name, content):
    return SimpleUploadedFile(name, content)


PROTECTED = b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
WITHOUT_TEXT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF"""


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "This file is empty"),
        ("binary.txt", b"\x7fELF\x00\x01\x02\x03" * 99, "not text"),
        ("huge.txt", b"x " * (5 * 1024 * 1024 + 1), "larger than 10 MB"),
        ("protected.docx", PROTECTED, "protected by a password"),
        ("scan.pdf", WITHOUT_TEXT, "no text"),
        ("sheet.xlsx", b"PK\x03\x04", "This kind of file cannot be read"),
        ("blank.txt", b" \n \n", "There is no text in this document"),
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


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"text": ""}, "document", "Paste the response, or choose a file."),
        ({"text": " \n "}, "document", "Paste the response, or choose a file."),
        ({"force": ""}, "force", "Choose the force"),
        ({"force": "99999999999999999999"}, "force", "Select a valid choice"),
        ({"published_on": ""}, "published_on", "Enter the day of the report."),
        ({"published_on": "31/2/2020"}, "published_on", "31 February 2020 does not exist"),
        ({"published_on": "1/1/2199", "responded_on": "2/1/2199"}, "published_on", "is in the future"),
        ({"responded_on": "15/7/2020"}, "responded_on", "is before the report was published, 16 July 2020"),
        ({"responded_on": "1/1/2199"}, "responded_on", "is in the future"),
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
    assert "From vigilance.txt, 8 lines. Nothing is saved yet." in text_of(page)


def test_text_and_a_file_are_one_too_many(choose):
    page = choose(TEXT, document=file("other.txt", WITH_STRAY_LINES.encode()))
    assert "You pasted text and chose a file" in page.context["form"].errors["text"][0]


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
    assert "no place yet" not in text.casefold()
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
        ("No place yet", "none"),
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
        ("No place yet", "none"),
    ]
    assert [line.anchor for line in page.context["page"].lines[5:10]] == ["at-r0", "at-r1", "at-r1", "at-r1", "at-r0"]


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
    assert len(version.narrative) == 2
    assert version.footnotes == [{"mark": "1", "text": "https://example.org/levels"}]
    tracked = TrackedRecommendation.objects.get()
    assert (tracked.force, tracked.directed_to_force, tracked.deadline_on) == (westmarch, True, REPORT)
    assert tracked.recommendation.addressees.count() == 2
    assert version.comments.get().answers.get().recommendation == tracked.recommendation
    assert TrailEntry.objects.filter(verb="record_published_response").count() == 1
    assert audit.verify() == []
    messages = [str(message) for message in office.get("/responses/").context["messages"]]
    assert messages == ["The response is saved: 1 recommendation is in the register."]


def test_a_form_that_is_sent_twice_is_saved_once(choose, press):
    page = choose(TEXT)
    press(page, "save")
    again = press(page, "save")
    assert again.status_code == 302
    assert Response.objects.count() == 1


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
    saved = press(page, "save", fill="out", title=expected["title"] or "A title", body_name="The body", **given)
    assert saved.status_code == 302, problems(saved)
    version = ResponseVersion.objects.get()
    assert version.narrative == expected["narrative"]
    assert version.footnotes == expected["footnotes"]
    assert version.chief_officer_comments == expected["chief_officer_comments"]
    assert version.reply == expected["reply"]
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
    assert (len(version.narrative), version.left_out) == (3, [])
    assert version.footnotes == [{"mark": "1", "text": "https://www.mi5.gov.uk/threat-levels"}]
    assert (recommendation.deadline_words, recommendation.deadline_kind) == ("With immediate effect", "immediate")
    assert list(map(str, recommendation.addressees.all())) == ["NPCC national Prevent lead", "each force Prevent lead"]
    assert Comment.objects.get().text.startswith("We will continue to monitor")


def test_the_same_document_again_is_said_at_once_with_a_link(choose, press):
    first, second = choose(TEXT), choose(TEXT)
    press(first, "save")
    address = Response.objects.get().get_absolute_url()
    page = choose(TEXT.upper())
    assert "This document is here already" in text_of(page)
    assert f'<a href="{address}">See the response</a>' in text_of(page)
    page = press(second, "save")
    assert f'<a href="{address}">See the response</a>' in text_of(page)
    assert Response.objects.count() == 1


# -- lines without a place


def test_saving_is_refused_while_lines_have_no_place(choose, press):
    page = press(choose(WITH_STRAY_LINES), "save")
    text = text_of(page)
    assert "2 lines have no place yet" in text
    assert '<a href="#line-2">Place “Agenda item 7, appendix B”</a>' in text
    assert '<a href="#line-13">Place “See also the letter of 4 June to the Minister.”</a>' in text
    assert nothing_saved()


def test_lines_go_where_they_are_put_and_what_is_left_out_is_recorded(choose, press):
    page = press(choose(WITH_STRAY_LINES), "save", place__2="out", place__13="comment:r2")
    assert page.status_code == 302
    version = ResponseVersion.objects.get()
    assert version.left_out == ["Agenda item 7, appendix B"]
    assert version.comments.last().text == (
        "Tests now happen at each handover.\n\nSee also the letter of 4 June to the Minister."
    )


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
        ("rec", lambda form: form.recommendations[-1][1]["text"].value(), "Rec 1, without a number"),
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
        "Agenda item 7, appendix B\n\nI welcome this report on the custody suites that Westmarch Police runs."
        "\n\nSee also the letter of 4 June to the Minister."
    )


def test_words_that_were_changed_after_they_were_put_stay(choose, press):
    page = press(choose(WITH_STRAY_LINES), "read", place__13="reply")
    page = press(page, "back:13", reply="See also that letter.")
    assert "The words of that line were changed after it was placed" in text_of(page)
    assert page.context["form"]["reply"].value() == "See also that letter."


def test_all_that_have_no_place_can_be_put_at_once(choose, press):
    page = press(choose(WITH_STRAY_LINES), "read", fill="out", place__2="narrative")
    assert [line.state for line in page.context["page"].lines if line.state] == ["hand", "out"]


@pytest.mark.parametrize("code", ["comment:r99", "text:", "nonsense", "label", "<b>"])
def test_a_place_that_is_none_is_no_place(choose, press, code):
    page = press(choose(WITH_STRAY_LINES), "read", place__13=code)
    assert line_with(page, "See also").state == "none"


# -- changing what was read


def test_everything_can_be_changed(choose, press, eastvale):
    page = press(
        choose(TEXT),
        "save",
        title="Another title",
        kind="custody",
        short_name="Other 20",
        inspectorate="HMICFRS and Care Quality Commission",
        body_name="The office of that day",
        published_on="1 July 2020",
        responded_on="2 July 2020",
        narrative="First.\r\n\r\n\r\nSecond,\r\nsame paragraph.",
        chief_officer_comments="We accept it.",
        reply="Thank you.",
        note__f0__mark="*",
        note__f0__text="A note.",
        recommendation__r0__number="AFI 3",
        recommendation__r0__kind="area_for_improvement",
        recommendation__r0__heading="Attendance",
        recommendation__r0__text="By 1 May 2021, act.",
        recommendation__r0__parts="one\r\n\r\n\r\ntwo",
        recommendation__r0__addressees="the Home Office",
        recommendation__r0__directed="",
        recommendation__r0__deadline_words="By 1 May 2021",
        recommendation__r0__deadline_kind="date",
        recommendation__r0__deadline_on="1/5/2021",
        comment__c0__text="We disagree.",
        force=str(eastvale.pk),
    )
    assert page.status_code == 302, problems(page)
    inspection, version, recommendation = (
        Inspection.objects.get(),
        ResponseVersion.objects.get(),
        Recommendation.objects.get(),
    )
    assert (inspection.title, inspection.kind, inspection.short_name) == ("Another title", "custody", "Other 20")
    assert (inspection.lead_inspectorate, inspection.joint_inspectorates) == ("HMICFRS", "Care Quality Commission")
    assert inspection.published_on == datetime.date(2020, 7, 1)
    assert (version.body_name, version.published_on) == ("The office of that day", datetime.date(2020, 7, 2))
    assert version.narrative == ["First.", "Second,\nsame paragraph."]
    assert (version.chief_officer_comments, version.reply) == ("We accept it.", "Thank you.")
    assert version.footnotes == [{"mark": "*", "text": "A note."}]
    assert (recommendation.number, recommendation.kind, recommendation.heading) == (
        "AFI 3",
        "area_for_improvement",
        "Attendance",
    )
    assert [part.text for part in recommendation.parts.all()] == ["one", "two"]
    assert (recommendation.deadline_words, recommendation.deadline_on) == ("By 1 May 2021", datetime.date(2021, 5, 1))
    tracked = recommendation.tracked.get()
    assert (tracked.force, tracked.directed_to_force) == (eastvale, False)
    assert version.comments.get().text == "We disagree."


def test_corrections_are_counted_and_can_be_undone(choose, press):
    page = press(choose(TEXT), "read", kind="custody", title="Vigilance", recommendation__r0__text="Act at once.")
    text = text_of(page)
    assert "3 corrections by you" in text
    assert "was read as: National thematic." in text
    page = press(page, "undo:kind")
    assert page.context["form"]["kind"].value() == "thematic"
    assert "2 corrections by you" in text_of(page)


def test_recommendations_are_added_and_removed(choose, press):
    page = press(choose(TEXT), "add")
    assert [row.key for row, _ in page.context["form"].recommendations] == ["r0", "n1"]
    assert problems(press(page, "save")) == ["Enter the text, word for word, or remove this recommendation."]
    page = press(
        page,
        "save",
        recommendation__n1__number="2",
        recommendation__n1__text="Share what is learned.",
        comment__cn1__text="We will.",
    )
    assert page.status_code == 302, problems(page)
    second = Recommendation.objects.get(number="2")
    assert second.answers.get().comment.text == "We will."


def test_the_lines_of_a_recommendation_that_is_removed_have_no_place(choose, press):
    page = press(choose(WITH_STRAY_LINES), "remove:r2")
    assert "AFI" not in str([row for row, _ in page.context["form"].recommendations])
    assert [line.text for line in page.context["page"].lines if line.state == "none"] == [
        "Agenda item 7, appendix B",
        "1. The force should test cell call bells daily and keep the record.",
        "Commissioner’s response: Tests now happen at each handover.",
        "See also the letter of 4 June to the Minister.",
    ]


def test_a_line_that_became_a_recommendation_has_no_place_when_it_is_removed(choose, press):
    page = press(press(choose(WITH_STRAY_LINES), "read", place__13="rec"), "remove:l13")
    assert line_with(page, "See also").state == "none"


def test_a_comment_on_two_stays_when_one_is_removed(choose, press):
    page = press(choose(WITH_STRAY_LINES), "remove:r0")
    comment = page.context["form"].comments[0][0]
    assert (comment.host, comment.also) == ("r1", "")
    assert line_with(page, "I accept both").state == ""


def test_a_line_can_become_a_recommendation(choose, press):
    page = choose(WITH_STRAY_LINES.replace("to the Minister.", "to the Home Office, by 1 May 2021."))
    page = press(page, "save", place__13="rec", place__2="out")
    assert page.status_code == 302, problems(page)
    made = Recommendation.objects.get(number="", kind="recommendation")
    assert (made.text, made.position) == ("See also the letter of 4 June to the Home Office, by 1 May 2021.", 4)
    assert (made.deadline_words, made.deadline_on) == ("by 1 May 2021", datetime.date(2021, 5, 1))


def test_deadlines_are_read_again_and_shown_before_they_are_saved(choose, press):
    page = press(choose(TEXT), "save", published_on="1 August 2020", responded_on="1 September 2020")
    assert problems(page) == ["Deadlines were read again, and 1 came out otherwise. Check them, then save."]
    assert page.context["form"].draft.recommendations[0].deadline_on == "1 August 2020"
    assert nothing_saved()
    assert press(page, "save").status_code == 302
    assert Recommendation.objects.get().deadline_on == datetime.date(2020, 8, 1)


def test_changed_deadline_words_are_read_and_a_day_set_by_hand_stays(choose, press):
    page = press(choose(TEXT), "read", recommendation__r0__deadline_words="within three months")
    row = page.context["form"].draft.recommendations[0]
    assert (row.deadline_kind, row.deadline_on) == ("relative", "16 October 2020")
    page = press(page, "read", recommendation__r0__deadline_on="20 October 2020", published_on="17 July 2020")
    assert page.context["form"].draft.recommendations[0].deadline_on == "20 October 2020"


@pytest.mark.parametrize(
    ("kind", "day", "message"),
    [
        ("date", "", "Enter the day of the deadline, or choose “None”"),
        ("none", "1/5/2021", "Enter the day of the deadline, or choose “None”"),
        ("date", "31/2/2021", "31 February 2021 does not exist"),
        ("date", "15/7/2020", "15 July 2020 is before the report was published, 16 July 2020."),
    ],
)
def test_a_deadline_that_cannot_be_is_named_beside_it(choose, press, kind, day, message):
    page = press(choose(TEXT), "save", recommendation__r0__deadline_kind=kind, recommendation__r0__deadline_on=day)
    (problem,) = problems(page)
    assert message in problem
    assert day in page.content.decode()
    assert nothing_saved()


def test_a_number_used_twice_is_named_beside_both(choose, press):
    page = choose(TEXT.replace("OPCC Comment:", "1. By 1 May 2021, the force should act again.\n\nOPCC Comment:"))
    text = text_of(page)
    assert "Number 1 is used twice" in text
    page = press(page, "save")
    assert problems(page) == ["Number 1 is used twice. Give each its own number."] * 2
    page = press(page, "save", recommendation__r1__number="2")
    assert page.status_code == 302
    assert sorted(Recommendation.objects.values_list("number", flat=True)) == ["1", "2"]


def test_what_a_comment_also_answers_is_typed_as_numbers(choose, press):
    page = press(choose(WITH_STRAY_LINES), "read", comment__c1__also="1 to 2")
    assert page.context["form"].comments[1][0].also_keys == "r0 r1"
    page = press(page, "save", comment__c1__also="2, 9", fill="out")
    assert problems(page) == ["“9” is none of the recommendations here: 1, 2, AFI 1."]
    page = press(page, "save", comment__c1__also="all")
    assert page.status_code == 302, problems(page)
    answers = Comment.objects.get(position=2).answers.order_by("id")
    assert [answer.recommendation.short_label for answer in answers] == ["AFI 1", "rec 1", "rec 2"]


def test_numbers_that_change_places_keep_their_comments(choose, press):
    page = press(
        choose(WITH_STRAY_LINES), "read", recommendation__r0__number="2", recommendation__r1__number="1", fill="out"
    )
    assert page.context["form"].comments[0][0].also == "1"
    assert page.context["form"].comments[0][0].answers == ["r0", "r1"]


def test_what_is_empty_and_must_not_be_is_named(choose, press):
    page = press(
        choose(TEXT),
        "save",
        title=" ",
        short_name="",
        body="",
        body_name="",
        published_on="",
        recommendation__r0__text=" ",
    )
    assert sorted(problems(page)) == [
        "Choose the policing body whose response this is.",
        "Enter a short name for the register, such as Custody 25.",
        "Enter the day of the report.",
        "Enter the name as it is printed.",
        "Enter the text, word for word, or remove this recommendation.",
        "Enter the title of the report.",
    ]
    assert "We will continue to monitor attendance" in page.content.decode()
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
    assert "another text in the register" in problems(page)[0]
    assert page.context["form"].recommendations[0][1].errors["number"]
    assert not Response.objects.exists()


def test_an_inspection_of_another_day_is_refused(choose, press, westmarch):
    inspection = make_inspection(westmarch, title="Vigilance, 2020", published_on=datetime.date(2020, 7, 15))
    page = press(choose(TEXT), "save", inspection=str(inspection.pk))
    assert problems(page) == ["That inspection was published on 15 July 2020. Enter that day, or choose another."]


def test_an_inspection_that_is_answered_already_is_pointed_out(choose, press):
    press(choose(TEXT), "save")
    page = choose(TEXT.replace("keep people safe", "keep everybody safe"))
    assert "That inspection has a response on record already" in text_of(page)


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
        assert "The document got lost on the way." in text_of(again)
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
        with django_assert_num_queries(13):
            page = choose(text)
    assert len(page.context["form"].recommendations) == 3


def test_the_reading_is_that_of_the_reader(choose):
    page = choose(TEXT)
    read = read_response(page.context["form"].document.lines, published_on=REPORT)
    assert [placed.line.text for placed in read.placed] == [line.text for line in page.context["page"].lines]
    assert reverse("check_document") in page.content.decode()
