"""The lines about high risk and late items on page 1 of the scrutiny report."""

from recommendations.documents.papers.count_tables import CountTables
from recommendations.documents.papers.force_transfers import ForceTransfers
from recommendations.documents.papers.second_page import cut
from recommendations.documents.papers.second_page_room import lines
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.data.risk import HighRiskLate
from recommendations.domain.text.sentences import sentence
from recommendations.periods import say, say_days

FEWEST, MOST = 1, 3  # how many are shown; the rest are in the list of overdue items
LINES = 17  # of page 1 for the author's text, table rows beyond three, two for each of these lines, three for transfers
VIEW_LETTERS, LETTERS = 62, 78  # letters in a line of the office's view; and of requests and matters
WHOLE_LETTERS = 110  # letters in a line as wide as the page
EARLIER_LETTERS = 88  # up to format 3, which took the lines for longer than they are
HEADING, MEANWHILE = 50, 70  # characters


class HighRisk(ForceTransfers, CountTables):
    """The lines, made from `risk`."""

    figures: Figures
    draft: bool

    @property
    def high_risk_late(self) -> list[tuple[HighRiskLate, str]]:
        """The longest overdue, each with its text: "Call bells: 482 days over; a sergeant reads each log." """
        shown = self.risk.late[: self._most()] if self.risk else ()
        return [(line, _words(line)) for line in shown]

    def _most(self) -> int:
        """How many fit on page 1: fewer if the author's text is long."""
        taken = (
            2 * self.draft
            + bool(self.not_assessed_words)
            + 3 * sum(lines(each, WHOLE_LETTERS) for each in self.transfers)
            + max(max((len(table.rows) for table in self.first_counts), default=0) - 3, 0)
        )
        if front := self.figures.front:
            page, letters = (", p. 100;", LETTERS) if self.figures.format > 3 else ("", EARLIER_LETTERS)
            matters = (
                (matter.heading, matter.words, *(f"{each}{page}" for each in matter.references[:6]))
                for matter in front.matters
            )
            taken += lines(front.view_words, VIEW_LETTERS) + sum(lines(each, letters) for each in front.asked)
            taken += sum(lines(" ".join(words), letters) for words in matters)
        return min(max((LINES - taken) // 2, FEWEST), MOST)

    @property
    def more_high_risk_late(self) -> int:
        return self.risk.late_count - len(self.high_risk_late) if self.risk else 0

    @property
    def not_assessed_words(self) -> str:
        """How many have no risk: "26 of 32 open are not assessed, 2 of the 6 overdue among them."; "" if none."""
        risk = self.risk
        if self.figures.format < 4 or risk is None or not risk.not_assessed:
            return ""
        verb = "is" if risk.not_assessed == 1 else "are"
        words = f"{risk.not_assessed} of {self.figures.sum.closing} open {verb} not assessed"
        if late := risk.overdue_not_assessed:
            words = f"{words}, {late} of the {self.figures.then_and_now.overdue_now} overdue among them"
        return f"{words}."

    @property
    def high_risk_then(self) -> str:
        """Last time's figure: "It was 5 of 29 on 30 June 2026." """
        risk = self.risk
        if risk is None or risk.high_then is None:
            return ""
        return f"It was {risk.late_then} of {risk.high_then} on {say(self.figures.opening_on)}."


def _words(line: HighRiskLate) -> str:
    meanwhile = cut(line.meanwhile, MEANWHILE) or "no mitigation recorded"
    over = f"{say_days(line.days_over)} over"
    return sentence(f"{cut(line.heading, HEADING)}: {over}; {meanwhile[:1].lower()}{meanwhile[1:]}")
