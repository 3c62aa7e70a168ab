"""The life cycle of a scrutiny report: drafted by one person, finalised by another, replaced by a corrected issue.

A finalised paper never changes: its figures and files are stored and never recomputed.
"""

import datetime
import hashlib
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from recommendations.domain.committees.queries import requests_of
from recommendations.domain.committees.requests import keep_answers
from recommendations.domain.forces.dates import why_not_about
from recommendations.domain.papers.data.paper import Figures, PaperFigures
from recommendations.domain.papers.factual_check_status import awaiting_check, check_sentences, why_not_yet
from recommendations.domain.papers.joint.data import JointFigures
from recommendations.domain.papers.sections.author_text import begin_with, words_of
from recommendations.domain.sources.naming import label_of
from recommendations.domain.sources.queries import sources
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import PaperState
from recommendations.models import (
    Force,
    IssuedFile,
    Panel,
    PaperWords,
    RequestAnswer,
    ScrutinyReport,
    User,
)
from recommendations.periods import Period, london_day, say
from recommendations.permissions import May
from recommendations.trail import COMMAND_LINE, VerbContext, verb

WROTE = "You wrote the words of this paper, so another approving officer finalises it."
ANSWERED = "You wrote an answer to the committee in this paper, so another approving officer finalises it."
ONE_CLOSED = "One of these is a closed paper. Choose two open ones or two closed ones."
PART = "This is a part of a joint paper. It is finalised with the joint paper."
NAMED = 4  # forces that fit in a file name

# (state, verb) → (next state, who may)
TRANSITIONS = {
    ("draft", "finalise"): ("finalised", May.FINALISE_PAPER),
    ("finalised", "correct"): ("draft", May.DRAFT_PAPER),
}


class TakenPeriod(Refusal):
    """A force already has a paper for the period. `paper` is that one, so that a page can link to it."""

    def __init__(self, message: str, paper: ScrutinyReport) -> None:
        super().__init__(message, "end", code="period-taken")
        self.paper = paper


def prepare(
    *,
    force: Force,
    start: datetime.date,
    end: datetime.date,
    by: User | None,
    at: datetime.datetime,
    panel: Panel | None = None,
    closed: bool = False,
    source: str = "",
) -> ScrutinyReport:
    """Start a draft for a force and a period. Its figures are live until it is finalised.

    A `closed` paper is about restricted recommendations; a force and period can have one as well as the open one.
    `source` is the key of the only source it is about, or "" for all: each source can have a paper as well as the
    general one. Raises Refusal if the period ends before it begins or has not begun, or the force did not exist then;
    TakenPeriod if there is such a paper already.
    """
    with verb("prepare_paper", by=by, at=at) as act:
        check_period(start, end, london_day(at))
        check_force(Force.objects.select_for_update().get(pk=force.pk), start, end)
        if same := existing_paper(force, start, end, closed, source):
            kind = "closed paper" if closed else "paper"
            raise TakenPeriod(f"There is a {kind} for this force and period already. Open it to correct it.", same)
        facts = {"closed": closed, "prepared_at": at, "prepared_by": by, **source_fields(source)}
        act.subject = act.save(ScrutinyReport(force=force, panel=panel, start=start, end=end, **facts))
    return act.subject


def source_fields(key: str) -> dict[str, str]:
    """Return the fields of a paper limited to one source, by its key. Raises Refusal for an unknown source."""
    if not key:
        return {}
    found = sources().get(key)
    if found is None:
        raise Refusal("Choose a source of the list.", "source", code="invalid-choice")
    return {"source": key, "source_word": label_of(key, found.word)}


def check_period(start: datetime.date, end: datetime.date, today: datetime.date) -> None:
    """Raise Refusal if the period ends before it begins, or begins in the future."""
    if end < start:
        raise Refusal(f"The period ends on {say(end)}, before it begins on {say(start)}.", "end")
    if start > today:
        raise Refusal(f"The period begins on {say(start)}, in the future.", "start")


def check_force(force: Force, start: datetime.date, end: datetime.date) -> None:
    """Raise Refusal if the force ended before the period, naming its successor, or began after it."""
    if why_not := why_not_about(force, start, end):
        raise Refusal(why_not, "force", code="not-in-period")


def existing_paper(
    force: Force, start: datetime.date, end: datetime.date, closed: bool = False, source: str = ""
) -> ScrutinyReport | None:
    """Return the newest issue of a force's open or closed paper for a period or, if that is a part, its joint paper.

    It covers all sources, or the one whose key is `source`. None if there is no such paper.
    """
    found = ScrutinyReport.objects.filter(force=force, start=start, end=end, closed=closed, source=source)
    found = found.select_related("part_of")
    same = found.order_by("-issue").first()
    return same and (same.part_of or same)


def open_papers_on(periods: Sequence[Period]) -> dict[Period, list[ScrutinyReport]]:
    """Return the newest issue of each force's open paper on all sources, by period and force name. One query.

    A part of a joint paper counts as its force's.
    """
    papers = ScrutinyReport.objects.filter(
        force__isnull=False, closed=False, source="", start__in=[each.start for each in periods]
    )
    papers = papers.select_related("force").defer("figures").order_by("force__name", "issue", "pk")
    newest = {(Period(paper.start, paper.end), paper.force_id): paper for paper in papers}
    return {period: [paper for (of, _), paper in newest.items() if of == period] for period in periods}


def earlier_paper(papers: QuerySet, paper: ScrutinyReport) -> ScrutinyReport | None:
    """Return the newest finalised one of `papers` for the same force that ends before this one, or None.

    Only papers that are closed or open like this one, and on the same source, count.
    """
    of_force = papers.filter(force=paper.force_id, closed=paper.closed, source=paper.source)
    earlier = of_force.filter(state=PaperState.FINALISED, end__lt=paper.end)
    return earlier.order_by("-end", "-issue").first()


def why_not_compared(first: ScrutinyReport, second: ScrutinyReport) -> str:
    """Return the reason why two papers cannot be compared, or ""."""
    if first == second:
        return "This is one paper twice. Choose two different ones."
    if first.is_draft or second.is_draft:
        return "A draft keeps no figures yet. Compare it when it is finalised."
    if first.is_joint != second.is_joint:
        return "One of these is a joint paper. Choose two joint ones, or two of one force."
    if first.force_id != second.force_id:
        return f"These papers are of two forces, {first.force} and {second.force}. Choose two of one force."
    if first.closed != second.closed:
        return ONE_CLOSED
    if first.source != second.source:
        return "These papers are on different sources. Choose two on all sources, or two on one."
    return ""


def check_can_finalise(paper: ScrutinyReport, figures: PaperFigures, *, by: User | None, at: datetime.datetime) -> None:
    """Raise if this person cannot finalise the paper now.

    NotAllowed if they prepared it or wrote its current text; Refusal if the period has not ended, a check by the force
    is not over, or the sum does not add up.
    """
    if not paper.is_draft:
        raise Refusal(
            "This paper is finalised already. Its figures and its file are kept as they were.", code="finalised"
        )
    if by is not None and (own := own_work(paper, by)):
        raise NotAllowed(own, code="own-work")
    if paper.part_of_id:
        raise Refusal(PART)
    if paper.end >= london_day(at):
        raise Refusal(f"The period runs until {say(paper.end)}. Finalise the paper after that day.")
    if why_not := why_not_finalised(paper, figures, at):
        raise Refusal(why_not)


def why_not_finalised(paper: ScrutinyReport, figures: PaperFigures, at: datetime.datetime) -> str:
    """Return the reason in the draft itself why it cannot be finalised, a check by the force or its sum, or ""."""
    if why_not := why_not_yet(paper, london_day(at)):
        return why_not
    return "" if figures.reconciles else "The sum does not add up: " + " ".join(figures.differences)


def waits_for(paper: ScrutinyReport, figures: PaperFigures, own: str, at: datetime.datetime) -> str:
    """Return the reason why a draft cannot be finalised yet, or not by the person whose `own_work` this is, or ""."""
    if not paper.is_draft:
        return ""
    if paper.end >= london_day(at):
        return "The period has not ended yet."
    if paper.part_of_id:
        return PART
    return why_not_finalised(paper, figures, at) or own


def own_work(paper: ScrutinyReport, user: User) -> str:
    """Return the reason why this person's own part in a draft bars them from finalising it, or ""."""
    if paper.prepared_by_id == user.pk:
        return "You prepared this paper, so another approving officer finalises it."
    family = [paper, *paper.parts.all()] if paper.is_joint else [paper]
    if PaperWords.objects.filter(paper__in=family, written_by=user).exists():
        return WROTE
    if RequestAnswer.objects.filter(paper__in=family, written_by=user).exists():
        return ANSWERED
    return ""


def to_finalise(papers: QuerySet, user: User, day: datetime.date) -> QuerySet:
    """Filter `papers` to those that `user` could finalise on a London day: others' drafts for finished periods."""
    return (
        papers.filter(state=PaperState.DRAFT, end__lt=day, part_of__isnull=True)
        .exclude(prepared_by=user)
        .exclude(awaiting_check(day))
        .exclude(Q(words__written_by=user) | Q(answers__written_by=user))
        .exclude(Q(parts__words__written_by=user) | Q(parts__answers__written_by=user))
    )


def finalise(
    *,
    paper: ScrutinyReport,
    figures: Figures,
    content: bytes,
    by: User | None,
    at: datetime.datetime,
    public: bytes | None = None,
) -> ScrutinyReport:
    """Save the figures and the file permanently. `content` is the PDF of exactly these figures, made beforehand.

    `public` is the public edition, if it leaves something out (domain/papers/public_edition.py). If two people finalise
    at once, the second is refused. Raises as `check_can_finalise`.
    """
    with verb("finalise_paper", by=by, at=at, subject=paper) as act:
        paper = lock_row(paper)
        check_can_finalise(paper, figures, by=by, at=at)
        check_unchanged(paper, figures)
        keep(act, paper, figures, content, public)
    return paper


def check_unchanged(paper: ScrutinyReport, figures: Figures | JointFigures, whose: str = "") -> None:
    """Raise Refusal if the text, the answers or a check by the force have changed since the figures were compiled."""
    if figures.front and figures.front.version != words_of(paper).version:
        raise Refusal(
            f"{whose}Its words were changed while its file was made. Read them, then finalise it again.",
            code="changed-meanwhile",
        )
    if isinstance(figures, JointFigures):
        return
    if figures.requests != requests_of(paper, figures.known_at):
        raise Refusal(
            f"{whose}Its answers to the committee were changed while its file was made. Finalise it again.",
            code="changed-meanwhile",
        )
    if figures.checked != check_sentences(paper, figures.known_at):
        raise Refusal(
            f"{whose}What its check by the force says was changed while its file was made. Finalise it again.",
            code="changed-meanwhile",
        )


def keep(
    act: VerbContext,
    paper: ScrutinyReport,
    figures: Figures | JointFigures,
    content: bytes,
    public: bytes | None = None,
) -> None:
    """Save figures and files permanently, inside the verb that finalises."""
    paper.file = _issue_file(act, file_name(paper), content)
    if public is not None:
        paper.public_file = _issue_file(act, f"public-{file_name(paper)}", public)
    paper.state = PaperState.FINALISED
    paper.finalised_at, paper.finalised_by, paper.known_at = act.at, act.by, figures.known_at
    paper.figures = figures.to_json()
    act.save(paper)


def _issue_file(act: VerbContext, name: str, content: bytes) -> IssuedFile:
    digest = hashlib.sha256(content).hexdigest()
    return act.save(IssuedFile(name=name, sha256=digest, content=content, issued_at=act.at))


def correct(*, paper: ScrutinyReport, by: User | None, at: datetime.datetime) -> ScrutinyReport:
    """Start a new issue of a finalised paper, with the old one's text. The old issue is named and stays unchanged.

    Raises Refusal for a draft, for a part of a joint paper, or if a new issue exists already.
    """
    with verb("correct_paper", by=by, at=at) as act:
        paper = lock_row(paper)
        if paper.is_draft:
            raise Refusal("This paper is a draft: its figures are live, and need no correction.")
        if paper.part_of_id:
            raise Refusal("This is a part of a joint paper. Correct the joint paper.", code="part-of-joint")
        later = ScrutinyReport.objects.filter(replaces=paper).first()
        if later:
            raise Refusal(f"Issue {later.issue} corrects this paper already.", code="corrected-already")
        act.subject = _next_issue(act, paper)
        for part in paper.parts.select_related("force", "panel").order_by("pk"):
            _next_issue(act, part, part_of=act.subject)
    return act.subject


def _next_issue(act: VerbContext, paper: ScrutinyReport, part_of: ScrutinyReport | None = None) -> ScrutinyReport:
    """Create the draft that corrects a paper, with the paper's text and answers."""
    facts = {
        name: getattr(paper, name) for name in ("force", "panel", "start", "end", "closed", "source", "source_word")
    }
    facts |= {"issue": paper.issue + 1, "replaces": paper, "prepared_at": act.at, "prepared_by": act.by}
    draft = act.save(ScrutinyReport(**facts, part_of=part_of))
    begin_with(act, draft, paper)
    keep_answers(act, draft, paper)
    return draft


def author_of(paper: ScrutinyReport) -> str:
    """Return the author's name for the file: the person who prepared it, or the command line."""
    return paper.prepared_by.name if paper.prepared_by else COMMAND_LINE


def file_name(paper: ScrutinyReport) -> str:
    """Return a descriptive file name: scrutiny-report-westmarch-2026-07-01-to-2026-09-30-issue-1.pdf."""
    name = "closed-scrutiny-report" if paper.closed else "scrutiny-report"
    name = f"{name}-{paper.source}" if paper.source else name
    return f"{name}-{forces_slug(paper)}-{paper.start}-to-{paper.end}-issue-{paper.issue}.pdf"


def forces_slug(paper: ScrutinyReport) -> str:
    """Return the forces for a file name: "westmarch", "joint-eastvale-westmarch", or their number if many."""
    if not paper.is_joint:
        return paper.own_force.slug
    slugs = sorted(part.own_force.slug for part in paper.parts.select_related("force"))
    return f"joint-{'-'.join(slugs) if len(slugs) <= NAMED else f'{len(slugs)}-forces'}"
