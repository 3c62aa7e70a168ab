"""An action plan as a document: PDF/UA-1, in the style of the office's other documents."""

import datetime
from dataclasses import dataclass

from recommendations.documents.pdf.render import Document, render
from recommendations.documents.responses.response_pdf import STYLESHEETS, paragraphs
from recommendations.domain.action_plans.data import PlanFacts, PlanLine
from recommendations.domain.force_pages.data import PublicReport
from recommendations.periods import london_day, say

TEMPLATE = "documents/action_plan.html"


@dataclass(frozen=True)
class PrintedLine:
    """A recommendation as printed: its heading, its paragraphs, and the facts in its table."""

    line: PlanLine

    @property
    def heading(self) -> str:
        return ": ".join(filter(None, (f"{self.line.label} ({self.line.reference})", self.line.heading)))

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs(self.line.text)

    @property
    def facts(self) -> list[tuple[str, list[str]]]:
        line = self.line
        what = ("Why no action", line.why_none) if line.why_none else ("Action", line.action or "None is stated")
        progress = "\n\n".join(filter(None, (f"{line.progress_words}.", line.progress_text)))
        day = say(line.due_on) if line.due_on else "None is set"
        told = (what, ("Owner", line.owner or "None is stated"), ("To be done by", day), ("Progress", progress))
        return [(label, paragraphs(text)) for label, text in told]


@dataclass(frozen=True, kw_only=True)
class PlanDocument(Document):
    """A version of an action plan."""

    facts: PlanFacts
    number: int

    @property
    def about(self) -> list[tuple[str, str]]:
        """The line below the title."""
        shown = f"{self.facts.open} open, {len(self.facts.lines) - self.facts.open} closed"
        told = [("Version", f"{self.number}, published {say(london_day(self.created_at))}")]
        told += [("As it stood on", say(self.facts.on)), ("Recommendations", shown)]
        return told + ([("Not shown", f"{self.facts.left_out:,}, restricted")] if self.facts.left_out else [])

    @property
    def foot(self) -> str:
        return f"Version {self.number}, {say(london_day(self.created_at))}"

    @property
    def by_report(self) -> list[tuple[PublicReport, list[PrintedLine]]]:
        return [(report, [PrintedLine(line) for line in lines]) for report, lines in self.facts.by_report]


def plan_pdf(facts: PlanFacts, *, number: int, at: datetime.datetime) -> bytes:
    """The PDF of version `number`, published at `at` (UTC). Raises RenderFailed."""
    document = PlanDocument(
        template=TEMPLATE,
        stylesheets=STYLESHEETS,
        title=f"Action plan: {facts.force}",
        author=facts.body or facts.force,
        created_at=at,
        facts=facts,
        number=number,
    )
    return render(document).pdf
