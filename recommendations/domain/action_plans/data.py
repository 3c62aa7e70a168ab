"""The content of an action plan version: frozen values, stored as JSON. All of it is public. No queries."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from recommendations.domain.force_pages.data import PublicReport
from recommendations.domain.text.dataclass_json import KeptAsJson
from recommendations.periods import say

FORMAT = 1  # the format of the facts, so that a later version can read earlier ones


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A recommendation: the action or the reason for none, its owner, the day, and the progress."""

    reference: str
    label: str
    heading: str
    text: str
    report: PublicReport
    action: str = ""
    why_none: str = ""
    owner: str = ""
    due_on: datetime.date | None = None
    progress: str = ""
    progress_on: datetime.date | None = None
    progress_text: str = ""
    closed_on: datetime.date | None = None

    @property
    def progress_words(self) -> str:
        """ "In progress, 3 May 2026", or that it is closed, or that nothing has been reported."""
        if self.closed_on:
            return f"Closed, {say(self.closed_on)}"
        on = f", {say(self.progress_on)}" if self.progress_on else ""
        return f"{self.progress}{on}" if self.progress else "Nothing has been reported yet"

    @property
    def missing(self) -> Iterator[str]:
        """What the line lacks; nothing if it is closed or has a reason for no action."""
        if self.closed_on or self.why_none:
            return
        asked = (
            ("no action, and no reason why there is none", self.action),
            ("no owner", self.owner),
            ("no day", self.due_on),
        )
        yield from (words for words, there in asked if not there)


@dataclass(frozen=True, kw_only=True)
class PlanFacts(KeptAsJson):
    """The whole content of a version on the London day `on`. `left_out` counts restricted recommendations."""

    force: str
    slug: str
    on: datetime.date
    body: str = ""
    lines: tuple[PlanLine, ...] = ()
    left_out: int = 0
    format: int = field(default=FORMAT)

    @property
    def open(self) -> int:
        return sum(each.closed_on is None for each in self.lines)

    @property
    def by_report(self) -> list[tuple[PublicReport, list[PlanLine]]]:
        """Return the lines grouped by report, in order: latest report first."""
        found: dict[PublicReport, list[PlanLine]] = {}
        for line in self.lines:
            found.setdefault(line.report, []).append(line)
        return list(found.items())


def statements(facts: PlanFacts) -> dict[str, str]:
    """Return each statement of a version by name, for comparing two versions."""
    said = {"Policing body": facts.body} if facts.body else {}
    for line in facts.lines:
        said[f"{line.reference}, {line.label} of {line.report.title}"] = _line_text(line)
    return said | ({"Restricted and not shown": f"{facts.left_out:,}"} if facts.left_out else {})


def _line_text(line: PlanLine) -> str:
    done = f"No action: {line.why_none}" if line.why_none else line.action or "No action is stated."
    owner = f"Owner: {line.owner}." if line.owner else ""
    due = f"By {say(line.due_on)}." if line.due_on else ""
    progress = " ".join(filter(None, (f"{line.progress_words}.", line.progress_text)))
    return " ".join(filter(None, (line.text, done, owner, due, progress)))


def gaps(facts: PlanFacts) -> list[tuple[str, str]]:
    """Return the references that lack something, each with what it lacks in words."""
    return [(line.reference, "; ".join(words)) for line in facts.lines if (words := list(line.missing))]
