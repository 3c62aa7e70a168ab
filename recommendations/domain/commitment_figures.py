"""What a scrutiny report says of a commitment: plain frozen values, as domain/figures.py holds them. No queries."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PaperCommitment:
    """A commitment that was checked in the period, or whose check is overdue at its end.

    `checks` are words, the latest first: "Partly kept, 27 October 2026". `days_over` is 0 where nothing is overdue.
    """

    quote: str
    response: str
    keeper: str
    checks: tuple[str, ...] = ()
    next_on: date | None = None
    days_over: int = 0
