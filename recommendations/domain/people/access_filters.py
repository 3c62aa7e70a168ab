"""Which of the people an administrator asks for: by name or address, role, and what there is about their access."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recommendations.domain.people.access import PersonAccess
from recommendations.enums import Role

type Holds = Callable[[PersonAccess], bool]

STATES: dict[str, tuple[str, Holds]] = {
    "open": ("can sign in", lambda row: row.person.is_active),
    "no-factor": ("without a second factor", lambda row: row.person.is_active and not row.has_factor),
    "never": ("never signed in", lambda row: row.person.is_active and row.seen_at is None),
    "here": ("signed in now", lambda row: bool(row.sessions)),
    "locked": ("locked in the last day", lambda row: row.locked_at is not None),
    "closed": ("deactivated", lambda row: not row.person.is_active),
}


@dataclass(frozen=True)
class PeopleFilter:
    """Words of a name or an address, a role and a state of STATES; empty for any."""

    words: str = ""
    role: str = ""
    state: str = ""

    def rows(self, people: Iterable[PersonAccess]) -> list[PersonAccess]:
        """Those who are asked for, in the order in which they come."""
        return [row for row in people if self._has_role(row) and self._has_state(row) and self._is_named(row)]

    def roles(self, people: Iterable[PersonAccess]) -> dict[str, int]:
        """How many have each role, of those who are named and in the state that is asked for."""
        rows = PeopleFilter(self.words, "", self.state).rows(people)
        return {role: sum(row.person.role == role for row in rows) for role in Role.values}

    def states(self, people: Iterable[PersonAccess]) -> dict[str, int]:
        """How many are in each state, of those who are named and have the role that is asked for."""
        rows = PeopleFilter(self.words, self.role).rows(people)
        return {state: sum(map(holds, rows)) for state, (_, holds) in STATES.items()}

    def _has_role(self, row: PersonAccess) -> bool:
        return self.role in ("", row.person.role)

    def _has_state(self, row: PersonAccess) -> bool:
        return not self.state or STATES[self.state][1](row)

    def _is_named(self, row: PersonAccess) -> bool:
        """Whether each word stands somewhere in the name or the address, whatever its case."""
        said = f"{row.person.name} {row.person.email}".casefold()
        return all(word in said for word in self.words.casefold().split())
