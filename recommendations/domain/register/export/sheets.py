"""The register workbook besides the register's own columns: its sheets, the columns of the sheets of updates and
actions, and the hidden column of marks. Plain values, because the child process that reads spreadsheets imports them.
"""

from recommendations.domain.register.sheet_columns import UPDATE_TEXTS, Holds, SheetField

REGISTER, UPDATES, ACTIONS, ABOUT = "Register", "Updates", "Actions", "About"
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
ACTION_FIELDS = (
    SheetField("reference", "Reference", width=12),
    SheetField("words", "Action", width=60, wraps=True),
    SheetField("voice", "Whose action", width=12),
    SheetField("owner", "Owner", width=24),
    SheetField("due_on", "To be done by", Holds.DAY),
    SheetField("state", "State", width=12),
    SheetField("since", "Since", Holds.DAY),
    SheetField("days_late", "Days late", Holds.DERIVED_NUMBER, width=9),
    SheetField("moves", "Times moved", Holds.DERIVED_NUMBER, width=9),
    SheetField("waits", "What holds it up", width=40, wraps=True),
    SheetField("note", "Last note", width=50, wraps=True),
    SheetField("recorded_on", "Recorded on", Holds.DAY),
)
NOT_READ = f"The sheet {UPDATES} has every update of these rows. It is not read when the file is brought in."

ACTIONS_NOT_READ = f"The sheet {ACTIONS} has the actions on these rows. It is not read when the file is brought in."


def ignored_sheets(names: list[str]) -> list[str]:
    """The sheets of a workbook that are never read on import: updates and actions in one of our own exports."""
    if not {REGISTER, UPDATES, ABOUT} <= set(names):
        return []
    return [name for name in (UPDATES, ACTIONS) if name in names]
