"""A recommendation is read the same whether its full stop is missing, or a note's mark or a bullet is beside it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from recommendations.exchange.documents_in.addressees import find_addressees, names_actors_only
from recommendations.exchange.documents_in.lines import DocumentLine, lines_of_text
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import ReadResponse
from tests.readers.reading import lines_of, read
from tests.readers.source import Source, source, sources

HEAD = "HMICFRS: A title of a report\n\nResponse from: Marches OPCC\n\nI welcome this.\n\n"
FEW = [("ask-in-the-heading", "word:styles"), ("report-peel-old", "pdf:letter"), ("nested-answers", "web:elementor")]
CHANGES: dict[str, Callable[[str], str]] = {
    "no full stop": lambda text: text.removesuffix("."),
    "a raised mark": lambda text: f"{text}¹",
    "a mark in brackets": lambda text: f"{text}[1]",
}


def parts(found: ReadResponse) -> list[tuple]:
    """What was read of each recommendation, without full stops at an end and marks."""
    return [
        (rec.label, bare(rec.text), *map(bare, rec.limbs), rec.addressees, bare(rec.comment))
        for rec in found.recommendations
    ]


def bare(text: str) -> str:
    return "\n\n".join(line.removesuffix("¹").removesuffix("[1]").removesuffix(".") for line in text.split("\n\n"))


def changed(lines: list[DocumentLine], found: ReadResponse, change: Callable[[str], str]) -> list[DocumentLine]:
    """The lines, with those changed that hold the text of a recommendation and end in a full stop."""
    asked = {placed.line.number for placed in found.placed if placed.kind == "text"}
    ends = [line.number in asked and line.text.endswith(".") for line in lines]
    return [replace(line, text=change(line.text)) if is_one else line for line, is_one in zip(lines, ends, strict=True)]


def differs(document: Source, layout: str, change: Callable[[str], str]) -> bool:
    lines = lines_of(document, layout)
    found = read(document, lines)
    return parts(read(document, changed(lines, found, change))) != parts(found)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("name", "layout"), FEW)
def test_the_end_of_a_recommendation_does_not_change_what_is_read(name, layout, change):
    assert not differs(source(name), layout, CHANGES[change])


@pytest.mark.soak
@pytest.mark.parametrize("change", CHANGES)
def test_it_does_not_in_any_document(change):
    assert [each.name for each in sources() if differs(each, each.files[0], CHANGES[change])] == []


@pytest.mark.parametrize("end", ["", ".", ".¹", ". ²", ".[1]", ".*"])
def test_an_answer_below_a_recommendation_is_the_offices(end):
    text = f"{HEAD}Recommendation 2\n\nThe Home Office should pay for more beds{end}\n\nI have written to it."
    (rec,) = read_response(lines_of_text(text)).recommendations
    assert (rec.text, rec.addressees, rec.comment) == (
        f"The Home Office should pay for more beds{end}",
        ("Home Office",),
        "I have written to it.",
    )


@pytest.mark.parametrize("end", ["", "."])
def test_a_recommendation_on_the_line_of_its_number_is_not_taken_for_its_addressee(end):
    text = f"{HEAD}Recommendation 2: The Home Office must pay for the probation service{end}\n\nPCC response: Yes."
    (rec,) = read_response(lines_of_text(text)).recommendations
    assert (rec.text, rec.comment) == (f"The Home Office must pay for the probation service{end}", "Yes.")


@pytest.mark.parametrize(
    ("words", "names"),
    [("Home Office", True), ("Home Office should pay", False), ("Chief constables must train", False)],
)
def test_what_asks_is_no_addressee(words, names):
    assert names_actors_only(words) == names


def test_a_sentence_that_breaks_off_goes_on_in_the_next_paragraph():
    text = f"{HEAD}Recommendation 1\n\nThe Home Office should work with the\n\nCollege of Policing on this.\n\nI agree."
    (rec,) = read_response(lines_of_text(text)).recommendations
    assert (rec.text, rec.comment) == (
        "The Home Office should work with the\n\nCollege of Policing on this.",
        "I agree.",
    )


@pytest.mark.parametrize(("reader", "comment"), [(read_response, "Yes."), (read_report, "")])
def test_a_bullet_before_a_recommendation_is_no_word_of_it(reader, comment):
    texts = ["Recommendation 1: • Chief constables should plan.", "Recommendation 2", "• The Home Office should pay."]
    text = HEAD + "\n\nPCC response: Yes.\n\n".join([texts[0], "\n\n".join(texts[1:]), ""])
    assert [(rec.text, rec.addressees, rec.comment) for rec in reader(lines_of_text(text)).recommendations] == [
        ("Chief constables should plan.", ("Chief constables",), comment),
        ("The Home Office should pay.", ("Home Office",), comment),
    ]


def test_a_mark_between_sentences_does_not_hide_the_addressee():
    assert find_addressees("People wait too long.¹ Chief constables should act.") == ["Chief constables"]


def test_a_finding_without_its_full_stop_is_the_cause_of_concern():
    text = f"{HEAD}Cause of concern 1\n\nThe force is not safe for children\n\nRecommendations\n\n"
    read_one = read_response(lines_of_text(f"{text}Recommendation 1: The force should act.\n\nPCC response: Yes."))
    assert [(rec.heading, rec.text) for rec in read_one.recommendations] == [
        ("", "The force is not safe for children"),
        ("", "The force should act."),
    ]


@pytest.mark.parametrize("end", ["", "."])
def test_a_short_answer_is_no_heading_of_the_next_recommendation(end):
    text = f"{HEAD}Recommendation 1: Forces should x.\n\nAccepted. It has been done{end}\n\n"
    found = read_response(lines_of_text(f"{text}Recommendation 2: Forces should y.\n\nPCC response: Yes."))
    assert [(rec.heading, rec.comment) for rec in found.recommendations] == [
        ("", f"Accepted. It has been done{end}"),
        ("", "Yes."),
    ]
