"""A joint paper as a document: page 1 about all its forces, then each force's paper as a chapter."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from recommendations.documents.papers.count_tables import CountTable
from recommendations.documents.papers.document import (
    ScrutinyPaper,
    heading_of,
    public_paper,
    scrutiny_paper,
    stylesheets_of,
    what_of,
)
from recommendations.documents.papers.register_files import register_files
from recommendations.documents.pdf.render import EmbeddedFile
from recommendations.domain.papers.data.charts import ColourCount
from recommendations.domain.papers.data.held import HeldAfterClosing
from recommendations.domain.papers.data.lines import LabelledCount
from recommendations.domain.papers.data.overdue import OverdueChange, add_changes
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.data.risk import RiskFigures
from recommendations.domain.papers.data.voices import VoicesGap
from recommendations.domain.papers.joint.additions import add_held, add_last_overdue, add_risk, add_voices
from recommendations.domain.papers.joint.data import ForceLine, JointFigures, and_of, ends_of
from recommendations.domain.papers.public_edition import leaves_out
from recommendations.domain.text.sentences import with_article

TEMPLATE = "documents/papers/joint/paper.html"
HEADS = ("Open then", "Entered", "Left", "Open now", "Overdue then", "Overdue now")
SHARED = "definitions"  # the one anchor outside themselves that chapters link to
ANCHOR = re.compile(r'( id="| href="#)([^"]+)(?=")')


class Chapter(NamedTuple):
    """A force's paper inside the joint one. `slug` prefixes its anchors."""

    slug: str
    paper: ScrutinyPaper


class KindTable(NamedTuple):
    """Opening, entered, left and closing of one kind for each force, and the totals."""

    kind: str
    rows: list[tuple[str, tuple[int, ...]]]
    total: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class JointPaper(ScrutinyPaper):
    """A paper on several forces. It prints its sum like a paper of one force."""

    figures: JointFigures  # type: ignore[assignment]  # has no entries: only chapters print those
    chapters: tuple[Chapter, ...] = ()

    @property
    def attachments(self) -> tuple[EmbeddedFile, ...]:
        """The register of each force as its own CSV and workbook."""
        return tuple(
            file for chapter in self.chapters for file in register_files(chapter.paper.figures, draft=self.draft)
        )

    @property
    def what(self) -> str:
        return what_of(*(chapter.paper.figures for chapter in self.chapters))

    @property
    def for_whom(self) -> str:
        return and_of([with_article(body) for body in dict.fromkeys(line.body for line in self.figures.forces) if body])

    @property
    def overdue_change(self) -> OverdueChange | None:
        """The change over all chapters together."""
        return add_changes([chapter.paper.overdue_change for chapter in self.chapters])

    @property
    def _parts(self) -> list[Figures]:
        return [chapter.paper.figures for chapter in self.chapters]

    @property
    def risk(self) -> RiskFigures | None:
        return add_risk(self._parts)

    @property
    def last_overdue(self) -> tuple[LabelledCount, ...] | None:
        return add_last_overdue(self._parts)

    @property
    def held(self) -> HeldAfterClosing | None:
        return add_held(self._parts)

    @property
    def voices(self) -> VoicesGap | None:
        return add_voices(self._parts)

    @property
    def by_date(self) -> tuple[LabelledCount, ...]:
        """The counts by date of all chapters."""
        counted: Counter[str] = Counter()
        for each in (count for part in self._parts for count in part.by_date):
            counted[each.label] += each.count
        return tuple(LabelledCount(label=label, count=count) for label, count in counted.items())

    def _kind_tables(self) -> Iterator[CountTable]:
        """None: page 1 has a table of kinds by force."""
        yield from ()

    @property
    def files_name(self) -> str:
        return and_of([chapter.paper.files_name for chapter in self.chapters])

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns of the table of forces."""
        return HEADS

    @property
    def colours(self) -> tuple[ColourCount, ...]:
        return self.figures.colours

    @property
    def rows(self) -> list[tuple[ForceLine, tuple[int, ...]]]:
        """Each force and its numbers, colours last."""
        keys = [colour.rag for colour in self.colours]
        return [(line, (*line.cells, *_colour_counts(line.colours, keys))) for line in self.figures.forces]

    @property
    def total(self) -> tuple[int, ...]:
        return (*self.figures.total, *(colour.count for colour in self.colours))

    @property
    def kind_tables(self) -> list[KindTable]:
        """The same four numbers for each kind."""
        return [
            KindTable(
                kind.kind,
                [
                    (line.force, ends_of(each.sum))
                    for line in self.figures.forces
                    for each in line.sums_by_kind
                    if each.kind == kind.kind
                ],
                ends_of(kind.sum),
            )
            for kind in self.figures.sums_by_kind
        ]

    @property
    def several_bodies(self) -> bool:
        """Whether more than one body holds the forces to account: then each row names its own."""
        return len({line.body for line in self.figures.forces}) > 1


def joint_paper(
    figures: JointFigures,
    parts: Sequence[tuple[str, Figures]],
    *,
    author: str,
    created_at: datetime.datetime,
    draft: bool = False,
    public: bool = False,
) -> JointPaper:
    """The joint paper of `figures`; `parts` are each force's slug and figures, in chapter order.
    `public` makes the public edition.
    """
    one = public_paper if public else scrutiny_paper
    chapters = tuple(
        Chapter(slug, one(each, author=author, created_at=created_at, draft=draft, is_chapter=True))
        for slug, each in parts
    )
    heading = heading_of(*(each for _, each in parts))
    return JointPaper(
        template=TEMPLATE,
        stylesheets=(*stylesheets_of(figures, draft=draft), "joint.css"),
        title=f"{heading}: {figures.force}, {figures.period_label}",
        figures=figures,
        chapters=chapters,
        leaves_out=leaves_out(each for _, each in parts) if public else "",
        author=author,
        created_at=created_at,
        draft=draft,
    )


def prefix_anchors(html: str, slug: str) -> str:
    """The HTML of a chapter with prefixed anchors, as parts of two forces can have the same anchor.
    Text cannot be mistaken for an attribute: its quotes are escaped.
    """
    return ANCHOR.sub(lambda found: found[0] if found[2] == SHARED else f"{found[1]}{slug}-{found[2]}", html)


def _colour_counts(colours: tuple[ColourCount, ...], keys: list[str]) -> tuple[int, ...]:
    counts = {colour.rag: colour.count for colour in colours}
    return tuple(counts.get(key, 0) for key in keys)
