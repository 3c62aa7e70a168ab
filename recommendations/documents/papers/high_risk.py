"""What page 1 of the scrutiny report says of what is high risk and late."""

from recommendations.documents.papers.second_page import cut
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.data.risk import HighRiskLate
from recommendations.domain.text.sentences import sentence
from recommendations.periods import say, say_days

SHOWN = 6  # of them; the rest stand in the list of what is overdue
HEADING, MEANWHILE = 60, 90  # characters


class HighRisk:
    """The lines of `figures`."""

    figures: Figures

    @property
    def high_risk_late(self) -> list[tuple[HighRiskLate, str]]:
        """The longest overdue, each with its words: "Call bells: 482 days over; a sergeant reads each log."."""
        shown = self.figures.risk.late[:SHOWN] if self.figures.risk else ()
        return [(line, _words(line)) for line in shown]

    @property
    def more_high_risk_late(self) -> int:
        return self.figures.risk.late_count - len(self.high_risk_late) if self.figures.risk else 0

    @property
    def high_risk_then(self) -> str:
        """Last time's figure: "It was 5 of 29 on 30 June 2026."."""
        risk = self.figures.risk
        if risk is None or risk.high_then is None:
            return ""
        return f"It was {risk.late_then} of {risk.high_then} on {say(self.figures.opening_on)}."


def _words(line: HighRiskLate) -> str:
    meanwhile = cut(line.meanwhile, MEANWHILE) or "no mitigation recorded"
    over = f"{say_days(line.days_over)} over"
    return sentence(f"{cut(line.heading, HEADING)}: {over}; {meanwhile[:1].lower()}{meanwhile[1:]}")
