"""What anyone may read of force pages, action plans and meetings: their releases, and why one was withdrawn."""

import datetime
from dataclasses import dataclass
from typing import Any

from recommendations.models.public.releases import Release
from recommendations.periods import london_day


@dataclass(frozen=True, kw_only=True)
class PublicRelease:
    """A release at its address. `sha256` is that of its facts, empty if it was withdrawn.

    `force` is the name of the force in the release, `present_name` that of today, `ended_on` its last day, if any.
    """

    pk: int
    slug: str
    force: str
    present_name: str
    ended_on: datetime.date | None
    number: int
    released_on: datetime.date
    sha256: str = ""
    withdrawn_on: datetime.date | None = None
    withdrawn_why: str = ""


FACTS = (
    *("pk", "force__slug", "force__name", "force__until", "number", "decided_at", "withdrawn_at", "withdrawn_why"),
    *("says__sha256", "says__facts__force"),
)


def releases_of(kind: type[Release], slug: str) -> list[PublicRelease]:
    """The releases of a force, the newest first, withdrawn ones included. One query."""
    rows = kind.on_file.released().filter(force__slug=slug).order_by("-number")
    return [public_release(row) for row in rows.values(*FACTS)]


def newest_releases(kind: type[Release]) -> list[PublicRelease]:
    """The newest release of each force, unless it is withdrawn, by the name of the force. One query."""
    rows = kind.on_file.released().order_by("force__name", "force_id", "-number").values(*FACTS)
    newest = {row["force__slug"]: row for row in reversed(rows)}
    return [public_release(row) for row in reversed(newest.values()) if row["withdrawn_at"] is None]


def are_there_any(kind: type[Release]) -> bool:
    """Whether anything of this kind is public. One query."""
    return kind.objects.released().exists()


def public_release(row: dict[str, Any]) -> PublicRelease:
    """A release from its values of FACTS."""
    withdrawn = row["withdrawn_at"]
    return PublicRelease(
        pk=row["pk"],
        slug=row["force__slug"],
        force=("" if withdrawn else row["says__facts__force"]) or row["force__name"],
        present_name=row["force__name"],
        ended_on=row["force__until"],
        number=row["number"],
        released_on=london_day(row["decided_at"]),
        sha256="" if withdrawn else (row["says__sha256"] or ""),
        withdrawn_on=london_day(withdrawn) if withdrawn else None,
        withdrawn_why=row["withdrawn_why"],
    )


def stored_facts(kind: type[Release], release: PublicRelease) -> dict[str, Any]:
    """The facts of a release as they are stored. Raises DoesNotExist if it was withdrawn. One query."""
    facts: dict[str, Any] = kind.objects.released().values_list("says__facts", flat=True).get(pk=release.pk)
    return facts
