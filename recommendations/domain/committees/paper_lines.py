"""What a scrutiny report says of a committee's request: plain frozen values, as in domain/papers/data/paper.py. No
queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.periods import say, say_days


@dataclass(frozen=True, kw_only=True)
class PaperRequest:
    """A request and the paper's answer, empty where it has none. `record` is the request's own id.

    `days_over` counts from the day that it was to be answered by to the day of the figures; 0 where it is answered.
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
    def told(self) -> str:
        """ "Asked on 3 June 2026, Head of Assurance"."""
        return f"Asked on {say(self.asked_on)}, {self.owner}"

    @property
    def told_with_owner(self) -> str:
        """ "Asked on 3 June 2026. Owner: Head of Assurance", as papers say it since format 2."""
        return f"Asked on {say(self.asked_on)}. Owner: {self.owner}"

    @property
    def no_answer(self) -> str:
        """What stands where an answer would: when it was or is due."""
        over = f", {say_days(self.days_over)} ago" if self.days_over else ""
        return f"No answer yet: due by {say(self.due_on)}{over}."
