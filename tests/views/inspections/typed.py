"""What somebody types into the forms of inspections, and what they are answered."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate

DAY = datetime.timedelta(days=1)
CANARY = "CANARY-OF-EASTVALE"


def days_ago(number: int) -> datetime.date:
    return localdate() - number * DAY


def published() -> datetime.date:
    """The day of an inspection of the last month."""
    return days_ago(30)


def typed(day: datetime.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def facts(*forces, **changes) -> dict:
    return {
        "title": "Custody in Westmarch",
        "short_name": "Custody",
        "kind": "custody",
        "published_on": typed(published()),
        "forces": [force.pk for force in forces],
        "lead_inspectorate": "HMICFRS",
        "needs_response": "yes",
        "response_days": "56",
    } | changes


def asks(**changes) -> dict:
    words = {"kind": "recommendation", "number": "1", "text": "Test cell bells daily.", "directed_to_force": "yes"}
    return words | changes


def errors(response) -> dict:
    assert response.status_code == 200
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def add_page(inspection) -> str:
    return reverse("add_recommendation", args=[inspection.pk])


def edit_page(recommendation) -> str:
    return reverse("edit_recommendation", args=[recommendation.inspection_id, recommendation.pk])
