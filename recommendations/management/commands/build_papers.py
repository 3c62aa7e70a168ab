"""Build requested files, in one pass or continuously; in between send messages to webhooks and carry out changes ahead.

Safe to run concurrently.
"""

import math
import signal
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from recommendations.documents.papers.rendering import render_paper
from recommendations.documents.pdf.render import keep_waiting
from recommendations.domain.builds.builds import BEAT, is_any_unfinished
from recommendations.domain.papers.building import build_next
from recommendations.domain.papers.finalising import LongBuild
from recommendations.domain.register.export.large_files import build_next_file, remove_old
from recommendations.domain.succession.carrying_out import carry_out_due_changes
from recommendations.enums import BuildState
from recommendations.last_runs import note_run
from recommendations.models import PaperBuild, RegisterExport
from recommendations.models.builds import Build
from recommendations.telemetry import emit, since
from recommendations.views.register.exports import make_file
from recommendations.webhooks import send_due

PAUSE = 2  # seconds between checks for builds: a worker that waits shall take next to nothing of a processor
LOOK = 5  # seconds between checks for messages to webhooks
STOPS_EVERY = 0.2  # seconds until an exception that ends the worker is raised again
A_MINUTE = 60


class Command(BaseCommand):
    help = (
        "Make the files that people asked for: finalised papers, the PDFs of large drafts, and large files of the "
        "register. Carry out changes ahead whose day has come. Two at once make each file once; one that was stopped "
        "midway is taken up by the next."
    )
    requires_system_checks = []  # they load every page, which takes 45 MB for as long as it waits; `setup` checks

    tidied_at = beat_at = webhooks_at = -math.inf  # as time.monotonic()

    def add_arguments(self, parser):
        parser.add_argument("--wait", action="store_true", help="go on waiting for more until it is stopped")

    def handle(self, *args, wait, **options):
        if not wait:
            carry_out_due_changes(at=timezone.now())
            remove_old(at=timezone.now())
            number = sum(1 for _ in iter(self.one, None))
            self.beat()
            return self.stdout.write("" if number else "Nothing waits to be made.")
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(each, stop)
        try:
            with keep_waiting(LongBuild.seconds):
                self.wait_for_builds()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def wait_for_builds(self) -> None:
        """Build each file soon after it is requested, until an exception ends it."""
        while True:
            self.beat()
            if self.one_or_trouble() is None and not self.webhooks():
                time.sleep(PAUSE)

    def beat(self) -> None:
        """Record that the worker is alive, for monitoring."""
        if time.monotonic() - self.beat_at >= BEAT.total_seconds():
            self.beat_at = time.monotonic()
            note_run("build_papers", at=timezone.now())

    def one(self) -> Build | None:
        """Build one file and report the outcome."""
        begun = time.perf_counter()
        build = build_next(timezone.now, render=render_paper) or build_next_file(timezone.now, make=make_file)
        if build:
            facts = {"of": build._meta.model_name, "build": build.pk, "attempts": build.attempts}
            emit("build", outcome=build.state, **facts, ms=since(begun))
            tell = self.stderr if build.state == BuildState.FAILED else self.stdout
            tell.write(f"{build}: {build.problem or build.get_state_display().lower()}")
        return build

    def tidy(self) -> None:
        """Close a database connection that is old, carry out changes ahead whose day has come, and remove the
        register's files of yesterday; runs once a minute.
        """
        if time.monotonic() - self.tidied_at > A_MINUTE:
            close_old_connections()
            carry_out_due_changes(at=timezone.now())
            remove_old(at=timezone.now())
            self.tidied_at = time.monotonic()

    def webhooks(self) -> bool:
        """Send one webhook message, every few seconds while no file is to be built. Returns whether there was one.

        A receiver that does not respond delays a build by one attempt at most.
        """
        if time.monotonic() - self.webhooks_at < LOOK:
            return False
        try:
            tried = next(send_due(timezone.now, most=1), None)
        except DatabaseError:
            tried = None  # the next check for a build reports it
        if tried is None or tried.problem:
            self.webhooks_at = time.monotonic()
        return tried is not None

    def one_or_trouble(self) -> Build | None:
        """Build one file as `one` does, but carry on if the database is unavailable for a while."""
        try:
            self.tidy()
            return self.one() if is_any_unfinished(PaperBuild, RegisterExport) else None
        except DatabaseError as trouble:
            self.stderr.write(f"The database cannot be asked: {trouble}".strip())
            connections.close_all()
            return None


def stop(signum, frame):
    """Exit at once. The build in progress is handed back first (domain/papers/building.py).

    Python swallows exceptions raised in finalisers, so this is repeated until the process has ended.
    """
    signal.setitimer(signal.ITIMER_REAL, STOPS_EVERY)
    raise SystemExit(0)
