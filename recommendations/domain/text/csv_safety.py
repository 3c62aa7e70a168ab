"""Escaping texts in CSV files that a spreadsheet program would run as formulas, and unescaping them.

In an .xlsx file cells are typed as text and need none of this.
"""

import re

# The start of a formula in some program, after any apostrophes already there.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def escape_formula(text: str) -> str:
    """The text with an apostrophe before it if it could run as a formula, else unchanged."""
    return f"'{text}" if _RUNS.match(text) else text


def unescape_formula(text: str) -> str:
    """Undo escape_formula: remove the one apostrophe that it added, keeping any of the text's own."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
