"""What commands are given, looked up: a file, a force, a person. CommandError says what is wrong in words."""

from pathlib import Path

from django.core.management.base import CommandError

from recommendations.models import Force, User
from recommendations.permissions import May


def content_of(name: str, most: int = -1) -> bytes:
    """The bytes of a file, up to so many."""
    try:
        with Path(name).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise CommandError(f"{name} cannot be opened: {error.strerror}.") from error


def force_of(slug: str) -> Force:
    """The force with this slug."""
    force = Force.objects.filter(slug=slug).first()
    if force is None:
        known = ", ".join(Force.objects.order_by("slug").values_list("slug", flat=True))
        known = f"There are: {known}." if known else "There is none yet: add it in the administration."
        raise CommandError(f"There is no force {slug}. {known}")
    return force


def person_of(email: str | None, may: May, what: str) -> User | None:
    """Who acts, None for the command line itself. `what` says in words what they must be allowed to do."""
    if not email:
        return None
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in as {email}.")
    if not person.has_perm(may):
        raise CommandError(f"{person.name} may not {what}: an OPCC officer or approving officer may.")
    return person
