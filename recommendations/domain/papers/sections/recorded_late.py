"""Facts from a paper's period that were recorded only after it was filed. They are listed, and are not errors."""

import datetime
from collections.abc import Iterator

from django.db.models import Q

from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.sources.naming import status_of
from recommendations.models import (
    Assurance,
    Closure,
    Delay,
    ForceUpdate,
    InspectorateStatus,
    ScrutinyReport,
    TargetDate,
    TrackedRecommendation,
    Transfer,
    Weight,
)
from recommendations.periods import london_day, say

SOURCE_WORD = "tracked__recommendation__inspection__source_word"
DATED = {
    ForceUpdate: "force update",
    Assurance: "OPCC assurance",
    InspectorateStatus: "HMICFRS status",
    TargetDate: "target",
    Weight: "risk",
    Delay: "cause of delay",
    Transfer: "transfer to another force",
}


def late_facts(paper: ScrutinyReport) -> list[str]:
    """Return a line for each late fact: what it is, the day it is about, and when it was recorded or withdrawn.

    Empty for a joint paper, whose parts have their own.
    """
    if paper.is_joint:
        return []
    assert paper.known_at is not None  # a finalised paper's (paper_finalised_is_whole)
    scope = PaperScope(paper.own_force, paper.closed, paper.known_at, source=paper.source)
    return [*_tracked_late(paper, scope), *_voices(paper, scope), *_closures(paper, scope)]


def _tracked_late(paper: ScrutinyReport, scope: PaperScope) -> Iterator[str]:
    found = TrackedRecommendation.on_file.filter(scope.paper_filter(), tracked_on__range=(paper.start, paper.end))
    found = found.filter(recorded_at__gt=paper.known_at).order_by("tracked_on", "pk")
    for reference, on, at in found.values_list("reference", "tracked_on", "recorded_at"):
        yield f"{reference}: tracked from {say(on)}, recorded on {say(london_day(at))}."


def _voices(paper: ScrutinyReport, scope: PaperScope) -> Iterator[str]:
    """Rows recorded since for the period, and rows withdrawn since that the paper used, whatever their day."""
    new = Q(recorded_at__gt=paper.known_at, effective_on__range=(paper.start, paper.end))
    gone = Q(recorded_at__lte=paper.known_at, withdrawn_at__gt=paper.known_at, effective_on__lte=paper.end)
    for model, words in DATED.items():
        rows = model.objects.filter(scope.paper_filter("tracked__"), new | gone).order_by("effective_on", "pk")
        columns = ("tracked__reference", SOURCE_WORD, "effective_on", "recorded_at", "withdrawn_at")
        for reference, source, on, recorded_at, withdrawn_at in rows.values_list(*columns):
            late = recorded_at > paper.known_at
            done = f"recorded on {say(london_day(recorded_at))}" if late else ""
            if withdrawn_at:
                done = f"{done}, " * late + f"withdrawn on {say(london_day(withdrawn_at))}"
            yield f"{reference}: {status_of(words, source)} of {say(on)}, {done}."


def _closures(paper: ScrutinyReport, scope: PaperScope) -> Iterator[str]:
    of_force = Closure.objects.filter(scope.paper_filter("tracked__"))
    closed = of_force.filter(closed_on__range=(paper.start, paper.end), decided_at__gt=paper.known_at)
    for each in closed.select_related("tracked").order_by("pk"):
        yield _late_line(each.tracked.reference, "closed", each.closed_on, each.decided_at)
    again = of_force.filter(reopened_on__range=(paper.start, paper.end), reopened_at__gt=paper.known_at)
    for each in again.select_related("tracked").order_by("pk"):
        yield _late_line(each.tracked.reference, "reopened", each.reopened_on, each.reopened_at)


def _late_line(reference: str, what: str, on: datetime.date | None, at: datetime.datetime | None) -> str:
    assert on is not None
    assert at is not None  # both queries filter on it
    return f"{reference}: {what} on {say(on)}, recorded on {say(london_day(at))}."
