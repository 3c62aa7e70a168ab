"""Search entries for indicators: what is counted, by which definition, from where."""

from collections.abc import Iterator

from recommendations.domain.search.sources import SearchDocument, source
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import Indicator
from recommendations.periods import london_day
from recommendations.sections import Section


@source(Indicator, section=Section.INDICATORS)
def indicators(row: Indicator) -> Iterator[SearchDocument]:
    """An indicator's name, definition and source, for the office and its force."""
    yield SearchDocument(
        kind=SearchKind.INDICATOR,
        speaker=Speaker.OFFICE,
        readers=Readers.FORCE,
        force=row.force_id,
        record=row.pk,
        address=row.get_absolute_url(),
        title=row.name,
        about="indicator",
        names=(row.name, "indicator"),
        text=f"{row.definition}\n{row.source}",
        by=row.recorded_by_id,
        day=london_day(row.recorded_at),
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )
