"""The small tables of counts: which four stand on page 1, and that no other is lost."""

import dataclasses

import pytest

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.papers.data.risk import RiskCount
from tests.documents.papers import samples

RISK, LAST = ["Open, by risk", "Overdue, by cause"], "Last time’s overdue"
LOOKS, VOICES = "Closed, looked at again", "Force says done: our view"
KINDS, DATES, SOURCE = ["Open, by kind", "Open, by stage"], "Open, by date", "Closed: HMICFRS"


@pytest.mark.parametrize(
    ("without", "first", "more"),
    [
        ((), [DATES, RISK[1], LAST, LOOKS], [*KINDS, SOURCE, RISK[0]]),
        (("risk",), [DATES, LAST, LOOKS, VOICES], [*KINDS, SOURCE]),
        (("held",), [DATES, RISK[1], LAST, VOICES], [*KINDS, SOURCE, RISK[0]]),
        (("risk", "held"), [DATES, LAST, VOICES, KINDS[0]], [KINDS[1], SOURCE]),
        (("risk", "held", "voices", "last_overdue"), [DATES, *KINDS, SOURCE], []),
    ],
)
def test_page_1_has_four_and_the_paper_has_all(without, first, more):
    figures = dataclasses.replace(samples.figures(20), **dict.fromkeys(without))
    check_tables(figures, first, more)


def test_counts_by_risk_are_on_page_1_once_half_of_what_is_open_is_assessed():
    figures = samples.figures(20)
    risk, closing = figures.risk, figures.sum.closing
    assert risk is not None
    for assessed, first, words in (
        (closing // 2, [DATES, *RISK, LAST], f"{closing - closing // 2} of {closing} open are not assessed"),
        (closing // 2 - 1, [DATES, RISK[1], LAST, LOOKS], f"{closing - closing // 2 + 1} of {closing} open are"),
        (closing, [DATES, *RISK, LAST], ""),
    ):
        counts = [("high", "High", assessed), ("", "Not assessed", closing - assessed)]
        by_risk = tuple(RiskCount(key=key, label=label, count=count) for key, label, count in counts if count)
        told = dataclasses.replace(figures, risk=dataclasses.replace(risk, by_risk=by_risk))
        paper = scrutiny_paper(told, author="A", created_at=samples.KNOWN_AT)
        assert [each.caption for each in paper.first_counts] == first
        assert (paper.not_assessed_words[: len(words)], bool(paper.not_assessed_words)) == (words, bool(words))


@pytest.mark.parametrize(
    ("without", "first", "more"),
    [
        ((), [*RISK, LAST, LOOKS], [DATES, SOURCE, *KINDS]),
        (("risk", "held"), [*KINDS, LAST, VOICES], [DATES, SOURCE]),
    ],
)
def test_papers_of_format_3_keep_their_tables(without, first, more):
    figures = dataclasses.replace(samples.figures(20), format=3, **dict.fromkeys(without))
    check_tables(figures, first, more)


def check_tables(figures, first: list[str], more: list[str]) -> None:
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
