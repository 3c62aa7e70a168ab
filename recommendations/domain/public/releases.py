"""What releases of force pages and versions of action plans share.

One is prepared at a time, another person decides it, and it can be withdrawn with a reason.
"""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from recommendations.digests import sha256_of
from recommendations.domain.writing.records import mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ActionPlan, Force, Inspection, IssuedFile, MeetingRelease, Standing, User
from recommendations.models.public.releases import Release, ReleasedFacts
from recommendations.trail import VerbContext, verb

PDF = "application/pdf"
OWN_WORK = "You prepared this, so someone else releases it."
CHANGED = "What would be public has changed since you looked. Look at it again, then send it."


def lock_for(kind: type[Release], force: Force) -> None:
    """Lock the force for a new release of this kind. Raises Refusal if one is waiting already."""
    Force.objects.select_for_update().get(pk=force.pk)
    if kind.objects.filter(force=force, state=ReleaseState.WAITING).exists():
        raise Refusal("One waits already. It is released or sent back first.", code="waits-already")


def keep[R: Release](act: VerbContext, release: R, says: type[ReleasedFacts], facts: dict[str, Any], seen: str) -> R:
    """Save a new release with its facts. Raises Refusal if their SHA-256 is not `seen`, that of what was checked."""
    if (digest := sha256_of(facts)) != seen:
        raise Refusal(CHANGED)
    act.subject = act.save(release)
    act.save(says(of=release, facts=facts, sha256=digest))  # type: ignore[misc]  # each kind of facts has `of`
    return release


def lock_to_release[R: Release](release: R, by: User | None) -> R:
    """Lock a release and its force, and return it as it is now.

    Raises Refusal if it was decided already, NotAllowed if this person prepared it.
    """
    Force.objects.select_for_update().get(pk=release.force_id)
    found = _waiting(release)
    refuse_own(found, by)
    return found


def _waiting[R: Release](release: R) -> R:
    found: R = type(release).on_file.select_for_update(of=("self",)).select_related("force").get(pk=release.pk)
    if found.state != ReleaseState.WAITING:
        raise Refusal("This was decided already.", code="decided-already")
    return found


def refuse_own(release: Release, by: User | None) -> None:
    """Raise NotAllowed if this person prepared it."""
    if by is not None and release.prepared_by_id == by.pk:
        raise NotAllowed(OWN_WORK)


def next_number(release: Release) -> int:
    """The next number for a release of its force."""
    last = type(release).on_file.filter(force=release.force_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def decide_with_pdf[R: (ActionPlan, MeetingRelease)](
    act: VerbContext, release: R, *, number: int, pdf: bytes, name: str, overtaken: str
) -> R:
    """Release a locked one under its number, with a PDF of this file name. Raises Refusal (`overtaken`) if another was
    released while the PDF was made.
    """
    if next_number(release) != number:
        raise Refusal(overtaken, code="changed-meanwhile")
    digest = hashlib.sha256(pdf).hexdigest()
    file = IssuedFile(name=name, media_type=PDF, sha256=digest, content=pdf, issued_at=act.at)
    release.number, release.pdf, release.pdf_sha256 = number, act.save(file), release.says.sha256
    return decide(act, release, ReleaseState.RELEASED)


def issued_pdf(kind: type[ActionPlan] | type[MeetingRelease], pk: int, sha256: str) -> IssuedFile | None:
    """The PDF of a release (by id) whose facts have this SHA-256. One query.

    None if it was withdrawn, or its facts were redacted since.
    """
    rows = kind.objects.released().filter(pk=pk, pdf_sha256=sha256)
    return IssuedFile.objects.filter(pk__in=rows.values("pdf")).first()


def decide[R: Release](act: VerbContext, release: R, state: ReleaseState) -> R:
    """Save the decision on a waiting release."""
    release.state, release.decided_at, release.decided_by = state, act.at, act.by
    return act.save(release)


def return_release[R: Release](*, release: R, reason: str, by: User | None, at: datetime.datetime) -> R:
    """Send back a waiting release, or take back your own. It can no longer be released.

    Raises Refusal without a reason, or if it was decided already.
    """
    with verb(f"return_{release.subject}", by=by, at=at, reason=reason, subject=release) as act:
        found = _waiting(release)
        if not reason.strip():
            raise Refusal("Say why it is sent back.", "reason")
        found.returned_why = reason.strip()
        return decide(act, found, ReleaseState.RETURNED)


def withdraw_release[R: Release](*, release: R, reason: str, by: User | None, at: datetime.datetime) -> R:
    """Withdraw a public release, with a reason that is public too. No earlier release takes its place.

    Raises Refusal without a reason, or if it was never released.
    """
    with verb(f"withdraw_{release.subject}", by=by, at=at, reason=reason, subject=release) as act:
        found: R = type(release).on_file.select_for_update().get(pk=release.pk)
        if found.state != ReleaseState.RELEASED:
            raise Refusal("This was never released.")
        return mark_withdrawn(act, found, needs="Say why it is withdrawn. The reason is public.")


def last_released[R: Release](kind: type[R], force: Force) -> R | None:
    """The latest public release of a force, even if it was withdrawn. One query."""
    found: R | None = kind.on_file.released().filter(force=force).order_by("-number").first()
    return found


def lines_gone(references: Iterable[str], force: Force) -> list[str]:
    """A sentence for each recommendation that may no longer be shown. One query."""
    now = Standing.objects.now().filter(force=force, restricted=False).order_by()
    shown = set(now.values_list("reference", flat=True))
    gone = [each for each in references if each not in shown]
    return [f"{reference} is restricted, withdrawn or of another force now." for reference in gone]


def reports_gone(titles: Iterable[str], force: Force) -> list[str]:
    """A sentence for each report that no longer covers the force, whatever its source. One query."""
    there = set(Inspection.objects.filter(covers__force=force).values_list("title", flat=True))
    return [f"The report “{title}” is withdrawn, or called otherwise now." for title in sorted(set(titles) - there)]
