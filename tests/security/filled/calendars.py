"""The two buttons about the address of one's calendar."""

from django.urls import reverse


def about_calendars(world, form) -> list:
    """To replace it, and to end it. Nothing is filled in."""
    page, make = reverse("account"), reverse("make_calendar_address")
    end = reverse("end_calendar_address", args=[world.calendars["lead_a"].pk])
    return [
        form("make_calendar_address", page, make, {}, "officer"),
        form("end_calendar_address", page, end, {}, "lead_a"),
    ]
