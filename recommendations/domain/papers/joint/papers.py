"""Joint papers: several forces in one paper. The parts are papers on one force each, finalised with the whole.

A part is written, checked by its force and compiled like any paper, but cannot be finalised, corrected or issued on its
own.
"""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects

from recommendations import trail
from recommendations.domain.papers.compile import compile_figures, replaces_words
from recommendations.domain.papers.data.paper import FORMAT, Figures
from recommendations.domain.papers.joint.data import JointFigures, line_of, totals
from recommendations.domain.papers.papers import (
    TakenPeriod,
    check_can_finalise,
    check_force,
    check_period,
    check_unchanged,
    existing_paper,
    keep,
    prepare,
    source_fields,
    why_not_finalised,
)
from recommendations.domain.papers.sections.author_text import front_words, joint_asks, note_of, words_of
from recommendations.domain.papers.sections.policing_body import bodies_of
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Marking
from recommendations.models import Force, Panel, ScrutinyReport, User
from recommendations.periods import Period, london_day
from recommendations.trail import verb

FEWEST = 2
MARKINGS = [marking.label for marking in Marking]  # lowest first


class JointPart(NamedTuple):
    """A part of a joint paper and its figures."""

    paper: ScrutinyReport
    figures: Figures


class CompiledJoint(NamedTuple):
    """A joint paper's figures, and those of each part in chapter order."""

    figures: JointFigures
    parts: tuple[JointPart, ...]

    @property
    def differences(self) -> list[str]:
        """Every number that does not reconcile, with the force's name."""
        of_parts = [f"{figures.force}: {line}" for _, figures in self.parts for line in figures.differences]
        return of_parts or self.figures.differences


def prepare_for(
    *,
    forces: Sequence[Force],
    start: datetime.date,
    end: datetime.date,
    by: User | None,
    at: datetime.datetime,
    panel: Panel | None = None,
    closed: bool = False,
    source: str = "",
) -> ScrutinyReport:
    """Start a draft for one force, or a joint one for several. Raises as `papers.prepare` or `prepare_joint`."""
    about: dict[str, Any] = {"start": start, "end": end, "panel": panel, "closed": closed, "source": source}
    if len(forces) == 1:
        return prepare(force=forces[0], by=by, at=at, **about)
    return prepare_joint(forces=forces, by=by, at=at, **about)


def prepare_joint(
    *,
    forces: Sequence[Force],
    start: datetime.date,
    end: datetime.date,
    by: User | None,
    at: datetime.datetime,
    panel: Panel | None = None,
    closed: bool = False,
    source: str = "",
) -> ScrutinyReport:
    """Start a joint draft for two or more forces and a period, with a part for each, on all sources or on one.

    Raises Refusal as `papers.prepare` does; TakenPeriod if a force has a paper for this period, alone or in another
    joint paper.
    """
    with verb("prepare_paper", by=by, at=at) as act:
        forces = sorted({force.pk: force for force in forces}.values(), key=lambda force: force.name)
        if len(forces) < FEWEST:
            raise Refusal("Choose at least two forces for a joint paper.", "force", code="too-few")
        check_period(start, end, london_day(at))
        list(Force.objects.select_for_update().filter(pk__in=[force.pk for force in forces]).order_by("pk"))
        for force in forces:
            check_force(force, start, end)
            if same := existing_paper(force, start, end, closed, source):
                kind = "closed paper" if closed else "paper"
                raise TakenPeriod(f"{force} has a {kind} for this period already. Open it to correct it.", same)
        facts: dict[str, Any] = {"panel": panel, "start": start, "end": end, "closed": closed}
        facts |= {"prepared_at": at, "prepared_by": by, **source_fields(source)}
        act.subject = act.save(ScrutinyReport(**facts))
        for force in forces:
            act.save(ScrutinyReport(force=force, part_of=act.subject, **facts))
    return act.subject


def newest_on(forces: Sequence[Force], start: datetime.date, end: datetime.date) -> ScrutinyReport | None:
    """Return the newest issue of the open paper on exactly these forces and all sources for a period, or None."""
    papers = ScrutinyReport.objects.filter(start=start, end=end, closed=False, source="").order_by("-issue")
    if len(forces) == 1:
        return papers.filter(force=forces[0]).first()
    wanted = {force.pk for force in forces}
    joint = papers.filter(force__isnull=True).prefetch_related("parts")
    return next((paper for paper in joint if {part.force_id for part in paper.parts.all()} == wanted), None)


def parts_of(paper: ScrutinyReport) -> list[ScrutinyReport]:
    """Return the parts in chapter order, which is by force name."""
    found = paper.parts.select_related("force", "replaces", "panel", "prepared_by").order_by("force__name", "pk")
    parts = list(found.defer("replaces__figures"))
    for part in parts:
        part.part_of = paper
    return parts


def compile_paper(*, paper: ScrutinyReport, known_at: datetime.datetime) -> Figures | CompiledJoint:
    """Compile a paper, on one force or a joint one, as recorded up to `known_at` (UTC). Reads only."""
    if paper.is_joint:
        return compile_joint(paper=paper, known_at=known_at)
    return compile_figures(paper=paper, known_at=known_at)


def compile_joint(*, paper: ScrutinyReport, known_at: datetime.datetime) -> CompiledJoint:
    """Compile each part of a joint paper at the same moment (UTC), and the totals. Reads only."""
    papers = parts_of(paper)
    forces = [part.own_force for part in papers]
    prefetch_related_objects(forces, "former_details")
    bodies = bodies_of(forces, Period(paper.start, paper.end))
    parts = tuple(
        JointPart(part, compile_figures(paper=part, known_at=known_at, body=bodies[part.own_force.pk]))
        for part in papers
    )
    return CompiledJoint(joint_figures(paper, parts, known_at), parts)


def stored_joint_figures(paper: ScrutinyReport) -> CompiledJoint:
    """Return the stored figures of a finalised joint paper and its parts."""
    parts = tuple(JointPart(part, Figures.from_json(part.figures)) for part in parts_of(paper))
    return CompiledJoint(JointFigures.from_json(paper.figures), parts)


def joint_figures(paper: ScrutinyReport, parts: Sequence[JointPart], known_at: datetime.datetime) -> JointFigures:
    """Return the totals of these parts, with the joint paper's current text."""
    of_parts = [figures for _, figures in parts]
    lines = tuple(line_of(figures, part.own_force.slug) for part, figures in parts)
    words, (count, head) = words_of(paper), trail.head()
    format = min((figures.format for figures in of_parts), default=FORMAT)
    questions = any(figures.front and figures.front.questions for figures in of_parts)
    return JointFigures(
        office=next((figures.office for figures in of_parts if figures.office), ""),
        period_start=paper.start,
        period_end=paper.end,
        period_label=Period(paper.start, paper.end).label,
        as_at=paper.end,
        known_at=known_at,
        committee=paper.panel.name if paper.panel else "",
        meets_on=words.meets_on,
        marking=max((figures.marking for figures in of_parts), key=MARKINGS.index, default=Marking.OFFICIAL.label),
        issue=paper.issue,
        replaces=replaces_words(paper),
        trail_head=head,
        trail_count=count,
        forces=lines,
        **totals(lines),
        restricted_only=paper.closed,
        source=paper.source_word,
        left_out=sum(figures.left_out for figures in of_parts),
        front=front_words(words, joint_asks(questions, note_of(format))),
        format=format,
        definitions=max(of_parts, key=lambda each: bool(each.sums_by_source)).definitions if of_parts else (),
    )


def check_joint(paper: ScrutinyReport, compiled: CompiledJoint, *, by: User | None, at: datetime.datetime) -> None:
    """Raise as `papers.check_can_finalise` does, for the whole and for each part, with the force's name added."""
    check_can_finalise(paper, compiled.figures, by=by, at=at)
    for part, figures in compiled.parts:
        if why_not := why_not_finalised(part, figures, at):
            raise Refusal(f"{part.force}: {why_not}", code="cannot-be-finalised")


def finalise_joint(
    *,
    paper: ScrutinyReport,
    compiled: CompiledJoint,
    content: bytes,
    extracts: Sequence[bytes],
    by: User | None,
    at: datetime.datetime,
    public: bytes | None = None,
) -> ScrutinyReport:
    """Save the figures and files of a joint paper and of each part permanently, in one transaction.

    `content` is the joint PDF of exactly these figures, `public` its public edition; `extracts` are the PDFs of the
    single parts, in order, which is what each force may read. Raises as `check_joint`, and if text, answers or checks
    changed meanwhile.
    """
    with verb("finalise_paper", by=by, at=at, subject=paper) as act:
        paper = lock_row(paper)
        if [part.pk for part in parts_of(paper)] != [part.pk for part, _ in compiled.parts]:
            raise Refusal("Its parts were changed while its file was made. Finalise it again.")
        fresh = [JointPart(lock_row(part), figures) for part, figures in compiled.parts]
        check_joint(paper, CompiledJoint(compiled.figures, tuple(fresh)), by=by, at=at)
        check_unchanged(paper, compiled.figures)
        for (part, figures), extract in zip(fresh, extracts, strict=True):
            check_unchanged(part, figures, f"{part.force}: ")
            keep(act, part, figures, extract)
        keep(act, paper, compiled.figures, content, public)
    return paper
