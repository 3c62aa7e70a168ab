"""What columns say and words mean: guessed, asked, refused with what was typed in place, and kept for next time."""

import datetime
import json

import pytest
from django.urls import reverse

from recommendations.exchange.imports.column_guessing import WHOSE_COMMENTS, WHOSE_DAY
from recommendations.exchange.imports.mapping_answers import NO_INSPECTION
from recommendations.models import SheetDraft, SheetImport, TrackedRecommendation
from tests.makers.spreadsheet_file import book_file
from tests.views.hooks import lacking, number_of, wrong
from tests.views.imports.upload import (
    ANSWERS,
    DAY,
    HEADINGS,
    address,
    book,
    bring_in,
    check,
    choose,
    errors,
    page_of,
    press,
    row,
    rows,
    value,
    words,
)

CHECK = "Check what the rows would do"
OF_SHEET = "Inspection of all rows"


def heading(answer) -> str:
    return words(answer, "h1")[0]


def asked(answer) -> list[str]:
    """The words that are asked about."""
    return words(answer, "section[aria-labelledby=words] tbody th label")


def test_columns_are_guessed_and_words_asked(office):
    answer = choose(office, book(row(), row(2, status="Discharged")))
    shown = {column: value(answer, column) for column in HEADINGS}
    assert shown == {
        "Ref": "reference",
        "Report": "inspection",
        "Published": "published_on",
        "Rec No": "number",
        "Recommendation": "text",
        "Exec lead": "chief_officer_lead",
        "Deadline": "deadline_on",
        "Status": "status",
    }
    assert words(answer, ".app-sheet__grid tbody td:nth-child(2)")[0] == "OP-1OP-2"
    assert asked(answer) == ["On-going", "Discharged"]
    assert value(answer, "On-going") == ""


def test_a_word_without_an_answer_is_named_and_the_other_answers_stay(office):
    answer = choose(office, book(row(), row(2, status="Discharged")))
    answer = press(office, answer, "check", **{"On-going": "stage:in_progress"})
    assert (len(wrong(answer)), lacking(answer, ".govuk-error-summary", "Discharged", "Status, 1 row", DAY)) == (2, [])
    for page in (answer, office.get(address(answer))):
        assert value(page, "On-going") == "stage:in_progress"
    assert SheetDraft.objects.get().answers["meanings"] == {"status": {"on-going": "stage:in_progress"}}


def test_no_nul_character_is_kept_of_an_answer(office):
    """PostgreSQL stores none: no answer would be kept."""
    answer = press(office, choose(office, book(row())), "check", **{"On-going": "stage:in_progress"})
    press(office, answer, "check", **{DAY: "so\x00on"})
    assert "\\u0000" not in json.dumps(SheetDraft.objects.get().answers)


@pytest.mark.suite(0)
@pytest.mark.parametrize(
    ("typed", "message"),
    [("31/2/2026", "31 February 2026"), ("5/6", "the year too"), ("soon", "“soon”")],
)
def test_a_day_that_is_none_is_named_and_stays(office, typed, message):
    answer = press(office, choose(office, book(row())), "check", **{"On-going": "stage:in_progress"})
    answer = press(office, answer, "check", **{DAY: typed})
    (said,) = errors(answer)
    assert message in said
    assert value(answer, DAY) == typed
    assert heading(press(office, answer, "check", **{DAY: "1 Nov 2026"})) == CHECK


WITH_DUE = tuple("Due" if heading == "Deadline" else heading for heading in HEADINGS)


@pytest.mark.parametrize(
    ("chosen", "days"),
    [
        ("deadline_on", (datetime.date(2026, 6, 30), None)),
        ("target_on", (None, datetime.date(2026, 6, 30))),
        ("left-out", (None, None)),
    ],
)
def test_whose_day_a_bare_due_is_must_be_chosen_before_anything_is_brought_in(office, chosen, days):
    answer = choose(office, book(row(status=""), headings=WITH_DUE))
    assert (value(answer, "Due"), words(answer, ".app-readsum a")[0]) == ("", "1 answer is missing")
    refused = press(office, answer, "check")
    assert wrong(refused) == [f"column-0-{WITH_DUE.index('Due')}"]
    assert words(refused, ".app-sheet__look td .app-sheet__group") == [WHOSE_DAY]
    checked = press(office, refused, "check", Due=chosen)
    assert heading(checked) == CHECK
    press(office, checked, "bring-in")
    tracked = TrackedRecommendation.objects.select_related("recommendation").get()
    target = tracked.targets.first()
    assert (tracked.recommendation.deadline_on, target.target_on if target else None) == days
    again = choose(office, book(row(2, status=""), headings=WITH_DUE))
    assert value(again, "Due") == chosen


def test_nothing_is_brought_in_past_an_unanswered_due(office):
    choose(office, book(row(status=""), headings=WITH_DUE))
    checked = office.get(reverse("check_sheet", args=[SheetDraft.objects.get().token]))
    press(office, checked, "bring-in")
    assert SheetImport.objects.count() == 0


def test_two_columns_cannot_say_the_same(office):
    answer = press(office, choose(office, book(row())), "check", **{"Deadline": "published_on", "On-going": "nothing"})
    assert (len(wrong(answer)), lacking(answer, ".govuk-error-summary", "“Published”", "“Deadline”")) == (1, [])
    assert (value(answer, "Deadline"), value(answer, "On-going")) == ("published_on", "nothing")


def test_a_table_needs_words_or_references(office):
    answer = press(office, choose(office, book(row(status=""))), "check", Ref="left-out", Recommendation="left-out")
    assert wrong(answer) == ["column-0-0"]


def test_each_sheet_says_its_force_or_is_left_out(office, eastvale):
    content = book_file({"Westmarch": [HEADINGS, row(status="")], "Old": [HEADINGS, row(9, status="")]})
    answer = choose(office, content, force="")
    assert value(answer, "Sheet “Westmarch”") == "westmarch"
    answer = press(office, answer, "check")
    assert (len(wrong(answer)), lacking(answer, ".govuk-error-summary", "“Old”")) == (1, [])
    answer = press(office, answer, "check", **{"Sheet “Old”": "left-out", "Sheet “Westmarch”": "left-out"})
    assert (len(wrong(answer)), lacking(answer, ".govuk-error-summary", "Every sheet")) == (1, [])
    answer = press(office, answer, "check", **{"Sheet “Westmarch”": "each-row"})
    assert (len(wrong(answer)), lacking(answer, ".govuk-error-summary", "“Westmarch”")) == (1, [])
    answer = press(office, answer, "check", **{"Sheet “Westmarch”": "eastvale"})
    assert (heading(answer), words(answer, ".app-counts a")[0]) == (CHECK, "1 recommendations")


@pytest.mark.soak
def test_another_meaning_of_a_column_asks_about_other_words(office):
    answer = choose(office, book(row(status="")))
    assert asked(answer) == []
    answer = press(office, answer, "read", **{"Exec lead": "status"})
    assert asked(answer) == ["ACC Rowe"]
    assert errors(answer) == []
    answer = press(office, answer, "read", **{"Exec lead": "chief_officer_lead"})
    assert asked(answer) == []


def test_one_button_says_that_colours_say_nothing(office):
    headings = (*HEADINGS, "RAG")
    lines = [(*row(1), "Red"), (*row(2), "Green"), (*row(3), "Gold")]
    answer = choose(office, book(*lines, headings=headings))
    answer = press(office, answer, "no-colours", Gold="stage:in_progress")
    assert errors(answer) == []
    shown = {word: value(answer, word) for word in ("Red", "Green", "Gold", "On-going")}
    assert shown == {"Red": "nothing", "Green": "nothing", "Gold": "stage:in_progress", "On-going": ""}
    assert page_of(answer).css("button[value=no-colours]") == []


def test_answers_are_kept_for_the_same_headings(office):
    bring_in(office, row())
    answer = choose(office, book(row(2), row(3, status="Discharged")))
    assert number_of(answer, ".app-readsum strong") == 1
    assert value(answer, "On-going") == ANSWERS["On-going"]
    assert value(answer, "Discharged") == ""


def test_what_stands_in_a_spreadsheet_is_shown_as_text(office):
    headings = (*HEADINGS[:-1], "<script>alert(1)</script>")
    answer = choose(office, book(row(ref="<b>bold</b>"), headings=headings))
    text = answer.content.decode()
    assert ("<script>alert" in text, "<b>bold" in text) == (False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_no_key_leads_to_another_persons_answers(office):
    answer = press(office, choose(office, book(row())), "check", **{"On-going": "closed:no-such-outcome"})
    assert errors(answer)[0].startswith("Select a valid choice.")
    assert SheetImport.objects.count() == 0


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1, 30])
def test_the_page_costs_the_same_for_one_row_as_for_thirty(office, number, django_assert_num_queries):
    answer = choose(office, book(*rows(number)))
    with django_assert_num_queries(11):
        assert office.get(address(answer)).status_code == 200


@pytest.mark.soak
def test_unanswered_rows_lead_back_from_the_check(office):
    answer = choose(office, book(row(), row(2)))
    checked = office.get(reverse("check_sheet", args=[SheetDraft.objects.get().token]))
    assert words(checked, ".app-readsum p")[0].split()[0] == "1"
    assert page_of(checked).css(".app-sheet__troubles") == []
    assert words(checked, ".app-sheet__problem")[0].startswith("Status On-going:")
    assert heading(check(office, row(), row(2))) == CHECK
    assert answer.status_code == 200


NAMELESS = ("Rec No", "Recommendation", "Comments", "Deadline")


def nameless(sheet: str = "Register") -> bytes:
    return book((1, "The force should count.", "All were counted.", "30/6/2026"), name=sheet, headings=NAMELESS)


def test_the_inspection_is_asked_where_nothing_says_it(office):
    answer = press(office, choose(office, nameless()), "check")
    assert errors(answer)[0] == NO_INSPECTION
    assert value(answer, OF_SHEET) == ""
    answer = press(office, answer, "check", **{OF_SHEET: "Light in the dark"})
    assert (value(answer, OF_SHEET), asked(answer)) == (
        "Light in the dark",
        ["Light in the dark", DAY],
    )
    answer = press(office, answer, "check", **{"Light in the dark": "15/1/2026", DAY: "1 Nov 2026"})
    assert heading(answer) == CHECK


def test_a_sheet_that_is_named_after_an_inspection_has_it_filled_in(office):
    answer = choose(office, nameless("PEEL 2025"))
    assert value(answer, OF_SHEET) == "PEEL 2025"


def test_a_column_in_doubt_says_why_and_a_question_what_stands_there(office):
    answer = choose(office, nameless("PEEL 2025"))
    assert words(answer, "td .app-sheet__group") == [WHOSE_COMMENTS]
    answer = choose(office, book(row(published="Jul-25")))
    assert lacking(answer, "section[aria-labelledby=words] td .app-sheet__group", "“Jul-25”") == []
