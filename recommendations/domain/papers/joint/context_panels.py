"""The panels beside a joint paper's text boxes: its totals, each force's, and the last paper's text."""

from collections.abc import Iterator, Mapping

from recommendations.domain.papers.data.paper import NO_DATE
from recommendations.domain.papers.joint.papers import CompiledJoint
from recommendations.domain.papers.sections.context_panels import (
    ContextPanel,
    LastPaper,
    context_panel,
    last_of,
    share_sentences,
)
from recommendations.domain.papers.sections.matters import overdue_without_recovery
from recommendations.enums import PaperState
from recommendations.models import ScrutinyReport
from recommendations.periods import say


def joint_context_panels(
    *, compiled: CompiledJoint, last: LastPaper, typed: Mapping[str, str]
) -> dict[str, ContextPanel]:
    """Return the panel beside each box, by the box's name. `typed` is the boxes' current text."""
    lines, parts = tuple(_view_figures(compiled)), [figures for _, figures in compiled.parts]
    return {"view_words": context_panel("view_words", lines, last, typed, parts)}


def last_joint_paper(paper: ScrutinyReport) -> LastPaper:
    """Return the text of the last finalised paper on exactly these forces, open or closed like this one: its newest
    issue.

    Empty if there is none. Three queries.
    """
    like_it = {"closed": paper.closed, "source": paper.source}
    papers = ScrutinyReport.objects.filter(force__isnull=True, state=PaperState.FINALISED, end__lt=paper.end, **like_it)
    wanted = set(paper.parts.values_list("force", flat=True))
    in_order = papers.defer("figures").prefetch_related("parts").order_by("-end", "-issue", "-pk")
    same = [each.pk for each in in_order if {part.force_id for part in each.parts.all()} == wanted]
    return last_of(papers.filter(pk__in=same[:1]))


def _view_figures(compiled: CompiledJoint) -> Iterator[str]:
    shown, day = compiled.figures.then_and_now, say(compiled.figures.opening_on)
    yield f"Open: {shown.open_now}, and {shown.open_then} on {day}."
    yield f"Overdue: {shown.overdue_now}, and {shown.overdue_then} on {day}."
    yield f"Closed: {compiled.figures.sum.closed}."
    yield from share_sentences([figures for _, figures in compiled.parts], "evidence", "moved_late", "assessed", "old")
    for part, figures in compiled.parts:
        now, unplanned = figures.then_and_now, len(overdue_without_recovery(figures))
        yield (
            f"{part.force}: {now.open_now} open, {now.overdue_now} overdue, {unplanned} of them without a "
            f"recovery plan. {NO_DATE}: {len(figures.undated or ())}."
        )
