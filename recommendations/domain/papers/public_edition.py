"""The edition of a paper that anybody may read: it tells nothing of panels that are not public. No queries.

What is public was decided when the figures were compiled, as for what is restricted (ADR 15).
"""

import dataclasses
from collections.abc import Iterable

from recommendations.domain.commitments.paper_lines import PaperCommitment
from recommendations.domain.papers.data.paper import Figures


def for_the_public(figures: Figures) -> Figures:
    """The same figures without attendance at panels that are not public, nor a measure that counts one of them."""
    return dataclasses.replace(
        figures,
        attendance=figures.attendance and tuple(line for line in figures.attendance if line.public),
        commitments=tuple(line for line in map(_public_line, figures.commitments) if line),
    )


def _public_line(line: PaperCommitment) -> PaperCommitment | None:
    """The commitment as the public reads it; None where nothing but its measure brought it into the paper."""
    if line.measure is None or line.measure.public:
        return line
    return dataclasses.replace(line, measure=None) if line.checks or line.days_over else None


def leaves_out(papers: Iterable[Figures]) -> str:
    """What the public edition of a paper, on one force or several, leaves out; empty where it is the paper itself."""
    papers = list(papers)
    panels = sum(not line.public for each in papers for line in each.attendance or ())
    measures = sum(line.measure is not None and not line.measure.public for each in papers for line in each.commitments)
    said = []
    if panels:
        said.append(f"the attendance at {panels} Channel panel{' that is' if panels == 1 else 's that are'} not public")
    if measures:
        said.append(f"the measure of {measures} commitment{'s' * (measures > 1)}")
    return f"This edition leaves out {' and '.join(said)}." if said else ""
