"""The cover of an exported file: the office, the filters, when and by whom it was exported, under which trail head."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from recommendations.periods import LONDON, say

MARKING = "OFFICIAL"


class Cover(Protocol):
    """The facts about any workbook."""

    @property
    def title(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def marking(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def as_at(self) -> datetime.date: ...
    @property
    def at(self) -> datetime.datetime: ...
    @property
    def sentences(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, kw_only=True)
class ExportCover:
    """The facts about an exported file. `asked` are the filters in words; `at` is the moment (UTC) of the export.
    `known` is the moment up to which records counted, in words, or "". The trail's head is the one under which it was
    read.
    """

    office: str
    title: str
    asked: tuple[str, ...]
    order: str
    rows: int
    as_at: datetime.date
    known: str = ""
    at: datetime.datetime
    by: str
    trail_count: int
    trail_head: str
    marking: str = MARKING

    @property
    def moment(self) -> str:
        """The moment of the export, in London."""
        local = self.at.astimezone(LONDON)
        return f"{say(local)} at {local:%H:%M}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """All facts, one a line."""
        known = f", using entries made by {self.known}" if self.known else ""
        return (
            self.marking,
            self.title,
            f"Office: {self.office}" if self.office else "",
            f"Rows: {self.rows:,}",
            f"Asked for: {'; '.join(self.asked)}",
            f"Order: {self.order}",
            f"As it stood on {say(self.as_at)}{known}",
            f"Downloaded on {self.moment} by {self.by}",
            f"Trail: {self.trail_count:,} entries, head {self.trail_head}" if self.trail_head else "",
            "Days are days in London. Change cells, keep the Reference column, and bring the file in again: "
            "you are shown what would change before anything does.",
        )
