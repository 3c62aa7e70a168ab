"""How each verb is done once, subject by subject: tests/test_trail_verbs.py runs them all.

Every module here is asked, at whatever depth: for its `cases`, and for its `drafting`, which takes who acts and when
too, and writes no record.
"""

from importlib import import_module
from pkgutil import walk_packages


def cases(world) -> dict:
    """Name of the verb → how it is done once, for every subject that has a module here."""
    return _made("cases", world)


def drafting(world) -> dict:
    """The same for what writes no record."""
    return _made("drafting", world)


def _made(which: str, world) -> dict:
    modules = [import_module(each.name) for each in walk_packages(__path__, f"{__name__}.")]
    made = [getattr(module, which)(world) for module in modules if hasattr(module, which)]
    return {name: act for acts in made for name, act in acts.items()}
