"""The register's filters without a count: today and as at a past day, and how an address tells their days."""

import datetime

import pytest

from recommendations.domain.register import closures, restrictions, voices
from recommendations.domain.register.filters import ChangedFilter, period_until, read_period, say_period
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.models import Thresholds
from recommendations.periods import Period
from tests.conftest import AT, PUBLISHED, TODAY, make_tracked
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
SINCE = AT - DAY


@per_module
def world(inspection, officer, approver, force_lead):
    """Four recommendations: late with a forecast, immediate and sent back, with all voices, closed and reopened."""
    late, immediate, said, ended = (
        make_tracked(inspection, number=number, **facts)
        for number, facts in {
            "1": {"due_on": TODAY + 9 * DAY},
            "2": {"deadline_kind": "immediate", "deadline_on": PUBLISHED},
            "3": {},
            "4": {},
        }.items()
    )
    about = {"by": officer, "at": AT}
    voices.log_force_update(tracked=late, done="Begun.", forecast_on=TODAY + 90 * DAY, **about)
    voices.record_assurance(tracked=said, view="assured", rationale="Seen.", revisit_on=TODAY + DAY, **about)
    voices.record_inspectorate_status(tracked=said, status="complete", **about)
    for days in (10, 20):
        voices.set_target(tracked=said, target_on=TODAY + days * DAY, reason="Later.", **about)
    for tracked, by in ((immediate, force_lead), (said, approver), (ended, force_lead)):
        closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=by, at=AT)
    closures.decline_closure(tracked=immediate, reason="Not yet.", by=approver, at=AT)
    closures.approve_closure(tracked=ended, by=approver, at=AT)
    restrictions.restrict(tracked=said, reason="A live operation.", **about)
    return {late.pk: "late", immediate.pk: "immediate", said.pk: "said", ended.pk: "ended"}


ASKED = [
    ({"deadline": "immediate"}, {"immediate"}),
    ({"deadline": "dated"}, {"late", "said", "ended"}),
    ({"forecast": "none"}, {"immediate", "said", "ended"}),
    ({"closure": "sent_back"}, {"immediate"}),
    ({"closure": "to_decide"}, set()),
    ({"closure": "own"}, {"said"}),
    ({"restricted": "yes"}, {"said"}),
    ({"due": Period(TODAY, TODAY + 9 * DAY)}, {"late"}),
    ({"due": Period(TODAY + 10 * DAY, TODAY + 30 * DAY)}, {"said"}),
    ({"due": Period(TODAY, TODAY + 8 * DAY)}, set()),
    ({"revisit": period_until(TODAY + DAY)}, {"said"}),
    ({"revisit": period_until(TODAY)}, set()),
    ({"changed": ChangedFilter.UPDATES}, {"late"}),
    ({"changed": ChangedFilter.TARGETS}, {"said"}),
    ({"changed": ChangedFilter.STATUS}, {"said"}),
    ({"changed": ChangedFilter.ASSURANCE}, {"said"}),
    ({"changed": ChangedFilter.CLOSURES}, {"immediate", "said", "ended"}),
    ({"changed": ChangedFilter.DECIDED}, {"immediate", "ended"}),
    ({"changed": ChangedFilter.ACCEPTED}, set()),
    ({"changed": ChangedFilter.RETURNED}, set()),
    ({"changed": ChangedFilter.NEW}, {"late", "immediate", "said", "ended"}),
]


@pytest.mark.parametrize(
    "past",
    [
        pytest.param({}, id="today"),
        pytest.param({"past": True}, id="as at", marks=pytest.mark.soak),
        pytest.param({"past": True, "known_at": AT}, id="known at"),
    ],
)
def test_each_filter_finds_its_rows(world, approver, past):
    def names(asked):
        query = RegisterQuery(day=TODAY, show=CountedRows.ALL, since=SINCE, **past, **asked)
        return {world[pk] for pk in Listing(query, approver, Thresholds()).ids}

    assert [(asked, names(asked)) for asked, _ in ASKED] == ASKED


def test_nothing_is_found_before_it_was_known(world, approver):
    def found(asked):
        before = {"past": True, "known_at": AT - datetime.timedelta(seconds=1)}
        query = RegisterQuery(day=TODAY, show=CountedRows.ALL, since=SINCE, **before, **asked)
        return Listing(query, approver, Thresholds()).ids

    assert [found(asked) for asked, _ in ASKED] == [()] * len(ASKED)


def test_a_restriction_is_no_answer_to_whoever_may_not_restrict(world, force_lead, approver):
    query = RegisterQuery(day=TODAY, show=CountedRows.ALL, restricted="yes")
    assert Listing(query, force_lead, Thresholds()).ids == ()
    assert len(Listing(query, approver, Thresholds()).ids) == 1


def test_without_a_moment_nothing_is_asked_of_what_changed(world, approver):
    query = RegisterQuery(day=TODAY, show=CountedRows.ALL, changed=ChangedFilter.UPDATES)
    assert len(Listing(query, approver, Thresholds()).ids) == 4


@pytest.mark.parametrize(
    ("days", "told"),
    [(Period(TODAY, TODAY + DAY), "2026-11-07..2026-11-08"), (period_until(TODAY), "..2026-11-07")],
)
def test_days_are_told_in_an_address_and_read_again(days, told):
    assert (say_period(days), read_period(told)) == (told, days)


@pytest.mark.parametrize(
    "told", ["", "..", "2026-11-07", "2026-11-08..2026-11-07", "soon..later", "2026-02-30..", "a..b..c"]
)
def test_what_is_no_days_is_let_go(told):
    assert read_period(told) is None
