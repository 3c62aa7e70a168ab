"""A paper over several sources: its sum reconciles in all, by kind and by source, and one of HMICFRS's is as before."""

import datetime

from recommendations.documents.papers.document import heading_of, scrutiny_paper
from recommendations.documents.papers.entry_text import facts
from recommendations.domain.papers.data.paper import Figures, SourceSum, Sum
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import close, figures_of, moment
from tests.makers.sources import follow, from_iopc

BEFORE = moment(datetime.date(2026, 3, 1))


def three(force):
    """One of HMICFRS, two of the IOPC."""
    follow("iopc")
    letter = from_iopc(force, at=BEFORE)
    ours = make_tracked(make_inspection(force, at=BEFORE), at=BEFORE)
    return [ours, *(make_tracked(letter, number=str(number), at=BEFORE) for number in (1, 2))]


def test_the_sum_of_each_source_adds_up(westmarch, officer, approver):
    close(three(westmarch)[2], officer, approver, datetime.date(2026, 8, 1))
    figures = figures_of(westmarch)
    assert figures.sums_by_source == (
        SourceSum(source="HMICFRS", sum=Sum(opening=1, closing=1)),
        SourceSum(source="IOPC", sum=Sum(opening=2, closed=1, closing=1)),
    )
    assert (figures.differences, [line.hmicfrs for line in figures.closed]) == ([], ["IOPC has not said"])
    assert Figures.from_json(figures.to_json()) == figures


def test_what_does_not_add_up_is_said(westmarch):
    three(westmarch)
    figures = figures_of(westmarch)
    wrong = figures.to_json() | {"sums_by_source": [{"source": "IOPC", "sum": {"opening": 2, "closing": 1}}]}
    found = Figures.from_json(wrong).differences
    assert ("IOPC" in found[0], len(found)) == (True, 3)


def test_the_paper_names_each_source(westmarch):
    three(westmarch)
    figures = figures_of(westmarch)
    paper = scrutiny_paper(figures, author="", created_at=BEFORE)
    assert (heading_of(figures), paper.by_source.heads) == ("Recommendations", ["HMICFRS", "IOPC"])
    assert sorted({entry.source for entry in figures.entries}) == ["HMICFRS", "IOPC"]
    said = [facts(entry, "OPCC", 2) for entry in figures.entries if entry.source == "IOPC"]
    assert ["IOPC: no status heard." in each for each in said] == [True, True]


def test_a_paper_of_hmicfrs_alone_has_no_sum_by_source(westmarch):
    follow("iopc")
    make_tracked(make_inspection(westmarch, at=BEFORE), at=BEFORE)
    figures = figures_of(westmarch)
    paper = scrutiny_paper(figures, author="", created_at=BEFORE)
    assert (figures.sums_by_source, paper.by_source, paper.what) == ((), None, "HMICFRS recommendations")
