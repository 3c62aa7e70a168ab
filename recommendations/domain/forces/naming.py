"""Web addresses and reference prefixes that are made from the name of a force or a policing body."""

from collections.abc import Callable, Iterator
from itertools import count

from django.utils.text import slugify

from recommendations.models import Force, PolicingBody


def free_name(record: Force | PolicingBody, field: str, name: str) -> str:
    """The first slug or reference prefix made from a name that no other record of its kind has."""
    return next(each for each in MADE_FROM_NAME[field](name) if not is_taken(record, field, each))


def is_taken(record: Force | PolicingBody, field: str, value: str) -> bool:
    """Whether another record of its kind has this value, in whatever case."""
    return type(record).objects.exclude(pk=record.pk).filter(**{f"{field}__iexact": value}).exists()


def _slugs(name: str) -> Iterator[str]:
    """Web addresses for a name: westmarch, westmarch-2, …"""
    slug = slugify(name)[:40] or "office"
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _prefixes(name: str) -> Iterator[str]:
    """Prefixes for a name: the initials of several words, then the first two letters, three, …, then with a number."""
    words = slugify(name).upper().split("-")
    letters = "".join(words) or "X"
    if len(words) > 1:
        yield "".join(word[0] for word in words)[:8]
    yield from (letters[:length] for length in range(2, 6))
    yield from (f"{letters[:2]}{number}" for number in count(2))


MADE_FROM_NAME: dict[str, Callable[[str], Iterator[str]]] = {"slug": _slugs, "reference_prefix": _prefixes}
