"""Committees' requests in a scrutiny report, as frozen values like those in domain/papers/data/paper.py. No queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.periods import say, say_days


@dataclass(frozen=True, kw_only=True)
class PaperRequest:
    """A request and the paper's answer, or "" if there is none. `record` is the request's own id.

    `days_over` counts from the due day to the day of the figures; 0 if it is answered.
    """

    record: int = 0
    number: str
    text: str
    asked_on: date
    owner: str
    due_on: date
    answer: str = ""
    days_over: int = 0

    @property
    def request_text(self) -> str:
        """ "Asked on 3 June 2026, Head of Assurance"."""
        return f"Asked on {say(self.asked_on)}, {self.owner}"

    @property
    def request_text_with_owner(self) -> str:
        """ "Asked on 3 June 2026. Owner: Head of Assurance", as in papers since format 2."""
        return f"Asked on {say(self.asked_on)}. Owner: {self.owner}"

    @property
    def no_answer(self) -> str:
        """The text in place of a missing answer: when it is or was due."""
        over = f", {say_days(self.days_over)} ago" if self.days_over else ""
        return f"No answer yet: due by {say(self.due_on)}{over}."
