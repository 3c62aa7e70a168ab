"""Making a paper's file outside the request that asks for it: who asked, and what became of it.

What all builds share is in domain/writing/builds.py.
"""

import datetime

from django.db import transaction

from recommendations.domain.writing import builds
from recommendations.domain.writing.builds import Progress, TakenOver, clock_time, under_way
from recommendations.domain.writing.records import locked
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import BuildKind, BuildState, BuildStep
from recommendations.models import PaperBuild, ScrutinyReport, TrackedRecommendation, User
from recommendations.permissions import May

LARGE = 100  # recommendations: a draft of more is made outside the request
FINAL = "This paper is finalised already. Its figures and its file are kept as they were."


def is_large(paper: ScrutinyReport) -> bool:
    """Whether the PDF of this draft takes too long for a request: it lists more than LARGE recommendations."""
    forces = paper.parts.values_list("force", flat=True) if paper.is_joint else [paper.force_id]
    return TrackedRecommendation.objects.filter(force__in=forces).count() > LARGE


def ask(*, paper: ScrutinyReport, kind: BuildKind, by: User, at: datetime.datetime) -> PaperBuild:
    """Ask for a paper's file: the build that waits or runs already, else a new one.

    Raises Refusal where the paper is finalised, or where someone else has already asked to finalise it.
    """
    with transaction.atomic():
        if not locked(paper).is_draft:
            raise Refusal(FINAL)
        found = under_way(PaperBuild.objects.unfinished().filter(paper=paper, kind=kind).select_related("asked_by"), at)
        if found:
            if kind == BuildKind.FINALISE and found.asked_by_id != by.pk:
                raise Refusal(f"{found.asked_by.name} asked for this at {clock_time(found.asked_at)}: wait for that.")
            return found
        # written at once: a build is no record; what comes of it is
        return PaperBuild.objects.create(paper=paper, kind=kind, asked_by=by, asked_at=at)


def claim_next(*, at: datetime.datetime) -> PaperBuild | None:
    """Take the build that waits longest, or one whose worker fell silent. None where there is none."""
    return builds.claim_next(PaperBuild, step=BuildStep.FIGURES, at=at)


def hold(build: PaperBuild) -> None:
    """Lock paper and build until the transaction ends. Raises TakenOver where it is not this worker's any more."""
    locked(build.paper)
    rows = PaperBuild.objects.select_for_update().filter(state=BuildState.RUNNING, attempts=build.attempts)
    if not rows.filter(pk=build.pk).exists():
        raise TakenOver


def who_finalises(build: PaperBuild) -> User:
    """The person who asked, as they are now. Raises NotAllowed where they may not finalise papers any more."""
    person = User.objects.get(pk=build.asked_by_id)
    if not person.has_perm(May.FINALISE_PAPER):
        raise NotAllowed(f"{person.name} can no longer finalise papers. Another approving officer can.")
    return person


def finish(build: PaperBuild, *, at: datetime.datetime, content: bytes | None = None) -> None:
    """It is made. Of a draft `content` is kept, and that of earlier ones is not. Raises TakenOver."""
    builds.finish(build, at=at, content=content)
    # written at once: only the latest draft's file is kept
    PaperBuild.objects.filter(paper=build.paper_id, content__isnull=False).exclude(pk=build.pk).update(content=None)


def latest_of(paper: ScrutinyReport) -> dict[str, PaperBuild]:
    """The newest build of each kind of a paper, by kind. One query."""
    builds = PaperBuild.objects.filter(paper=paper).defer("content").select_related("asked_by")
    return {build.kind: build for build in builds.order_by("asked_at", "pk")}


def made_of(paper: ScrutinyReport) -> bytes | None:
    """The PDF of a draft that was made last, where one is kept."""
    build = PaperBuild.objects.filter(paper=paper, content__isnull=False).first()
    return bytes(build.content) if build and build.content is not None else None


def has_file(build: PaperBuild) -> bool:
    """Whether the PDF that was made is still kept: no newer one was made, and the paper is a draft."""
    return PaperBuild.objects.filter(pk=build.pk, content__isnull=False).exists()


def progress_of(build: PaperBuild, at: datetime.datetime) -> Progress:
    """How far it is at a moment."""
    return builds.progress_of(build, list(BuildStep), at)
