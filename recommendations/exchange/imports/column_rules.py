"""Which columns of a table can be which fields together: the page and the command line refuse the same."""

from collections.abc import Sequence

from recommendations.domain.register.sheet_columns import BY_KEY, FIELDS

# Columns that may hold the same: every update counts, and targets follow one another.
SEVERAL = ("update", "target_on")
COMES_IN = frozenset(field.key for field in FIELDS if field.comes_in)
NO_TELLING = "Say which column holds the recommendations’ words, or their references."


def wrong_columns(headings: Sequence[str], said: dict[str, str]) -> list[tuple[int, str]]:
    """What is wrong with columns (place as text → field key): the place of a column, and the message."""
    wrong = [] if {"text", "reference"} & set(said.values()) else [(0, NO_TELLING)]
    for key in dict.fromkeys(key for key in said.values() if key):
        places = [int(place) for place, each in said.items() if each == key]
        if len(places) > 1 and key not in SEVERAL:
            names = " and ".join(f"“{headings[place]}”" for place in places)
            wrong.append((places[-1], f"{names} can’t all be {BY_KEY[key].heading}. Leave out all but one."))
    return wrong
