"""Texts that a spreadsheet program would take for a formula, in a CSV: kept from running, and given back as they were.

Inside an .xlsx a text is typed as a text and needs none of this.
"""

import re

# What begins a formula in one program or another, behind any apostrophes that were there already.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def escape_formula(text: str) -> str:
    """The text with one apostrophe before it where it would run; any other text as it is."""
    return f"'{text}" if _RUNS.match(text) else text


def unescape_formula(text: str) -> str:
    """The text that `inert` was given: without the one apostrophe that it put there, and with any of its own."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
