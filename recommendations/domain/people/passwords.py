"""What a password has to be: long enough for the role, and none that is on a list of breached ones kept here.

The list is a file of SHA-1 prefixes, sorted, so that one password takes some twenty looks and no memory. The one that
comes with Oversight is made of the longer passwords of SecLists (docs/operating.md says how to take a larger one).
"""

import hashlib
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from recommendations.enums import Role
from recommendations.models import User

WIDTH = 5  # bytes of each SHA-1 that are kept
SHORTEST, SHORTEST_OF_ADMINISTRATORS = 12, 15
OWN_LIST = Path(__file__).parent / "data" / "breached_passwords.bin"


def shortest_for(role: str) -> int:
    """How many characters a password of this role has at least."""
    return SHORTEST_OF_ADMINISTRATORS if role == Role.ADMINISTRATOR else SHORTEST


def prefix_of(password: str) -> bytes:
    """The beginning of a password's SHA-1, as lists of breached passwords have it."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).digest()[:WIDTH]


def list_path() -> Path:
    """The file that passwords are held against: the office's own, or the one that comes with Oversight."""
    return Path(settings.BREACHED_PASSWORDS) if settings.BREACHED_PASSWORDS else OWN_LIST


def is_breached(password: str) -> bool:
    """Whether a password is on the list. Of the one that comes along, one other in 750,000 is taken for one of it."""
    wanted = prefix_of(password)
    with list_path().open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        low, high = 0, len(held) // WIDTH
        while low < high:
            middle = (low + high) // 2
            found = held[middle * WIDTH : (middle + 1) * WIDTH]
            if found == wanted:
                return True
            low, high = (middle + 1, high) if found < wanted else (low, middle)
    return False


def prefixes_in(lines: Iterable[str]) -> Iterator[bytes]:
    """The prefixes of a list: passwords, or SHA-1 in hexadecimal with or without ":count", one on each line.

    Passwords that are too short to be anybody's are left out. Raises ValueError with the number of a line of hashes
    that is none.
    """
    is_hashed = None
    for number, line in enumerate(lines, 1):
        said = line.rstrip("\r\n")
        if not said:
            continue
        if is_hashed is None:
            is_hashed = _hash_in(said) is not None
        if not is_hashed:
            if len(said) >= SHORTEST:
                yield prefix_of(said)
        elif (found := _hash_in(said)) is None:
            raise ValueError(f"Line {number} is no SHA-1: 40 hexadecimal digits, then a colon and a number or nothing.")
        else:
            yield found


def _hash_in(line: str) -> bytes | None:
    digits, _, count = line.partition(":")
    if len(digits) != 40 or (count and not count.strip().isdecimal()):
        return None
    try:
        return bytes.fromhex(digits)[:WIDTH]
    except ValueError:
        return None


def write_list(prefixes: Iterable[bytes], path: Path) -> int:
    """Write a list in place of the one at `path`, which stays until it is whole. Returns how many it holds.

    Raises Unsorted where they are not in order; ValueError where there is none. A sorted list takes no memory.
    """
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        count = sum(file.write(each) for each in _sorted(prefixes)) // WIDTH
    if not count:
        new.unlink()
        raise ValueError("The list holds no password of 12 characters or more.")
    new.replace(path)
    return count


def _sorted(prefixes: Iterable[bytes]) -> Iterator[bytes]:
    """Each prefix once, in order."""
    last, rest = b"", iter(prefixes)
    for each in rest:
        if each < last:
            raise Unsorted
        if each != last:
            yield each
        last = each


class Unsorted(Exception):
    """The list is not sorted by its hashes, so it has to be sorted first."""


class LengthValidator:
    """12 characters or more, for administrators 15; no other rule about what a password is made of."""

    def validate(self, password: str, user: User | None = None) -> None:
        role = getattr(user, "role", "")
        shortest = shortest_for(role)
        if len(password) < shortest:
            whose = "An administrator’s password" if role == Role.ADMINISTRATOR else "A password"
            raise ValidationError(
                f"{whose} has {shortest} characters or more, and this one has {len(password)}. Three or four words "
                "that do not belong together make a good one.",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return f"{SHORTEST} characters or more, for administrators {SHORTEST_OF_ADMINISTRATORS}."


class BreachedValidator:
    """None that became known when somebody else's passwords were stolen: those are tried first."""

    def validate(self, password: str, user: User | None = None) -> None:
        if any(is_breached(each) for each in {password, password.lower()}):
            raise ValidationError(
                "This password is on a list of passwords that were stolen elsewhere. Choose another one.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "No password that is on a list of stolen ones."
