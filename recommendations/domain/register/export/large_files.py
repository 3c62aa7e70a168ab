"""Large files of the register, too slow for a request: requested, built by a background job, kept for a day.

A file holds what its requester may see when it is built, and only they can download it. Each download is an entry in
the trail, as with files that are built in a request.
"""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

from recommendations.domain.builds import builds
from recommendations.domain.builds.building import WatchedBuild, work_on
from recommendations.domain.builds.builds import Progress, running_build
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.builds import ExportForm, ExportStep
from recommendations.models import RegisterExport, User
from recommendations.models.register.exports import KEPT
from recommendations.permissions import May

LARGE = 2_000  # rows: a longer file, in a form of ExportForm, is built outside the request
ANOTHER = "Another file of the register is being made for you. Wait for that, then ask for this one."
CHANGED = "What you may see has changed since you asked for this file. Ask for it again."


class MadeFile(NamedTuple):
    """A built file, its name, and what the trail says when it is downloaded."""

    name: str
    content: bytes
    about: str


# (form, query, user, moment of the build) → the file.
MakeFile = Callable[[str, str, User, datetime.datetime], MadeFile]


def is_large(form: str, rows: int) -> bool:
    """Whether a file of this form with so many rows is built outside the request."""
    return form in ExportForm.values and rows > LARGE


def ask(*, form: str, query: str, by: User, at: datetime.datetime) -> RegisterExport:
    """Request a file of the register. Returns the same request if it is being built already, else a new one.

    `query` is the query string. Raises Refusal if the person waits for another file.
    """
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=by.pk))  # one request of a person at a time
        remove_old(at=at)
        found = running_build(RegisterExport.objects.unfinished().filter(asked_by=by), at)
        if found:
            if (found.form, found.query) != (form, query):
                raise Refusal(ANOTHER)
            return found
        # written at once: a build is no record; its download is recorded
        return RegisterExport.objects.create(
            form=form, query=query, asked_by=by, asked_at=at, role=by.role, force_id=by.force_id
        )


def remove_old(*, at: datetime.datetime) -> None:
    """Delete the requests that are a day old or more."""
    # written at once: a build is no record, and its file is kept for a day
    RegisterExport.objects.filter(asked_at__lte=at - KEPT).delete()


def build_next_file(clock: Callable[[], datetime.datetime], *, make: MakeFile) -> RegisterExport | None:
    """Claim the next request and build it. Returns it with its outcome, or None if none waits.

    `clock` returns the current moment in UTC.
    """
    build = builds.claim_next(RegisterExport, step=ExportStep.ROWS, at=clock())
    if build is None:
        return None
    watch = WatchedBuild(build, clock)
    work_on(build, watch, lambda: _make(build, make, watch))
    return build


def _make(build: RegisterExport, make: MakeFile, watch: WatchedBuild) -> None:
    person, at = User.objects.get(pk=build.asked_by_id), build.started_at
    assert at is not None  # registerexport_state_has_its_moments
    if not (person.is_active and person.has_perm(May.SEE_REGISTER)):
        raise NotAllowed(f"{person.name} can no longer see the register.", code="no-longer-allowed")
    if (person.role, person.force_id) != (build.role, build.force_id):
        raise Refusal(CHANGED)
    made = make(build.form, build.query, person, at)
    watch.step(ExportStep.FILE)
    builds.finish(build, at=watch.clock(), name=made.name, content=made.content, about=made.about)


def progress_of(build: RegisterExport, at: datetime.datetime) -> Progress:
    """The progress of a build at a moment."""
    return builds.progress_of(build, list(ExportStep), at)
