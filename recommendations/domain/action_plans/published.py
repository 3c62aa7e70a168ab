"""What anybody may read of action plans: published versions, and of a withdrawn one when and why."""

import datetime
from dataclasses import dataclass

from recommendations.domain.action_plans.data import PlanFacts
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ActionPlan, ActionPlanFacts, IssuedFile
from recommendations.periods import london_day


@dataclass(frozen=True, kw_only=True)
class PublicPlan:
    """A version of an action plan at its address. `sha256` is that of its facts, empty for a withdrawn one."""

    pk: int
    slug: str
    force: str
    number: int
    published_on: datetime.date
    sha256: str = ""
    withdrawn_on: datetime.date | None = None
    withdrawn_why: str = ""


FACTS = ("pk", "force__slug", "force__name", "number", "decided_at", "withdrawn_at", "withdrawn_why", "says__sha256")


def versions_of(slug: str) -> list[PublicPlan]:
    """The published versions of a service's plan, the newest first, withdrawn ones too. One query."""
    rows = ActionPlan.on_file.released().filter(force__slug=slug).order_by("-number")
    return [_told(row) for row in rows.values(*FACTS)]


def newest_versions() -> list[PublicPlan]:
    """The newest version of each plan, where it stands, by the name of the service. One query."""
    rows = ActionPlan.on_file.released().order_by("force__name", "force_id", "-number").values(*FACTS)
    newest = {row["force__slug"]: row for row in reversed(rows)}
    return [_told(row) for row in reversed(newest.values()) if row["withdrawn_at"] is None]


def are_there_any() -> bool:
    """Whether any plan is public. One query."""
    return ActionPlan.on_file.released().filter(withdrawn_at__isnull=True).exists()


def _told(row: dict) -> PublicPlan:
    withdrawn = row["withdrawn_at"]
    return PublicPlan(
        pk=row["pk"],
        slug=row["force__slug"],
        force=row["force__name"],
        number=row["number"],
        published_on=london_day(row["decided_at"]),
        sha256="" if withdrawn else (row["says__sha256"] or ""),
        withdrawn_on=london_day(withdrawn) if withdrawn else None,
        withdrawn_why=row["withdrawn_why"],
    )


def read(version: PublicPlan) -> PlanFacts:
    """What a version that stands says. One query."""
    return PlanFacts.from_json(kept(version))


def kept(version: PublicPlan) -> dict:
    """The same as it is kept. One query."""
    rows = ActionPlanFacts.objects.filter(of__state=ReleaseState.RELEASED, of__withdrawn_at__isnull=True)
    facts: dict = rows.values_list("facts", flat=True).get(of=version.pk)
    return facts


def pdf(version: PublicPlan) -> IssuedFile | None:
    """The PDF of a version that stands, as it was published; None once words of it were redacted. One query."""
    rows = ActionPlan.objects.released().filter(pk=version.pk, pdf_sha256=version.sha256)
    return IssuedFile.objects.filter(pk__in=rows.values("pdf")).first()
