"""Contacts for help, and for reporting pages that somebody can't use."""

from dataclasses import dataclass

from recommendations.enums import Role
from recommendations.models import PolicingBody, User


@dataclass(frozen=True)
class Contact:
    """A person or an office to write to. The address may be empty."""

    name: str
    email: str


def administrators() -> list[Contact]:
    """The office's active administrators, by name."""
    found = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("name")
    return [Contact(each.name, each.email) for each in found]


def offices() -> list[PolicingBody]:
    """The current bodies whose offices use Oversight, oldest record first."""
    return list(PolicingBody.objects.filter(until__isnull=True).order_by("pk"))
