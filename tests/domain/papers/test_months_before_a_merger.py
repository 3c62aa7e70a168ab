"""Two years before a merger: what the register says of a force on the last day of each month is what was filed then."""

import datetime
from collections import Counter
from itertools import pairwise

from recommendations.domain.papers.verification import check_papers
from recommendations.domain.people import records
from recommendations.domain.register import closures, rag, transfers, voices
from recommendations.domain.succession import carrying_over
from recommendations.enums import Rag
from recommendations.models import Force, RagRule, ScrutinyReport, Standing, TrackedRecommendation
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.papers.world import close, figures_of, file_paper, moment
from tests.environment import SOAK

FIRST = datetime.date(2024, 10, 1)
MERGED = datetime.date(2026, 10, 1)
A_DAY = datetime.timedelta(days=1)


def months() -> list[tuple[datetime.date, datetime.date]]:
    """The first and last day of each month before the merger."""
    firsts = [datetime.date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]
    firsts = [first for first in firsts if FIRST <= first <= MERGED]
    return [(first, after - A_DAY) for first, after in pairwise(firsts)]


def live_month(number, first, forces, officer, approver) -> None:
    """What happens in a month, recorded as it happens: two new ones, a target, a closure, a reopening, a transfer."""
    force, other = forces[number % 2], forces[1 - number % 2]
    at = moment(first + 3 * A_DAY)
    inspection = make_inspection(force, title=f"Report {number}", published_on=first + 2 * A_DAY, at=at)
    make_tracked(inspection, number=f"{number}.1", due_on=first + 90 * A_DAY, at=at)
    make_tracked(inspection, number=f"{number}.2", at=at)
    still_open = [each for each in TrackedRecommendation.objects.order_by("pk") if each.standing.closed_on is None]
    at = moment(first + 10 * A_DAY)
    voices.set_target(tracked=still_open[-1], target_on=first + 60 * A_DAY, reason="", by=officer, at=at)
    if number % 3 == 0:
        close(still_open[0], officer, approver, first + 12 * A_DAY)
    if number % 8 == 5:
        closed = TrackedRecommendation.objects.exclude(pk__in=[each.pk for each in still_open]).first()
        closures.reopen(tracked=closed, reason="It failed.", by=officer, at=moment(first + 14 * A_DAY))
    if number % 6 == 4:
        one = next(each for each in still_open if each.force_id == force.pk)
        transfers.transfer(tracked=one, to_force=other, reason="x", by=officer, at=moment(first + 16 * A_DAY))


def colours_on(day, force) -> Counter:
    rows = rag.annotate_colours(Standing.objects.on(day), day, RagRule.objects.on(day)).filter(force=force)
    return Counter(rows.open().values_list("rag", flat=True))


def test_each_month_counts_what_was_filed_then(westmarch, eastvale, body, officer, approver):
    forces = (westmarch, eastvale)
    for number, (first, last) in enumerate(months()):
        live_month(number, first, forces, officer, approver)
        for force in forces if SOAK else forces[number % 2 :][:1]:
            file_paper(force, officer, approver, moment(last + 5 * A_DAY, hour=8), first, last)
    facts = {"name": "Marches Police", "short_name": "Marches", "slug": "marches", "reference_prefix": "MA"}
    marches = records.keep(record=Force(**facts, since=MERGED), by=None, at=AT)
    for force in forces:
        carrying_over.succeed(
            force=force, successor=marches, effective_on=MERGED, reason="The order.", by=officer, at=moment(MERGED)
        )
    assert (len(months()), ScrutinyReport.objects.count()) == (24, 48 if SOAK else 24)
    known_at = moment(MERGED + 20 * A_DAY)
    for first, last in months():
        assert colours_on(last, marches) == {}
        for paper in ScrutinyReport.objects.filter(end=last).select_related("force"):
            force, filed = paper.own_force, paper.figures
            counted = colours_on(last, force)
            open_and_overdue = (counted.total(), counted[Rag.RED])
            assert open_and_overdue == (filed["sum"]["closing"], filed["then_and_now"]["overdue_now"]), (force, last)
            if SOAK or last.month % 6 == 3:
                again = figures_of(force, first, last, known_at)
                assert open_and_overdue == (again.sum.closing, again.then_and_now.overdue_now), (force, last)
    assert colours_on(MERGED, marches).total() == Standing.objects.now().open().count() > 20
    assert not SOAK or [line for check in check_papers() for line in check.problems] == []
