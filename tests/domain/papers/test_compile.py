"""The paper's figures: they add up for any history, and a filed paper never changes."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.audit import verification
from recommendations.domain.inspections.inspections import edit_tracked
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register import closures, voices
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import ScrutinyReport, TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.examples import examples
from tests.makers.builds import finalise, kept_alone
from tests.refusals import refusal

START, END = datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)


def moment(day: datetime.date, hour: int = 10) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)


def draft(force, by=None, start=START, end=END, at=None) -> ScrutinyReport:
    return papers.prepare(force=force, start=start, end=end, by=by, at=at or moment(datetime.date(2026, 11, 1)))


def figures_of(force, start=START, end=END, known_at=None) -> Figures:
    paper = ScrutinyReport(force=force, start=start, end=end, issue=1)
    return compile_figures(paper=paper, known_at=known_at or moment(datetime.date(2026, 11, 1)))


def close(tracked, officer, approver, day, outcome="implemented", at=None):
    at = at or moment(day)
    closures.request_closure(tracked=tracked, outcome=outcome, reason="Done.", by=officer, at=at)
    closures.approve_closure(tracked=tracked, closed_on=day, by=approver, at=at)


def test_an_empty_force_has_a_paper_of_noughts(westmarch, body):
    figures = figures_of(westmarch)
    assert figures.is_empty
    assert figures.reconciles
    assert figures.body == body.name


def test_only_a_period_that_has_ended_is_one_on_whose_last_day_the_register_stood(westmarch):
    # London is an hour ahead of UTC on that day
    ended, last_minute = (datetime.datetime(2026, 9, 30, hour, 59, tzinfo=datetime.UTC) for hour in (23, 22))
    said = [figures_of(westmarch, known_at=at).stood_words for at in (ended, last_minute)]
    assert [each.split()[0] for each in said] == ["stood", "stands"]
    assert all("30 September 2026" in each for each in said)


def test_the_sum_names_each_way_in_and_out(westmarch, officer, approver):
    old = make_inspection(westmarch, at=moment(datetime.date(2026, 1, 20)))
    first, second, third = (make_tracked(old, number=str(n), at=moment(datetime.date(2026, 1, 20))) for n in (1, 2, 3))
    close(third, officer, approver, datetime.date(2026, 5, 1))
    close(first, officer, approver, datetime.date(2026, 8, 1))
    close(second, officer, approver, datetime.date(2026, 8, 2), outcome="superseded")
    closures.reopen(tracked=third, reason="It failed.", by=officer, at=moment(datetime.date(2026, 9, 1)))
    new = make_inspection(
        westmarch,
        title="Vetting in Westmarch",
        published_on=datetime.date(2026, 9, 10),
        at=moment(datetime.date(2026, 9, 10)),
    )
    make_tracked(new, at=moment(datetime.date(2026, 9, 10)))
    figures = figures_of(westmarch)
    each = figures.sum
    assert (each.opening, each.new, each.reopened, each.closed, each.superseded, each.closing) == (2, 1, 1, 1, 1, 2)
    assert figures.differences == []
    assert [line.hmicfrs for line in figures.closed] == ["HMICFRS has not said", "HMICFRS has not said"]
    assert len(figures.entries) == 4


def test_each_entry_has_the_date_that_it_counts_from_and_its_close_down_date(westmarch, officer):
    """The latest forecast, else the target, else the deadline, else none: as domain/register/rag.py has it."""
    began, target, forecast = (datetime.date(2026, month, 20) for month in (1, 11, 12))
    due, at = datetime.date(2026, 10, 31), moment(began)
    inspection = make_inspection(westmarch, at=at)
    made = [make_tracked(inspection, number=str(n), due_on=due if n < 4 else None, at=at) for n in (1, 2, 3, 4)]
    for each in made[1:3]:
        voices.set_target(tracked=each, target_on=target, by=officer, at=at)
    voices.log_force_update(tracked=made[2], done="Begun.", forecast_on=forecast, by=officer, at=at)
    later = moment(datetime.date(2026, 10, 5))
    voices.log_force_update(tracked=made[3], done="Begun.", forecast_on=forecast, by=officer, at=later)
    figures = figures_of(westmarch)
    assert figures.has_dates
    assert [(entry.counts_from, entry.close_down_on) for entry in figures.entries] == [
        (due, due),
        (due, target),
        (due, forecast),
        (None, None),
    ]


def test_what_is_recorded_late_is_said_and_the_last_paper_stands(westmarch, officer, approver, body):
    inspection = make_inspection(westmarch, at=moment(datetime.date(2026, 1, 20)))
    kept = make_tracked(inspection, number="1", at=moment(datetime.date(2026, 1, 20)))
    make_tracked(inspection, number="2", at=moment(datetime.date(2026, 1, 20)))
    before = draft(westmarch, officer, datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    finalise(before, by=approver, at=moment(datetime.date(2026, 7, 10)), render=kept_alone)
    make_tracked(inspection, number="3", at=moment(datetime.date(2026, 8, 1)))
    close(kept, officer, approver, datetime.date(2026, 6, 20), at=moment(datetime.date(2026, 8, 1)))
    figures = figures_of(westmarch)
    each = figures.sum
    assert (each.opening, each.recorded_late, each.closed, each.closing) == (2, 1, 1, 2)
    assert figures.differences == []
    assert figures.opening_agrees_with == "the paper to 30 June 2026, issue 1"


@pytest.mark.sqlite_alone
def test_a_filed_paper_never_changes(westmarch, officer, approver, body):
    inspection = make_inspection(westmarch)
    tracked = make_tracked(inspection, due_on=datetime.date(2026, 6, 30))
    paper = finalise(draft(westmarch, officer), by=approver, at=moment(datetime.date(2026, 11, 7)), render=kept_alone)
    content, figures = bytes(paper.file.content), paper.figures
    close(tracked, officer, approver, datetime.date(2026, 9, 1), at=moment(datetime.date(2026, 11, 8)))
    edit_tracked(tracked=tracked, version=3, reference="WM-9999", by=officer, at=moment(datetime.date(2026, 11, 8)))
    again = ScrutinyReport.objects.get(pk=paper.pk)
    assert (bytes(again.file.content), again.figures) == (content, figures)
    assert Figures.from_json(again.figures).overdue[0].days_over == 92
    assert verification.verify() == []
    with refusal("finalised"):
        finalise(again, by=approver, at=moment(datetime.date(2026, 11, 9)), render=kept_alone)
    with pytest.raises(ValueError, match="never changes"):
        again.file.save()


@pytest.mark.sqlite_alone
def test_the_person_who_prepared_it_does_not_finalise_it(westmarch, approver, body):
    paper = draft(westmarch, approver)
    with pytest.raises(NotAllowed):
        finalise(paper, by=approver, at=moment(datetime.date(2026, 11, 7)), render=kept_alone)
    assert ScrutinyReport.objects.get().is_draft


@pytest.mark.sqlite_alone
def test_a_correction_names_the_old_issue(westmarch, officer, approver, body):
    first = finalise(draft(westmarch, officer), by=approver, at=moment(datetime.date(2026, 11, 7)), render=kept_alone)
    second = papers.correct(paper=first, by=officer, at=moment(datetime.date(2026, 11, 8)))
    second = finalise(second, by=approver, at=moment(datetime.date(2026, 11, 9)), render=kept_alone)
    assert second.figures["replaces"] == "Replaces issue 1, finalised on 7 November 2026."
    with refusal("corrected-already", naming="Issue 2"):
        papers.correct(paper=first, by=officer, at=moment(datetime.date(2026, 11, 9)))


@pytest.mark.sqlite_alone
@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(END, START, "end"), (datetime.date(2027, 1, 1), datetime.date(2027, 3, 31), "start")],
)
def test_an_impossible_period_is_refused(westmarch, officer, start, end, field):
    with pytest.raises(Refusal) as refused:
        draft(westmarch, officer, start, end)
    assert refused.value.field == field


# One thing that happens: which of three recommendations, what, on which day of a year, and recorded how much later.
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["close", "supersede", "withdraw", "reopen", "target", "not_accepted", "update"]),
        st.integers(0, 300),
        st.integers(0, 60),
    ),
    max_size=14,
)


def apply(event, all_tracked, officer, approver):
    """Do one thing of the story, if it can be done then; a refusal is part of life."""
    which, what, day, later = event
    tracked = TrackedRecommendation.objects.get(pk=all_tracked[which].pk)
    on = datetime.date(2026, 1, 15) + datetime.timedelta(days=day)
    at = moment(on + datetime.timedelta(days=later))
    said = {"by": officer, "at": at}
    if at < tracked.recorded_at:
        raise Refusal("Nothing happens to what is not recorded yet.")
    if what in ("close", "supersede", "withdraw"):
        outcome = {"close": "implemented", "supersede": "superseded", "withdraw": "withdrawn"}[what]
        close(tracked, officer, approver, on, outcome, at)
    elif what == "reopen":
        closures.reopen(tracked=tracked, reason="It failed.", reopened_on=on, **said)
    elif what == "target":
        due = on + datetime.timedelta(days=30)
        voices.set_target(tracked=tracked, target_on=due, reason="Late.", effective_on=on, **said)
    else:
        position = "not_accepted" if what == "not_accepted" else "accepted"
        voices.log_force_update(tracked=tracked, done="x", position=position, effective_on=on, **said)


@pytest.mark.sqlite_alone
@pytest.mark.soak  # in the suite test_stories has two forces', with corrections
@settings(max_examples=examples(8))
@given(events=EVENTS)
def test_any_story_gives_papers_that_reconcile(westmarch, officer, approver, body, events):
    """Three quarters' papers, each finalised two weeks after its end, and each opening is the last closing."""
    from django.db import transaction

    with transaction.atomic():
        inspection = make_inspection(westmarch, at=moment(datetime.date(2026, 1, 16)))
        added = [datetime.date(2026, 1, 16), datetime.date(2026, 5, 2), datetime.date(2026, 8, 3)]
        all_tracked = [make_tracked(inspection, number=str(n), at=moment(day)) for n, day in enumerate(added)]
        story = sorted(events, key=lambda event: event[2] + event[3])
        closing = None
        for start, end in ((1, 3), (4, 6), (7, 9)):
            first, last = datetime.date(2026, start, 1), datetime.date(2026, end, 31 if end == 3 else 30)
            filed = moment(last + datetime.timedelta(days=14), hour=9)
            while story and datetime.date(2026, 1, 15) + datetime.timedelta(sum(story[0][2:])) < filed.date():
                event = story.pop(0)
                try:
                    with transaction.atomic():
                        apply(event, all_tracked, officer, approver)
                except Refusal:
                    continue
            paper = draft(westmarch, officer, first, last, at=filed)
            figures = compile_figures(paper=paper, known_at=filed)
            assert figures.differences == []
            assert closing in (None, figures.sum.opening)
            assert Figures.from_json(figures.to_json()) == figures
            papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=filed)
            closing = figures.sum.closing
        transaction.set_rollback(True)
