"""What is said in these tests, and the words of a page."""

import re

DONE = "Bells are tested on every shift, and the log is checked by a sergeant."


def text_of(response) -> str:
    """The words of a page, its spaces made one."""
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(words.split())
