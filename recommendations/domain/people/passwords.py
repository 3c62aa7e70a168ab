"""Password rules: long enough for the role, and not on our list of breached passwords.

The list is a sorted file of SHA-1 prefixes, so a look-up takes about twenty reads and no memory. The bundled one is
made from the longer passwords of SecLists (docs/operations/sign-in.md says how to install a larger one).
"""

import hashlib
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from recommendations.enums import Role
from recommendations.models import User

WIDTH = 5  # bytes kept of each SHA-1
SHORTEST, SHORTEST_OF_ADMINISTRATORS = 12, 15
OWN_LIST = Path(__file__).parent / "data" / "breached_passwords.bin"


def shortest_for(role: str) -> int:
    """The minimum length of a password for this role."""
    return SHORTEST_OF_ADMINISTRATORS if role == Role.ADMINISTRATOR else SHORTEST


def prefix_of(password: str) -> bytes:
    """The start of a password's SHA-1, as in lists of breached passwords."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).digest()[:WIDTH]


def list_path() -> Path:
    """The list of breached passwords: the office's own, or the bundled one."""
    return Path(settings.BREACHED_PASSWORDS) if settings.BREACHED_PASSWORDS else OWN_LIST


def is_breached(password: str) -> bool:
    """Whether a password is on the list. With the bundled list, 1 in 750,000 others is refused by mistake."""
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
    """The prefixes of a list with one password, or SHA-1 in hex with or without ":count", on each line.

    Passwords shorter than the minimum are skipped. Raises ValueError, with the line number, for an invalid hash.
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
    """Write a list, replacing the one at `path` once complete. Returns the number of entries.

    Raises Unsorted if they are not in order; ValueError if there are none. Streams, so it needs no memory.
    """
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        count = sum(file.write(each) for each in _check_sorted(prefixes)) // WIDTH
    if not count:
        new.unlink()
        raise ValueError("The list holds no password of 12 characters or more.")
    new.replace(path)
    return count


def _check_sorted(prefixes: Iterable[bytes]) -> Iterator[bytes]:
    """Each prefix once. Raises Unsorted if they are not in order."""
    last, rest = b"", iter(prefixes)
    for each in rest:
        if each < last:
            raise Unsorted
        if each != last:
            yield each
        last = each


class Unsorted(Exception):
    """Raised if the list is not sorted by hash and must be sorted first."""


class LengthValidator:
    """Requires 12 characters, or 15 for administrators; no rules about kinds of characters."""

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
    """Refuses breached passwords, which attackers try first."""

    def validate(self, password: str, user: User | None = None) -> None:
        if any(is_breached(each) for each in {password, password.lower()}):
            raise ValidationError(
                "This password is on a list of passwords that were stolen elsewhere. Choose another one.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "No password that is on a list of stolen ones."
