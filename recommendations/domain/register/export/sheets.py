"""The register workbook besides the register's own columns: its sheets, the columns of the sheet of updates, and the
hidden column of marks. Plain values, because the child process that reads spreadsheets imports them.
"""

from recommendations.domain.register.sheet_columns import UPDATE_TEXTS, Holds, SheetField

REGISTER, UPDATES, ABOUT = "Register", "Updates", "About"
MARK = SheetField("mark", "Do not change", width=8)

UPDATE_FIELDS = (
    SheetField("reference", "Reference", width=12),
    SheetField("force", "Force", width=13),
    SheetField("voice", "Whose update", width=16),
    SheetField("on", "Day", Holds.DAY),
    SheetField("value", "Position, view or status", width=22),
    SheetField("stage", "Stage", width=18),
    SheetField("text", "What was said", width=70, wraps=True),
    SheetField("named_day", "Forecast or next look", Holds.DAY),
    *(SheetField(each.key, each.heading, width=each.width, wraps=True) for each in UPDATE_TEXTS),
    SheetField("said_by", "Said by", width=24),
    SheetField("recorded_by", "Recorded by", width=24),
    SheetField("recorded_on", "Recorded on", Holds.DAY),
    SheetField("withdrawn", "Withdrawn", width=36, wraps=True),
)
NOT_READ = f"The sheet {UPDATES} has every update of these rows. It is not read when the file is brought in."


def ignored_sheets(names: list[str]) -> list[str]:
    """The sheets of a workbook that are never read on import: the updates in one of our own exports."""
    return [UPDATES] if {REGISTER, UPDATES, ABOUT} <= set(names) else []
