"""Whom a person asks for help, and whom anybody tells of a page that they cannot use."""

from dataclasses import dataclass

from recommendations.enums import Role
from recommendations.models import PolicingBody, User


@dataclass(frozen=True)
class Contact:
    """A person or an office to write to. The address may be empty."""

    name: str
    email: str


def administrators() -> list[Contact]:
    """The people who run Oversight for the office, by name."""
    found = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("name")
    return [Contact(each.name, each.email) for each in found]


def offices() -> list[PolicingBody]:
    """The bodies of today whose offices use Oversight, with their addresses, the oldest record first."""
    return list(PolicingBody.objects.filter(until__isnull=True).order_by("pk"))
