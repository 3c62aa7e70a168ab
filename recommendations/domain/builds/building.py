"""Running a background build: watched, and abandoned if another worker has taken it over.

The worker (manage.py build_papers) may be killed at any moment: the next worker takes over a build whose worker has
gone silent.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from django.db import DatabaseError, connection, connections

from recommendations import trail
from recommendations.domain.builds import builds
from recommendations.domain.builds.builds import BROKEN, BuildReclaimed
from recommendations.domain.writing.refusals import NotAllowed, Refusal, RenderFailed
from recommendations.models.builds import Build

logger = logging.getLogger(__name__)


class WatchedBuild:
    """Reports a build's progress."""

    def __init__(self, build: Build, clock: Callable[[], datetime.datetime]) -> None:
        self.build, self.clock = build, clock

    def step(self, step: str) -> None:
        """Report that the next step begins. Raises TakenOver if another worker has the build now."""
        if not builds.beat(self.build, at=self.clock(), step=step):
            raise BuildReclaimed

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Send heartbeats every few seconds, from a thread with its own connection."""
        if connection.in_atomic_block:  # a test's own transaction: nobody else sees the build
            yield
            return
        over = Event()
        thread = Thread(target=self._beat, args=(over, self.clock() + builds.LIMIT), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, over: Event, until: datetime.datetime) -> None:
        """Send heartbeats until the work is over or exceeds the time of one attempt: then another worker takes over."""
        goes_on = True
        while goes_on and not over.wait(builds.BEAT.total_seconds()) and self.clock() < until:
            with suppress(DatabaseError):  # a missed one: the next will do
                goes_on = builds.beat(self.build, at=self.clock())
            connections.close_all()


def work_on(build: Build, watch: WatchedBuild, make: Callable[[], None]) -> None:
    """Do the work of a build and record its outcome, whatever happens."""
    try:
        with watch.beating():
            make()
    except BuildReclaimed:
        logger.warning("Build %s was taken over.", build.pk)
    except (RenderFailed, Refusal) as wrong:
        _record_refusal(build, wrong, watch.clock())
        builds.fail(build, str(wrong), at=watch.clock())
    except Exception:
        logger.exception("Build %s failed.", build.pk)
        builds.fail(build, BROKEN, at=watch.clock())
    except BaseException:  # the worker is being stopped
        builds.release(build)
        raise


def _record_refusal(build: Build, wrong: Exception, at: datetime.datetime) -> None:
    """Record in the trail that somebody was refused a build of theirs, as a page would."""
    if isinstance(wrong, NotAllowed):
        trail.record(by=build.asked_by, at=at, verb="refused", reason=wrong.message, about=build.says_what)
