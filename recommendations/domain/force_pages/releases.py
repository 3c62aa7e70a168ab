"""The life of a release of a force's public page: one person prepares it, another releases it or sends it back.

What was prepared is stored, and exactly that is released. If part of it may no longer be public by then, the release is
refused: nothing is silently removed.
"""

import datetime

from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import MOST_IN_FULL, PageChoices, PageFacts
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.domain.public.releases import decide, keep, lock_for, lock_to_release, next_number
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import Force, ForceFacts, ForceRelease, User
from recommendations.periods import london_day
from recommendations.trail import verb


def prepare_release(
    *, force: Force, choices: PageChoices, seen: str, by: User | None, at: datetime.datetime
) -> ForceRelease:
    """Store a new release for an approving officer to decide. `seen` is the SHA-256 of the facts that were checked.

    Raises Refusal if another release is waiting, more is to be shown in full than there is room for, or the facts have
    changed since they were checked.
    """
    with verb("prepare_force_page", by=by, at=at) as act:
        lock_for(ForceRelease, force)
        if len(choices.in_full) > MOST_IN_FULL:
            raise Refusal(f"Choose {MOST_IN_FULL} at most to show in full.", "in_full")
        facts = compile_page(force=force, choices=choices, on=london_day(at)).to_json()
        release = ForceRelease(force=force, choices=choices.to_json(), prepared_at=at, prepared_by=by)
        return keep(act, release, ForceFacts, facts, seen)


def release_page(*, release: ForceRelease, by: User | None, at: datetime.datetime) -> ForceRelease:
    """Make a prepared release public.

    Raises NotAllowed if this person prepared it, Refusal if it is not waiting or part of it may no longer be public.
    """
    with verb("release_force_page", by=by, at=at, subject=release) as act:
        release = lock_to_release(release, by)
        if gone := no_longer_public(facts_of(release), release.force):
            raise Refusal(f"{gone[0]} Send this release back and prepare it again.", code="not-public")
        release.number = next_number(release)
        return decide(act, release, ReleaseState.RELEASED)


def facts_of(release: ForceRelease) -> PageFacts:
    """The facts of a release, as it was prepared. One query."""
    return PageFacts.from_json(ForceFacts.objects.get(of=release).facts)


def force_name(slug: str) -> str:
    """The name of a force that has a released page, withdrawn or not; empty for any other. One query."""
    released = ForceRelease.on_file.released().values("force")
    return Force.objects.filter(slug=slug, pk__in=released).values_list("name", flat=True).first() or ""


def choices_before(force: Force) -> PageChoices:
    """The choices made for the last release that was prepared, whatever became of it."""
    last = ForceRelease.on_file.filter(force=force).order_by("-prepared_at", "-pk").first()
    return PageChoices.from_json(last.choices) if last else PageChoices()
