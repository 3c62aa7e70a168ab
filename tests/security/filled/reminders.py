"""The form of a rule for reminders, filled in."""

from django.urls import reverse


def about_reminders(world, form) -> list:
    """To change when they are sent. `form` is the class Form."""
    rule = reverse("reminder_rule", args=["response"])
    typed = {"is_on": "on", "days_before": "21, 3", "day_after": "on", "to": "office", "late_days": "2"}
    return [form("reminder_rule", rule, rule, typed, "administrator")]
