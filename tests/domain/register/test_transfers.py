"""A period across a force merger or a change of body: what leaves one register comes into the other's."""

import datetime
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.forces.details import change_force_details
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import ForceTransfer
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.people import records
from recommendations.domain.register import closures, transfers
from recommendations.domain.succession.carrying_over import succeed
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    Force,
    Inspection,
    Oversight,
    PolicingBody,
    ScrutinyReport,
    TrackedRecommendation,
)
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.papers.world import BEFORE, close, draft, figures_of, file_paper, moment, terms
from tests.per_module import per_module
from tests.refusals import refusal

JANUARY = datetime.date(2026, 1, 20)
JULY, SEPTEMBER = datetime.date(2026, 7, 10), datetime.date(2026, 9, 10)
MERGED = datetime.date(2026, 8, 1)
OCTOBER = moment(datetime.date(2026, 10, 12))


@per_module
def marches(body):
    facts = {"name": "Marches Police", "short_name": "Marches", "slug": "marches", "reference_prefix": "MA"}
    force = records.keep(record=Force(**facts, since=MERGED), by=None, at=AT)
    records.keep(record=Oversight(body=body, force=force, since=MERGED), by=None, at=AT)
    return force


@per_module
def tracked_by_both(westmarch, eastvale, marches):
    """One national report on both forces with two recommendations, and one of Westmarch's own."""
    national = make_inspection([westmarch, eastvale], title="National", at=moment(JANUARY))
    for number in (1, 2):
        make_tracked(national, number=str(number), at=moment(JANUARY))
    own = make_inspection(westmarch, title="Custody in Westmarch", at=moment(JANUARY))
    make_tracked(own, number="3", at=moment(JANUARY))
    return {each.reference: each for each in TrackedRecommendation.objects.all()}


def merge(*forces, into, by, at=OCTOBER, on=MERGED):
    for force in forces:
        succeed(force=force, successor=into, effective_on=on, reason="The order of 2026.", by=by, at=at)


def test_a_merged_forces_register_leaves_one_and_comes_into_the_other(
    westmarch, eastvale, marches, officer, approver, tracked_by_both
):
    for force in (westmarch, eastvale):
        file_paper(force, officer, approver, moment(JULY), *BEFORE)
    close(tracked_by_both["WM-0001"], officer, approver, datetime.date(2026, 7, 20))
    close(tracked_by_both["EV-0001"], officer, approver, SEPTEMBER)
    merge(westmarch, eastvale, into=marches, by=officer)
    figures = {force.slug: figures_of(force) for force in (westmarch, eastvale, marches)}
    assert {slug: terms(each.sum) for slug, each in figures.items()} == {
        "westmarch": {"opening": 3, "closed": 1, "transferred_out": 2},
        "eastvale": {"opening": 2, "transferred_out": 2},
        "marches": {"transferred_in": 4, "closed": 1, "closing": 3},
    }
    assert [each.differences for each in figures.values()] == [[], [], []]
    assert [(line.reference, line.how) for line in figures["marches"].new] == [
        ("EV-0001", "Transferred in from Eastvale Police on 1 August 2026"),
        ("EV-0002", "Transferred in from Eastvale Police on 1 August 2026"),
        ("WM-0002", "Transferred in from Westmarch Police on 1 August 2026"),
        ("WM-0003", "Transferred in from Westmarch Police on 1 August 2026"),
    ]
    gone = [(line.reference, line.outcome, line.closed_on, line.reason) for line in figures["eastvale"].closed]
    assert gone == [
        ("EV-0001", "Transferred to Marches Police", MERGED, "The order of 2026."),
        ("EV-0002", "Transferred to Marches Police", MERGED, "The order of 2026."),
    ]
    assert [entry.reference for entry in figures["eastvale"].entries] == []
    assert sorted(entry.reference for entry in figures["marches"].entries) == [
        "EV-0001",
        "EV-0002",
        "WM-0002",
        "WM-0003",
    ]
    last = {slug: each.charts.quarters[-1] for slug, each in figures.items()}
    assert {slug: (each.opened, each.closed, each.open) for slug, each in last.items()} == {
        "westmarch": (0, 3, 0),
        "eastvale": (0, 2, 0),
        "marches": (4, 1, 3),
    }
    assert len(figures["marches"].charts.quarters) == 1


def paper_row(force, start=datetime.date(2026, 7, 1), end=datetime.date(2026, 9, 30)) -> ScrutinyReport:
    return ScrutinyReport(force=force, start=start, end=end, issue=1)


def paper_of(figures):
    return scrutiny_paper(figures, author="Hannah Whitlock", created_at=OCTOBER)


def test_the_successors_paper_opens_with_what_came_over_by_name(
    westmarch, eastvale, marches, officer, approver, tracked_by_both
):
    close(tracked_by_both["WM-0001"], officer, approver, datetime.date(2026, 7, 20))
    merge(westmarch, eastvale, into=marches, by=officer)
    figures = figures_of(marches)
    assert figures.came_from == (
        ForceTransfer(force="Eastvale Police", on=MERGED, count=2),
        ForceTransfer(force="Westmarch Police", on=MERGED, count=2),
    )
    assert paper_of(figures).transfers == [
        "2 recommendations came from Eastvale Police on 1 August 2026, 2 from Westmarch Police."
    ]
    assert paper_of(figures_of(westmarch)).transfers == ["2 recommendations went to Marches Police on 1 August 2026."]
    assert replace(figures, came_from=()).differences == ["Transfers from other forces add up to 0, not 4."]
    earlier = compile_figures(paper=paper_row(marches), known_at=OCTOBER, format=3)
    assert (earlier.came_from, earlier.differences, paper_of(earlier).transfers) == ((), [], [])


def test_the_last_paper_of_a_force_that_ended_with_its_period_says_where_all_went(
    westmarch, marches, officer, approver, tracked_by_both
):
    close(tracked_by_both["WM-0001"], officer, approver, datetime.date(2026, 7, 20))
    merge(westmarch, into=marches, by=officer)
    last = (datetime.date(2026, 7, 1), datetime.date(2026, 7, 31))
    figures = figures_of(westmarch, *last, known_at=OCTOBER)
    assert terms(figures.sum) == {"opening": 3, "closed": 1, "closing": 2}
    assert paper_of(figures).transfers == [
        "2 recommendations went to Marches Police on 1 August 2026, after the period."
    ]
    assert [(line.on, line.words, line.reference) for line in figures.since] == [
        (MERGED, "2 recommendations transferred to Marches Police", "")
    ]
    first = figures_of(marches, MERGED, datetime.date(2026, 8, 31), known_at=OCTOBER)
    assert (terms(first.sum), first.differences) == ({"transferred_in": 2, "closing": 2}, [])
    before = compile_figures(paper=paper_row(westmarch, *last), known_at=OCTOBER, format=3)
    assert [(line.words, line.reference) for line in before.since] == [
        ("transferred to Marches Police", reference) for reference in ("WM-0001", "WM-0002", "WM-0003")
    ]


def test_a_paper_names_a_force_as_it_was_called_on_the_day(westmarch, marches, officer, tracked_by_both):
    merge(westmarch, into=marches, by=officer)
    renamed = {"force": marches, "from_day": SEPTEMBER, "name": "Border Police", "reason": "The order."}
    change_force_details(**renamed, by=officer, at=OCTOBER)
    assert [each.force for each in figures_of(westmarch).went_to] == ["Marches Police"]
    assert {line.outcome for line in figures_of(westmarch).closed} == {"Transferred to Marches Police"}


def test_a_force_created_in_the_period_has_no_opening(westmarch, marches, officer, tracked_by_both):
    merge(westmarch, into=marches, by=officer)
    figures = figures_of(marches)
    assert (figures.sum.opening, figures.then_and_now.overdue_then, figures.opening_agrees_with) == (0, 0, "")


def test_papers_of_before_are_proved_after_a_merger(westmarch, marches, officer, approver, tracked_by_both):
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    file_paper(westmarch, officer, approver, moment(datetime.date(2026, 10, 5)))
    merge(westmarch, into=marches, by=officer)
    late = [line for check in check_papers() for line in check.problems + check.late]
    told = "transfer to another force of 1 August 2026, recorded on 12 October 2026."
    assert late == [f"WM-000{number}: {told}" for number in (1, 2, 3)]


@pytest.mark.soak
def test_a_merger_that_is_recorded_late_is_in_the_next_paper(westmarch, marches, officer, approver, tracked_by_both):
    file_paper(westmarch, officer, approver, moment(datetime.date(2026, 10, 5)))
    merge(westmarch, into=marches, by=officer)
    days = {"start": datetime.date(2026, 10, 1), "end": datetime.date(2026, 12, 31)}
    known_at = moment(datetime.date(2027, 1, 10))
    assert terms(figures_of(westmarch, **days, known_at=known_at).sum) == {"opening": 3, "transferred_out": 3}
    file_paper(marches, officer, approver, moment(datetime.date(2026, 10, 11)))
    figures = figures_of(marches, **days, known_at=known_at)
    assert (terms(figures.sum), figures.differences) == ({"transferred_in": 3, "closing": 3}, [])


def test_what_was_closed_before_the_merger_can_be_reopened_after_it(
    westmarch, marches, officer, approver, tracked_by_both
):
    close(tracked_by_both["WM-0001"], officer, approver, datetime.date(2026, 5, 20))
    merge(westmarch, into=marches, by=officer)
    reopened = datetime.date(2026, 9, 20)
    closures.reopen(
        tracked=tracked_by_both["WM-0001"], reason="It failed.", reopened_on=reopened, by=officer, at=OCTOBER
    )
    assert terms(figures_of(marches).sum) == {"transferred_in": 2, "reopened": 1, "closing": 3}
    assert terms(figures_of(westmarch).sum) == {"opening": 2, "transferred_out": 2}


def test_one_recommendation_can_move_and_move_back(westmarch, eastvale, body, officer, tracked_by_both):
    one = tracked_by_both["WM-0003"]
    for to, on in ((eastvale, JULY), (westmarch, SEPTEMBER)):
        one.refresh_from_db()
        transfers.transfer(
            tracked=one, to_force=to, reason="The stations moved.", effective_on=on, by=officer, at=OCTOBER
        )
    assert terms(figures_of(westmarch).sum) == {"opening": 3, "transferred_in": 1, "transferred_out": 1, "closing": 3}
    assert terms(figures_of(eastvale).sum) == {"opening": 2, "transferred_in": 1, "transferred_out": 1, "closing": 2}
    assert figures_of(westmarch).differences == figures_of(eastvale).differences == []


def test_the_successors_people_see_what_came(westmarch, marches, officer, force_lead, tracked_by_both):
    merge(westmarch, into=marches, by=officer)
    assert TrackedRecommendation.objects.visible_to(force_lead).count() == 0
    covered = Inspection.objects.filter(covers__force=marches).order_by("title")
    assert [each.title for each in covered] == ["Custody in Westmarch", "National"]
    assert str(Force.objects.get(pk=westmarch.pk).until) == "2026-07-31"


@pytest.mark.parametrize("name", ["ended", "began"])
def test_a_period_in_which_there_was_no_such_force_is_refused(westmarch, marches, officer, tracked_by_both, name):
    merge(westmarch, into=marches, by=officer)
    october = {"start": datetime.date(2026, 10, 1), "end": datetime.date(2026, 12, 31)}
    cases = {
        "ended": (
            westmarch,
            october,
            ("Westmarch Police ended on 31 July 2026", "Marches Police succeeded it"),
        ),
        "began": (
            marches,
            dict(zip(("start", "end"), BEFORE, strict=True)),
            ("Marches Police began on 1 August 2026",),
        ),
    }
    force, days, words = cases[name]
    with refusal("not-in-period") as refused:
        papers.prepare(force=force, **days, by=officer, at=moment(datetime.date(2026, 11, 1)))
    assert refused.value.field == "force"
    assert [each for each in words if each not in refused.value.message] == []
    assert draft(westmarch, officer).start == datetime.date(2026, 7, 1)


def test_what_cannot_be_is_refused(westmarch, eastvale, marches, officer, tracked_by_both):
    def refused(**kwargs):
        facts = {"force": westmarch, "successor": marches, "effective_on": MERGED, "reason": "x"}
        with pytest.raises(Refusal) as why:
            succeed(**facts | kwargs, by=officer, at=OCTOBER)
        return why.value.code

    assert refused(reason=" ") == "no-reason"
    assert refused(successor=westmarch) == "same-force"
    assert refused(effective_on=datetime.date(2026, 10, 13)) == "in-the-future"
    assert refused(force=marches, successor=eastvale, effective_on=MERGED) == "before-start"
    merge(westmarch, into=marches, by=officer)
    assert refused() == "succeeded-already"
    assert refused(force=eastvale, successor=westmarch) == "after-end"
    one = tracked_by_both["EV-0001"]
    with refusal("same-force", naming="Eastvale Police"):
        transfers.transfer(tracked=one, to_force=eastvale, reason="x", by=officer, at=OCTOBER)
    with refusal("no-reason"):
        transfers.transfer(tracked=one, to_force=marches, reason="", by=officer, at=OCTOBER)


def test_the_command_says_what_moved(westmarch, marches, officer, tracked_by_both, capsys):
    options = {"force": "westmarch", "successor": "marches", "on": "1/8/2026", "reason": "The order of 2026."}
    call_command("succeed_force", **options, by=officer.email)
    assert capsys.readouterr().out == "Marches Police has the work of Westmarch Police from 1 August 2026: 3 moved.\n"
    with pytest.raises(CommandError, match=r"There is no force nowhere\."):
        call_command("succeed_force", **options | {"successor": "nowhere"})
    with pytest.raises(CommandError, match="already"):
        call_command("succeed_force", **options)


def test_a_command_transfers_one_and_transfers_it_back(westmarch, marches, officer, tracked_by_both, capsys):
    tracked = tracked_by_both["WM-0001"]
    there, back = (
        {"to": "marches", "on": "1/8/2026", "reason": "It is theirs."},
        {"to": "westmarch", "reason": "A slip."},
    )
    call_command("transfer", tracked.reference, **there, by=officer.email)
    said = f"{tracked.reference} is in the register of Marches Police from 1 August 2026, not Westmarch Police’s.\n"
    assert capsys.readouterr().out == said
    with pytest.raises(CommandError, match=r"^Marches Police has it already\.$"):
        call_command("transfer", tracked.reference, **there)
    with pytest.raises(CommandError, match=r"^There is no recommendation WM-9999\.$"):
        call_command("transfer", "WM-9999", **there)
    with pytest.raises(CommandError, match=r"^--on: "):
        call_command("transfer", tracked.reference, **back, on="soon")
    call_command("transfer", tracked.reference, **back)
    assert TrackedRecommendation.objects.get(pk=tracked.pk).force == westmarch


def mayor_from(day, *forces):
    mayor = PolicingBody(name="Mayor of the Marches", slug="mayor", kind="mayor", office_name="Marches Mayor")
    records.keep(record=mayor, by=None, at=AT)
    for force in forces:
        before = Oversight.objects.get(force=force)
        before.until = day - datetime.timedelta(days=1)
        records.keep(record=before, by=None, at=AT)
        records.keep(record=Oversight(body=mayor, force=force, since=day), by=None, at=AT)


def test_a_period_in_which_the_body_changed_names_both_with_their_days(westmarch, body, tracked_by_both):
    mayor_from(datetime.date(2026, 8, 15), westmarch)
    figures = figures_of(westmarch)
    commissioner = body.name
    assert figures.body == f"{commissioner} (to 14 August 2026) and Mayor of the Marches (from 15 August 2026)"
    assert figures.office == "Marches Mayor"
    assert figures_of(westmarch, *BEFORE).body == commissioner
    assert figures_of(westmarch, datetime.date(2026, 10, 1), datetime.date(2026, 10, 31)).body == "Mayor of the Marches"


def test_a_change_on_the_periods_first_day_is_no_change_in_it(westmarch, body, tracked_by_both):
    mayor_from(datetime.date(2026, 7, 1), westmarch)
    assert figures_of(westmarch).body == "Mayor of the Marches"


@pytest.mark.soak
def test_a_body_that_is_recorded_anew_is_named_once_and_none_is_no_name(westmarch, eastvale, body, tracked_by_both):
    link = Oversight.objects.get(force=westmarch)
    link.until = datetime.date(2026, 8, 14)
    records.keep(record=link, by=None, at=AT)
    records.keep(record=Oversight(body=body, force=westmarch, since=datetime.date(2026, 8, 15)), by=None, at=AT)
    assert figures_of(westmarch).body == body.name
    Force.objects.get(pk=eastvale.pk)
    link = Oversight.objects.get(force=eastvale)
    link.until = datetime.date(2026, 6, 30)
    records.keep(record=link, by=None, at=AT)
    assert (figures_of(eastvale).body, figures_of(eastvale).office) == ("", "")
