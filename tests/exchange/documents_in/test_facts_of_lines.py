"""Small facts of single lines: names with links, facts on two lines, labels within a line or asked as questions."""

import pytest

from recommendations.exchange.documents_in.lines import DocumentLine, lines_of_text
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.responses.voices import NOTHING_BETWEEN, ON_THE_LAST_ALONE
from recommendations.exchange.documents_in.results import ReadResponse

HEAD = "HMICFRS: A title of a report\n\nResponse from: Marches OPCC\n\nI welcome this.\n\n"


def read(text: str) -> ReadResponse:
    found = read_response(lines_of_text(HEAD + text))
    assert found.unaccounted == ()
    return found


def test_a_name_that_is_a_link_starts_a_recommendation_and_a_linked_label_a_comment():
    text = "Recommendation 1 <https://a.example/r>\n\nForces should x.\n\nPCC comment <https://a.example/c>:\n\nYes."
    assert [(rec.number, rec.text, rec.comment) for rec in read(text).recommendations] == [
        ("1", "Forces should x.", "Yes.")
    ]


@pytest.mark.parametrize("between", [": ", "\n\n", ":\n\n"])
def test_the_value_of_a_fact_is_on_its_line_or_the_next(between):
    facts = f"Directed to{between}All forces in England\n\nDeadline{between}1 September 2026"
    (rec,) = read(f"Recommendation 1\n\nForces should x.\n\n{facts}\n\nPCC comment: Yes.").recommendations
    assert (rec.text, rec.addressees, rec.deadline.words, rec.comment) == (
        "Forces should x.",
        ("All forces in England",),
        "1 September 2026",
        "Yes.",
    )


def test_a_day_alone_below_a_recommendation_waits_for_its_place():
    assert read("Recommendation 1\n\nForces should x.\n\n1 September 2026\n\nPCC comment: Yes.").unplaced == (
        "1 September 2026",
    )


def test_questions_over_what_each_said():
    text = (
        "Area for improvement: care\n\nWhat did the inspectors say?\n\nThe force should let detainees wash\n\n"
        "What has the force done?\n\nShowers were repaired.\n\nWhat do I think?\n\nThey work."
    )
    assert [(rec.heading, rec.text, rec.chief_officer_comments, rec.comment) for rec in read(text).recommendations] == [
        ("care", "The force should let detainees wash", "Showers were repaired.", "They work.")
    ]


@pytest.mark.parametrize("label", ["Response:", "PCC comment:"])
def test_a_label_behind_a_dash_parts_the_line(label):
    (rec,) = read(f"AFI 1: The force needs to answer calls – {label} there are more staff").recommendations
    assert (rec.text, rec.comment) == ("The force needs to answer calls", "there are more staff")


def test_bullets_on_two_recommendations_that_nothing_parts_are_doubted():
    asked = "Recommendation 1\n\nForces should x.\n\nRecommendation 2\n\nForces should y.\n\n"
    found = read(f"{asked}• All transfers have been reviewed.")
    assert [placed.doubt for placed in found.doubts] == [NOTHING_BETWEEN.replace("{of}", "1 and 2")]


def test_one_chief_officers_comment_below_the_last_recommendation_is_doubted():
    text = "Recommendation 1: Forces should x.\n\nPCC comment: Yes.\n\nRecommendation 2: Forces should y.\n\n"
    found = read(f"{text}Chief Constable's response: I accept both.")
    assert [placed.doubt for placed in found.doubts] == [ON_THE_LAST_ALONE]


def test_a_cell_is_no_heading_of_the_recommendation_in_another_column():
    texts = [("Theirs", (1, 0, 0)), ("Ours", (1, 0, 1)), ("1. Forces should x", (1, 1, 0)), ("They do.", (1, 1, 1))]
    head = lines_of_text(HEAD)
    cells = [DocumentLine(len(head) + n, "cell", text, cell=cell) for n, (text, cell) in enumerate(texts, start=1)]
    assert [rec.heading for rec in read_response([*head, *cells]).recommendations] == [""]


@pytest.mark.parametrize(
    ("line", "body"),
    [
        (
            "Signed for the Police, Fire and Crime Commissioner for Highmoor",
            "Police, Fire and Crime Commissioner for Highmoor",
        ),
        ("Jo Marsh, Police and Crime Commissioner for Highmoor", "Police and Crime Commissioner for Highmoor"),
    ],
)
def test_a_signature_names_the_body_and_is_no_word_of_the_comment(line, body):
    text = f"HMICFRS: A title of a report\n\nRecommendation 1: Forces should x.\n\nPCC comment: Yes.\n\n{line}"
    found = read_response(lines_of_text(text))
    assert ([rec.comment for rec in found.recommendations], found.body) == (["Yes."], body)


def test_copies_are_no_words_of_the_signature():
    found = read_response(
        lines_of_text(f"{HEAD}Yours sincerely\nJoan Fairley\nPolice and Crime Commissioner for Norland\ncc HMICFRS")
    )
    assert [placed.line.text for placed in found.placed][-2:] == [
        "Police and Crime Commissioner for Norland",
        "cc HMICFRS",
    ]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            "MAYOR'S OFFICE FOR POLICING AND CRIME\n\nResponse to HMICFRS: Violence",
            "MAYOR'S OFFICE FOR POLICING AND CRIME",
        ),
        ("Calderwick OPCC response: An inspection of violence", "Calderwick OPCC"),
    ],
)
def test_a_heading_names_the_body(head, body):
    assert read_response(lines_of_text(f"{head}\n\nI welcome this report on violence.")).body == body


def test_the_subtitle_of_a_peel_report_is_part_of_its_title():
    texts = ["PEEL 2025–27", "Police effectiveness, efficiency and legitimacy: An inspection of Dunmere Constabulary"]
    lines = [DocumentLine(n, "heading", text, level=n) for n, text in enumerate(texts, start=1)]
    assert read_response(lines).title == " ".join(texts)
