"""What was read and is improbable is said."""

import pytest

from recommendations.exchange.documents_in.implausible import Doubt, implausible_results
from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import as_json, read_response
from recommendations.exchange.documents_in.summary import doubtful

HEAD = "HMICFRS: A title of a report\n\nResponse from: Marches OPCC\n\nI welcome this.\n\n"
ONE = "Recommendation 1: Forces should x.\n\nPCC comment: Yes."


def doubts(text: str, read=read_response) -> list[Doubt]:
    lines = lines_of_text(text)
    return implausible_results(lines, read(lines))


def test_a_usual_document_raises_none():
    assert doubts(f"{HEAD}{ONE}\n\nRecommendation 2: The force must y:\n\n• a; and\n\n• b.\n\nPCC comment: No.") == []


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Recommendation 1\n\nPCC comment: Yes.", Doubt((4,), "Recommendation 1 has no text")),
        (
            "Recommendation 1\n\n• review it; and\n\n• train them.\n\nPCC comment: Yes.",
            Doubt((4, 5, 6), "Recommendation 1 has parts, and no text above them"),
        ),
        (
            "Recommendation 1: The weather was fine on all of the days.\n\nPCC comment: Yes.",
            Doubt((4,), "Recommendation 1 asks for nothing"),
        ),
        (
            f"Recommendation 1: Forces should x.\n\n{'It should y.\n\n' * 6}PCC comment: Yes.",
            Doubt(tuple(range(4, 11)), "Recommendation 1 has 7 paragraphs"),
        ),
        (
            f"{ONE}\n\nRecommendation 2: Forces should y.",
            Doubt((6,), "Recommendation 2 has no answer, though others have one"),
        ),
        (
            f"{ONE}\n\nChief constables should also z at once.",
            Doubt((6,), "reads as something that is asked of someone: is it a recommendation?"),
        ),
        (
            "Recommendation 1: Forces should x.\n\nPCC comment: I have asked my officers to see to it.",
            Doubt((5,), "speaks of the force as its own, and was read as the office’s words"),
        ),
        (
            f"{ONE}\n\nChief Constable's comments: The OPCC will pay for all of it.",
            Doubt((6,), "speaks of the office, and was read as the chief officer’s words"),
        ),
    ],
)
def test_an_improbable_result_is_doubted_at_its_lines(text, doubt):
    assert doubts(HEAD + text) == [doubt]


@pytest.mark.parametrize(("many", "doubted"), [(3, False), (4, True)])
def test_a_comment_on_many_that_no_label_announces(many, doubted):
    asked = "\n\n".join(f"Recommendation {n}: Forces should {n}." for n in range(1, many + 1))
    found = doubts(f"{HEAD}{asked}\n\nI will see to all of them.")
    assert found == ([Doubt((8,), "one comment answers 4 recommendations, and no label says so")] if doubted else [])
    assert doubts(f"{HEAD}{asked}\n\nPCC comment on recommendations 1 to {many}: Yes.") == []


@pytest.mark.parametrize("read", [read_response, read_report])
def test_none_found_where_something_is_asked(read):
    text = "HMICFRS: A title of a report\n\nWe found much.\n\nThe force should do more for victims."
    assert doubts(text, read) == [Doubt((3,), "no recommendation was found. Is that right?")]
    assert doubts("HMICFRS: A title of a report\n\nWe found much.", read) == []


def test_they_are_printed_and_in_the_json():
    read = read_response(lines_of_text(f"{HEAD}Recommendation 1\n\nPCC comment: Yes."))
    assert as_json(read)["doubts"] == [{"lines": [4], "why": "Recommendation 1 has no text"}]
    assert doubtful(read) == ["Check these first:", "  Line 4: Recommendation 1 has no text"]
