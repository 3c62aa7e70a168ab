"""Files of the register that take longer than a request may: asked for, made beside the web server, fetched for a day.

A file holds what whoever asked for it may see as it is made, and they alone fetch it. That it was taken out is on the
trail each time that it is fetched, as for a file that is made at once.
"""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

from recommendations.domain.writing import builds
from recommendations.domain.writing.building import WatchedBuild, work_on
from recommendations.domain.writing.builds import Progress, under_way
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.register_exports import ExportForm, ExportStep
from recommendations.models import RegisterExport, User
from recommendations.models.register_exports import KEPT
from recommendations.permissions import May

LARGE = 2_000  # rows: a file of more is made outside the request, in the forms of ExportForm
ANOTHER = "Another file of the register is being made for you. Wait for that, then ask for this one."
CHANGED = "What you may see has changed since you asked for this file. Ask for it again."


class MadeFile(NamedTuple):
    """A file, its name, and what the trail says when it is taken out."""

    name: str
    content: bytes
    about: str


# (form, query, user, the moment of making, whom to tell that the rows are read) → the file.
MakeFile = Callable[[str, str, User, datetime.datetime, Callable[[], None]], MadeFile]


def is_large(form: str, rows: int) -> bool:
    """Whether a file of this form and so many rows is made outside the request."""
    return form in ExportForm.values and rows > LARGE


def ask(*, form: str, query: str, by: User, at: datetime.datetime) -> RegisterExport:
    """Ask for a file of the register: the one that is being made already, else a new one.

    `query` is the question as an address has it. Raises Refusal where the person waits for another one.
    """
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=by.pk))  # one request of a person after the other
        remove_old(at=at)
        found = under_way(RegisterExport.objects.unfinished().filter(asked_by=by), at)
        if found:
            if (found.form, found.query) != (form, query):
                raise Refusal(ANOTHER)
            return found
        # written at once: a build is no record; that it is taken out is one
        return RegisterExport.objects.create(
            form=form, query=query, asked_by=by, asked_at=at, role=by.role, force_id=by.force_id
        )


def remove_old(*, at: datetime.datetime) -> None:
    """Remove what was asked for a day ago or longer."""
    # written at once: a build is no record, and its file is kept for a day
    RegisterExport.objects.filter(asked_at__lte=at - KEPT).delete()


def build_next_file(clock: Callable[[], datetime.datetime], *, make: MakeFile) -> RegisterExport | None:
    """Take one that was asked for and make it; return it with what became of it. None where nothing waits.

    `clock` gives the moment of each step, in UTC.
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
        raise NotAllowed(f"{person.name} can no longer see the register.")
    if (person.role, person.force_id) != (build.role, build.force_id):
        raise Refusal(CHANGED)
    made = make(build.form, build.query, person, at, lambda: watch.step(ExportStep.FILE))
    builds.finish(build, at=watch.clock(), name=made.name, content=made.content, about=made.about)


def progress_of(build: RegisterExport, at: datetime.datetime) -> Progress:
    """How far it is at a moment."""
    return builds.progress_of(build, list(ExportStep), at)
