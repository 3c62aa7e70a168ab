"""Whether a text seems to hold the name of a person: a simple rule, by which a form asks once and refuses nothing.

A title and a capitalised word ("Mr Reed", "Mrs J. Reed"), two capitalised words after "the death of", and capitalised
words or initials after "the late". Other names are not found, and some of what is found is no name.
"""

import re

TITLES = "Mr|Mrs|Ms|Miss|Mx|Master|Dr|Prof|Professor|Sir|Dame|Baby"
_WORD = r"[A-Z][\w’'-]*\w"
_INITIALS = r"(?:[A-Z]\.? ?){1,3}(?!\w)"
_NAME = rf"(?:{_INITIALS} ?)?{_WORD}(?: {_WORD})*"
_FOUND = re.compile(
    rf"\b(?:(?:{TITLES})\.? (?:{_NAME}|{_INITIALS})"
    rf"|[Dd]eaths? of (?P<dead>(?:{_WORD}|{_INITIALS}) ?{_WORD}(?: {_WORD})*)"
    rf"|[Tt]he late (?P<late>{_NAME}|{_INITIALS}))"
)


def names_in(text: str) -> tuple[str, ...]:
    """What seems to be the name of a person in a text, each once, in its order."""
    joined = " ".join(text.split())
    found = (match["dead"] or match["late"] or match[0] for match in _FOUND.finditer(joined))
    return tuple(dict.fromkeys(each.strip() for each in found))
