"""What recommendations are called in a document: by their numbers, or where they have none by some that are free."""

from recommendations.exchange.documents_in.parts import DocumentParts, Rec
from recommendations.exchange.documents_in.vocabulary import IMPROVEMENT, RECOMMENDATION


def labels(*numbers: str, kind: str = RECOMMENDATION) -> list[str]:
    recs = [Rec(kind, number) for number in numbers]
    DocumentParts(recs=recs).name_recommendations()
    return [rec.label for rec in recs]


def test_one_without_a_number_has_the_next_that_no_other_has():
    assert labels("", "3", "", "") == ["1", "3", "2", "4"]
    assert labels("1", "", "2") == ["1", "3", "2"]
    assert labels("AFI 1", "", kind=IMPROVEMENT) == ["AFI 1", "AFI 2"]


def test_a_number_that_is_used_twice_is_said_to_be_the_second():
    assert labels("1", "1", "") == ["1", "1 (2nd)", "2"]
