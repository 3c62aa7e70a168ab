"""Filters of the list of people: by name or address, role, and state of access."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from recommendations.domain.people.access import PersonAccess
from recommendations.enums import Role

type Holds = Callable[[PersonAccess], bool]

STATES: dict[str, tuple[str, Holds]] = {
    "open": ("can sign in", lambda row: row.person.is_active),
    "no-factor": ("without a second factor", lambda row: row.person.is_active and not row.has_factor),
    "no-password": ("without a password yet", lambda row: row.person.is_active and not row.has_password),
    "never": ("never signed in", lambda row: row.person.is_active and row.seen_at is None),
    "here": ("signed in now", lambda row: bool(row.sessions)),
    "locked": ("locked in the last day", lambda row: row.locked_at is not None),
    "closed": ("deactivated", lambda row: not row.person.is_active),
}


@dataclass(frozen=True)
class PeopleFilter:
    """Words of a name or address, a role, and a key of STATES; "" for any. With `ids`, of these people only."""

    words: str = ""
    role: str = ""
    state: str = ""
    ids: tuple[int, ...] = ()

    def rows(self, people: Iterable[PersonAccess]) -> list[PersonAccess]:
        """The matching rows, in the given order."""
        among = [row for row in people if not self.ids or row.person.pk in self.ids]
        return [row for row in among if self._has_role(row) and self._has_state(row) and self._is_named(row)]

    def roles(self, people: Iterable[PersonAccess]) -> dict[str, int]:
        """The number of people with each role, of those that match words and state."""
        rows = replace(self, role="").rows(people)
        return {role: sum(row.person.role == role for row in rows) for role in Role.values}

    def states(self, people: Iterable[PersonAccess]) -> dict[str, int]:
        """The number of people in each state, of those that match words and role."""
        rows = replace(self, state="").rows(people)
        return {state: sum(map(holds, rows)) for state, (_, holds) in STATES.items()}

    def _has_role(self, row: PersonAccess) -> bool:
        return self.role in ("", row.person.role)

    def _has_state(self, row: PersonAccess) -> bool:
        return not self.state or STATES[self.state][1](row)

    def _is_named(self, row: PersonAccess) -> bool:
        """Whether each word occurs in the name or address, case-insensitively."""
        said = f"{row.person.name} {row.person.email}".casefold()
        return all(word in said for word in self.words.casefold().split())
