"""Requests to make a paper's file outside the web request: who asked, and the outcome.

The code shared by all builds is in domain/builds/builds.py.
"""

import datetime

from django.db import transaction

from recommendations.domain.builds import builds
from recommendations.domain.builds.builds import BuildReclaimed, Progress, clock_time, running_build
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import BuildKind, BuildState, BuildStep
from recommendations.models import PaperBuild, ScrutinyReport, TrackedRecommendation, User
from recommendations.permissions import May

LARGE = 100  # recommendations: the PDF of a larger draft is made outside the request
FINAL = "This paper is finalised already. Its figures and its file are kept as they were."


def is_large(paper: ScrutinyReport) -> bool:
    """Whether this draft's PDF takes too long for a request: its forces track more than LARGE recommendations."""
    forces = paper.parts.values_list("force", flat=True) if paper.is_joint else [paper.force_id]
    return TrackedRecommendation.objects.filter(force__in=forces).count() > LARGE


def ask(*, paper: ScrutinyReport, kind: BuildKind, by: User, at: datetime.datetime) -> PaperBuild:
    """Return the unfinished build of this kind for the paper, or else create one.

    Raises Refusal if the paper is finalised, or if someone else has already asked to finalise it.
    """
    with transaction.atomic():
        if not lock_row(paper).is_draft:
            raise Refusal(FINAL)
        found = running_build(
            PaperBuild.objects.unfinished().filter(paper=paper, kind=kind).select_related("asked_by"), at
        )
        if found:
            if kind == BuildKind.FINALISE and found.asked_by_id != by.pk:
                raise Refusal(
                    f"{found.asked_by.name} asked for this at {clock_time(found.asked_at)}: wait for that.",
                    code="asked-already",
                )
            return found
        # written at once: a build is no record; what comes of it is
        return PaperBuild.objects.create(paper=paper, kind=kind, asked_by=by, asked_at=at)


def claim_next(*, at: datetime.datetime) -> PaperBuild | None:
    """Claim the build waiting longest, or one whose worker has stopped reporting. Returns None if there is none."""
    return builds.claim_next(PaperBuild, step=BuildStep.FIGURES, at=at)


def hold(build: PaperBuild) -> None:
    """Lock the paper and the build until the transaction ends. Raises TakenOver if another worker has the build."""
    lock_row(build.paper)
    rows = PaperBuild.objects.select_for_update().filter(state=BuildState.RUNNING, attempts=build.attempts)
    if not rows.filter(pk=build.pk).exists():
        raise BuildReclaimed


def who_finalises(build: PaperBuild) -> User:
    """Return the current record of the person who asked. Raises NotAllowed if they may no longer finalise papers, or if
    the request was written past the program.
    """
    person = User.objects.get(pk=build.asked_by_id)
    if not build.is_as_sealed:
        raise NotAllowed(f"This request was not made here in {person.name}’s name. Ask for it again.")
    if not person.has_perm(May.FINALISE_PAPER):
        raise NotAllowed(
            f"{person.name} can no longer finalise papers. Another approving officer can.", code="no-longer-allowed"
        )
    return person


def finish(build: PaperBuild, *, at: datetime.datetime, content: bytes | None = None) -> None:
    """Mark a build as finished. `content` is a draft's PDF, and earlier drafts' PDFs are deleted. Raises TakenOver."""
    builds.finish(build, at=at, content=content)
    # written at once: only the latest draft's file is kept
    PaperBuild.objects.filter(paper=build.paper_id, content__isnull=False).exclude(pk=build.pk).update(content=None)


def latest_of(paper: ScrutinyReport) -> dict[str, PaperBuild]:
    """Return a paper's newest build of each kind, by kind. One query."""
    builds = PaperBuild.objects.filter(paper=paper).defer("content").select_related("asked_by")
    return {build.kind: build for build in builds.order_by("asked_at", "pk")}


def stored_pdf(paper: ScrutinyReport) -> bytes | None:
    """Return the stored PDF of a draft, or None."""
    build = PaperBuild.objects.filter(paper=paper, content__isnull=False).first()
    return bytes(build.content) if build and build.content is not None else None


def has_file(build: PaperBuild) -> bool:
    """Whether the build's PDF is still stored: no newer one has replaced it, and the paper is still a draft."""
    return PaperBuild.objects.filter(pk=build.pk, content__isnull=False).exists()


def progress_of(build: PaperBuild, at: datetime.datetime) -> Progress:
    """Return a build's progress at a given time."""
    return builds.progress_of(build, list(BuildStep), at)
