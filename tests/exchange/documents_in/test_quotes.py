"""A chief officer's and a force's words stay out of the office's mouth."""

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.responses.grammar import INTRODUCED
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.responses.voices import TAKEN_FOR_THE_FORCES
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import read_source

HEAD = "HMICFRS: A title of a report\n\nResponse from: Marches OPCC\n\nI welcome this.\n\n"
ONE = "\n\nRecommendation 1: Forces should x.\n\nPCC comment: Yes."


def read(text: str) -> ReadResponse:
    return read_response(lines_of_text(text))


@pytest.mark.parametrize(
    "introduced",
    [
        "I asked the Chief Constable for his views. His response is as follows:",
        "I asked the Chief Constable for his views.\n\nHis response is as follows:",
        "The Chief Constable has told me:",
        "The Chief Constable has provided the following response.",
    ],
)
@pytest.mark.parametrize(
    "quoted", ["“ We plan.\n\nWe go on. ”", '" We plan.\n\nWe go on. "', "“\n\nWe plan. We go on.\n\n”"]
)
def test_a_quotation_below_its_introduction_is_the_chief_officers(introduced, quoted):
    found = read(f"{HEAD}{introduced}\n\n{quoted}\n\nI am content.{ONE}")
    assert found.chief_officer_comments == quoted
    assert found.narrative == ("I welcome this.", *introduced.split("\n\n"), "I am content.")
    assert [placed.doubt for placed in found.doubts] == []


def test_a_quotation_in_the_paragraph_that_introduces_it():
    said = "“ We have planned this since March. ”"
    found = read(f"{HEAD}I asked the Chief Constable. Her response is as follows: {said} I am content.{ONE}")
    assert (found.chief_officer_comments, found.narrative) == (
        said,
        ("I welcome this.", "I asked the Chief Constable. Her response is as follows:", "I am content."),
    )


@pytest.mark.parametrize("label", ["PCC comment: I", "I"])
def test_a_quotation_within_a_comment_is_the_chief_officers_on_that_recommendation(label):
    text = f"{HEAD}Recommendation 1: Forces should x.\n\n{label} asked the Chief Constable, who said:\n\n“ We do. ”"
    (rec,) = read(f"{text}\n\nI am content.").recommendations
    assert (rec.comment, rec.chief_officer_comments) == (
        "I asked the Chief Constable, who said:\n\nI am content.",
        "“ We do. ”",
    )


@pytest.mark.parametrize("label", ["The Chief Constable's response is as follows:", "The Chief Constable has replied:"])
def test_a_sentence_that_introduces_the_officer_above_the_offices_label(label):
    text = f"{HEAD}Recommendation 1\n\nForces should x.\n\n{label}\n\nWe have done it.\n\nPCC comment: Yes."
    (rec,) = read(text).recommendations
    assert (rec.text, rec.comment, rec.chief_officer_comments) == ("Forces should x.", "Yes.", "We have done it.")


def test_words_without_the_end_of_their_quotation_are_doubted():
    found = read(f"{HEAD}The Chief Constable has responded as follows:\n\n“ We plan.\n\nWe go on.{ONE}")
    assert found.chief_officer_comments == "“ We plan.\n\nWe go on."
    assert [placed.doubt for placed in found.doubts] == [INTRODUCED, INTRODUCED]


def test_the_offices_own_response_is_not_the_officers():
    found = read(f"{HEAD}I have read the Chief Constable's comments and my response is as follows:\n\nI agree.{ONE}")
    assert (found.chief_officer_comments, found.narrative[-1]) == ("", "I agree.")


LETTER = (
    "Eastvale Police response to IOPC recommendations\n\nDear Director General,\n\nThank you for your letter.\n\n"
    "Recommendation 1\n\nThe IOPC recommends that Eastvale Police trains its staff.\n\nResponse: All are trained.\n\n"
    "Recommendation 2\n\nThe IOPC recommends that Eastvale Police plans.\n\nWe accept this and have a plan.\n\n"
    "Yours sincerely\n\nJo Marsh\n\nDeputy Chief Constable"
)


def test_a_forces_own_answers_to_the_iopc_are_not_the_offices():
    found = read(LETTER)
    assert [(rec.comment, rec.chief_officer_comments) for rec in found.recommendations] == [
        ("", "All are trained."),
        ("", "We accept this and have a plan."),
    ]
    assert [placed.doubt for placed in found.doubts] == [TAKEN_FOR_THE_FORCES, TAKEN_FOR_THE_FORCES]


def test_nor_are_they_the_iopcs():
    found = read_source(lines_of_text(LETTER), DocumentKind.IOPC)
    assert [(rec.text, rec.chief_officer_comments) for rec in found.recommendations] == [
        ("The IOPC recommends that Eastvale Police trains its staff.", "All are trained."),
        ("The IOPC recommends that Eastvale Police plans.", "We accept this and have a plan."),
    ]


@pytest.mark.parametrize(
    "label", ["Eastvale Police response to the IOPC:", "Response to the IOPC:", "Force response to IOPC:"]
)
def test_a_forces_answer_to_the_iopc_beside_the_offices_comment(label):
    text = f"{HEAD}Recommendation 1: Forces should x.\n\n{label} We accept this.\n\nPCC comment: Good."
    (rec,) = read(text).recommendations
    assert (rec.text, rec.comment, rec.chief_officer_comments) == ("Forces should x.", "Good.", "We accept this.")


def test_unmarked_words_end_where_the_office_speaks_of_itself():
    text = f"{HEAD}The Chief Constable has told me:\n\nWe plan.\n\nI agree, and my office will look in June.{ONE}"
    found = read(text)
    assert (found.chief_officer_comments, found.narrative[-1]) == (
        "We plan.",
        "I agree, and my office will look in June.",
    )
