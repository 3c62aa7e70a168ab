"""Search entries for public papers: the office's texts, and the register by inspection."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from recommendations.domain.search.sources import RestsOn, SearchDocument, source
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import PublicPaper, RedactedFiling, ScrutinyReport
from recommendations.periods import Period, london_day

PARTS = Prefetch("parts", ScrutinyReport.objects.select_related("force").order_by("force__name", "pk"))
OFFICE_SAYS = ("view_words", "remark_colours", "remark_quarters", "remark_ages")
VOICES = ("force", "office", "hmicfrs")


@source(
    PublicPaper,
    related=("paper__force",),
    fetched={"paper": (PARTS, "redactions", "parts__redactions")},
    rests_on=(
        RestsOn(RedactedFiling, "paper__redactions", {"id"}),
        RestsOn(RedactedFiling, "paper__parts__redactions", {"id"}),
    ),
)
def public_papers(row: PublicPaper) -> Iterator[SearchDocument]:
    """The texts printed in a public edition: an entry for the office's own, and one for each inspection.

    Finalised papers never change. One with words redacted since is not searched; its correction is.
    """
    paper = row.paper
    forces = list(paper.parts.all()) if paper.is_joint else [paper]
    if any(each.redactions.all() for each in (paper, *forces)):
        return
    name = f"{row.force_name}: {Period(paper.start, paper.end).label}"
    for of in forces:
        for part, title, text in _texts(of.figures or {}):
            yield SearchDocument(
                kind=SearchKind.PAPER,
                speaker=Speaker.OFFICE,
                readers=Readers.PUBLIC,
                force=of.force_id,
                record=paper.pk,
                address=row.get_public_url(),
                title=title or name,
                about=f"in the public paper {name}" if title else "what the office says in its public paper",
                names=(row.force_name, of.own_force.name, "scrutiny report paper"),
                text=text,
                by=row.published_by_id,
                day=london_day(row.published_at),
                recorded_at=row.published_at,
                withdrawn_at=row.withdrawn_at,
                part=f"{of.pk} {part}".strip(),
            )


def _texts(figures: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """For each text in a paper's figures its part, the inspection it is about, and the text."""
    front = figures.get("front") or {}
    said = [front.get(name) for name in OFFICE_SAYS]
    said += [
        *front.get("asked", ()),
        *(each["words"] for each in front.get("matters", ())),
        *front.get("questions", ()),
    ]
    if text := "\n".join(filter(None, said)):
        yield "", "", text
    for place, part in enumerate(figures.get("register", ())):
        yield str(place), part["title"], "\n".join(line for entry in part["entries"] for line in _lines(entry))


def _lines(entry: dict[str, Any]) -> Iterator[str]:
    """The texts of a register line, and each voice's latest words."""
    yield f"{entry['reference']}. {entry['heading']}"
    yield from (entry["text"], *entry.get("limbs", ()))
    yield from filter(None, ((entry.get(voice) or {}).get("words") for voice in VOICES))
