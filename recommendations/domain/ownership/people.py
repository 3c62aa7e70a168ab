"""The person in the office responsible for a record: a name, and the account with that name.

Records, papers and files show the name, which need not belong to an account. The account is derived from the name: it
is the only active account in the office with exactly this name. A linked account stays linked while it has the name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet

from recommendations.enums import Role
from recommendations.models import Force, User

LEAD = ("opcc_lead", "opcc_person")  # a tracked recommendation's lead: the name, and the matching account
OFFICE = (Role.OPCC_OFFICER, Role.APPROVING_OFFICER)


def office_people() -> QuerySet[User]:
    """Return the colleagues who can be made responsible, by name."""
    return User.objects.filter(is_active=True, role__in=OFFICE).order_by("name", "pk")


def office_names() -> list[str]:
    """Return their names, to suggest in a text box."""
    return list(dict.fromkeys(office_people().values_list("name", flat=True)))


def link_accounts(rows: Iterable[Model], name: str, account: str, *, force: Force | None = None) -> None:
    """Set each row's field `account` to the account matching its field `name`, or None.

    It is one of the office, with `force` also one of that force. One query, or none if no row has a name. The rows are
    not saved.
    """
    rows = list(rows)
    known = _accounts({getattr(row, name) for row in rows} - {""}, force)
    for row in rows:
        row_has = getattr(row, f"{account}_id")
        setattr(row, account, _account_for(known.get(getattr(row, name), ()), row_has))


def _accounts(names: set[str], force: Force | None) -> dict[str, list[User]]:
    found: dict[str, list[User]] = defaultdict(list)
    whose = Q(role__in=OFFICE) | Q(force=force) if force else Q(role__in=OFFICE)
    if names:
        for person in User.objects.filter(whose, name__in=names).order_by("pk"):
            found[person.name].append(person)
    return found


def _account_for(people: Sequence[User], now: Any) -> User | None:
    """Return the account that a name stands for: the one linked before, or else the only active one, or None."""
    active = [each for each in people if each.is_active]
    before = next((each for each in people if each.pk == now), None)
    return before or (active[0] if len(active) == 1 else None)
