"""From what was read of a file, and what was answered about it, to what it would do to the register."""

import datetime

from recommendations.domain.imports.lines import Source, context
from recommendations.domain.imports.plan import Plan, plan_of
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.rows import read_rows
from recommendations.exchange.readers.workbook import Workbook


def planned(workbook: Workbook, answers: Answers, *, source: Source, on: datetime.date) -> Plan:
    """The plan for a workbook on a London day: the page shows it and the command line prints it."""
    return plan_of(read_rows(workbook, answers, context(on)), source=source, on=on)
