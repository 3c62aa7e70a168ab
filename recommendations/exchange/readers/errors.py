"""The reasons for refusing a document, in plain English, and the limits that documents must meet."""

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 350
MAX_LINES = 10_000
MAX_CHARACTERS = 2_000_000

TOO_COMPLICATED = (
    "This file could not be read safely: it takes too much time or memory, or it is damaged. "
    "Open it, copy the text and paste it instead."
)
TOO_LONG = (
    "This document has far more text than can be read here. "
    "Copy the part that is the response into a new document and bring that in, or paste it."
)
NO_TEXT = (
    "This PDF has no text in it: it may be a scan. Add the document that it was made from, or type or paste the text."
)


class Unreadable(Exception):
    """The document cannot be read. The message says what is wrong and what to do."""
