"""Contacts for help, and for reporting pages that somebody can't use."""

import datetime
from dataclasses import dataclass

from recommendations.domain.forces.in_force import bodies_on, office_body_on
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


def offices(today: datetime.date) -> list[PolicingBody]:
    """The bodies in office whose offices use Oversight, oldest record first; in a gap, the last that was."""
    return bodies_on(today) or [body for body in (office_body_on(today),) if body]
