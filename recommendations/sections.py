"""The sections of the program that an office can switch off, and where the pieces of its pages register themselves.

A page that shows something of many subjects (the first page, the calendar, the navigation, a paper) holds a `Pieces`.
What belongs there is added to it where it is written, with its place in the order and, where an office can switch it
off, its section. docs/operating.md says what goes with each section.
"""

import pkgutil
from collections.abc import Iterable, Iterator
from enum import StrEnum
from importlib import import_module

from django.conf import settings
from django.urls import URLPattern


class Section(StrEnum):
    """What SECTIONS_OFF can name."""

    PANELS = "panels"
    CUSTODY = "custody"
    PUBLIC_PAPERS = "public-papers"
    RECHECKS = "rechecks"
    FORCE_PAGE = "force-page"
    API = "api"
    RISK = "risk"

    @property
    def is_on(self) -> bool:
        return self not in settings.SECTIONS_OFF


def read_names(names: Iterable[str]) -> tuple[Section, ...]:
    """The sections of these names, each once, in their own order. Raises ValueError, saying which there are."""
    wanted = {name.strip() for name in names} - {""}
    if unknown := sorted(wanted - set(Section)):
        raise ValueError(f"There is no section {', '.join(unknown)}. The sections are: {', '.join(Section)}.")
    return tuple(each for each in Section if each in wanted)


def switched_off() -> tuple[Section, ...]:
    """The sections that this office does without."""
    return tuple(each for each in Section if not each.is_on)


class Pieces[T]:
    """Pieces of one kind in their order. Those of `package` add themselves when its modules are imported."""

    def __init__(self, package: str = ""):
        self._package = package
        self._added: list[tuple[int, T, Section | None]] = []

    def add(self, place: int, piece: T, section: Section | None = None) -> None:
        """Add a piece: the lower its place, the earlier it stands."""
        self._added.append((place, piece, section))

    def without(self, off: Iterable[Section]) -> Iterator[T]:
        """All of them but those of the sections that are off."""
        if self._package:
            import_all(self._package)
            self._package = ""
        off = set(off)
        return (piece for _, piece, section in sorted(self._added, key=lambda each: each[0]) if section not in off)

    def __iter__(self) -> Iterator[T]:
        return self.without(switched_off())


def import_all(package: str) -> list:
    """Every module of a package, imported, by name."""
    found = pkgutil.iter_modules(import_module(package).__path__)
    return [import_module(f"{package}.{each.name}") for each in found]


class SectionPattern(URLPattern):
    """An address that is not there while every section that it belongs to is off. It can be named all the same."""

    def __init__(self, of: URLPattern, sections: tuple[Section, ...]):
        super().__init__(of.pattern, of.callback, of.default_args, of.name)
        self.sections = sections

    def resolve(self, path):
        return super().resolve(path) if any(each.is_on for each in self.sections) else None


def addresses_of(*sections: Section, patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """These addresses, as those of a section; of several sections they are there while one of them is on."""
    return [SectionPattern(each, sections) for each in patterns]
