"""The life of a scrutiny report: drafted by one person, finalised by another, replaced by a corrected issue.

What was finalised never changes: its figures and its bytes are kept, and nothing recomputes them.
"""

import datetime
import hashlib

from django.db.models import Q, QuerySet

from recommendations.domain.check_rows import checked_words, kept_up, why_not_yet
from recommendations.domain.committee_requests import keep_answers
from recommendations.domain.figures import Figures
from recommendations.domain.paper_words import begin_with, words_of
from recommendations.domain.records import locked
from recommendations.domain.refusals import NotAllowed, Refusal
from recommendations.domain.request_rows import requests_of
from recommendations.enums import PaperState
from recommendations.models import Force, IssuedFile, RequestAnswer, ScrutinyReport
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import verb

# (state, verb) → (next state, who may)
TRANSITIONS = {
    ("draft", "finalise"): ("finalised", May.FINALISE_PAPER),
    ("finalised", "correct"): ("draft", May.DRAFT_PAPER),
}


def prepare(*, force: Force, start: datetime.date, end: datetime.date, by, at, panel=None) -> ScrutinyReport:
    """Start a draft for a force and a period. Its figures are live until it is finalised.

    Raises Refusal for a period that ends before it begins or has not begun, or that has a paper already.
    """
    with verb("prepare_paper", by=by, at=at) as act:
        if end < start:
            raise Refusal(f"The period ends on {say(end)}, before it begins on {say(start)}.", "end")
        if start > london_day(at):
            raise Refusal(f"The period begins on {say(start)}, in the future.", "start")
        Force.objects.select_for_update().get(pk=force.pk)
        same = ScrutinyReport.objects.filter(force=force, start=start, end=end).order_by("-issue").first()
        if same:
            raise Refusal("There is a paper for this force and period already. Open it to correct it.", "end")
        act.subject = act.save(
            ScrutinyReport(force=force, panel=panel, start=start, end=end, prepared_at=at, prepared_by=by)
        )
    return act.subject


def before_it(papers: QuerySet, paper: ScrutinyReport) -> ScrutinyReport | None:
    """The newest finalised one among these `papers` that is of the same force and ends before this one, if any."""
    earlier = papers.filter(force=paper.force_id, state=PaperState.FINALISED, end__lt=paper.end)
    return earlier.order_by("-end", "-issue").first()


def why_not_compared(first: ScrutinyReport, second: ScrutinyReport) -> str:
    """Why two papers cannot be held side by side, in words; nothing where they can."""
    if first == second:
        return "This is one paper twice. Choose two different ones."
    if first.is_draft or second.is_draft:
        return "A draft keeps no figures yet. Compare it when it is finalised."
    if first.force_id != second.force_id:
        return f"These papers are of two forces, {first.force} and {second.force}. Choose two of one force."
    return ""


def check_can_finalise(paper: ScrutinyReport, figures: Figures, *, by, at: datetime.datetime) -> None:
    """Raise NotAllowed for whoever prepared it or wrote its words last, Refusal for a period that runs, a check by
    the force that is not over, or a sum that does not add up."""
    if not paper.is_draft:
        raise Refusal("This paper is finalised already. Its figures and its file are kept as they were.")
    if by is not None and (own := own_work(paper, by)):
        raise NotAllowed(own)
    if paper.end >= london_day(at):
        raise Refusal(f"The period runs until {say(paper.end)}. Finalise the paper after that day.")
    if why_not := why_not_yet(paper, london_day(at)):
        raise Refusal(why_not)
    if not figures.reconciles:
        raise Refusal("The sum does not add up: " + " ".join(figures.differences))


def own_work(paper: ScrutinyReport, user) -> str:
    """Why this person cannot finalise a draft that others can: what of it is their own; empty where nothing is."""
    if paper.prepared_by_id == user.pk:
        return "You prepared this paper, so another approving officer finalises it."
    if words_of(paper).written_by_id == user.pk:
        return "You wrote the words of this paper, so another approving officer finalises it."
    if RequestAnswer.objects.filter(paper=paper, written_by=user).exists():
        return "You wrote an answer to the committee in this paper, so another approving officer finalises it."
    return ""


def to_finalise(papers: QuerySet, user, day: datetime.date) -> QuerySet:
    """The papers among these that `user` could finalise on a London day: drafts of others, of a period that is over."""
    return (
        papers.filter(state=PaperState.DRAFT, end__lt=day)
        .exclude(prepared_by=user)
        .exclude(kept_up(day))
        .exclude(Q(words__written_by=user) | Q(answers__written_by=user))
    )


def finalise(*, paper: ScrutinyReport, figures: Figures, content: bytes, by, at: datetime.datetime) -> ScrutinyReport:
    """Keep the figures and the file for ever. `content` is the PDF of exactly these figures, made before this call.

    Of two people who finalise at once the second is refused. Raises as check_can_finalise.
    """
    with verb("finalise_paper", by=by, at=at, subject=paper) as act:
        paper = locked(paper)
        check_can_finalise(paper, figures, by=by, at=at)
        if figures.front and figures.front.version != (words_of(paper).version or 0):
            raise Refusal("Its words were changed while its file was made. Read them, then finalise it again.")
        if figures.requests != requests_of(paper, figures.known_at):
            raise Refusal("Its answers to the committee were changed while its file was made. Finalise it again.")
        if figures.checked != checked_words(paper, figures.known_at):
            raise Refusal("What its check by the force says was changed while its file was made. Finalise it again.")
        file = act.save(
            IssuedFile(name=file_name(paper), sha256=hashlib.sha256(content).hexdigest(), content=content, issued_at=at)
        )
        paper.state = PaperState.FINALISED
        paper.finalised_at, paper.finalised_by, paper.known_at = at, by, figures.known_at
        paper.figures, paper.file = figures.to_json(), file
        act.save(paper)
    return paper


def correct(*, paper: ScrutinyReport, by, at: datetime.datetime) -> ScrutinyReport:
    """Start a new issue of a finalised paper. It names the old one, which stays as it is, and begins with its words."""
    with verb("correct_paper", by=by, at=at) as act:
        paper = locked(paper)
        if paper.is_draft:
            raise Refusal("This paper is a draft: its figures are live, and need no correction.")
        later = ScrutinyReport.objects.filter(replaces=paper).first()
        if later:
            raise Refusal(f"Issue {later.issue} corrects this paper already.")
        act.subject = act.save(
            ScrutinyReport(
                force=paper.force,
                panel=paper.panel,
                start=paper.start,
                end=paper.end,
                issue=paper.issue + 1,
                replaces=paper,
                prepared_at=at,
                prepared_by=by,
            )
        )
        begin_with(act, act.subject, paper)
        keep_answers(act, act.subject, paper)
    return act.subject


def file_name(paper: ScrutinyReport) -> str:
    """A name that a clerk can file: scrutiny-report-westmarch-2026-07-01-to-2026-09-30-issue-1.pdf."""
    return f"scrutiny-report-{paper.force.slug}-{paper.start}-to-{paper.end}-issue-{paper.issue}.pdf"
