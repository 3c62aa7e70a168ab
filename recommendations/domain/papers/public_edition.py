"""A paper's public edition, without anything about panels that are not public. No queries.

What is public was decided when the figures were compiled, as it is for restricted recommendations (ADR 15).
"""

import dataclasses
from collections.abc import Iterable

from recommendations.domain.commitments.paper_lines import PaperCommitment
from recommendations.domain.papers.data.paper import Figures


def public_figures(figures: Figures) -> Figures:
    """Return the figures without attendance at panels that are not public, or measures that include one.

    Indicators are without numbers from 1 to 4.
    """
    return dataclasses.replace(
        figures,
        attendance=figures.attendance and tuple(line for line in figures.attendance if line.public),
        commitments=tuple(line for line in map(_public_line, figures.commitments) if line),
        indicators=tuple(each.without_small() for each in figures.indicators),
    )


def _public_line(line: PaperCommitment) -> PaperCommitment | None:
    """Return the commitment as the public may read it, or None if it is in the paper only because of its measure."""
    if line.measure is None or line.measure.public:
        return line
    return dataclasses.replace(line, measure=None) if line.checks or line.days_over else None


def leaves_out(papers: Iterable[Figures]) -> str:
    """Return what the public edition leaves out, in words, or "" if it is identical to the paper."""
    papers = list(papers)
    panels = sum(not line.public for each in papers for line in each.attendance or ())
    measures = sum(line.measure is not None and not line.measure.public for each in papers for line in each.commitments)
    said = []
    if panels:
        said.append(f"the attendance at {panels} Channel panel{' that is' if panels == 1 else 's that are'} not public")
    if measures:
        said.append(f"the measure of {measures} commitment{'s' * (measures > 1)}")
    return f"This edition leaves out {' and '.join(said)}." if said else ""
