"""Public papers as web pages: the figures of each force, as in the paper's public edition."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.papers import author_of
from recommendations.models import PublicPaper, ScrutinyReport


@dataclass(frozen=True, kw_only=True)
class PublicPart:
    """A force of a public paper: `slug` is its part of the address."""

    slug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PublicEdition:
    """One force's paper as filed. `place` is its index among the paper's forces, from 0."""

    part: PublicPart
    place: int
    figures: Figures
    author: str
    finalised_at: datetime.datetime
    withdrawn: bool


def parts_to_read(paper: int) -> list[PublicPart]:
    """The forces of a paper (its id) in chapter order. One query."""
    found = _parts(paper).values_list("force__slug", "force__name")
    return [PublicPart(slug=slug, name=name) for slug, name in found]


def find_edition(slug: str, start: datetime.date, end: datetime.date, issue: int, part: str) -> PublicEdition | None:
    """A force's part of a public paper, withdrawn or not, or None. Three queries."""
    here = {"paper__start": start, "paper__end": end, "paper__issue": issue}
    row = PublicPaper.on_file.filter(slug=slug, **here).order_by("-published_at", "-pk").first()
    return _edition(row.paper_id, part, withdrawn=row.withdrawn_at is not None) if row else None


def _edition(paper: int, part: str, *, withdrawn: bool) -> PublicEdition | None:
    slugs = [each.slug for each in parts_to_read(paper)]
    if part not in slugs:
        return None
    facts = ("figures", "finalised_at", "force__slug", "prepared_by__name")
    found = _parts(paper).select_related("force", "prepared_by").only(*facts).get(force__slug=part)
    assert found.finalised_at  # what is public is finalised (paper_finalised_is_whole)
    figures = Figures.from_json(found.figures)
    return PublicEdition(
        part=PublicPart(slug=part, name=figures.force),
        place=slugs.index(part),
        figures=figures,
        author=author_of(found),
        finalised_at=found.finalised_at,
        withdrawn=withdrawn,
    )


def _parts(paper: int) -> QuerySet[ScrutinyReport]:
    """The paper itself if it is on one force, else its parts."""
    # without visible_to: what is public, for everybody
    found = ScrutinyReport.objects.filter(Q(pk=paper) | Q(part_of=paper), force__isnull=False)
    return found.order_by("force__name", "pk")
