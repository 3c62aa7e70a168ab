"""Words as sentences: a full stop if missing, a capital letter, the article of a title."""

import re

ENDS = (".", "!", "?", "…")
CLOSERS = "”’)\"'"
NEXT_BODY = re.compile(r"(?<=\))(, | and )(?!the )")


def sentence(words: str) -> str:
    """The words with a full stop, unless they end like a sentence."""
    words = words.rstrip()
    return f"{words}." if words and not words.rstrip(CLOSERS).endswith(ENDS) else words


def capitalise(words: str) -> str:
    """The words with their first letter in upper case, the rest unchanged."""
    return words[:1].upper() + words[1:]


def with_article(title: str) -> str:
    """A body's title inside a sentence: "the Police and Crime Commissioner for the Marches".

    In a title of several bodies each gets its article.
    """
    several = NEXT_BODY.sub(r"\1the ", title)
    return several if not title or title.lower().startswith("the ") else f"the {several}"
