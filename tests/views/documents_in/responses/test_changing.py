"""What is typed at the right before a response is saved: texts, numbers, deadlines, comments. It stays, and is said."""

import datetime
import time

import pytest
from django.http import QueryDict

from recommendations.domain.responses.document_drafts import change_document, discard_document
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import Note
from recommendations.models import (
    Inspection,
    Recommendation,
    ResponseVersion,
)
from recommendations.views.documents_in import checking
from tests.commands.samples import TEXT, WITH_STRAY_LINES
from tests.views.documents_in.checking import problems, where
from tests.views.documents_in.responses.read import nothing_saved, text_of
from tests.views.form_of import fields_of


def corrected(brought) -> list[str]:
    """What the page says was typed, by field."""
    page = brought.page
    return [name for name, _ in [*page.corrected_facts, *(each for part in page.parts for each in part.corrected)]]


def test_everything_can_be_changed(check, eastvale):
    brought = check(TEXT)
    brought.type(
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
        recommendation__b6__number="AFI 3",
        recommendation__b6__kind="area_for_improvement",
        recommendation__b6__heading="Attendance",
        recommendation__b6__text="By 1 May 2021, act.",
        recommendation__b6__parts="one\r\n\r\n\r\ntwo",
        recommendation__b6__addressees="the Home Office",
        recommendation__b6__directed="",
        recommendation__b6__deadline_words="By 1 May 2021",
        recommendation__b6__deadline_kind="date",
        recommendation__b6__deadline_on="1/5/2021",
        comment__c6__text="We disagree.",
        force=str(eastvale.pk),
    )
    page = brought.save()
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


def test_what_was_typed_is_said_and_undone_by_one_press(check):
    brought = check(TEXT)
    before = brought.values
    brought.type(kind="custody", title="Vigilance", recommendation__b6__text="Act at once.")
    assert corrected(brought) == ["title", "kind", "recommendation-b6-text"]
    brought.send("untype:kind")
    assert (corrected(brought), brought.values["kind"]) == (["title", "recommendation-b6-text"], before["kind"])
    brought.type(title=before["title"], recommendation__b6__text=before["recommendation-b6-text"])
    assert (corrected(brought), brought.values) == ([], before)


def test_what_was_typed_stays_whatever_else_is_marked(check):
    brought = check(WITH_STRAY_LINES)
    brought.type(recommendation__b7__text="Typed.", comment__c12__text="Typed too.")
    brought.mark("more", 3)
    brought.mark("narrative", 7)
    brought.send("undo")
    values = brought.values
    assert (values["recommendation-b7-text"], values["comment-c12-text"]) == ("Typed.", "Typed too.")


def test_a_field_that_was_not_changed_follows_the_marks(check):
    brought = check(WITH_STRAY_LINES)
    brought.type(recommendation__b6__number="1a")
    brought.mark("more", 14, of="6")
    text = "By 31 March 2021 the force should offer every detained child an appropriate adult."
    assert brought.values["recommendation-b6-text"].split("\n\n") == [
        text,
        "See also the letter of 4 June to the Minister.",
    ]
    assert brought.values["recommendation-b6-number"] == "1a"


def test_a_script_keeps_a_field_as_it_is_left_and_the_form_stays(check):
    brought = check(TEXT)
    seen = '{"title": "x", "short_name": "Vigilance 20"}'
    sent = {"part": "1", "stay": "1", "seen": seen, "title": "x", "short_name": "V 20"}
    answer = brought.send("type:facts", **sent)
    assert 'id="form-facts"' in answer.content.decode()
    assert (corrected(brought), brought.values["short_name"]) == ([], "V 20")


def test_the_lines_of_a_recommendation_that_is_none_are_asked_about(check):
    brought = check(WITH_STRAY_LINES)
    brought.mark("narrative", 12)
    assert [name for name, _, _ in brought.parts] == ["Recommendation 1", "Recommendation 2"]
    assert "Tests now happen at each handover." in brought.values["narrative"]


def test_a_comment_on_two_stays_on_one_when_the_other_is_none(check):
    brought = check(WITH_STRAY_LINES)
    brought.mark("nothing", 6, alone="on")
    (comment,) = [row for row in brought.page.values.comments if "I accept both" in row.text]
    assert comment.answers == ("b7",)


def test_a_line_becomes_a_recommendation_in_its_place(check):
    brought = check(WITH_STRAY_LINES.replace("to the Minister.", "to the Home Office, by 1 May 2021."))
    brought.mark("nothing", 3)
    brought.mark("recommendation", 14)
    page = brought.save()
    assert page.status_code == 302, problems(page)
    made = Recommendation.objects.get(number="", kind="recommendation")
    assert (made.text, made.position) == ("See also the letter of 4 June to the Home Office, by 1 May 2021.", 4)
    assert (made.deadline_words, made.deadline_on) == ("by 1 May 2021", datetime.date(2021, 5, 1))


def test_deadlines_count_from_the_day_that_is_typed(check):
    brought = check(TEXT)
    brought.type(published_on="1 August 2020", responded_on="1 September 2020")
    assert brought.values["recommendation-b6-deadline_on"] == "1 August 2020"
    assert brought.save().status_code == 302
    assert Recommendation.objects.get().deadline_on == datetime.date(2020, 8, 1)


def test_typed_deadline_words_are_read_and_a_typed_day_stays(check):
    brought = check(TEXT)
    brought.type(recommendation__b6__deadline_words="within three months")
    kind, day = "recommendation-b6-deadline_kind", "recommendation-b6-deadline_on"
    assert (brought.values[kind], brought.values[day]) == ("relative", "16 October 2020")
    brought.type(recommendation__b6__deadline_on="20 October 2020")
    brought.type(published_on="17 July 2020")
    assert brought.values[day] == "20 October 2020"


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
def test_a_deadline_that_cannot_be_is_named_beside_it(check, kind, day, message):
    brought = check(TEXT)
    brought.type(recommendation__b6__deadline_kind=kind, recommendation__b6__deadline_on=day)
    page = brought.save()
    (problem,) = problems(page)
    assert (where(page), message in problem) == (["id_recommendation-b6-deadline_on"], True)
    assert day in page.content.decode()
    assert nothing_saved()


def test_a_number_used_twice_is_named_beside_both(check):
    brought = check(TEXT.replace("OPCC Comment:", "1. By 1 May 2021, the force should act again.\n\nOPCC Comment:"))
    assert "Number 1 is used twice" in text_of(brought.get())
    page = brought.save()
    assert where(page) == ["id_recommendation-b6-number", "id_recommendation-b7-number"]
    brought.type(recommendation__b7__number="2")
    assert brought.save().status_code == 302
    assert sorted(Recommendation.objects.values_list("number", flat=True)) == ["1", "2"]


def test_what_is_empty_and_must_not_be_is_named(check):
    brought = check(TEXT)
    brought.type(title=" ", short_name="", body="", body_name="", published_on="", recommendation__b6__text=" ")
    names = ("body", "body_name", "published_on", "recommendation-b6-text", "short_name", "title")
    page = brought.save()
    assert sorted(where(page)) == [f"id_{name}" for name in names]
    assert "We will continue to monitor attendance" in page.content.decode()
    assert nothing_saved()


def test_a_kind_that_is_none_is_refused(check):
    """Found by the soak: it was looked up for the message before it was checked."""
    brought = check(TEXT)
    brought.type(recommendation__b6__kind="no kind")
    assert where(brought.save()) == ["id_recommendation-b6-kind"]
    assert nothing_saved()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("force", "99999999999999999999"),
        ("inspection", "99999999999999999999"),
        ("body", "x"),
        ("kind", "nonsense"),
        ("published_on", "never"),
        ("recommendation__b6__cause", "b6"),
        ("recommendation__b6__deadline_kind", "nonsense"),
        ("recommendation__b6__text", "x" * 2_000_001),
    ],
)
def test_hostile_values_are_named_and_change_nothing_else(check, name, value):
    brought = check(TEXT)
    brought.type(**{name: value})
    assert brought.get().status_code == 200
    page = brought.save()
    assert (page.status_code in (302, 422), page.status_code == 302 or bool(problems(page))) == (True, True)


def test_no_nul_character_is_kept_of_what_is_typed(check):
    """PostgreSQL stores none: it would refuse the whole document."""
    brought = check(TEXT)
    brought.type(title="Cus\x00tody")
    brought.draft.refresh_from_db()
    assert brought.draft.typed["title"] == "Custody"


def test_values_seen_that_are_nested_too_deeply_are_none(check):
    brought = check(TEXT)
    assert brought.send("type:facts", seen="[" * 200_000, title="Another").status_code == 302
    assert "title" not in brought.get().context["page"].marked.typed


def test_a_mark_while_another_tab_discards_the_document_leads_to_its_address(check, office, monkeypatch):
    brought = check(TEXT)

    def discarded_first(*, draft, **asked):
        discard_document(draft=draft)
        return change_document(draft=draft, **asked)

    monkeypatch.setattr(checking, "change_document", discarded_first)
    answer = brought.mark("nothing", 1)
    assert (answer.status_code, office.get(answer.url).status_code) == (302, 404)


def test_ranges_of_opened_lines_that_overlap_are_counted_once_and_for_all():
    opened = QueryDict(f"open={'1-99999,' * 2_000}")
    before = time.process_time()
    assert len(checking._opened(opened)) == 99_999
    assert time.process_time() - before < 1
    assert checking._opened(QueryDict("open=1-3,8-9,7-2")) == {1, 2, 3, 8, 9}


# -- the way of a form


def test_what_was_typed_is_kept_when_the_session_runs_out(check, office, officer, sign_in):
    brought = check(WITH_STRAY_LINES)
    brought.send("rest")
    sent = fields_of(brought.get(edit="facts").content.decode(), "form-facts")
    office.logout()
    typed = {"do": "type:facts", "title": "Custody, as I typed it"}
    lost = office.post(brought.url, {name: value for name, value in sent.items() if value} | typed)
    assert lost.url == "/account/login/?next=/kept/"
    sign_in(officer)
    kept = office.get("/kept/")
    assert "Custody, as I typed it" in text_of(kept)
    office.post(kept.context["action"], dict(kept.context["pairs"]))
    assert brought.save().status_code == 302
    assert Inspection.objects.get().title == "Custody, as I typed it"
