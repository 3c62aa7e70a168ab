"""What anybody may read of the pages of forces: what was released, and of a withdrawn release when and why."""

import datetime
from dataclasses import dataclass

from recommendations.domain.force_pages.data import PageFacts
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import Force, ForceFacts, ForceRelease
from recommendations.periods import london_day


@dataclass(frozen=True, kw_only=True)
class PublicRelease:
    """A release of a force's page at its address. `sha256` is that of its facts, empty for a withdrawn one."""

    pk: int
    slug: str
    force: str
    number: int
    released_on: datetime.date
    sha256: str = ""
    withdrawn_on: datetime.date | None = None
    withdrawn_why: str = ""


FACTS = ("pk", "force__slug", "force__name", "number", "decided_at", "withdrawn_at", "withdrawn_why", "says__sha256")


def releases_of(slug: str) -> list[PublicRelease]:
    """The releases of a force, the newest first, withdrawn ones too. One query."""
    rows = ForceRelease.on_file.released().filter(force__slug=slug).order_by("-number")
    return [_told(row) for row in rows.values(*FACTS)]


def newest_releases() -> list[PublicRelease]:
    """The newest release of each force, where it stands, by the name of the force. One query."""
    rows = ForceRelease.on_file.released().order_by("force__name", "force_id", "-number").values(*FACTS)
    newest = {row["force__slug"]: row for row in reversed(rows)}
    return [_told(row) for row in reversed(newest.values()) if row["withdrawn_at"] is None]


def _told(row: dict) -> PublicRelease:
    withdrawn = row["withdrawn_at"]
    return PublicRelease(
        pk=row["pk"],
        slug=row["force__slug"],
        force=row["force__name"],
        number=row["number"],
        released_on=london_day(row["decided_at"]),
        sha256="" if withdrawn else (row["says__sha256"] or ""),
        withdrawn_on=london_day(withdrawn) if withdrawn else None,
        withdrawn_why=row["withdrawn_why"],
    )


def read(release: PublicRelease) -> PageFacts:
    """What a release that stands says. One query."""
    return PageFacts.from_json(kept(release))


def kept(release: PublicRelease) -> dict:
    """The same as it is kept. One query."""
    rows = ForceFacts.objects.filter(of__state=ReleaseState.RELEASED, of__withdrawn_at__isnull=True)
    facts: dict = rows.values_list("facts", flat=True).get(of=release.pk)
    return facts


def force_name(slug: str) -> str:
    """The name of a force that has a released page, withdrawn or not; empty for any other. One query."""
    released = ForceRelease.on_file.released().values("force")
    return Force.objects.filter(slug=slug, pk__in=released).values_list("name", flat=True).first() or ""
