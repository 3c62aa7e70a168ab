"""The work on what is made outside requests: watched, and given up where another worker has it.

Whoever does it (manage.py build_papers) may be killed at any moment: a build whose worker falls silent is taken up by
the next one.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from django.db import DatabaseError, connection, connections

from recommendations import trail
from recommendations.domain.writing import builds
from recommendations.domain.writing.builds import BROKEN, TakenOver
from recommendations.domain.writing.refusals import NotAllowed, Refusal, RenderFailed
from recommendations.models.builds import Build

logger = logging.getLogger(__name__)


class WatchedBuild:
    """Tells how far a build has come."""

    def __init__(self, build: Build, clock: Callable[[], datetime.datetime]) -> None:
        self.build, self.clock = build, clock

    def step(self, step: str) -> None:
        """The next step begins. Raises TakenOver where another worker has the build now."""
        if not builds.beat(self.build, at=self.clock(), step=step):
            raise TakenOver

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Say every few seconds that the work goes on, from a thread with a connection of its own."""
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
        """Until the work is over, or has taken longer than one attempt may: then the next worker takes it up."""
        goes_on = True
        while goes_on and not over.wait(builds.BEAT.total_seconds()) and self.clock() < until:
            with suppress(DatabaseError):  # one that is missed: the next says it
                goes_on = builds.beat(self.build, at=self.clock())
            connections.close_all()


def work_on(build: Build, watch: WatchedBuild, make: Callable[[], None]) -> None:
    """Do the work of a build, and say on it what became of it, whatever happens."""
    try:
        with watch.beating():
            make()
    except TakenOver:
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
    """Who is refused what is their own work is on the trail, as when a page refuses it."""
    if isinstance(wrong, NotAllowed):
        trail.record(by=build.asked_by, at=at, verb="refused", reason=wrong.message, about=build.says_what)
