"""The page of a joint paper: its totals, and each force's part with its state, gaps and counts."""

import datetime
from typing import Any, NamedTuple

from recommendations.documents.papers.joint_document import HEADS, joint_paper
from recommendations.domain.papers import factual_check_status, papers
from recommendations.domain.papers.joint.data import ForceLine
from recommendations.domain.papers.joint.papers import CompiledJoint, compile_joint, stored_joint_figures
from recommendations.domain.papers.missing import part_gaps
from recommendations.models import FactualCheck, ScrutinyReport, User
from recommendations.periods import Period, london_day
from recommendations.permissions import May
from recommendations.views.papers.builds import builds_of
from recommendations.views.papers.status import life_of


class PartRow(NamedTuple):
    """A part in the table. `cells` are its counts with their headings; `before` is the paper to compare it with.
    `state` and `gaps` are filled for the office while the paper is a draft.
    """

    paper: ScrutinyReport
    line: ForceLine
    cells: list[tuple[str, int]]
    state: str
    gaps: list[str]
    problems: list[str]
    before: ScrutinyReport | None


def joint_page(paper: ScrutinyReport, user: User, at: datetime.datetime) -> dict:
    """The joint paper with live or filed counts. Its chapters are not on the page."""
    compiled = compile_joint(paper=paper, known_at=at) if paper.is_draft else stored_joint_figures(paper)
    created_at = at if paper.is_draft else paper.finalised_at
    said: dict[str, Any] = {"author": papers.author_of(paper), "created_at": created_at, "draft": paper.is_draft}
    may_draft = user.has_perm(May.DRAFT_PAPER)
    may_finalise = paper.is_draft and user.has_perm(May.FINALISE_PAPER)
    waits_for = _waits_for(paper, compiled, papers.own_work(paper, user) if may_finalise else "", at)
    return {
        "paper": paper,
        "period": Period(paper.start, paper.end),
        "document": joint_paper(compiled.figures, (), **said),
        "figures": compiled.figures,
        "rows": _rows(paper, compiled, user, at),
        "before": None if paper.is_draft else _previous_paper(user, paper),
        "total": list(zip(HEADS, compiled.figures.total, strict=True)),
        **life_of(paper, user, at),
        **builds_of(paper, at),
        "may_check": False,
        "may_finalise": may_finalise and not waits_for,
        "waits_for": waits_for,
        "may_write": paper.is_draft and may_draft,
        "may_see_history": may_draft,
        "may_correct": not paper.is_draft and may_draft and not hasattr(paper, "replaced_by"),
    }


def _waits_for(paper: ScrutinyReport, compiled: CompiledJoint, own: str, at: datetime.datetime) -> str:
    """Why a draft cannot be finalised yet, or by this user; names the force if it is because of one part."""
    if not paper.is_draft:
        return ""
    if paper.end >= london_day(at):
        return "The period has not ended yet."
    kept_up = set(paper.parts.filter(factual_check_status.awaiting_check(london_day(at))).values_list("pk", flat=True))
    for part, figures in compiled.parts:
        if part.pk in kept_up or not figures.reconciles:
            return f"{part.force}: {papers.why_not_finalised(part, figures, at)}"
    return papers.why_not_finalised(paper, compiled.figures, at) or own


def _rows(paper: ScrutinyReport, compiled: CompiledJoint, user: User, at: datetime.datetime) -> list[PartRow]:
    checked = paper.is_draft and user.has_perm(May.DRAFT_PAPER)
    states = _states([part for part, _ in compiled.parts], at) if checked else {}
    return [
        PartRow(
            paper=part,
            line=line,
            cells=list(zip(HEADS, line.cells, strict=True)),
            state=states.get(part.pk, "Not sent to the force") if checked else "",
            gaps=part_gaps(figures) if checked else [],
            problems=figures.differences,
            before=None if paper.is_draft else _previous_paper(user, part),
        )
        for (part, figures), line in zip(compiled.parts, compiled.figures.forces, strict=True)
    ]


def _previous_paper(user: User, paper: ScrutinyReport) -> ScrutinyReport | None:
    """The paper of the same force, or the joint one, with which this one is compared by default."""
    return papers.earlier_paper(ScrutinyReport.objects.visible_to(user).only("pk"), paper)


def _states(parts: list[ScrutinyReport], at: datetime.datetime) -> dict[int, str]:
    """Part id → the state of its newest check. One query."""
    # without visible_to: checks of the parts of a paper that is visible
    checks = FactualCheck.objects.filter(paper__in=parts).select_related("paper").defer("paper__figures")
    return {
        check.paper_id: factual_check_status.state_of(check, london_day(at))
        for check in checks.order_by("sent_at", "pk")
    }
