"""Words as sentences: a full stop where none is, a capital letter, the article of a title."""

import re

ENDS = (".", "!", "?", "…")
CLOSERS = "”’)\"'"
NEXT_BODY = re.compile(r"(?<=\))(, | and )(?!the )")


def sentence(words: str) -> str:
    """The words with a full stop, unless they end as a sentence does."""
    words = words.rstrip()
    return f"{words}." if words and not words.rstrip(CLOSERS).endswith(ENDS) else words


def capitalised(words: str) -> str:
    """The words with a capital letter first, and the others as they are."""
    return words[:1].upper() + words[1:]


def with_article(title: str) -> str:
    """A body's title as a sentence names it: "the Police and Crime Commissioner for the Marches". Of several bodies,
    each with its days, every one of them."""
    several = NEXT_BODY.sub(r"\1the ", title)
    return several if not title or title.lower().startswith("the ") else f"the {several}"
