"""manage.py build_due_reports: each force's next period, once, for its usual committee, by the command line."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from recommendations.domain.audit import verification
from recommendations.domain.papers import papers
from recommendations.domain.papers.due import MOST, periods_after
from recommendations.domain.papers.joint import papers as joint_papers
from recommendations.domain.people import records
from recommendations.management.commands.build_due_reports import NOTHING
from recommendations.models import Force, ScrutinyReport, TrailEntry
from recommendations.periods import Period, quarter_of
from tests.conftest import AT
from tests.makers.committees import make_panel
from tests.per_module import per_module

ON = datetime.date(2026, 10, 1)
QUARTERS = [  # of 2026, by the calendar
    Period(datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)),
    Period(datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)),
    Period(datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)),
]


def run(*options: str, on: datetime.date = ON) -> list[str]:
    out = io.StringIO()
    call_command("build_due_reports", f"--on={on}", *options, stdout=out)
    return out.getvalue().splitlines()


def prepared(force, period: Period, panel=None, **facts) -> ScrutinyReport:
    return papers.prepare(force=force, start=period.start, end=period.end, panel=panel, by=None, at=AT, **facts)


def made(force) -> list[tuple]:
    """The periods of a force's papers, each with its committee."""
    rows = ScrutinyReport.objects.filter(force=force, closed=False).order_by("start")
    return [(Period(paper.start, paper.end), paper.panel and paper.panel.name) for paper in rows]


@per_module
def panel():
    return make_panel("Joint Audit Committee")


def test_the_quarter_after_the_last_paper_is_made_once_for_the_usual_committee(westmarch, panel):
    prepared(westmarch, QUARTERS[1], panel)
    first = run()
    paper = ScrutinyReport.objects.get(start=QUARTERS[2].start)
    address = f"http://127.0.0.1:8000{paper.get_absolute_url()}"
    assert first == [
        f"Draft made: Westmarch Police, Q2 2026/27, July to September 2026, for the Joint Audit Committee: {address}"
    ]
    assert (paper.is_draft, paper.prepared_by, paper.panel) == (True, None, panel)
    entry = TrailEntry.objects.order_by("sequence").last()
    assert (entry.verb, entry.by_name, verification.verify()) == ("prepare_paper", "the command line", [])
    assert run() == [NOTHING]
    assert made(westmarch) == [(QUARTERS[1], panel.name), (QUARTERS[2], panel.name)]


def test_a_period_is_over_on_the_day_after_its_last(westmarch):
    prepared(westmarch, QUARTERS[1])
    assert run(on=QUARTERS[2].end) == [NOTHING]
    assert len(run(on=ON)) == 1


def test_a_force_without_a_paper_begins_with_the_quarter_that_is_over(body, westmarch, eastvale):
    prepared(eastvale, QUARTERS[2])
    assert [line.partition(": http")[0] for line in run()] == [
        "Draft made: Westmarch Police, Q2 2026/27, July to September 2026, for no committee yet"
    ]
    assert made(westmarch) == [(QUARTERS[2], None)]


def test_a_force_that_nobody_here_answers_for_has_none(westmarch):
    assert run() == [NOTHING]


def test_a_force_that_was_not_there_yet_or_any_more_has_none(body, westmarch, eastvale):
    westmarch.since, eastvale.until = ON, QUARTERS[1].end
    for force in (westmarch, eastvale):
        records.keep(record=force, by=None, at=AT)
    assert run() == [NOTHING]


def test_what_was_missed_is_caught_up_with_and_a_stub_leaves_no_day_out(westmarch, panel):
    prepared(westmarch, Period(datetime.date(2026, 1, 1), datetime.date(2026, 3, 3)), panel)
    assert len(run()) == 3
    rest = Period(datetime.date(2026, 3, 4), datetime.date(2026, 3, 31))
    assert [period for period, _ in made(westmarch)][1:] == [rest, QUARTERS[1], QUARTERS[2]]
    assert run() == [NOTHING]


def test_of_a_long_gap_the_newest_quarters_are_made():
    found = periods_after(datetime.date(2020, 12, 31), ON)
    assert (len(found), found[-1], found[-3:]) == (MOST, QUARTERS[2], QUARTERS)


def test_a_committee_that_sits_no_more_is_not_the_usual_one(westmarch, panel):
    prepared(westmarch, QUARTERS[1], panel)
    panel.until = QUARTERS[2].end
    records.keep(record=panel, by=None, at=AT)
    run()
    assert made(westmarch)[-1] == (QUARTERS[2], None)


def test_closed_papers_have_no_schedule(westmarch):
    prepared(westmarch, QUARTERS[1])
    prepared(westmarch, QUARTERS[2], closed=True)
    assert len(run()) == 1
    assert made(westmarch) == [(QUARTERS[1], None), (QUARTERS[2], None)]


def test_forces_that_had_a_joint_paper_have_one_again(westmarch, eastvale, panel):
    days = {"start": QUARTERS[1].start, "end": QUARTERS[1].end}
    joint_papers.prepare_joint(forces=[westmarch, eastvale], panel=panel, **days, by=None, at=AT)
    (line,) = run()
    assert line.startswith("Draft made: Eastvale Police and Westmarch Police, Q2 2026/27, July to September 2026, for")
    joint = ScrutinyReport.objects.get(start=QUARTERS[2].start, force=None)
    assert sorted(part.force.short_name for part in joint.parts.all()) == ["Eastvale", "Westmarch"]
    assert run() == [NOTHING]


def test_a_dry_run_makes_nothing_and_may_look_ahead(body, westmarch, panel):
    prepared(westmarch, QUARTERS[2], panel)
    eastvale = Force.objects.get(slug="eastvale")
    prepared(eastvale, QUARTERS[2])
    ahead = timezone.localdate() + datetime.timedelta(days=100)
    lines = run("--dry-run", on=ahead)
    last = quarter_of(quarter_of(ahead).start - datetime.timedelta(days=1))
    assert lines[-1].startswith(f"Would be made: Westmarch Police, {last.label}, for the Joint")
    assert ScrutinyReport.objects.count() == 2
    with pytest.raises(CommandError, match=r"is in the future\. Give today or an earlier day\."):
        run(on=ahead)
