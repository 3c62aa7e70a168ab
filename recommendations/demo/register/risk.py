"""The risk of open recommendations, and causes of delay for some of Westmarch's, in its lead's words."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from typing import Any

from django.db.models import QuerySet

from recommendations.demo.office import WM
from recommendations.domain.people import records
from recommendations.domain.register.rag import OVERDUE, annotate_colours
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.enums import Vocabulary
from recommendations.enums.risk import Risk
from recommendations.models import Label, Standing, Thresholds, TrackedRecommendation
from recommendations.models.register.risk import unpack
from recommendations.periods import london_day

THEMES = {
    "custody": "Custody",
    "data": "Data and recording",
    "people": "People and training",
    "technology": "Technology",
    "vulnerability": "Vulnerable people",
}
MOST = 14  # recommendations whose risk is assessed; the others' is not
WEIGHED = (
    ("high", "Someone can come to harm before it is put right.", ("custody", "vulnerability")),
    ("medium", "Work is slower and less sure, and nobody is at risk at once.", ("data",)),
    ("high", "Victims can be left with a suspect.", ("vulnerability",)),
    ("low", "A matter of records and reports.", ("data", "technology")),
    ("medium", "Untrained staff do the work meanwhile.", ("people",)),
)
REVIEWED = "Looked at again before the board: two incidents this quarter."
# For the longest overdue first; the rest have no cause yet.
DELAYS = (
    ("resources", "Two posts are empty until the spring.", "A superintendent reads each record every morning."),
    ("technology", "The new system records it, and is not there yet.", "The registrar checks a paper list every week."),
    ("procurement", "The contract was challenged.", ""),
)


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, key in enumerate(THEMES):
        yield -210, (place,), partial(_theme, office, key)
    yield -205, (0,), partial(_weigh, office)
    yield -140, (0,), partial(_delay, office)
    yield -30, (0,), partial(_review, office)


def _theme(office, key: str, at) -> None:
    label = Label(vocabulary=Vocabulary.THEME, key=key, words=THEMES[key])
    records.keep(record=label, by=office.people["administrator"], at=at)


def _weigh(office, at) -> None:
    """Assess the risk of open recommendations, oldest first."""
    found = TrackedRecommendation.objects.open().order_by("tracked_on", "pk")[:MOST]
    for tracked, (risk, why, themes) in zip(found, cycle(WEIGHED), strict=False):
        weigh(tracked=tracked, risk=risk, why=why, themes=themes, by=office.people["officer"], at=at)


def _delay(office, at) -> None:
    """Record causes of delay for Westmarch's longest overdue recommendations."""
    rows: QuerySet[Any] = annotate_colours(Standing.objects.now(), london_day(at), Thresholds())
    late = rows.filter(force=office.forces[WM], rag=OVERDUE, counts_from__isnull=False).select_related("tracked")
    for row, (cause, words, mitigation) in zip(late.order_by("counts_from", "tracked"), DELAYS, strict=False):
        said: dict[str, Any] = {"cause": cause, "words": words, "mitigation": mitigation}
        record_delay(tracked=row.tracked, **said, by=office.people[WM], at=at)


def _review(office, at) -> None:
    """Review the first recommendation of high risk, leaving its risk unchanged."""
    row = Standing.objects.now().open().filter(risk=Risk.HIGH, force=office.forces[WM]).order_by("tracked").first()
    if row:
        themes = unpack(row.themes)
        weigh(tracked=row.tracked, risk=row.risk, why=REVIEWED, themes=themes, by=office.people["officer"], at=at)
