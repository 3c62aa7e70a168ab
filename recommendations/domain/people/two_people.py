"""Two-person rules for administrators: what needs a second one, and who that may be."""

from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Role
from recommendations.models import User
from recommendations.permissions import ROLE_MAY, WRITING_ROLES, May

SECOND = "Another administrator confirms this. You cannot confirm what you asked for yourself."


def needs_two(before: User | None, after: User) -> bool:
    """Whether an account change needs two administrators, so that nobody gets at records by an account of their own.

    It does if an account that writes is new, is reopened, gets rights that it lacked, another force, whose records it
    would see, or another address, to which password links would go; and whatever the role, if the object id in
    Microsoft Entra changes.
    """
    if has_other_entra_id(before, after):
        return True
    if not after.is_active or after.role not in WRITING_ROLES:
        return False
    if before is None or not before.is_active:
        return True
    has_other_force = after.force_id is not None and after.force_id != before.force_id
    return has_other_force or has_other_address(before, after) or not ROLE_MAY[after.role] <= ROLE_MAY[before.role]


def has_other_address(before: User, after: User) -> bool:
    """Whether the email address changes."""
    return before.email.strip().lower() != after.email.strip().lower()


def has_other_entra_id(before: User | None, after: User) -> bool:
    """Whether the object id in Microsoft Entra, by which someone signs in there, is set, changed or emptied."""
    return (before.entra_id if before else "") != after.entra_id.strip().lower()


def check_administers(by: User | None) -> None:
    """Raise NotAllowed if `by` may not administer. None is the command line."""
    if by is not None and not by.has_perm(May.ADMINISTER):
        raise NotAllowed("Only an administrator may do this.")


def check_second(*, by: User | None, asked_by: int | None, about: int | None = None, reason: str = "") -> None:
    """Raise NotAllowed if `by` requested it or is concerned, Refusal if the command line gives no reason."""
    check_administers(by)
    if by is None:
        if not reason.strip():
            raise Refusal("Say why no second administrator confirms it.", "reason", code="no-reason")
    elif by.pk in (asked_by, about):
        raise NotAllowed(SECOND)


def has_second(*, asked_by: int | None, about: int | None = None) -> bool:
    """Whether there is an administrator who could confirm what another one asked for (about a user, if given)."""
    concerned = [pk for pk in (asked_by, about) if pk is not None]
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk__in=concerned).exists()
