"""Two papers side by side: what came, went and moved, from kept figures only."""

import dataclasses
import datetime

import pytest

from recommendations.domain.inspections.inspections import edit_tracked
from recommendations.domain.papers.comparison import Pair, VoiceChange, compare
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register import closures, voices
from recommendations.models import TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import close, figures_of, moment
from tests.per_module import per_module

SPRING = {"start": datetime.date(2026, 4, 1), "end": datetime.date(2026, 6, 30)}
SUMMER = {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)}
EARLY = moment(datetime.date(2026, 1, 20))


@per_module
def inspection(westmarch):
    return make_inspection(westmarch, at=EARLY)


def both(force) -> tuple[Figures, Figures]:
    first = figures_of(force, **SPRING, known_at=moment(datetime.date(2026, 7, 10)))
    return first, figures_of(force, **SUMMER, known_at=moment(datetime.date(2026, 10, 10)))


def told(lines) -> list[tuple[str, str]]:
    return [(line.entry.reference, line.why) for line in lines]


def test_two_papers_of_nothing_say_the_same(westmarch):
    compared = compare(*both(westmarch))
    assert compared.is_same
    assert (compared.came, compared.went, compared.moved, compared.kept) == ((), (), (), 0)


def test_what_came_and_went_says_how(westmarch, inspection, officer, approver):
    make_tracked(inspection, number="1", at=EARLY)
    gone, back = (make_tracked(inspection, number=number, at=EARLY) for number in "23")
    close(back, officer, approver, datetime.date(2026, 5, 1))
    close(gone, officer, approver, datetime.date(2026, 8, 1))
    closures.reopen(tracked=back, reason="It failed.", by=officer, at=moment(datetime.date(2026, 9, 1)))
    august = datetime.date(2026, 8, 3)
    make_tracked(make_inspection(westmarch, title="Vetting", published_on=august, at=moment(august)), at=moment(august))
    compared = compare(*both(westmarch))
    assert told(compared.came) == [("WM-0004", "New"), ("WM-0003", "Reopened")]
    assert told(compared.went) == [("WM-0002", "Implemented, closed on 1 August 2026")]
    assert (compared.moved, compared.kept) == ((), 1)


def test_what_moved_says_what_was_and_what_is(westmarch, inspection, officer):
    tracked = make_tracked(inspection, at=EARLY)

    def on(month: int, day: int) -> dict:
        of = datetime.date(2026, month, day)
        return {"effective_on": of, "by": officer, "at": moment(of)}

    voices.set_target(tracked=tracked, target_on=datetime.date(2026, 7, 31), **on(5, 1))
    first = compare(*both(westmarch))
    assert first.moved[0].changes == (VoiceChange("RAG", "Green", "Red"), VoiceChange("Overdue", "No", "61 days"))
    voices.set_target(
        tracked=tracked, target_on=datetime.date(2026, 12, 31), reason="Two posts are empty.", **on(7, 20)
    )
    voices.log_force_update(tracked=tracked, done="x", position="accepted", stage="pending_sign_off", **on(7, 21))
    voices.record_assurance(tracked=tracked, view="assured", rationale="Seen.", **on(8, 1))
    [line] = compare(*both(westmarch)).moved
    assert line.changes[2:] == (
        VoiceChange("Stage", "No update yet", "Pending sign-off"),
        VoiceChange("Target", "31 July 2026", "31 December 2026, moved once"),
        VoiceChange("Position", "None", "Accepted"),
        VoiceChange("OPCC view", "None", "Assured"),
    )


@pytest.mark.soak
def test_a_corrected_reference_is_the_same_recommendation(westmarch, inspection, officer):
    tracked = make_tracked(inspection, at=EARLY)
    first, _ = both(westmarch)
    tracked = TrackedRecommendation.objects.get(pk=tracked.pk)
    later = moment(datetime.date(2026, 8, 1))
    edit_tracked(tracked=tracked, version=tracked.version, reference="WM-0815", by=officer, at=later)
    _, second = both(westmarch)
    compared = compare(first, second)
    assert (compared.came, compared.went, compared.kept) == ((), (), 1)


def test_sums_stand_side_by_side(westmarch, inspection, officer, approver):
    gone = make_tracked(inspection, at=EARLY)
    make_tracked(inspection, number="2", at=EARLY)
    close(gone, officer, approver, datetime.date(2026, 8, 1))
    [total, kinds, _, dates] = compare(*both(westmarch)).tables
    assert total.pairs == (
        Pair("Open at the start", 2, 2),
        Pair("New", 0, 0),
        Pair("Closed", 0, 1),
        Pair("Open at the end", 2, 1),
        Pair("Overdue at the end", 0, 0),
    )
    assert [pair.difference for pair in total.pairs] == ["no change", "no change", "1 more", "1 fewer", "no change"]
    assert kinds.pairs[0] == Pair("Recommendations", 2, 1)
    assert dates.pairs[1] == Pair("No date set", 2, 1)


@pytest.mark.soak
def test_a_paper_that_kept_less_still_compares(westmarch, inspection):
    """Figures of an earlier program, without what papers have now: the rest is compared."""
    make_tracked(inspection, at=EARLY)
    first, second = both(westmarch)
    less = {name: value for name, value in first.to_json().items() if name not in ("commitments", "by_date")}
    compared = compare(Figures.from_json(less), dataclasses.replace(second, by_stage=()))
    assert compared.kept == 1
