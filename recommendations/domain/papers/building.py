"""Build papers' files outside requests, one at a time, reporting progress.

The worker (manage.py build_papers) can be killed at any moment: the paper's files and the build's completion are saved
in one transaction, and another worker takes over a build whose worker has stopped reporting.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction

from recommendations.domain.builds.building import WatchedBuild, work_on
from recommendations.domain.papers import builds
from recommendations.domain.papers.builds import FINAL
from recommendations.domain.papers.claims import Contradiction, contradictions, texts_by_place
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.finalising import LongBuild, RenderPaper, finalise_paper, preview_paper
from recommendations.domain.papers.joint.papers import CompiledJoint, check_joint, compile_joint
from recommendations.domain.papers.papers import check_can_finalise
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildKind
from recommendations.models import PaperBuild, PaperWords, ScrutinyReport, User
from recommendations.trail import verb

CONTRADICTED = "The figures say otherwise than some sentences. Change them, or file the paper with them."


def ask_to_finalise(
    *, paper: ScrutinyReport, by: User, at: datetime.datetime, despite_figures: bool = False
) -> PaperBuild:
    """Ask for a paper to be finalised.

    Raises Refusal if it cannot be finalised now, or not by this person; or if the figures contradict its words and they
    do not say that it is filed `despite_figures`, which the trail records once.
    """
    found = contradictions_in(compile_to_finalise(paper, by=by, at=at))
    if found and not despite_figures:
        raise Refusal(CONTRADICTED, "despite_figures", code="contradicted")
    with transaction.atomic():
        build = builds.ask(paper=paper, kind=BuildKind.FINALISE, by=by, at=at)
        if found and build.asked_at == at:
            accept_contradictions(paper=paper, sentences=found, by=by, at=at)
    return build


def accept_contradictions(
    *, paper: ScrutinyReport, sentences: Sequence[Contradiction], by: User | None, at: datetime.datetime
) -> None:
    """Record that a person files a paper with sentences that its figures contradict, and which."""
    reason = "The figures say otherwise, and the paper is filed as written. " + " ".join(map(str, sentences))
    with verb("file_paper_despite_figures", by=by, at=at, reason=reason, subject=paper):
        pass


def contradictions_in(compiled: Figures | CompiledJoint) -> list[Contradiction]:
    """Return the sentences of a paper, or of a joint paper and its parts, that its figures contradict."""
    if not isinstance(compiled, CompiledJoint):
        return contradictions([compiled], texts_by_place(compiled.front))
    parts = [figures for _, figures in compiled.parts]
    of_parts = [
        each._replace(place=f"{part.own_force}: {each.place}")
        for part, figures in compiled.parts
        for each in contradictions([figures], texts_by_place(figures.front))
    ]
    return [*contradictions(parts, texts_by_place(compiled.figures.front)), *of_parts]


def check_words_as_read(paper: ScrutinyReport, asked_at: datetime.datetime) -> None:
    """Raise Refusal if the paper's words, or a part's, were written after someone asked to finalise it."""
    family = [paper.pk, *paper.parts.values_list("pk", flat=True)]
    if PaperWords.objects.filter(paper__in=family, written_at__gt=asked_at).exists():
        raise Refusal(
            "Its words were changed after this was asked for. Read them, then finalise it again.",
            code="changed-meanwhile",
        )


def compile_to_finalise(paper: ScrutinyReport, *, by: User, at: datetime.datetime) -> Figures | CompiledJoint:
    """Compile a draft as it would be finalised now. Reads only.

    Raises Refusal or NotAllowed if this person cannot finalise it now.
    """
    if not paper.is_draft:
        raise Refusal(FINAL)
    if paper.is_joint:
        compiled = compile_joint(paper=paper, known_at=at)
        check_joint(paper, compiled, by=by, at=at)
        return compiled
    figures = compile_figures(paper=paper, known_at=at)
    check_can_finalise(paper, figures, by=by, at=at)
    return figures


class PaperBuildObserver(WatchedBuild, LongBuild):
    """Reports a build's progress, and saves its result only if the build still belongs to this worker."""

    build: PaperBuild

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Save the paper and complete the build in one transaction, checking again that the person may finalise it."""
        with transaction.atomic():
            builds.hold(self.build)
            builds.who_finalises(self.build)
            check_words_as_read(self.build.paper, self.build.asked_at)
            yield
            builds.finish(self.build, at=self.clock())


def build_next(clock: Callable[[], datetime.datetime], *, render: RenderPaper) -> PaperBuild | None:
    """Claim the next build, run it and return it with its outcome, or return None if no build is waiting.

    `clock` returns the current time in UTC at each step; `render` makes the PDF.
    """
    build = builds.claim_next(at=clock())
    if build is None:
        return None
    observer = PaperBuildObserver(build, clock)
    work_on(build, observer, lambda: _make(build, render, observer))
    return build


def _make(build: PaperBuild, render: RenderPaper, observer: PaperBuildObserver) -> None:
    paper, at = ScrutinyReport.objects.get(pk=build.paper_id), build.started_at
    assert at is not None  # paperbuild_state_has_its_moments
    if build.kind == BuildKind.FINALISE:
        finalise_paper(paper=paper, render=render, by=builds.who_finalises(build), at=at, observer=observer)
    elif not paper.is_draft:
        raise Refusal(FINAL)
    else:
        content = preview_paper(paper=paper, render=render, at=at, observer=observer)
        builds.finish(build, at=observer.clock(), content=content)
