"""What is read with doubt says so, on the line that it rests on."""

from datetime import date

import pytest

from recommendations.exchange.documents_in.lines import DocumentLine, lines_of_text
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.reports.report_state import NOT_TAKEN
from recommendations.exchange.documents_in.responses.grammar import SECOND
from recommendations.exchange.documents_in.responses.reading import read_response

PUBLISHED = date(2026, 1, 20)
HEAD = "HMICFRS: A title of a report\n\nResponse from: Marches OPCC\n\nWe welcome this.\n\n"


def doubts(text: str, read=read_response) -> list[tuple[str, str]]:
    found = read(lines_of_text(text), PUBLISHED)
    return [(placed.line.text[:30], placed.doubt) for placed in found.doubts]


def test_a_comment_on_several_that_nothing_announces():
    text = f"{HEAD}Recommendation 3\n\nForces should x.\n\nRecommendation 4\n\nForces should y.\n\nWe will see to both."
    assert doubts(text) == [
        ("We will see to both.", "read as the comment on 3 and 4, because nothing stands between them")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [("The Commissioner has seen the plan.", "read as the office’s"), ("Officers were trained.", "read as the chief")],
)
def test_an_update_is_whose_its_words_are(words, said):
    text = f"{HEAD}Recommendation 1: Forces should x.\n\nUpdate: {words}"
    ((line, doubt),) = doubts(text)
    assert (line, doubt.startswith(said)) == (f"Update: {words}"[:30], True)


@pytest.mark.parametrize("words", ["By 31 March", "By the end of the financial year"])
def test_a_deadline_without_a_year_has_no_day(words):
    found = read_response(lines_of_text(f"{HEAD}Recommendation 1: {words}, forces should x."), PUBLISHED)
    assert [(rec.deadline.words, rec.deadline.due_on) for rec in found.recommendations] == [(words, None)]
    assert [placed.doubt for placed in found.doubts] == [f"“{words}” names no year: give the day"]


@pytest.mark.parametrize("words", ["By midnight on 30 June 2026", "By Tuesday 30 June 2026", "By 5pm on 30 June 2026"])
def test_an_hour_or_a_weekday_before_a_day(words):
    found = read_response(lines_of_text(f"{HEAD}Recommendation 1: {words}, forces should x."), PUBLISHED)
    assert [(rec.deadline.words, rec.deadline.due_on) for rec in found.recommendations] == [(words, date(2026, 6, 30))]


def test_a_sentence_of_a_report_that_asks_and_was_not_taken():
    text = (
        "An inspection of x\n\nFindings\n\nThe force should answer more calls.\n\nRecommendation 1\n\nForces should y."
    )
    assert doubts(text, read_report) == [("The force should answer more c", NOT_TAKEN)]


def test_two_responses_on_one_page_are_asked_about():
    texts = ["HMICFRS report: The first", "Recommendation 1: Forces should x.", "PCC comment: Yes.",
             "HMICFRS report: The second", "Recommendation 1: Forces should y.", "PCC comment: No."]  # fmt: skip
    levels = {0: 1, 3: 1}
    lines = [
        DocumentLine(n + 1, "heading" if n in levels else "paragraph", text, level=levels.get(n, 0))
        for n, text in enumerate(texts)
    ]
    found = read_response(lines, PUBLISHED)
    assert [(placed.line.text, placed.doubt) for placed in found.doubts] == [("HMICFRS report: The second", SECOND)]
    assert [(rec.text, rec.comment) for rec in found.recommendations] == [
        ("Forces should x.", "Yes."),
        ("Forces should y.", "No."),
    ]
