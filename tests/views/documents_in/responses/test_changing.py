"""What was read is changed before it is saved: texts, numbers, deadlines, comments."""

import datetime

import pytest

from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import Note
from recommendations.models import (
    Comment,
    Inspection,
    Recommendation,
    ResponseVersion,
)
from tests.commands.samples import TEXT, WITH_STRAY_LINES
from tests.views.documents_in.responses.read import (
    line_with,
    nothing_saved,
    problems,
    text_of,
    where,
)

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
    text = text_of_version(version)
    assert text.narrative == ("First.", "Second,\nsame paragraph.")
    assert ([each.text for each in text.chief_officers], text.reply) == (["We accept it."], "Thank you.")
    assert text.footnotes == (Note("*", "A note."),)
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
    assert where(press(page, "save")) == ["id_recommendation-n1-text"]
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
        "See also item 7, appendix B",
        "1. The force should test cell call bells daily and keep the record.",
        "Commissioner’s response: Tests now happen at each handover.",
        "See also the letter of 4 June to the Minister.",
    ]


@pytest.mark.soak
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
    assert (where(page), "and 1 " in problems(page)[0]) == (["rows"], True)
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


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize(
    ("kind", "day", "message"),
    [
        ("date", "", "“None”"),
        ("none", "1/5/2021", "“None”"),
        ("date", "31/2/2021", "31 February 2021"),
        ("date", "15/7/2020", "16 July 2020"),
    ],
)
def test_a_deadline_that_cannot_be_is_named_beside_it(choose, press, kind, day, message):
    page = press(choose(TEXT), "save", recommendation__r0__deadline_kind=kind, recommendation__r0__deadline_on=day)
    (problem,) = problems(page)
    assert (where(page), message in problem) == (["id_recommendation-r0-deadline_on"], True)
    assert day in page.content.decode()
    assert nothing_saved()


@pytest.mark.soak
def test_a_number_used_twice_is_named_beside_both(choose, press):
    page = choose(TEXT.replace("OPCC Comment:", "1. By 1 May 2021, the force should act again.\n\nOPCC Comment:"))
    text = text_of(page)
    assert "Number 1 is used twice" in text
    page = press(page, "save")
    assert where(page) == ["id_recommendation-r0-number", "id_recommendation-r1-number"]
    page = press(page, "save", recommendation__r1__number="2")
    assert page.status_code == 302
    assert sorted(Recommendation.objects.values_list("number", flat=True)) == ["1", "2"]


def test_what_a_comment_also_answers_is_typed_as_numbers(choose, press):
    page = press(choose(WITH_STRAY_LINES), "read", comment__c1__also="1 to 2")
    assert page.context["form"].comments[1][0].also_keys == "r0 r1"
    page = press(page, "save", comment__c1__also="2, 9", fill="out")
    assert (where(page), "1, 2, AFI 1" in problems(page)[0]) == (["id_comment-c1-also"], True)
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
    names = ("body", "body_name", "published_on", "recommendation-r0-text", "short_name", "title")
    assert sorted(where(page)) == [f"id_{name}" for name in names]
    assert "We will continue to monitor attendance" in page.content.decode()
    assert nothing_saved()
