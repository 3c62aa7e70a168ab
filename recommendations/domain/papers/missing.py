"""What a draft paper still lacks, in words. None of it prevents the paper from being finalised."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.factual_check_status import checks_of, state_of
from recommendations.domain.papers.joint.papers import CompiledJoint
from recommendations.domain.papers.membership import source_filter
from recommendations.domain.papers.sections.author_text import words_of
from recommendations.domain.papers.sections.matters import overdue_without_recovery
from recommendations.domain.register.rag import OVERDUE, annotate_colours
from recommendations.models import RagRule, ScrutinyReport, Standing
from recommendations.periods import london_day
from recommendations.sections import Section

NAMED = 6  # references listed at most
NOT_ASKED = "Factual check: the force was not asked to check the facts"


def missing_of(paper: ScrutinyReport, figures: Figures, at: datetime.datetime) -> list[str]:
    """Return what a paper on one force lacks at a moment (UTC), with its figures of then."""
    register = [f"Register: {gap}" for gap in register_gaps(figures)]
    return [*_first_page(paper), *_check(paper, at), *register, *_delays([paper])[paper.pk]]


def missing_of_joint(paper: ScrutinyReport, compiled: CompiledJoint, at: datetime.datetime) -> list[str]:
    """Return what a joint paper and its parts lack, with the force's name before each part's."""
    delays = _delays([part for part, _ in compiled.parts])
    found = list(_first_page(paper))
    for part, figures in compiled.parts:
        lacks = [*_check(part, at), *(gap[0].upper() + gap[1:] for gap in part_gaps(figures)), *delays[part.pk]]
        found += [f"{part.own_force}: {lack}" for lack in lacks]
    return found


def part_gaps(figures: Figures) -> list[str]:
    """Return what a part of a joint paper lacks, in words: in the register, and the office's view."""
    viewed = figures.front is not None and figures.front.view
    return [*register_gaps(figures), *([] if viewed else ["the office’s view not written"])]


def register_gaps(figures: Figures) -> list[str]:
    """Return what the register for a paper on one force lacks, in words."""
    found = (
        (len(overdue_without_recovery(figures)), "overdue without a recovery plan"),
        (len(figures.undated or ()), "open without a date"),
        (sum(not request.answer for request in figures.requests), "asked for and not answered"),
    )
    return [f"{number} {words}" for number, words in found if number]


def _first_page(paper: ScrutinyReport) -> Iterator[str]:
    words = words_of(paper)
    facts = (
        (paper.panel_id, "Committee: not named"),
        (words.meets_on, "Date of the meeting: not set"),
        (words.item, "Item: not set"),
        (words.view, "The office’s view: not written"),
    )
    yield from (lack for value, lack in facts if not value)


def _check(paper: ScrutinyReport, at: datetime.datetime) -> list[str]:
    """Return that the force did not check the facts, and how far that went; nothing if it replied."""
    checks = checks_of(paper)
    if not checks:
        return [NOT_ASKED]
    newest = checks[-1]
    newest.paper = paper
    return [] if newest.replied_at else [f"Factual check: {state_of(newest, london_day(at))}"]


def _delays(papers: Sequence[ScrutinyReport]) -> dict[int, list[str]]:
    """Return the overdue recommendations without a cause of delay or an interim measure, if the office asks for them.

    By paper; the papers are of one period and source. One query for the rule and one for all papers.
    """
    found: dict[int, list[str]] = {paper.pk: [] for paper in papers}
    if not Section.RISK.is_on or not papers:
        return found
    first, of_force = papers[0], {paper.own_force.pk: paper.pk for paper in papers}
    rows: QuerySet[Any] = annotate_colours(Standing.objects.on(first.end), first.end, RagRule.objects.on(first.end))
    late = rows.filter(
        source_filter(first.source, "tracked__"), force__in=of_force, restricted=first.closed, rag=OVERDUE
    )
    gap = late.filter(Q(delay_cause="") | Q(mitigated=False)).order_by("reference")
    lacking: dict[int, list[str]] = {}
    for force, reference in gap.values_list("force", "reference"):
        lacking.setdefault(force, []).append(reference)
    for force, references in lacking.items():
        more = f" and {len(references) - NAMED} more" if len(references) > NAMED else ""
        named = f"{', '.join(references[:NAMED])}{more}"
        found[of_force[force]] = [f"Delay: {len(references)} overdue without a cause or mitigation: {named}"]
    return found
