"""What page 2 holds: the recovery plan of what is overdue, and what happened since the period closed."""

import datetime

import pytest

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.documents.papers.second_page import cut
from recommendations.domain.papers.data.lines import SinceLine
from recommendations.domain.register import closures, voices
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import close, figures_of, moment
from tests.per_module import per_module

EARLY = moment(datetime.date(2026, 2, 1))
OCTOBER = datetime.date(2026, 10, 9)
KNOWN = moment(datetime.date(2026, 11, 1))
LATER = moment(datetime.date(2026, 11, 20))


@per_module
def late(westmarch, body):
    return make_tracked(make_inspection(westmarch, at=EARLY), due_on=datetime.date(2026, 6, 30), at=EARLY)


def update(tracked, officer, day, at=None, **said):
    said = {"done": "The post is filled.", "effective_on": day} | said
    voices.log_force_update(tracked=tracked, by=officer, at=at or moment(day), **said)


def page_of(figures):
    return scrutiny_paper(figures, author="Hannah Whitlock", created_at=KNOWN)


def test_nothing_since(westmarch, late):
    assert figures_of(westmarch).since == ()


def test_what_happened_since_is_listed_and_not_counted(westmarch, late, officer, approver):
    new = make_inspection(westmarch, title="Vetting", published_on=OCTOBER, at=moment(OCTOBER))
    make_tracked(new, at=moment(OCTOBER))
    target = {"tracked": late, "by": officer}
    voices.set_target(target_on=datetime.date(2026, 12, 1), at=moment(datetime.date(2026, 9, 2)), **target)
    voices.set_target(
        target_on=datetime.date(2027, 1, 1), reason="Delay.", at=moment(datetime.date(2026, 10, 3)), **target
    )
    close(late, officer, approver, datetime.date(2026, 10, 12))
    closures.reopen(tracked=late, reason="It failed.", by=officer, at=moment(datetime.date(2026, 10, 20)))
    figures = figures_of(westmarch)
    reference = late.reference
    assert figures.since == (
        SinceLine(on=datetime.date(2026, 10, 3), words="target moved to 1 January 2027", reference=reference),
        SinceLine(on=OCTOBER, words="1 new from Vetting"),
        SinceLine(on=datetime.date(2026, 10, 12), words="closed, implemented", reference=reference),
        SinceLine(on=datetime.date(2026, 10, 12), words="closure asked for", reference=reference),
        SinceLine(on=datetime.date(2026, 10, 20), words="reopened", reference=reference),
    )
    assert (figures.sum.closing, figures.sum.closed, len(figures.overdue)) == (1, 0, 1)
    assert figures.differences == []


@pytest.mark.on_postgresql
def test_what_is_recorded_after_compiling_is_not_known(westmarch, eastvale, late, officer, approver):
    before = figures_of(westmarch, known_at=KNOWN)
    voices.set_target(tracked=late, target_on=datetime.date(2027, 1, 1), effective_on=OCTOBER, by=officer, at=LATER)
    close(late, officer, approver, OCTOBER, at=LATER)
    make_tracked(make_inspection(eastvale, title="Of another force", at=EARLY), at=moment(OCTOBER))
    assert figures_of(westmarch, known_at=KNOWN).since == before.since == ()


def test_the_recovery_plan_is_the_forecast_and_the_forces_last_words(westmarch, late, officer):
    day = datetime.date(2026, 9, 4)
    update(late, officer, day, forecast_on=datetime.date(2027, 3, 31))
    (line,) = figures_of(westmarch).overdue
    assert (line.recovery, line.recovery_on) == ("The post is filled.", day)
    ((_, deadline, recovery, _),) = page_of(figures_of(westmarch)).worst
    assert deadline == "30 Jun 2026"
    assert recovery == ("Forecast 31 Mar 2027.", "The post is filled. (4\N{NO-BREAK SPACE}Sep\N{NO-BREAK SPACE}2026)")


@pytest.mark.parametrize(
    ("forecast", "head"),
    [
        pytest.param(None, "None: no forecast.", marks=pytest.mark.soak),
        (datetime.date(2026, 9, 30), "None: its forecast, 30 Sep 2026, is over."),
        (datetime.date(2026, 10, 1), "Forecast 1 Oct 2026."),
    ],
)
def test_a_forecast_that_is_over_is_no_recovery_plan(westmarch, late, officer, forecast, head):
    update(late, officer, datetime.date(2026, 8, 4), forecast_on=forecast)
    figures = figures_of(westmarch)
    assert page_of(figures).worst[0].recovery.head == head
    matters = [matter.heading for matter in figures.front.matters]
    assert ("No recovery plan" in matters) == head.startswith("None")


@pytest.mark.soak
def test_five_are_shown_and_the_rest_is_said(westmarch, body):
    inspection = make_inspection(westmarch, at=EARLY)
    for number in range(6):
        make_tracked(inspection, number=str(number), due_on=datetime.date(2026, 3, 1 + number), at=EARLY)
    page = page_of(figures_of(westmarch))
    assert [worst.item.days_over for worst in page.worst] == [213, 212, 211, 210, 209]
    assert page.others_overdue == 1


def test_strongest_are_those_with_evidence_first_those_with_which_hmicfrs_agrees(westmarch, body, officer, approver):
    inspection = make_inspection(westmarch, at=EARLY)
    day = datetime.date(2026, 8, 1)
    for number, evidence, agrees in (("1", "", True), ("2", "A sample of 40.", False), ("3", "An audit.", True)):
        tracked = make_tracked(inspection, number=number, at=EARLY)
        said = {"outcome": "implemented", "reason": "Done.", "evidence": evidence}
        closures.request_closure(tracked=tracked, by=officer, at=moment(day), **said)
        closures.approve_closure(tracked=tracked, closed_on=day, by=approver, at=moment(day))
        if agrees:
            status = {"status": "complete", "effective_on": day}
            voices.record_inspectorate_status(tracked=tracked, by=officer, at=moment(day), **status)
    shown = page_of(figures_of(westmarch)).strongest
    assert [(evidence, item.hmicfrs) for item, evidence in shown] == [
        ("An audit.", "HMICFRS agrees"),
        ("A sample of 40.", "HMICFRS has not said"),
    ]


def test_a_text_is_cut_at_a_word():
    assert cut("one two three", 20) == "one two three"
    assert cut("one two, three", 9) == "one two …"
    assert cut("x" * 30, 5) == "xxxxx …"
