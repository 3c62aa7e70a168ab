"""Who signed a document is no part of what it says."""

import pytest

from recommendations.exchange.documents_in.letter_boilerplate import is_signature
from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import read_source

ANSWER = (
    "Response to the Regulation 28 report\n\nWestmarch Police\n\nConcern 1: Crews could not ask for help.\n\n"
    "Response: A number was given to crews on 2 February.\n\n{}"
)


@pytest.mark.parametrize(
    "signed",
    [
        "Hadrian Lowe\n\nDeputy Chief Constable",
        "Hadrian Lowe, Deputy Chief Constable",
        "Yours sincerely\n\nHadrian Lowe\n\nDeputy Chief Constable",
    ],
)
def test_the_name_below_an_answer_to_a_coroner_is_not_in_it(signed):
    read = read_source(lines_of_text(ANSWER.format(signed)), DocumentKind.CORONER_RESPONSE)
    (concern,) = read.recommendations
    assert concern.chief_officer_comments == "A number was given to crews on 2 February."
    assert "Lowe" not in repr(read.recommendations) + read.chief_officer_comments


@pytest.mark.parametrize(
    ("text", "following", "signs"),
    [
        ("Philippa Ingleby, 24 February 2026", "", True),
        ("Philippa Ingleby", "Police and Crime Commissioner", True),
        ("Philippa Ingleby", "The force has acted.", False),
        ("Chief Constable, 24 February 2026", "", False),
        ("Ash Lane, due in March", "", False),
    ],
)
def test_a_name_with_a_role_or_a_day_is_a_signature(text, following, signs):
    assert is_signature(text, following) is signs
