"""The actions of a paper's entries: which, as at its last day and as known, without what is of restricted ones."""

import datetime

import pytest

from recommendations.documents.papers.register_columns import columns_of, rows_of
from recommendations.domain.actions.actions import update_action, withdraw_row
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.lines import PaperAction
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.register.restrictions import restrict
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import ScrutinyReport
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import END, START, draft, figures_of, file_paper, moment
from tests.makers.actions import make_action
from tests.per_module import per_module

BEGAN, JULY, AUGUST = datetime.date(2026, 1, 20), datetime.date(2026, 7, 20), datetime.date(2026, 8, 20)
SEPTEMBER, NOVEMBER = datetime.date(2026, 9, 18), datetime.date(2026, 11, 1)


@per_module
def two(westmarch, body):
    inspection = make_inspection(westmarch, at=moment(BEGAN))
    return [make_tracked(inspection, number=str(n), at=moment(BEGAN)) for n in (1, 2)]


def change(action, day, **changes):
    action.refresh_from_db()
    return update_action(action=action, version=action.version, by=None, at=moment(day), **changes)


def actions_in(figures, record) -> tuple[PaperAction, ...]:
    (found,) = [entry.actions for entry in figures.entries if entry.reference == record.reference]
    return found


def words_in(figures, record) -> list[str]:
    return [each.words for each in actions_in(figures, record)]


COST = 45


def make(*records, day=START, **facts):
    return make_action(*records, at=moment(day), **facts)


def test_open_ones_and_what_ended_in_the_period(two, westmarch):
    record, _ = two
    let = make(record, words="Let the contract.", due_on=SEPTEMBER)
    train = make(record, words="Train staff.", due_on=JULY, waits_for=let)
    sample = make(record, words="Sample.", due_on=NOVEMBER, owner="Hannah Whitlock", voice=ActionVoice.OFFICE)
    done, dropped = make(record, words="Write."), make(record, words="Buy cameras.")
    before = make(record, words="Long done.", day=BEGAN)
    change(before, BEGAN, state=ActionState.DONE)
    change(train, JULY, due_on=AUGUST, note="The trainer is ill.")
    change(done, JULY, state=ActionState.DONE)
    change(done, AUGUST, note="Filed with the policy team.")
    change(dropped, AUGUST, state=ActionState.DROPPED, note="No money.")
    change(sample, NOVEMBER, state=ActionState.DONE)
    figures = figures_of(westmarch)
    assert [(each.words, each.stands) for each in actions_in(figures, record)] == [
        ("Train staff.", "To do, 41 days late; waits for “Let the contract”, 12 days late"),
        ("Let the contract.", "To do, 12 days late"),
        ("Sample.", "To do"),
        ("Write.", "Done, 20 July 2026"),
        ("Buy cameras.", "Dropped, 20 August 2026; No money."),
    ]
    assert [line.key for line in columns_of(figures) if line.key == "actions"] == ["actions"]
    (cell,) = {row.actions for row in rows_of(figures) if row.actions}
    assert cell.splitlines()[0] == (
        "Train staff: Head of custody, by 20 August 2026 (moved once). "
        "To do, 41 days late; waits for “Let the contract”, 12 days late."
    )
    assert cell.splitlines()[2] == "Sample: Hannah Whitlock (Marches OPCC), by 1 November 2026. To do."
    assert type(figures).from_json(figures.to_json()) == figures


def test_a_paper_without_any_is_as_one_of_before(two, westmarch):
    figures = figures_of(westmarch)
    assert "actions" not in [each.key for each in columns_of(figures)]
    older = figures.to_json()
    for part in older["register"]:
        for entry in part["entries"]:
            del entry["actions"]
    assert type(figures).from_json(older) == figures


def test_as_known_when_it_was_compiled(two, westmarch):
    record, _ = two
    action = make(record)
    wrong = change(action, JULY, state=ActionState.DONE)
    withdraw_row(row=wrong, reason="Not yet.", by=None, at=moment(NOVEMBER))
    make(record, words="Entered later.", day=NOVEMBER, effective_on=JULY)
    then = figures_of(westmarch, known_at=moment(SEPTEMBER))
    assert [each.state for each in actions_in(then, record)] == ["Done"]
    assert words_in(then, record) == [action.words]
    assert [each.state for each in actions_in(figures_of(westmarch), record)] == ["To do", "To do"]


def test_an_open_paper_has_nothing_of_a_restricted_recommendations_actions(two, westmarch, officer):
    record, secret = two
    hidden = make(secret, words="Move the informant.")
    both = make(record, secret, words="Tell both teams.")
    waiting = make(record, words="Train staff.", waits_for=hidden, due_on=NOVEMBER)
    restrict(tracked=secret, reason="An informant.", by=officer, at=moment(AUGUST))
    figures = figures_of(westmarch)
    assert words_in(figures, record) == [waiting.words]
    assert actions_in(figures, record)[0].waits.startswith("waits for another action")
    assert hidden.words not in str(figures.to_json())
    assert words_in(figures_of(westmarch, closed=True), secret) == [hidden.words, both.words]


@pytest.mark.parametrize("off", [(), ("actions",)])
def test_what_was_filed_verifies_however_actions_go_on(two, westmarch, officer, approver, settings, off):
    record, _ = two
    settings.SECTIONS_OFF = off
    action = make(record)
    file_paper(westmarch, officer, approver, moment(NOVEMBER))
    kept = ScrutinyReport.objects.get().figures
    settings.SECTIONS_OFF = ()
    change(action, NOVEMBER, state=ActionState.DONE)
    make(record, words="Later.", day=NOVEMBER, effective_on=END)
    assert [check.problems for check in check_papers()] == [[]]
    assert len(kept["register"][0]["entries"][0]["actions"]) == (0 if off else 1)


def test_those_of_a_paper_cost_the_same_however_many(two, westmarch, django_assert_num_queries):
    paper = draft(westmarch)
    first = make(two[0])
    compile_figures(paper=paper, known_at=moment(NOVEMBER))
    for number in (1, 2, 3):
        with django_assert_num_queries(COST):
            compile_figures(paper=paper, known_at=moment(NOVEMBER))
        make(two[0], two[1], words=f"Number {number}.", waits_for=first)
