"""Where the voices differ, as a paper has it: said to be done and not assured, and closures that nobody answered."""

import dataclasses
import datetime

from recommendations.domain.papers.data.lines import LatestVoice
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.data.voices import VoicesGap
from recommendations.domain.papers.joint.additions import add_voices
from recommendations.domain.register import closures, restrictions, voices
from recommendations.models import TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import close, figures_of, moment
from tests.per_module import per_module

BEGAN, SPRING, JULY = datetime.date(2026, 1, 20), datetime.date(2026, 3, 2), datetime.date(2026, 7, 20)
AUGUST = datetime.date(2026, 8, 3)


@per_module
def register(westmarch, body, officer, approver) -> list[TrackedRecommendation]:
    """Four that the force says are done, by the office's view; one in progress; four closed, of which two in silence.

    The first of the closed was closed in spring, the third was agreed before, of the fourth HMICFRS said more since.
    """
    report = make_inspection(westmarch, at=moment(BEGAN))
    made = [make_tracked(report, number=str(number), at=moment(BEGAN)) for number in range(9)]
    for row in made[:3]:
        voices.log_force_update(tracked=row, done="Done.", stage="pending_sign_off", by=officer, at=moment(JULY))
    closures.request_closure(tracked=made[3], outcome="implemented", reason="Done.", by=officer, at=moment(AUGUST))
    for row, view in ((made[0], "assured"), (made[1], "partly_assured"), (made[3], "not_assured")):
        voices.record_assurance(tracked=row, view=view, rationale="Seen.", by=officer, at=moment(JULY))
    _say(made[7], "complete", officer, SPRING)
    for row, day in ((made[5], SPRING), (made[6], JULY), (made[7], JULY), (made[8], JULY)):
        close(row, officer, approver, day)
    _say(made[8], "being_progressed", officer, AUGUST)
    return made


def _say(row, status, officer, day):
    voices.record_inspectorate_status(tracked=row, status=status, source="A letter", by=officer, at=moment(day))


def test_it_counts_by_view_names_the_gap_and_counts_closures_in_silence(westmarch, register):
    figures = figures_of(westmarch)
    gap = figures.voices
    assert gap is not None
    assert [(each.label, each.count) for each in gap.views] == [
        ("Not assured", 1),
        ("Partly assured", 1),
        ("No view yet", 1),
        ("Assured", 1),
    ]
    assert [(line.reference, line.force, line.office) for line in gap.lines] == [
        (
            register[3].reference,
            LatestVoice(label="Closure requested", on=AUGUST),
            LatestVoice(label="Not assured", on=JULY),
        ),
        (
            register[1].reference,
            LatestVoice(label="Pending sign-off", on=JULY),
            LatestVoice(label="Partly assured", on=JULY),
        ),
        (register[2].reference, LatestVoice(label="Pending sign-off", on=JULY), LatestVoice()),
    ]
    assert (gap.closed, gap.silent, gap.oldest_on) == (4, 2, SPRING)
    assert {line.reference for line in gap.lines} <= {entry.reference for entry in figures.entries}
    assert (figures.differences, Figures.from_json(figures.to_json())) == ([], figures)


def test_what_is_restricted_is_in_the_closed_paper_alone(westmarch, register, officer):
    for row in (register[3], register[5]):
        restrictions.restrict(tracked=row, reason="A court case.", by=officer, at=moment(AUGUST))
    open_paper, closed_paper = figures_of(westmarch).voices, figures_of(westmarch, closed=True).voices
    assert open_paper is not None
    assert (open_paper.not_assured, open_paper.closed, open_paper.silent, open_paper.oldest_on) == (0, 3, 1, JULY)
    assert closed_paper is not None
    assert (closed_paper.not_assured, closed_paper.silent, closed_paper.oldest_on) == (1, 1, SPRING)


def test_where_nothing_is_said_to_be_done_there_is_no_gap(eastvale, body):
    make_tracked(make_inspection(eastvale, at=moment(BEGAN)), at=moment(BEGAN))
    assert figures_of(eastvale).voices == VoicesGap()
    assert VoicesGap().is_empty


def test_a_joint_paper_has_no_gap_where_no_part_has_one(westmarch, eastvale, body):
    parts = [figures_of(westmarch), figures_of(eastvale)]
    assert [part.voices for part in parts] == [VoicesGap()] * 2
    assert add_voices(parts) is None
    with_one = dataclasses.replace(parts[0], voices=VoicesGap(not_assured=2, oldest_on=SPRING))
    assert add_voices([with_one, parts[1]]) == VoicesGap(not_assured=2, oldest_on=SPRING)


def test_numbers_that_do_not_agree_are_said(westmarch, body):
    gap = VoicesGap(not_assured=2, closed=1, silent=3)
    assert dataclasses.replace(figures_of(westmarch), voices=gap).differences == [
        "The force says done and the office is not assured of 2; 0 are listed.",
        "Nothing was said of 3 closures; 1 are closed.",
    ]
