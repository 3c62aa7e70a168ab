"""What an officer can ask a force about: its open recommendations, filtered, or a selection made elsewhere."""

from dataclasses import dataclass

from recommendations.domain.rounds.rounds import why_not_asked
from recommendations.models import Force, Inspection, Standing, TrackedRecommendation, User

MOST = 500


@dataclass(frozen=True)
class Askable:
    """`records` can be asked about; `left_out` says why each other one cannot. `more`: the list was cut at MOST."""

    records: list[TrackedRecommendation]
    left_out: list[str]
    more: bool = False


def askable(
    force: Force, user: User, *, ids: list[int] | None = None, lead: str | None = None, inspection: int | None = None
) -> Askable:
    """Return what `force` can be asked about among what `user` can see: the given ids, or everything open.

    `lead` is a chief officer lead ("" for none) and `inspection` an id; None does not filter.
    """
    found = TrackedRecommendation.objects.visible_to(user).with_record().with_standing().order_by("reference")
    if ids is not None:
        found = found.filter(pk__in=ids)
    else:
        found = found.filter(force=force).open()
        found = found if lead is None else found.filter(chief_officer_lead=lead)
        found = found if inspection is None else found.filter(recommendation__inspection=inspection)
    chosen = list(found[: MOST + 1])
    why_not = why_not_asked(force, chosen)
    records = [record for record in chosen[:MOST] if record.pk not in why_not]
    return Askable(records, list(why_not.values()), more=len(chosen) > MOST)


def first_with_something_open(forces: list[Force]) -> Force:
    """Return the first of these forces with something open, or simply the first."""
    open_in = Standing.objects.now().open().filter(force__in=forces).values_list("force", flat=True).distinct()
    return next((each for each in forces if each.pk in open_in), forces[0])


def leads_of(force: Force) -> list[str]:
    """Return the chief officer leads of a force's open recommendations, by name; "" if some have none."""
    leads = TrackedRecommendation.objects.filter(force=force).open().order_by("chief_officer_lead")
    return list(leads.values_list("chief_officer_lead", flat=True).distinct())


def inspections_of(force: Force) -> dict[int, str]:
    """Return the inspections with something open for a force: id → short name and title, newest first."""
    asked = TrackedRecommendation.objects.filter(force=force).open().values("recommendation__inspection")
    of = Inspection.objects.filter(pk__in=asked)
    rows = of.order_by("-published_on", "title").values_list("pk", "short_name", "title")
    return {pk: f"{short}: {title}" for pk, short, title in rows}
