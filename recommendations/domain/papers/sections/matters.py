"""Matters that need attention, as sentences made from a paper's figures. No queries.

An author can choose among them; by default the first three with a count above zero are printed.
"""

from collections.abc import Sequence

from recommendations.domain.papers.data.author_text import PaperMatter
from recommendations.domain.papers.data.lines import Overdue, RegisterEntry
from recommendations.domain.papers.data.paper import Figures
from recommendations.enums import AssuranceView, Matter
from recommendations.periods import say

OFTEN = 3  # moves of a target that make it a matter


def matters_by_key(figures: Figures) -> dict[str, PaperMatter]:
    """Return every matter with a count above zero, by key (enums.Matter), in the usual order."""
    made = {
        Matter.NO_RECOVERY: _no_recovery(figures),
        Matter.LONGEST: _longest(figures),
        Matter.NO_DATE: _no_date(figures),
        Matter.NOT_ASSURED: _not_assured(figures),
        Matter.LATE_RESPONSE: _late(figures),
        Matter.MOVED: _moved_matter(figures),
    }
    return {str(key): matter for key, matter in made.items() if matter}


def overdue_without_recovery(figures: Figures) -> list[Overdue]:
    """Return the overdue recommendations whose latest forecast is missing or not after the period's last day."""
    return [line for line in figures.overdue if line.forecast_on is None or line.forecast_on <= figures.period_end]


def no_figure(key: str, words: str) -> PaperMatter:
    """Return the office's own words for a matter whose figures count nothing, or which has none."""
    if key == Matter.OWN:
        return PaperMatter(heading="", words=words, rests_on="The office’s own words; no figure of this paper")
    return PaperMatter(heading="", words=words, rests_on=f"{Matter(key).label}: 0")


def _matter(key: Matter, heading: str, words: str, lines: Sequence[object]) -> PaperMatter:
    references = tuple(line if isinstance(line, str) else getattr(line, "reference", "") for line in lines)
    return PaperMatter(heading=heading, words=words, rests_on=f"{key.label}: {len(lines)}", references=references)


def _no_recovery(figures: Figures) -> PaperMatter | None:
    lines, day = overdue_without_recovery(figures), say(figures.period_end)
    if not lines:
        return None
    has = "has" if len(lines) == 1 else "have"
    words = f"{len(lines)} of {len(figures.overdue)} overdue {has} no forecast later than {day}."
    return _matter(Matter.NO_RECOVERY, "No recovery plan", words, lines)


def _longest(figures: Figures) -> PaperMatter | None:
    if not figures.overdue:
        return None
    line = figures.overdue[0]
    days = f"{line.days_over:,} day{'' if line.days_over == 1 else 's'}"
    target = f"its target has {line.moved_words}" if line.times_moved else "its target has not moved"
    if line.first_target_on is None:
        target = "no target was ever set"
    words = f"“{line.heading}” is {days} past the date that it counts from; {target}."
    return _matter(Matter.LONGEST, "The longest overdue", words, [line])


def _no_date(figures: Figures) -> PaperMatter | None:
    undated = figures.undated or ()
    if not undated:
        return None
    has, none = "has" if len(undated) == 1 else "have", "no deadline and no target"
    if figures.format < 4:
        none = f"neither a deadline of {figures.source_in_sentence}’s nor a target"
    words = f"{len(undated)} of {figures.sum.closing} open {has} {none}."
    return _matter(Matter.NO_DATE, "No date", words, undated)


def _not_assured(figures: Figures) -> PaperMatter | None:
    lines = [entry for entry in _open(figures) if entry.office.label == AssuranceView.NOT_ASSURED.label]
    if not lines:
        return None
    words = f"The {figures.office or 'office'} is not assured of {len(lines)} of {figures.sum.closing} open."
    return _matter(Matter.NOT_ASSURED, "Not assured", words, lines)


def _late(figures: Figures) -> PaperMatter | None:
    late = [line for line in figures.responses if line.late]
    if not late:
        return None
    told = "; ".join(f"{line.inspection} ({line.state[:1].lower()}{line.state[1:]})" for line in late)
    matter = _matter(Matter.LATE_RESPONSE, "Late responses", f"{told}.", late)
    return PaperMatter(heading=matter.heading, words=matter.words, rests_on=matter.rests_on)


def _moved_matter(figures: Figures) -> PaperMatter | None:
    lines = [entry for entry in _open(figures) if entry.times_moved >= OFTEN]
    if not lines:
        return None
    has = "has" if len(lines) == 1 else "have"
    words = f"{len(lines)} of {figures.sum.closing} open {has} had the target moved three times or more."
    return _matter(Matter.MOVED, "Moving targets", words, lines)


def _open(figures: Figures) -> list[RegisterEntry]:
    return [entry for entry in figures.entries if entry.closed_on is None]
