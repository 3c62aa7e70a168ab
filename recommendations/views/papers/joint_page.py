"""The page of a joint paper: its totals, and each force's part with its state, gaps and counts."""

import datetime
from typing import Any, NamedTuple

from recommendations.documents.papers.joint_document import HEADS, joint_paper
from recommendations.domain.papers import factual_check_status, papers
from recommendations.domain.papers.joint.data import ForceLine
from recommendations.domain.papers.joint.papers import CompiledJoint, compile_joint, kept_joint
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


def joint_page(found: ScrutinyReport, user: User, at: datetime.datetime) -> dict:
    """The joint paper with live or filed counts. Its chapters are not on the page."""
    compiled = compile_joint(paper=found, known_at=at) if found.is_draft else kept_joint(found)
    created_at = at if found.is_draft else found.finalised_at
    said: dict[str, Any] = {"author": papers.author_of(found), "created_at": created_at, "draft": found.is_draft}
    may_draft = user.has_perm(May.DRAFT_PAPER)
    may_finalise = found.is_draft and user.has_perm(May.FINALISE_PAPER)
    waits_for = _waits_for(found, compiled, papers.own_work(found, user) if may_finalise else "", at)
    return {
        "paper": found,
        "period": Period(found.start, found.end),
        "document": joint_paper(compiled.figures, (), **said),
        "figures": compiled.figures,
        "rows": _rows(found, compiled, user, at),
        "before": None if found.is_draft else _before(user, found),
        "total": list(zip(HEADS, compiled.figures.total, strict=True)),
        **life_of(found, user, at),
        **builds_of(found, at),
        "may_check": False,
        "may_finalise": may_finalise and not waits_for,
        "waits_for": waits_for,
        "may_write": found.is_draft and may_draft,
        "may_see_history": may_draft,
        "may_correct": not found.is_draft and may_draft and not hasattr(found, "replaced_by"),
    }


def _waits_for(found: ScrutinyReport, compiled: CompiledJoint, own: str, at: datetime.datetime) -> str:
    """Why a draft cannot be finalised yet, or by this user; names the force if it is because of one part."""
    if not found.is_draft:
        return ""
    if found.end >= london_day(at):
        return "The period has not ended yet."
    kept_up = set(found.parts.filter(factual_check_status.kept_up(london_day(at))).values_list("pk", flat=True))
    for part, figures in compiled.parts:
        if part.pk in kept_up or not figures.reconciles:
            return f"{part.force}: {papers.why_not_finalised(part, figures, at)}"
    return papers.why_not_finalised(found, compiled.figures, at) or own


def _rows(found: ScrutinyReport, compiled: CompiledJoint, user: User, at: datetime.datetime) -> list[PartRow]:
    checked = found.is_draft and user.has_perm(May.DRAFT_PAPER)
    states = _states([part for part, _ in compiled.parts], at) if checked else {}
    return [
        PartRow(
            paper=part,
            line=line,
            cells=list(zip(HEADS, line.cells, strict=True)),
            state=states.get(part.pk, "Not sent to the force") if checked else "",
            gaps=part_gaps(figures) if checked else [],
            problems=figures.differences,
            before=None if found.is_draft else _before(user, part),
        )
        for (part, figures), line in zip(compiled.parts, compiled.figures.forces, strict=True)
    ]


def _before(user: User, paper: ScrutinyReport) -> ScrutinyReport | None:
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
