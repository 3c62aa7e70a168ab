"""Preparing a release of a force's public page, releasing it, sending it back, withdrawing it: two people.

What is prepared is kept as it reads, and that is what is released. Between the two, what may no longer be public stops
it: nothing is taken out of it silently.
"""

import datetime

from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import MOST_IN_FULL, PageChoices, PageFacts
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.domain.public.releases import (
    decide,
    keep,
    last_released,
    lock_for,
    lock_to_release,
    next_number,
    send_back,
    take_back,
)
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import Force, ForceFacts, ForceRelease, User
from recommendations.periods import london_day
from recommendations.trail import verb


def prepare_release(
    *, force: Force, choices: PageChoices, seen: str, by: User | None, at: datetime.datetime
) -> ForceRelease:
    """Keep what would be public of a force, for an approving officer to release. `seen` is its SHA-256 as looked at.

    Raises Refusal where one waits already, where more is shown in full than there is room for, or where it reads
    otherwise than what was looked at.
    """
    with verb("prepare_force_page", by=by, at=at) as act:
        lock_for(ForceRelease, force)
        if len(choices.in_full) > MOST_IN_FULL:
            raise Refusal(f"Choose {MOST_IN_FULL} at most to show in full.", "in_full")
        facts = compile_page(force=force, choices=choices, on=london_day(at)).to_json()
        release = ForceRelease(force=force, choices=choices.to_json(), prepared_at=at, prepared_by=by)
        return keep(act, release, ForceFacts, facts, seen)


def release_page(*, release: ForceRelease, by: User | None, at: datetime.datetime) -> ForceRelease:
    """Release what was prepared: from now on it is what the public reads of the force.

    Raises NotAllowed to who prepared it, Refusal for one that does not wait or has what may no longer be public.
    """
    with verb("release_force_page", by=by, at=at, subject=release) as act:
        release = lock_to_release(release, by)
        if gone := no_longer_public(facts_of(release), release.force):
            raise Refusal(f"{gone[0]} Send this release back and prepare it again.")
        release.number = next_number(release)
        return decide(act, release, ReleaseState.RELEASED)


def return_page(*, release: ForceRelease, reason: str, by: User | None, at: datetime.datetime) -> ForceRelease:
    """Send back what was prepared, or take back one's own, and say why. It is not released any more."""
    with verb("return_force_page", by=by, at=at, reason=reason, subject=release) as act:
        return send_back(act, release)


def withdraw_page(*, release: ForceRelease, reason: str, by: User | None, at: datetime.datetime) -> ForceRelease:
    """Take a release from the public, and say why: the reason is public. No earlier one takes its place."""
    with verb("withdraw_force_page", by=by, at=at, reason=reason, subject=release) as act:
        return take_back(act, release)


def facts_of(release: ForceRelease) -> PageFacts:
    """What a release says, as it was prepared. One query."""
    return PageFacts.from_json(ForceFacts.objects.get(of=release).facts)


def page_of(force: Force) -> ForceRelease | None:
    """The release that the public reads of a force, or that was withdrawn last. One query."""
    return last_released(ForceRelease, force)


def force_name(slug: str) -> str:
    """The name of a force that has a released page, withdrawn or not; empty for any other. One query."""
    released = ForceRelease.on_file.released().values("force")
    return Force.objects.filter(slug=slug, pk__in=released).values_list("name", flat=True).first() or ""


def choices_before(force: Force) -> PageChoices:
    """What was chosen for the last release that was prepared, of whatever became of it."""
    last = ForceRelease.on_file.filter(force=force).order_by("-prepared_at", "-pk").first()
    return PageChoices.from_json(last.choices) if last else PageChoices()
