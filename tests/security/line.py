"""A line of the table of addresses: an address with its object, who may see it, what it answers."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from tests.security.rights import RIGHTS

OFFICE = {"officer", "approver"}
EVERYBODY = set(RIGHTS)
MISSING = 999_999


@dataclass(frozen=True)
class Line:
    """An address. `get` and `post` are what somebody is answered who has the right and may see the object."""

    name: str
    args: tuple = ()
    seen_by: frozenset = frozenset(EVERYBODY)
    get: int = 200
    post: int = 200
    rule: str = ""
    refused: frozenset = field(default=frozenset())  # may see the object, and may not do this to it: 403

    @cached_property
    def url(self) -> str:
        return reverse(self.name, args=self.args)
