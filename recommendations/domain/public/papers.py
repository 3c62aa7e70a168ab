"""Public papers: published by an approving officer at a readable address, and withdrawn with a reason.

Drafts, closed papers and unpublished ones are never included; of a withdrawn one only the address, the day and the
reason.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Length

from recommendations.domain.forces.in_force import body_name
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.papers import parts_of
from recommendations.domain.papers.papers import forces_slug
from recommendations.domain.papers.public_edition import leaves_out
from recommendations.domain.writing.records import lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Marking, PaperState
from recommendations.enums.search import Readers
from recommendations.models import IssuedFile, Panel, PublicPaper, ScrutinyReport, SearchEntry, User
from recommendations.periods import Period, london_day
from recommendations.search_words import NO_WORDS, SearchWords
from recommendations.trail import verb

DRAFT = "This paper is a draft. Finalise it first."
CLOSED = "This is a closed paper. It is never made public."
PUBLIC = "This paper is public already."
NO_EDITION = "It names panels that are not public, and has no edition without them. Correct it: the next issue has one."
ONLY_OFFICIAL = "Only what is marked OFFICIAL is made public."
FILES = ("public_file", "file")  # the public's file: the first of these that exists


@dataclass(frozen=True, kw_only=True)
class PublishedPaper:
    """A paper (its id) at a public address. `corrects` and `replaced_by` are public issues."""

    paper: int
    slug: str
    start: datetime.date
    end: datetime.date
    issue: int
    force_name: str
    body_name: str
    published_on: datetime.date
    size: int
    corrects: int | None = None
    replaced_by: int | None = None
    withdrawn_on: datetime.date | None = None
    withdrawn_why: str = ""

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def heading(self) -> str:
        """ "Westmarch Police: scrutiny report, Q1 2026/27, April to June 2026"."""
        return f"{self.force_name}: scrutiny report, {self.period.label}"


def publish_paper(*, paper: ScrutinyReport, by: User | None, at: datetime.datetime) -> PublicPaper:
    """Publish a finalised paper. Its address keeps today's words.

    Raises Refusal for the reasons in `why_not_public`, or if another paper has the address.
    """
    with verb("publish_paper", by=by, at=at) as act:
        paper = lock_row(paper)
        if why_not := why_not_public(paper):
            raise Refusal(why_not)
        slug = forces_slug(paper)
        same = PublicPaper.on_file.filter(slug=slug, **_address(paper.start, paper.end, paper.issue))
        if same.exclude(paper=paper).exists():
            raise Refusal("Another paper had this public address.", code="address-taken")
        words = {"slug": slug, "force_name": paper.about_then, "body_name": body_name(london_day(at))}
        act.subject = act.save(PublicPaper(paper=paper, published_at=at, published_by=by, **words))
    return act.subject


def why_not_public(paper: ScrutinyReport) -> str:
    """Why a paper can't be published, or ""."""
    if paper.is_draft:
        return DRAFT
    if paper.closed:
        return CLOSED
    if (paper.figures or {}).get("marking", Marking.OFFICIAL.label) != Marking.OFFICIAL.label:
        return ONLY_OFFICIAL
    if paper.part_of_id:
        return "This is a part of a joint paper. Make that one public."
    if why_not := _panel_problem(paper):
        return why_not
    later = ScrutinyReport.objects.filter(replaces=paper, state=PaperState.FINALISED).first()
    if later:
        return f"Issue {later.issue} replaces this paper. Make that one public."
    return PUBLIC if PublicPaper.objects.filter(paper=paper).exists() else ""


def _panel_problem(paper: ScrutinyReport) -> str:
    """Why a panel in its filed figures keeps it from being public; empty if none does."""
    attendance = [line for figures in _stored_figures(paper) for line in figures.attendance or ()]
    shown = {line.panel for line in attendance if line.public}
    hidden = shown - set(Panel.objects.for_the_public().filter(name__in=shown).values_list("name", flat=True))
    if hidden:
        return (
            f"It prints the attendance at {min(hidden)}, which is not public now. Correct it: the next issue will not."
        )
    if left_out_words(paper) and not paper.public_file_id:
        return NO_EDITION
    return ""


def left_out_words(paper: ScrutinyReport) -> str:
    """What the public edition of a finalised paper says it leaves out; empty if nothing."""
    return leaves_out(_stored_figures(paper))


def _stored_figures(paper: ScrutinyReport) -> list[Figures]:
    """The figures that a finalised paper keeps; of a joint one those of its parts."""
    papers = parts_of(paper) if paper.is_joint else [paper]
    return [Figures.from_json(each.figures) for each in papers]


def withdraw_public_paper(
    *, publication: PublicPaper, reason: str, by: User | None, at: datetime.datetime
) -> PublicPaper:
    """Withdraw a public paper with a reason, which is public too. Raises Refusal if it was withdrawn already."""
    with verb("withdraw_public_paper", by=by, at=at, reason=reason, subject=publication) as act:
        publication = PublicPaper.on_file.select_for_update().get(pk=publication.pk)
        return mark_withdrawn(act, publication, needs="Say why it is withdrawn. The reason is public.")


def publication_of(paper: ScrutinyReport) -> PublicPaper | None:
    """The latest publication of a paper, even if it was withdrawn."""
    return PublicPaper.on_file.filter(paper=paper).select_related("published_by").first()


def list_public_papers(words: SearchWords = NO_WORDS) -> list[PublishedPaper]:
    """Every public paper not withdrawn, newest period first; of a corrected one only the newest issue. One query.

    With `words` only those that contain them all, in a second query.
    """
    rows = _rows(PublicPaper.objects.order_by("-paper__end", "-paper__start", "force_name", "-paper__issue"))
    found = [each for each in _published_papers(rows) if not each.replaced_by]
    if not words.typed:
        return found
    having = _papers_containing(words)
    return [each for each in found if each.paper in having]


def _papers_containing(words: SearchWords) -> set[int]:
    said = SearchEntry.objects.filter(source="publicpaper", readers=Readers.PUBLIC).standing(None)
    rows = PublicPaper.objects.filter(said.between_them(words, "record", of="paper"))
    return set(rows.values_list("paper", flat=True))


def find_paper(slug: str, start: datetime.date, end: datetime.date, issue: int) -> PublishedPaper | None:
    """The paper at an address, even if it was withdrawn; None if nothing was ever public there. One query."""
    issues = PublicPaper.on_file.filter(slug=slug, paper__start=start, paper__end=end)
    newest = {row.paper.issue: row for row in reversed(_rows(issues.order_by("-published_at", "-pk")))}
    return next((each for each in _published_papers(newest.values()) if each.issue == issue), None)


def find_paper_file(slug: str, start: datetime.date, end: datetime.date, issue: int) -> tuple[IssuedFile, bool] | None:
    """The PDF at an address, its bytes deferred, and whether it was withdrawn. One query."""
    rows = PublicPaper.on_file.filter(slug=slug, **_address(start, end, issue)).select_related(
        *(f"paper__{file}" for file in FILES)
    )
    facts = [f"paper__{file}__{name}" for file in FILES for name in ("name", "media_type", "sha256")]
    row = rows.only("withdrawn_at", *facts).order_by("-published_at", "-pk").first()
    if row is None:
        return None
    file = row.paper.public_file or row.paper.file
    assert file is not None  # what is public is finalised (paper_finalised_is_whole)
    return file, row.withdrawn_at is not None


def _address(start: datetime.date, end: datetime.date, issue: int) -> dict:
    return {"paper__start": start, "paper__end": end, "paper__issue": issue}


def _rows(publications: QuerySet) -> list[PublicPaper]:
    rows = publications.select_related("paper").defer("paper__figures")
    return list(rows.annotate(size=Length(Coalesce(*(f"paper__{file}__content" for file in FILES)))))


def _published_papers(rows: Iterable[PublicPaper]) -> list[PublishedPaper]:
    """These as PublishedPaper. Corrections refer only to public issues that are not withdrawn."""
    rows = list(rows)
    standing: dict[int | None, int] = {row.paper_id: row.paper.issue for row in rows if not row.withdrawn_at}
    replaced = {row.paper.replaces_id: row.paper.issue for row in rows if not row.withdrawn_at}
    return [
        PublishedPaper(
            paper=row.paper_id,
            slug=row.slug,
            start=row.paper.start,
            end=row.paper.end,
            issue=row.paper.issue,
            force_name=row.force_name,
            body_name=row.body_name,
            published_on=london_day(row.published_at),
            size=row.size,
            corrects=standing.get(row.paper.replaces_id),
            replaced_by=replaced.get(row.paper_id),
            withdrawn_on=london_day(row.withdrawn_at) if row.withdrawn_at else None,
            withdrawn_why=row.withdrawn_why,
        )
        for row in rows
    ]
