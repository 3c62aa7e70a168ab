"""The head of a response in an unknown layout: its title, whose response it is, where recommendations begin."""

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.responses.reading import read_response

HEAD = """Bulletin of the board, March 2027

Minute 4 Keys to the house: An inspection of cells

This page is the formal response of the Westmarch Police and Crime Commissioner

"""
UNPLACED = ("Bulletin of the board, March 2027",)


def test_the_title_is_the_line_that_says_what_was_inspected_and_the_body_whose_response_it_is():
    found = read_response(
        lines_of_text(HEAD + "Recommendation 1: The force should list its cells.\n\nPCC comment: Yes.\n")
    )
    assert (found.title, found.body) == (
        "Minute 4 Keys to the house: An inspection of cells",
        "the Westmarch Police and Crime Commissioner",
    )


@pytest.mark.parametrize(
    ("second", "number"),
    [
        ("The second recommendation says: ", "2"),
        ("Recommendation 2 of 7 – ", "2"),
        ("Third recommendation. ", "3"),
    ],
)
def test_a_recommendation_begins_where_it_is_counted_in_words_or_of_how_many(second, number):
    text = f"{HEAD}Recommendation 1: The force should list its cells.\n\n{second}The force should close one cell.\n"
    found = read_response(lines_of_text(text)).recommendations
    assert [(each.number, each.text) for each in found] == [
        ("1", "The force should list its cells."),
        (number, "The force should close one cell."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Date of response: 2 March 2027",
        "Response date: 2/3/2027",
        "Response published on 2 March 2027",
        "Date of PCC response – 2nd March 2027.",
        "This response was published on: 2 March 2027",
    ],
)
def test_the_day_of_the_response_is_told_from_that_of_the_report(line):
    days = f"Published by HMICFRS on: 12 January 2027\n\n{line}\n\n"
    found = read_response(
        lines_of_text(HEAD + days + "Recommendation 1: The force should list its cells.\n\nPCC comment: Yes.\n")
    )
    assert (f"{found.published_on}", f"{found.responded_on}") == ("2027-01-12", "2027-03-02")
    assert found.unplaced == UNPLACED


def test_of_two_days_of_the_response_the_second_has_no_place():
    days = "Date of response: 2 March 2027\n\nResponse published: 4 March 2027\n\n"
    found = read_response(lines_of_text(f"{HEAD}{days}Recommendation 1: The force should list its cells.\n"))
    assert (f"{found.responded_on}", found.unplaced) == ("2027-03-02", (*UNPLACED, days.split("\n\n")[1]))
