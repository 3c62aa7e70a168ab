"""The change from what was overdue at the start of a paper's period to what was at its end. No queries."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OverdueChange:
    """The parts of the change from overdue at the start to overdue at the end.

    Of those overdue at the start: `closed` in the period, `gone` from the paper otherwise, or `eased` (open, no longer
    overdue). Of those overdue at the end: `fell_due` were open at the start, `came` were not.
    """

    closed: int = 0
    gone: int = 0
    eased: int = 0
    fell_due: int = 0
    came: int = 0

    @property
    def more(self) -> int:
        """The increase in overdue recommendations; negative if fewer are overdue."""
        return self.fell_due + self.came - self.closed - self.gone - self.eased


def add_changes(several: Sequence[OverdueChange | None]) -> OverdueChange | None:
    """Return several changes added up, or None if one is None or there are none."""
    said = [each for each in several if each]
    if not said or len(said) < len(several):
        return None
    names = [field.name for field in dataclasses.fields(OverdueChange)]
    return OverdueChange(**{name: sum(getattr(each, name) for each in said) for name in names})
