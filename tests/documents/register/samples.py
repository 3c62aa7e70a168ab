"""Lines of a register with nothing from a database, and what a file of them says of itself."""

import datetime

from recommendations.documents.formats.export_cover import ExportCover
from recommendations.domain.register.export.lines import RegisterLine
from recommendations.domain.register.sheet_columns import FIELDS, Holds
from tests.conftest import AT, TODAY

DAYS = (Holds.DAY, Holds.DERIVED_DAY)


def line(**said) -> RegisterLine:
    """A line that says nothing but what is given."""
    empty = {field.key: None if field.holds in DAYS else "" for field in FIELDS}
    given = {"reference": "WM-0001", "published_on": TODAY, "target_moves": 0, "rag": "Red", "rag_reason": "1 day over"}
    return RegisterLine(**empty | given | said)


def about(**said) -> ExportCover:
    facts = {
        "office": "Marches OPCC",
        "title": "Register of HMICFRS recommendations",
        "asked": ("Force: Westmarch", "RAG: Red"),
        "order": "Overdue first",
        "rows": 2,
        "as_at": TODAY,
        "at": AT,
        "by": "Hannah Whitlock",
        "trail_count": 12,
        "trail_head": "ab" * 32,
    }
    return ExportCover(**facts | said)


DAY = datetime.timedelta(days=1)
# Texts that run somewhere, that no XML can hold, or that look like something else.
HOSTILE = (
    "=1+1",
    "+44 20 7946 0000",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("https://example.org","Open")',
    "=cmd|'/C calc'!A0",
    "'=1+1",
    "7.1",
    "1/2",
    "TRUE",
    "#REF!",
    "<b>&amp;</b>",
    "https://example.org/report",
    'Two\nlines, and "quotes"',
    "Ŵyl ym Mhowys 🏴",
)
