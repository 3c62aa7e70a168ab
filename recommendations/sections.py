"""The sections of the program that an office can switch off, and the registries of what pages gather from subjects.

Administrators choose what the office uses (domain/office_use/choice.py). SECTIONS_OFF in the settings switches off
more, whatever they chose. This module imports no models: the one that keeps the choice registers itself (`use_choice`).

A page that gathers items from many subjects (the first page, the calendar, the navigation) has a `Registry`. Each
subject adds its item where it is defined, with its position and, if an office can switch it off, its section.
docs/operations/sections.md says what belongs to each section.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern


class Section(StrEnum):
    """What an office can do without. The values are the names that SECTIONS_OFF accepts and the database keeps."""

    PANELS = "panels"
    CUSTODY = "custody"
    PUBLIC_PAPERS = "public-papers"
    RECHECKS = "rechecks"
    FORCE_PAGE = "force-page"
    API = "api"
    RISK = "risk"
    ROUNDS = "rounds"
    COMMITMENTS = "commitments"
    SAVED_VIEWS = "saved-views"
    FILES = "files"
    ACTIONS = "actions"
    INDICATORS = "indicators"
    ACCOUNTABILITY = "accountability"

    @property
    def is_on(self) -> bool:
        return self not in settings.SECTIONS_OFF and self not in _off_by_choice()


# They came after offices had begun to use the program: off until an administrator chooses them.
STARTS_OFF = frozenset({Section.ACTIONS, Section.INDICATORS, Section.ACCOUNTABILITY})

_readers: list[Callable[[], frozenset[str]]] = []
_read: ContextVar[list[frozenset[str]] | None] = ContextVar("sections read", default=None)


def use_choice(read: Callable[[], frozenset[str]]) -> None:
    """Register what reads the names of the sections that the office has chosen to do without. It costs one query."""
    _readers[:] = [read]


@contextmanager
def reading_once() -> Iterator[None]:
    """Read the office's choice once at most, when it is first needed; one made meanwhile counts from the next time.

    Each request has one (middleware/sections.py), and a run of a command that asks often. Elsewhere each question
    reads it again.
    """
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def _off_by_choice() -> frozenset[str]:
    kept = _read.get()
    if kept is None:
        return _readers[0]()
    if not kept:
        kept.append(_readers[0]())
    return kept[0]


def read_names(names: Iterable[str]) -> tuple[Section, ...]:
    """The sections of these names, without duplicates, in the enum's order. Raises ValueError for an unknown name."""
    wanted = {name.strip() for name in names} - {""}
    if unknown := sorted(wanted - set(Section)):
        raise ValueError(f"There is no section {', '.join(unknown)}. The sections are: {', '.join(Section)}.")
    return tuple(each for each in Section if each in wanted)


def switched_off_sections() -> tuple[Section, ...]:
    """The sections that are off, by the settings or the office's choice. One query, or none while `reading_once`."""
    off = _off_by_choice().union(settings.SECTIONS_OFF)
    return tuple(each for each in Section if each in off)


class Registry[T]:
    """An ordered registry. The modules of `package` are imported on first use, so that their items are in it.

    With `module`, those are the modules of this name in the folders of `package`.
    """

    def __init__(self, package: str = "", module: str = ""):
        self._package, self._module = package, module
        self._added: list[tuple[int, T, Section | None]] = []

    def add(self, place: int, item: T, section: Section | None = None) -> None:
        """Add an item: the lower its place, the earlier it comes."""
        self._added.append((place, item, section))

    def without(self, off: Iterable[Section]) -> Iterator[T]:
        """All items except those of the sections in `off`, in order."""
        if self._package:
            if self._module:
                import_each(self._package, self._module)
            else:
                import_all(self._package)
            self._package = ""
        off = set(off)
        return (item for _, item, section in sorted(self._added, key=lambda each: each[0]) if section not in off)

    def __iter__(self) -> Iterator[T]:
        return self.without(switched_off_sections())


def import_all(package: str) -> list:
    """Import every module of a package, in order of name, and return them."""
    found = pkgutil.iter_modules(import_module(package).__path__)
    return [import_module(f"{package}.{each.name}") for each in found]


def import_each(package: str, module: str) -> None:
    """Import the module of this name from each folder of a package that has one."""
    for each in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        if each.ispkg and find_spec(f"{each.name}.{module}"):
            import_module(f"{each.name}.{module}")


class SectionPattern(URLPattern):
    """An address that resolves only while one of its sections is on. It can always be reversed."""

    def __init__(self, of: URLPattern, sections: tuple[Section, ...]):
        super().__init__(of.pattern, of.callback, of.default_args, of.name)
        self.sections = sections

    def resolve(self, path):
        match = super().resolve(path)  # first, as it costs no query
        return match if match and any(each.is_on for each in self.sections) else None


def addresses_of(*sections: Section, patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """Bind these addresses to sections: they resolve while at least one of the sections is on."""
    return [SectionPattern(each, sections) for each in patterns]
