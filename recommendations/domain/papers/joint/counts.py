"""A joint draft's counts: page 1's numbers and what each part still lacks, without compiling the parts."""

import datetime
from typing import NamedTuple

from recommendations.domain.committees.queries import requests_of
from recommendations.domain.papers.data.counts import Counts
from recommendations.domain.papers.data.paper import FORMAT
from recommendations.domain.papers.joint.data import ForceLine, JointFigures, add_colours
from recommendations.domain.papers.joint.papers import parts_of, whole_of
from recommendations.domain.papers.sections.counts import count_papers
from recommendations.domain.papers.sections.policing_body import bodies_of
from recommendations.domain.register.definitions import definitions
from recommendations.domain.sources.naming import HMICFRS_WORD
from recommendations.enums import Marking
from recommendations.models import Force, PaperWords, RagRule, ScrutinyReport
from recommendations.periods import Period


class CountedPart(NamedTuple):
    """A part and its counts."""

    paper: ScrutinyReport
    figures: Counts


class CountedJoint(NamedTuple):
    """The counts of a joint draft, and of each part in chapter order."""

    figures: JointFigures
    parts: tuple[CountedPart, ...]


def count_joint(*, paper: ScrutinyReport, known_at: datetime.datetime) -> CountedJoint:
    """Return a joint draft's counts as recorded up to `known_at` (UTC), equal to those of compiling all its parts."""
    papers = parts_of(paper)
    counts, bodies = count_papers(papers, known_at), bodies_of([part.own_force for part in papers], _period(paper))
    figures = whole_of(
        paper,
        tuple(_line(part.own_force, counts[part.own_force.pk], bodies[part.own_force.pk][0]) for part in papers),
        known_at,
        office=next((office for _, office in bodies.values() if office), ""),
        marking=Marking.SENSITIVE.label if paper.closed else Marking.OFFICIAL.label,
        left_out=sum(each.left_out for each in counts.values()),
        questions=PaperWords.objects.filter(paper__in=papers).exclude(questions="").exists(),
        format=FORMAT,
        definitions=definitions(RagRule.objects.on(paper.end), paper.source_word or HMICFRS_WORD),
    )
    return CountedJoint(figures, tuple(CountedPart(part, counts[part.own_force.pk]) for part in papers))


def gaps_of(joint: CountedJoint, known_at: datetime.datetime) -> dict[int, list[str]]:
    """Return what each part still lacks, in words, by its id. None of it prevents finalising."""
    papers = [part for part, _ in joint.parts]
    viewed = set(PaperWords.objects.filter(paper__in=papers).exclude(view="").values_list("paper", flat=True))
    return {part.pk: [*gaps(part, counts, known_at), *_view(part.pk in viewed)] for part, counts in joint.parts}


def _period(paper: ScrutinyReport) -> Period:
    return Period(paper.start, paper.end)


def _line(force: Force, counts: Counts, body: str) -> ForceLine:
    return ForceLine(
        force=force.name,
        slug=force.slug,
        body=body,
        sum=counts.sum,
        sums_by_kind=counts.sums_by_kind,
        then_and_now=counts.then_and_now,
        colours=add_colours([kind.colours for kind in counts.by_colour]),
    )


def gaps(part: ScrutinyReport, counts: Counts, known_at: datetime.datetime) -> list[str]:
    """Return what the register for a paper on one force lacks, in words."""
    found = (
        (counts.unplanned, "overdue without a recovery plan"),
        (counts.without_date, "open without a date"),
        (sum(not request.answer for request in requests_of(part, known_at)), "asked for and not answered"),
    )
    return [f"{number} {words}" for number, words in found if number]


def _view(written: bool) -> list[str]:
    return [] if written else ["the office’s view not written"]
