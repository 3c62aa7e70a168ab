"""A paper keeps the words and numbers of its format: what is compiled otherwise since is compiled as before for it."""

import datetime

import pytest

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import FORMAT, Figures
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.risk.weights import weigh
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import draft, moment
from tests.per_module import per_module

EARLY, FILED = moment(datetime.date(2026, 1, 20)), moment(datetime.date(2026, 11, 7))


@per_module
def paper(westmarch, body, officer):
    """Of one overdue without a cause, one without a date, and one that is not the force's, all silent."""
    inspection = make_inspection(westmarch, at=EARLY)
    made = [
        make_tracked(inspection, number=str(n), at=EARLY, due_on=due)
        for n, due in ((1, datetime.date(2026, 6, 30)), (2, None), (3, None))
    ]
    weigh(tracked=made[0], risk="high", why="Seen.", effective_on=EARLY.date(), by=officer, at=EARLY)
    return draft(westmarch, officer)


def compiled(paper, format: int) -> Figures:
    return compile_figures(paper=paper, known_at=FILED, format=format)


def test_what_is_worded_otherwise_since_keeps_its_words(paper):
    # wording: filed words are compared with these
    now, earlier = compiled(paper, FORMAT), compiled(paper, 3)
    said = [(each.front.asked[0], each.risk.by_cause[0].label, each.front.matters[2].words) for each in (now, earlier)]
    assert said == [
        ("note the position", "Cause not chosen", "2 of 3 open have no deadline and no target."),
        (
            "note the position, and that the sum on this page reconciles",
            "Not yet said",
            "2 of 3 open have neither a deadline of HMICFRS’s nor a target.",
        ),
    ]


@pytest.mark.parametrize("format", [2, 3, FORMAT])
def test_a_paper_filed_in_an_earlier_format_verifies(paper, approver, format):
    figures = compiled(paper, format)
    papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=FILED)
    assert [check.problems for check in check_papers()] == [[]]


def test_a_paper_of_format_3_prints_as_before_and_one_of_now_otherwise(paper):
    # wording: filed words are printed again
    texts = []
    for figures in (compiled(paper, FORMAT), compiled(paper, 3)):
        document = scrutiny_paper(figures, author="A", created_at=FILED)
        texts.append(
            (document.known_words.split(" 7 ")[0], document.words_of("recorded_late"), document.stylesheets[2:])
        )
    assert texts == [
        ("using entries made by", "added late from older reports", ("scrutiny_format_4.css",)),
        ("as known on", "recorded late", ()),
    ]
