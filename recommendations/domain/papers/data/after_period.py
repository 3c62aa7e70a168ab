"""What happened between a period's end and a paper's compiling: plain frozen values, listed and not counted."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class SinceLine:
    """One thing that happened. `reference` is the recommendation that it is about, empty where it is about none."""

    on: date
    words: str
    reference: str = ""
