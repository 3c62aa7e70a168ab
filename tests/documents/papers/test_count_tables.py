"""The small tables of counts: which four stand on page 1, and that no other is lost."""

import dataclasses

import pytest

from recommendations.documents.papers.document import scrutiny_paper
from tests.documents.papers import samples

RISK, LAST = ["Open, by risk", "Overdue, by cause"], "Last time’s overdue"
LOOKS, VOICES = "Closed, looked at again", "Force says done: our view"
KINDS, REST = ["Open, by kind", "Open, by stage"], ["Open, by date", "Closed: HMICFRS"]


@pytest.mark.parametrize(
    ("without", "first", "more"),
    [
        ((), [*RISK, LAST, LOOKS], [*REST, *KINDS]),
        (("risk",), [*KINDS, LAST, LOOKS], REST),
        (("held",), [*RISK, LAST, VOICES], [*REST, *KINDS]),
        (("risk", "held"), [*KINDS, LAST, VOICES], REST),
        (("risk", "held", "voices", "last_overdue"), [*KINDS, *REST], []),
    ],
)
def test_page_1_has_four_and_the_paper_has_all(without, first, more):
    figures = dataclasses.replace(samples.figures(20), **dict.fromkeys(without))
    paper = scrutiny_paper(figures, author="A", created_at=samples.KNOWN_AT)
    assert [each.caption for each in paper.first_counts] == first
    assert [each.caption for each in paper.more_counts] == more
    for table in (*paper.first_counts, *paper.more_counts):
        assert sum(row.count for row in table.rows) == table.sum, table.caption


def test_of_what_is_high_risk_and_late_page_1_names_fewer_where_the_author_says_much():
    figures = samples.figures(100)
    assert figures.front is not None
    brief = dataclasses.replace(figures, front=dataclasses.replace(figures.front, view_words="", matters=()))
    for each, named in ((figures, 1), (brief, 3)):
        paper = scrutiny_paper(each, author="A", created_at=samples.KNOWN_AT)
        assert (len(paper.high_risk_late), len(paper.high_risk_late) + paper.more_high_risk_late) == (named, 6)
