"""Made-up numbers of charts that agree with the made-up figures (samples.py)."""

from datetime import date, timedelta

from recommendations.domain.papers.data.charts import AgeBand, Charts, ColourCount, KindColours, Quarter
from recommendations.domain.papers.data.lines import RegisterEntry
from recommendations.domain.papers.data.paper import Sum

LABELS = ("under 6 months", "6 to 12 months", "1 to 2 years", "2 to 3 years", "3 to 4 years", "4 years or more")
COLOURS = ("red", "amber", "green", "grey")


def charts(entries: list[RegisterEntry], total: Sum) -> Charts:
    """What the charts show of `entries`; the last one that is open is the only area for improvement."""
    shown = [entry for entry in entries if entry.rag != "blue"]
    kinds = {"Recommendations": shown[:-1], "In a cause of concern": [], "Areas for improvement": shown[-1:]}
    return Charts(
        by_colour=tuple(KindColours(kind=kind, colours=_colours(of)) for kind, of in kinds.items()),
        quarters=_quarters(total),
        since=date(2020, 1, 5),
        ages=tuple(_band(label, shown[place::6]) for place, label in enumerate(LABELS)),
    )


def _colours(entries: list[RegisterEntry]) -> tuple[ColourCount, ...]:
    return tuple(
        ColourCount(rag=rag, word=rag.capitalize(), count=sum(entry.rag == rag for entry in entries)) for rag in COLOURS
    )


def _band(label: str, entries: list[RegisterEntry]) -> AgeBand:
    return AgeBand(label=label, overdue=sum(entry.rag == "red" for entry in entries), open=len(entries))


def _quarters(total: Sum) -> tuple[Quarter, ...]:
    """The last as the sum says; before it two come and one leaves or none, from the end backwards."""
    found, still_open = [], total.closing
    for number in range(7, -1, -1):
        came, went = (total.new + total.reopened, total.closed) if number == 7 else (min(2, still_open), number % 2)
        start, end = _first(number), _first(number + 1) - timedelta(days=1)
        label = f"{start:%b}–{end:%b %Y}"
        found.append(Quarter(label=label, start=start, end=end, opened=came, closed=went, open=still_open))
        still_open += went - came
    return tuple(reversed(found))


def _first(number: int) -> date:
    """The first day of a quarter; the first of eight is October to December 2024."""
    months = 2024 * 12 + 9 + 3 * number
    return date(months // 12, months % 12 + 1, 1)
