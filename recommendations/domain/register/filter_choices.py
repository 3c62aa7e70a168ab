"""What the register can be filtered by: the forces, inspections and leads that a person may see."""

from dataclasses import dataclass

from django.db.models import IntegerField, Value

from recommendations.models import Force, Inspection, TrackedRecommendation

FORCE, INSPECTION, OPCC_LEAD, CHIEF_OFFICER_LEAD = "force", "inspection", "opcc_lead", "chief_officer_lead"


@dataclass(frozen=True)
class Choices:
    """Each in the order of its words. A lead of "" stands for the recommendations without one."""

    forces: dict[str, tuple[int, str]]  # slug → id, short name
    inspections: dict[int, str]
    opcc_leads: tuple[str, ...]
    chief_officer_leads: tuple[str, ...]


def choices_for(user) -> Choices:
    """All choices in one query. Only of what `user` may see."""
    tracked = TrackedRecommendation.objects.visible_to(user).order_by()
    rows = [
        Force.objects.visible_to(user).order_by().values_list(Value(FORCE), "pk", "short_name", "slug"),
        Inspection.objects.visible_to(user).order_by().values_list(Value(INSPECTION), "pk", "short_name", "title"),
        *(
            tracked.values_list(Value(lead), Value(0, IntegerField()), lead, Value("")).distinct()
            for lead in (OPCC_LEAD, CHIEF_OFFICER_LEAD)
        ),
    ]
    found = sorted(
        rows[0].union(*rows[1:], all=True).order_by(), key=lambda row: (row[2].casefold(), row[3].casefold())
    )
    of = {kind: [row[1:] for row in found if row[0] == kind] for kind in (FORCE, INSPECTION)}
    return Choices(
        forces={slug: (pk, name) for pk, name, slug in of[FORCE]},
        inspections={pk: f"{name}: {title}" for pk, name, title in of[INSPECTION]},
        opcc_leads=tuple(row[2] for row in found if row[0] == OPCC_LEAD),
        chief_officer_leads=tuple(row[2] for row in found if row[0] == CHIEF_OFFICER_LEAD),
    )
