"""Whole reports of the inspectorate, read and compared with what a person reads in them. The reports are fictional:
a PEEL report and a thematic one as saved from a browser, the thematic one as a PDF, older and shorter forms as text.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text, read_lines
from recommendations.exchange.documents_in.reports.reading import not_a_report, read_report
from recommendations.exchange.documents_in.reports.report_state import OWN
from recommendations.exchange.documents_in.responses.reading import as_json

DOCUMENTS = Path(__file__).parents[2] / "samples"
REPORTS = DOCUMENTS / "reports"
PUBLISHED = date(2026, 3, 12)
FORMS = ["child-protection.txt", "list-at-the-end.txt", "peel.html", "thematic.html", "thematic.pdf"]
NO_REPORTS = ["news.html", "recipes.html"]


def lines(name: str):
    return read_lines((REPORTS / name).read_bytes(), name)


def recommendations(text: str):
    return read_report(lines_of_text(text), PUBLISHED).recommendations


def told(text: str) -> list[tuple]:
    """The kind, number and words of each, shortly."""
    return [(rec.label, rec.text, list(rec.limbs)) for rec in recommendations(text)]


def test_every_report_is_tried():
    found = [path.name for path in REPORTS.iterdir() if path.suffix != ".json"]
    assert sorted(found) == sorted(FORMS + NO_REPORTS)


@pytest.mark.parametrize("name", FORMS)
def test_what_is_read(name):
    expected = json.loads((REPORTS / name).with_suffix(".json").read_text())
    found = as_json(read_report(lines(name), PUBLISHED))
    assert found.pop("doubts") == []
    assert (found.pop("unaccounted"), [line["line"] for line in found.pop("lines") if not line["place"]]) == ([], [])
    assert found == expected


@pytest.mark.parametrize("name", FORMS + NO_REPORTS)
def test_every_line_has_its_place_in_order(name):
    found = lines(name)
    placed = [place.line.number for place in read_report(found, PUBLISHED).placed]
    assert sorted(set(placed)) == [line.number for line in found]
    assert placed == sorted(placed)


@pytest.mark.parametrize("name", FORMS)
def test_a_report_is_one(name):
    assert not_a_report(lines(name), read_report(lines(name))) == ""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("reports/recipes.html", "it speaks of no inspection"),
        ("reports/news.html", "no recommendation, area for improvement, cause of concern or innovative practice"),
        ("twin.html", "This reads as a response to a report, not as the report itself: it has “Response from: Office"),
        ("custody.txt", "This reads as a response to a report"),
        ("saved-page.html", "it has “Commissioner’s response to HMICFRS report”. Add a published"),
    ],
)
def test_a_document_that_is_no_report_says_so(name, says):
    found = read_lines((DOCUMENTS / name).read_bytes(), name)
    assert says in not_a_report(found, read_report(found))


def test_what_was_read_beside_the_printed_parts():
    peel = read_report(lines("peel.html"))
    assert (peel.published_on, peel.inspectorate, peel.body, peel.narrative, peel.comments) == (
        PUBLISHED,
        "",
        "",
        (),
        (),
    )
    assert [(rec.label, rec.heading, rec.cause) for rec in peel.recommendations] == [
        ("AFI 1", "", ""),
        ("AFI 2", "", ""),
        ("Innovative practice 1", "", ""),
        ("AFI 3", "", ""),
        ("Cause of concern 1", "Westmarch Police doesn’t always protect children who go missing", ""),
        ("1", "", "Cause of concern 1"),
        ("2", "", "Cause of concern 1"),
    ]


def test_where_the_lines_of_a_report_went():
    found = read_report(lines("list-at-the-end.txt")).placed
    assert [(place.where, place.line.text[:24]) for place in found if place.where != OWN] == [
        ("Title", "PEEL 2018/19"),
        ("Title", "An inspection of Westmar"),
        ("Cause of concern 1", "Cause of concern"),
        ("Cause of concern 1", "The force's response to "),
        ("Rec 2", "To address this cause of"),
        ("2, first part", "a) review every call tha"),
        ("2, second part", "b) tell its chief office"),
        ("Label", "Areas for improvement"),
        ("AFI 1", "The force should ensure "),
        ("Said again, AFI 2", "The force should:"),
        ("Said again, AFI 2", "train its staff; and"),
        ("Said again, AFI 2", "check that the training "),
        ("AFI 3", "AFI 3: The force should "),
        ("Accelerated cause of concern 1", "Accelerated cause of con"),
        ("Accelerated cause of concern 1", "The force has no vetting"),
        ("Rec 1", "Recommendation 1 (by 1 M"),
        ("Label", "Recommendations"),
        ("Said again, 1", "1. The force should vet "),
        ("Label", "Areas for improvement"),
        ("Said again, AFI 1", "1. The force should ensu"),
        ("AFI 2", "2. The force should:"),
        ("AFI 2, first part", "a) train its staff; and"),
        ("AFI 2, second part", "b) check that the traini"),
        ("Said again, AFI 3", "3. The force should publ"),
    ]


# -- one rule each


def test_the_explanation_behind_what_is_asked_is_the_reports_own():
    text = "An inspection\n\nArea for improvement\n\nThe force should count calls.\n\nIn May it counted none of them."
    assert told(text) == [("AFI 1", "The force should count calls.", [])]


def test_words_that_go_on_are_taken():
    text = (
        "An inspection\n\nRecommendation 4\n\nThe force should review its plan.\n\nThis should include:\n\n"
        "• its fleet; and\n• its estate.\n\nThe plan was last reviewed in 2019."
    )
    assert told(text) == [
        ("4", "The force should review its plan.\n\nThis should include:", ["its fleet; and", "its estate."])
    ]


def test_numbers_in_the_reports_text_ask_for_nothing():
    text = (
        "An inspection\n\n1.1 The force should be proud.\n\n1.2 It must go on.\n\n2. Recommendations\n\n"
        "2.1 We make two recommendations.\n\n2.2 The force should count calls.\n\n2.3 The force should answer them."
    )
    assert told(text) == [
        ("2.2", "The force should count calls.", []),
        ("2.3", "The force should answer them.", []),
    ]


def test_days_over_a_list_are_the_deadline_of_those_below():
    text = (
        "An inspection\n\nRecommendations\n\nImmediately:\n\n• The force should count calls.\n\n"
        "Within three months:\n\n• The force should answer them.\n• The force should say so by 1 May 2026."
    )
    assert [(rec.text, rec.deadline.words, rec.deadline.due_on) for rec in recommendations(text)] == [
        ("The force should count calls.", "Immediately", PUBLISHED),
        ("The force should answer them.", "Within three months", date(2026, 6, 12)),
        ("The force should say so by 1 May 2026.", "Within three months", date(2026, 6, 12)),
    ]


def test_a_heading_says_to_whom_those_below_are():
    text = "An inspection\n\nRecommendations for the Home Office\n\nRecommendation 1\n\nFund the work by 1 May 2027."
    assert [rec.addressees for rec in recommendations(text)] == [("Home Office",)]


def test_what_a_report_says_twice_comes_in_once_with_all_that_either_says():
    text = (
        "An inspection\n\nSummary of recommendations\n\nRecommendations\n\n1. The force should count calls.\n\n"
        "2. The force should answer them.\n\nChapter 1\n\nRecommendation 2 – Answering\n\n"
        "The force should answer them. It should do this within six months.\n\nThe end of the chapter was long."
    )
    assert [(rec.label, rec.heading, rec.text, rec.deadline.words) for rec in recommendations(text)] == [
        ("1", "", "The force should count calls.", ""),
        ("2", "Answering", "The force should answer them. It should do this within six months.", "within six months"),
    ]


def test_one_number_with_two_texts_stays_two():
    text = (
        "An inspection\n\nRecommendation 1\n\nThe force should count calls.\n\nPart two\n\nRecommendation 1\n\n"
        "The Home Office should pay for new radios in every station."
    )
    assert [rec.label for rec in recommendations(text)] == ["1", "1 (2nd)"]


def test_what_only_begins_alike_stays_two():
    text = (
        "An inspection\n\nAreas for improvement\n\n• The force should improve how it records crime against adults.\n"
        "• The force should improve how it records crime against children.\n"
        "• The force should improve how it records crime.\n"
    )
    assert [rec.label for rec in recommendations(text)] == ["AFI 1", "AFI 2", "AFI 3"]


def test_a_name_with_nothing_under_it_has_no_place():
    read = read_report(lines_of_text("An inspection\n\nRecommendation 1\n\nThe force should act.\n\nRecommendation 9"))
    assert ([rec.label for rec in read.recommendations], read.unplaced) == (["1"], ("Recommendation 9",))


def test_a_recommendation_said_first_stands_behind_its_cause_of_concern():
    text = (
        "An inspection\n\nRecommendations\n\nWithin three months, the force should speak to every child.\n\n"
        "Chapter 1\n\nThis chapter is about children who go missing from home.\n\nCause of concern\n\n"
        "The force does not speak to children.\n\nRecommendations\n\n"
        "Within three months, the force should speak to every child.\n"
    )
    assert [(rec.label, rec.cause) for rec in recommendations(text)] == [
        ("Cause of concern 1", ""),
        ("1", "Cause of concern 1"),
    ]


def test_a_table_of_recommendations_is_read_row_by_row():
    text = (
        "An inspection of custody\n\n"
        "No.\tRecommendation\tDirected to\tDeadline\n"
        "1\tTest the bells.\tThe force\t1 May 2026\n"
        "2\tPay for bells.\tThe Home Office\t\n"
    )
    assert [(rec.number, rec.text, rec.addressees, rec.deadline.words) for rec in recommendations(text)] == [
        ("1", "Test the bells.", ("The force",), "1 May 2026"),
        ("2", "Pay for bells.", ("The Home Office",), ""),
    ]
