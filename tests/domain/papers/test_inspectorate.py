"""What HMICFRS says of the force in a paper: as on the period's last day, as known then, and the same for ever."""

import datetime

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.inspections.grades import withdraw_grade
from recommendations.domain.papers.data.inspectorate import AheadLine, GradedArea, SourceStatements, StageLine
from recommendations.domain.papers.data.paper import Figures
from recommendations.models import PeelGrade, ScrutinyReport
from tests.conftest import make_inspection
from tests.domain.papers.test_compile import draft, figures_of, moment
from tests.makers.builds import finalise, kept_alone
from tests.makers.inspections import change, grade, make_cycle, make_plan, stage

KNOWN = moment(datetime.date(2026, 11, 1))
LATER = moment(datetime.date(2026, 11, 20))


def test_a_force_of_which_nothing_is_said(westmarch, body):
    figures = figures_of(westmarch)
    assert figures.said_of_force == SourceStatements()
    assert figures.next_response is None


def test_plans_are_those_of_this_force_on_the_last_day(westmarch, eastvale, body):
    plan = make_plan(westmarch, expected="autumn 2026", at=KNOWN)
    make_plan(westmarch, title="Vetting", expected="soon", said_on=datetime.date(2026, 10, 5), at=KNOWN)
    make_plan(eastvale, title="Custody of another force", at=KNOWN)
    change(plan, expected="June 2027", said_on=datetime.date(2026, 10, 1), at=KNOWN)
    line = AheadLine(
        title="PEEL 2025–27",
        kind="PEEL force assessment",
        expected="autumn 2026",
        days="1 September 2026 to 30 November 2026",
        said_on=datetime.date(2026, 9, 1),
    )
    assert figures_of(westmarch).said_of_force.ahead == (line,)
    assert line.words == "autumn 2026 (1 September 2026 to 30 November 2026), said on 1 September 2026"
    assert figures_of(westmarch, end=datetime.date(2026, 8, 31)).said_of_force.ahead == ()


def test_what_was_recorded_after_compiling_is_not_known(westmarch, body):
    make_plan(westmarch, at=LATER)
    grade(westmarch, make_cycle(), at=LATER, custody="good")
    stage(westmarch, at=LATER)
    assert figures_of(westmarch, known_at=KNOWN).said_of_force == SourceStatements()


def test_each_cycle_is_by_itself(westmarch, body):
    old = make_cycle("PEEL 2018/19", since=datetime.date(2018, 4, 1), until=datetime.date(2019, 3, 31), at=KNOWN)
    grade(westmarch, old, effective_on=datetime.date(2019, 5, 2), at=KNOWN, custody="inadequate")
    new = make_cycle(at=KNOWN)
    grade(westmarch, new, at=KNOWN, custody="good")
    grade(westmarch, new, effective_on=datetime.date(2026, 9, 4), at=KNOWN, custody="adequate")
    first, second = figures_of(westmarch).said_of_force.cycles
    assert first.areas == (
        GradedArea(
            area="custody",
            grade="Adequate",
            given_on=datetime.date(2026, 9, 4),
            before="Good before, 3 May 2026",
        ),
    )
    assert (second.cycle, second.years) == ("PEEL 2018/19", "1 April 2018 to 31 March 2019")
    assert second.areas == (GradedArea(area="custody", grade="Inadequate", given_on=datetime.date(2019, 5, 2)),)


def test_stages_the_latest_first(westmarch, body):
    stage(westmarch, "scan", effective_on=datetime.date(2026, 1, 10), at=KNOWN)
    stage(westmarch, at=KNOWN)
    stages = figures_of(westmarch).said_of_force.stages
    assert stages == (
        StageLine(stage="Engage", since=datetime.date(2026, 5, 3)),
        StageLine(stage="Scan", since=datetime.date(2026, 1, 10), until=datetime.date(2026, 5, 2)),
    )
    assert [line.words for line in stages] == ["Engage since 3 May 2026", "Scan from 10 January 2026 to 2 May 2026"]


def test_the_next_response_is_the_first_whose_last_day_is_still_to_come(westmarch, body):
    for title, day in (("Late", (2026, 7, 1)), ("Second", (2026, 9, 20)), ("First", (2026, 9, 10))):
        make_inspection(westmarch, title=title, published_on=datetime.date(*day), at=KNOWN)
    line = figures_of(westmarch).next_response
    assert (line.inspection, line.due_on) == ("First", datetime.date(2026, 11, 4))


def test_a_filed_paper_keeps_it(westmarch, officer, approver, body):
    make_plan(westmarch, expected="autumn 2026", at=KNOWN)
    grade(westmarch, make_cycle(at=KNOWN), at=KNOWN, custody="good")
    filed = finalise(draft(westmarch, officer), by=approver, at=moment(datetime.date(2026, 11, 7)), render=kept_alone)
    before = Figures.from_json(filed.figures)
    withdraw_grade(grade=PeelGrade.objects.get(), reason="Wrong.", by=officer, at=LATER)
    again = Figures.from_json(ScrutinyReport.objects.get(pk=filed.pk).figures)
    assert again == before
    assert again.said_of_force.cycles[0].areas[0].grade == "Good"
    assert figures_of(westmarch, known_at=filed.known_at).said_of_force == before.said_of_force


def test_figures_of_before_papers_said_it_still_load_and_say_nothing(westmarch, body):
    values = figures_of(westmarch).to_json()
    del values["said_of_force"]
    figures = Figures.from_json(values)
    assert figures.said_of_force is None
    html = _html(figures)
    assert "What is ahead" not in html
    assert "PEEL grades" not in html
    assert "Monitoring stage" not in html


def test_the_paper_prints_that_nothing_is_said(westmarch, body):
    html = _html(figures_of(westmarch))
    assert "No inspection of Westmarch Police is announced." in html
    assert "No response is waiting for a last day that is still to come." in html
    assert "No PEEL grade of Westmarch Police is recorded." in html
    assert "No monitoring stage of Westmarch Police is recorded." in html


def _html(figures: Figures) -> str:
    from django.template.loader import render_to_string

    document = scrutiny_paper(figures, author="Hannah Whitlock", created_at=KNOWN)
    return render_to_string(document.template, {"document": document})
