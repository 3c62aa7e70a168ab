"""High risk and late, what is open by risk and overdue by cause: in the figures, on page 1, and as gaps of a draft."""

import datetime
from dataclasses import replace

import pytest

from recommendations.documents.papers.charts import charts_of_paper
from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.risk import HighRiskLate
from recommendations.domain.papers.joint.papers import compile_joint, prepare_joint
from recommendations.domain.papers.missing import missing_of, missing_of_joint
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.models import TrackedRecommendation
from recommendations.sections import Section
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import BEFORE, END, START, close, figures_of, file_paper, moment
from tests.per_module import per_module

BEGAN, DUE, JULY = datetime.date(2026, 1, 20), datetime.date(2026, 5, 31), datetime.date(2026, 7, 20)
FILED = moment(datetime.date(2026, 7, 12))
NOVEMBER = moment(datetime.date(2026, 11, 1))


@per_module
def five(westmarch, body, officer, approver) -> list[TrackedRecommendation]:
    """Two of high risk overdue at first, one since closed; one low and overdue with a cause; one high and not late."""
    inspection = make_inspection(westmarch, at=moment(BEGAN))
    made = [
        make_tracked(inspection, number=str(n), heading=f"Bell {n}", due_on=DUE, at=moment(BEGAN)) for n in range(1, 4)
    ]
    made += [make_tracked(inspection, number=str(n), at=moment(BEGAN)) for n in (4, 5)]
    for tracked, risk in zip(made, ("high", "high", "low", "high"), strict=False):
        weigh(tracked=tracked, risk=risk, why="Seen.", effective_on=BEGAN, by=officer, at=moment(DUE))
    record_delay(
        tracked=made[0], cause="resources", mitigation="A sergeant looks.", effective_on=DUE, by=officer, at=moment(DUE)
    )
    file_paper(westmarch, officer, approver, FILED, *BEFORE)
    close(made[1], officer, approver, JULY)
    record_delay(tracked=made[2], cause="scope", by=officer, at=moment(JULY))
    return made


def test_the_figures(westmarch, five):
    figures = figures_of(westmarch)
    assert figures.risk is not None
    (late,) = figures.risk.late
    assert isinstance(late, HighRiskLate)
    assert (late.reference, late.days_over, late.meanwhile) == (five[0].reference, 122, "A sergeant looks.")
    assert (figures.risk.late_count, figures.risk.high) == (1, 2)
    assert (figures.risk.late_then, figures.risk.high_then) == (2, 3)
    assert [(each.label, each.count) for each in figures.risk.by_risk] == [("High", 2), ("Low", 1), ("Not assessed", 1)]
    assert [(each.label, each.count) for each in figures.risk.by_cause] == [("Resources", 1), ("Change of scope", 1)]
    assert (figures.risk.not_assessed, figures.risk.overdue_not_assessed) == (1, 0)
    assert figures.differences == []
    assert type(figures).from_json(figures.to_json()) == figures


def test_page_1_and_the_chart(westmarch, five):
    paper = scrutiny_paper(figures_of(westmarch), author="A", created_at=NOVEMBER)
    words = [words for _, words in paper.high_risk_late]
    assert words == ["Bell 1: 122 days over; a sergeant looks."]
    assert (paper.more_high_risk_late, paper.high_risk_then) == (0, "It was 2 of 3 on 30 June 2026.")
    chart = charts_of_paper(paper.figures)[-1]
    assert chart.heading == "None of 2 of high risk comes from reports that are two years old or older"
    assert [(row.head, row.cells[-1]) for row in chart.table.lines] == [
        ("High", 2),
        ("Medium", 0),
        ("Low", 1),
        ("Not assessed", 1),
        ("All", 4),
    ]


def test_the_chart_of_risk_waits_until_half_of_what_is_open_is_assessed(westmarch, officer, five):
    for number in (6, 7, 8):
        make_tracked(five[0].recommendation.inspection, number=str(number), due_on=DUE, at=moment(BEGAN))
    figures = figures_of(westmarch)
    paper = scrutiny_paper(figures, author="A", created_at=NOVEMBER)
    assert paper.not_assessed_words == "4 of 7 open are not assessed, 3 of the 5 overdue among them."
    assert [chart.key for chart in paper.charts] == ["colours", "quarters", "ages"]
    assert [chart.key for chart in charts_of_paper(replace(figures, format=3))][-1] == "risks"
    assert paper.charts_heading == "Three charts"


def _missing(part) -> list[str]:
    return missing_of(part, compile_figures(paper=part, known_at=NOVEMBER), NOVEMBER)


def test_a_draft_says_what_is_late_without_a_cause_or_mitigation(westmarch, eastvale, officer, five, settings):
    """A joint one too, of each force."""
    joint = prepare_joint(forces=[westmarch, eastvale], start=START, end=END, by=officer, at=NOVEMBER)
    part = joint.parts.get(force=westmarch)
    gap = f"Delay: 1 overdue without a cause or mitigation: {five[2].reference}"
    assert [each for each in _missing(part) if each.startswith("Delay")] == [gap]
    lacks = missing_of_joint(joint, compile_joint(paper=joint, known_at=NOVEMBER), NOVEMBER)
    assert [each for each in lacks if "Delay" in each] == [f"Westmarch Police: {gap}"]
    settings.SECTIONS_OFF = (Section.RISK,)
    assert [each for each in _missing(part) if each.startswith("Delay")] == []


@pytest.mark.soak
def test_without_the_section_a_paper_is_as_before(westmarch, officer, approver, five, settings):
    settings.SECTIONS_OFF = (Section.RISK,)
    figures = figures_of(westmarch)
    assert (figures.risk, figures.charts.risks, len(charts_of_paper(figures))) == (None, (), 3)
    file_paper(westmarch, officer, approver, NOVEMBER)
    settings.SECTIONS_OFF = ()
    (check, _) = check_papers()
    assert not any("risk" in problem.lower() for problem in check.problems)


def test_a_register_of_which_nothing_is_weighed_says_nothing(westmarch, body):
    make_tracked(make_inspection(westmarch, at=moment(BEGAN)), due_on=DUE, at=moment(BEGAN))
    figures = figures_of(westmarch)
    assert (figures.risk, figures.charts.risks) == (None, ())
