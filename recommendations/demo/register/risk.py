"""The office's themes. The risk of each recommendation and why it is late are in its story (reports/*.toml)."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.domain.people import records
from recommendations.enums import Vocabulary
from recommendations.models import Label

THEMES = {
    "custody": "Custody",
    "data": "Data and recording",
    "people": "People and training",
    "roads": "Roads",
    "technology": "Technology",
    "trust": "Public confidence",
    "vulnerability": "Vulnerable people",
}


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, key in enumerate(THEMES):
        yield -210, (place,), partial(_theme, office, key)


def _theme(office, key: str, at) -> None:
    label = Label(vocabulary=Vocabulary.THEME, key=key, words=THEMES[key])
    records.keep(record=label, by=office.people["administrator"], at=at)
