"""Who in the office is responsible for a record: a name, and the account that has this name.

Records, papers and files show the name, which may belong to nobody with an account. The account follows from the name:
it is the only active account of the office with exactly this name. A linked account stays linked while it has the name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from recommendations.enums import Role
from recommendations.models import User

LEAD = ("opcc_lead", "opcc_person")  # of a tracked recommendation: the name, and the account that it means
OFFICE = (Role.OPCC_OFFICER, Role.APPROVING_OFFICER)


def office_people() -> QuerySet[User]:
    """The colleagues to whom something can be given, by name."""
    return User.objects.filter(is_active=True, role__in=OFFICE).order_by("name", "pk")


def office_names() -> list[str]:
    """Their names, for a box that suggests them."""
    return list(dict.fromkeys(office_people().values_list("name", flat=True)))


def link_accounts(rows: Iterable[Model], name: str, account: str) -> None:
    """Set the field `account` of each row to the account that its field `name` means, or to None.

    One query; none where no row has a name. The rows are not saved.
    """
    rows = list(rows)
    known = _accounts({getattr(row, name) for row in rows} - {""})
    for row in rows:
        row_has = getattr(row, f"{account}_id")
        setattr(row, account, _meant(known.get(getattr(row, name), ()), row_has))


def _accounts(names: set[str]) -> dict[str, list[User]]:
    found: dict[str, list[User]] = defaultdict(list)
    if names:
        for person in User.objects.filter(name__in=names, role__in=OFFICE).order_by("pk"):
            found[person.name].append(person)
    return found


def _meant(people: Sequence[User], now: Any) -> User | None:
    """Whom a name means of those who have it: the one it meant before, else the only one who can sign in."""
    active = [each for each in people if each.is_active]
    before = next((each for each in people if each.pk == now), None)
    return before or (active[0] if len(active) == 1 else None)
