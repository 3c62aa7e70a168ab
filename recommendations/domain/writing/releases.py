"""What every release is decided by: one waits at a time, another person releases it, a withdrawn one says why."""

from django.db.models import Max

from recommendations.domain.writing.records import mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import Force, User
from recommendations.models.releases import Release
from recommendations.trail import Act

OWN_WORK = "You prepared this, so someone else releases it."


def refuse_second(kind: type[Release], force: Force) -> None:
    """Raise Refusal where one of this kind waits already for the force, which is locked."""
    if kind.objects.filter(force=force, state=ReleaseState.WAITING).exists():
        raise Refusal("One waits already. It is released or sent back first.")


def waiting[R: Release](release: R, *, released_by: User | None = None) -> R:
    """The release as it is now, locked. Raises Refusal where it was decided meanwhile, NotAllowed to its own author."""
    rows = type(release).on_file.select_for_update(of=("self",)).select_related("force")
    found: R = rows.get(pk=release.pk)
    if found.state != ReleaseState.WAITING:
        raise Refusal("This was decided already.")
    refuse_own(found, released_by)
    return found


def refuse_own(release: Release, by: User | None) -> None:
    """Raise NotAllowed where this person prepared it."""
    if by is not None and release.prepared_by_id == by.pk:
        raise NotAllowed(OWN_WORK)


def next_number(release: Release) -> int:
    """The number that a release of its force gets next."""
    last = type(release).on_file.filter(force=release.force_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def decide[R: Release](act: Act, release: R, state: ReleaseState) -> R:
    """Save what became of a release that waited."""
    release.state, release.decided_at, release.decided_by = state, act.at, act.by
    return act.save(release)


def send_back[R: Release](act: Act, release: R) -> R:
    """Send back what waits, for the reason of the verb. Raises Refusal without one, or where it was decided."""
    found = waiting(release)
    if not act.reason.strip():
        raise Refusal("Say why it is sent back.", "reason")
    found.returned_why = act.reason.strip()
    return decide(act, found, ReleaseState.RETURNED)


def take_back[R: Release](act: Act, release: R) -> R:
    """Withdraw what was released, for the reason of the verb. Raises Refusal without one, or where none was."""
    found: R = type(release).on_file.select_for_update().get(pk=release.pk)
    if found.state != ReleaseState.RELEASED:
        raise Refusal("This was never released.")
    return mark_withdrawn(act, found, needs="Say why it is withdrawn. The reason is public.")
