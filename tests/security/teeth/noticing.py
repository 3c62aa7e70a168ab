"""Which removals the permission tests notice, asked in the smallest questions that they consist of.

Each question is asked once with every check in place, and it is noted which functions with a check it runs. Without a
check only those are asked that run its function, until one is answered otherwise than it should be.
"""

import ast
import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from types import CodeType

import pytest
from django.urls import resolve

from tests import test_architecture, test_permissions
from tests.security import test_many, test_matrix, test_public
from tests.security.line import Line
from tests.security.marks import KINDS, SHOWN, everywhere, said
from tests.security.matrix import lines
from tests.security.rights import RIGHTS
from tests.security.teeth.removals import Removal, changes, taken_away, view_around, view_of
from tests.security.walk import METHODS, Walk, at_the_door, expected
from tests.security.world import FormsRead
from tests.security.worlds.public import build_public
from tests.snapshots import undone

TOOL = 4  # a number that neither debuggers, coverage nor profilers use
# Without a record: whether the tables of addresses, roles and middleware are as they are written down.
PLAIN = [test for name, test in vars(test_permissions).items() if name.startswith("test_")]
PLAIN = [test for test in PLAIN if not inspect.signature(test).parameters]
# What is no status of a page.
OF_THE_WORLD = (
    test_matrix.test_each_queryset_shows_each_persona_what_the_table_says,
    test_matrix.test_each_force_sees_what_directions_enforce_of_its_own,
    test_matrix.test_a_voice_that_is_named_in_an_address_takes_its_own_right,
    test_matrix.test_a_form_that_is_named_in_an_address_takes_its_own_right,
    test_many.test_what_a_role_may_not_do_to_one_it_may_not_do_to_many,
    test_many.test_undoing_what_was_done_to_many_takes_the_right_to_do_it,
    test_public.test_of_a_withdrawn_action_plan_or_page_of_a_force_there_are_its_address_and_the_reason,
)
OF_THE_PUBLIC = (
    test_public.test_no_guess_leads_to_what_is_not_published,
    test_public.test_of_a_withdrawn_response_no_word_is_left,
    test_public.test_what_has_no_address_is_in_no_list,
    test_public.test_of_a_withdrawn_paper_there_are_its_address_the_day_and_the_reason,
)


@dataclass
class Question:
    """A question to the product: whether it is answered wrongly, and what it runs (code, or a view by its name).

    `view` is that of its address, where it has one.
    """

    name: str
    is_wrong: Callable[[], bool]
    runs: set = field(default_factory=set)
    view: tuple[str, str] | None = None


def survivors(world, chosen: list[Removal]) -> list[str]:
    """The removals that no question notices. Raises where one is answered wrongly with every check in place."""
    return unnoticed(chosen, [*of_tests(world), *cells(world), *pages(world)])


def survivors_of_their_pages(world, chosen: list[Removal]) -> list[str]:
    """The same of checks inside views, where each is asked about by the addresses of its own view alone.

    A question is asked again with every check in place once it has noticed something, and so only the few that do.
    """
    of_view = defaultdict(list)
    for question in (*cells(world), *pages(world)):
        of_view[question.view].append(question)
    return [str(removal) for removal in chosen if not is_noticed_by(removal, of_view[view_around(removal)])]


def is_noticed_by(removal: Removal, asked: list[Question]) -> bool:
    """Whether one of these questions is answered wrongly without the check, or the text breaks a rule."""
    with taken_away(removal):
        noticed = next((question for question in asked if question.is_wrong()), None)
        if not noticed:
            return any(map(fails, PLAIN)) or more_is_unguarded(removal)
    refuse_wrong(noticed)
    return True


def refuse_wrong(question: Question) -> None:
    """Raise where a question is answered wrongly with every check in place."""
    if question.is_wrong():
        raise RuntimeError(f"{question.name} is answered wrongly before anything is taken away.")


def unnoticed(chosen: list[Removal], asked: list[Question]) -> list[str]:
    """The removals that none of these questions notices."""
    with watched({code for removal in chosen for code in places(removal) if isinstance(code, CodeType)}) as entered:
        for question in asked:
            entered.clear()
            refuse_wrong(question)
            question.runs |= entered
    return [str(removal) for removal in chosen if not is_noticed(removal, asked)]


def is_noticed(removal: Removal, asked: list[Question]) -> bool:
    """Whether the text breaks a rule of the architecture, or a question is answered wrongly without the check."""
    found = places(removal)
    with taken_away(removal):
        plain = removal.layer != "views" and any(map(fails, PLAIN))
        if plain or any(question.is_wrong() for question in asked if question.runs & found):
            return True
        return any(map(fails, PLAIN)) or more_is_unguarded(removal)


def places(removal: Removal) -> set:
    """Where the check is: the code of functions, or the name of a view."""
    if not removal.layer:
        return set()
    if removal.what.startswith("@allow"):
        return {view_of(removal)}
    return {function.__code__ for function, _ in changes(removal)}


def more_is_unguarded(removal: Removal) -> bool:
    before, after = ([*ast.walk(ast.parse(text))] for text in (removal.path.read_text(), removal.text))
    return len(test_architecture.unguarded(after)) > len(test_architecture.unguarded(before))


@contextmanager
def watched(codes: Iterable[CodeType]) -> Iterator[set[CodeType]]:
    """Those of the pieces of code that are entered meanwhile."""
    entered, monitoring, started = set(), sys.monitoring, sys.monitoring.events.PY_START
    monitoring.use_tool_id(TOOL, "teeth")
    monitoring.register_callback(TOOL, started, lambda code, offset: entered.add(code))
    for code in codes:
        monitoring.set_local_events(TOOL, code, started)
    try:
        yield entered
    finally:
        for code in codes:
            monitoring.set_local_events(TOOL, code, monitoring.events.NO_EVENTS)
        monitoring.register_callback(TOOL, started, None)
        monitoring.free_tool_id(TOOL)


def fails(test: Callable, *given) -> bool:
    """Whether a test fails."""
    try:
        test(*given)
    except (Exception, pytest.fail.Exception):
        return True
    return False


def of_tests(world) -> Iterator[Question]:
    """Whole tests, each with a copy of the world."""

    def is_wrong(test, build=None):
        copy = deepcopy(world)
        copy.forms_read = FormsRead()  # without the check a page may fill in something else
        with undone():
            if build:
                build(copy)
            return fails(test, copy)

    for test in OF_THE_WORLD:
        yield Question(test.__name__, partial(is_wrong, test))
    for test in OF_THE_PUBLIC:
        yield Question(test.__name__, partial(is_wrong, test, build_public))


def cells(world) -> Iterator[Question]:
    """Each object that somebody may not have; and each address once for somebody who may not open it at all."""
    doors = set()
    for line in lines(world):
        for persona in RIGHTS:
            for method in METHODS:
                at_door = at_the_door(line, persona, method)
                if expected(line, persona, method) in (403, 404) and not (at_door and line.name in doors):
                    doors |= {line.name} if at_door else set()
                    yield cell(world, line, persona, method)


def cell(world, line: Line, persona: str, method: str) -> Question:
    def is_wrong():
        walk = Walk(world)
        walk.visit(line, [(persona, method)])
        return bool(walk.wrong or walk.written)

    view = view_at(line.url)
    return Question(f"{method} {line.url} by {persona}", is_wrong, {view}, view)


def pages(world, persona: str = "lead_a") -> Iterator[Question]:
    """Each page of somebody of the first force, where no mark of the second is shown."""

    def is_wrong(url):
        with undone():
            text = said(world.clients[persona].get(url, follow=True))
        return any(KINDS[kind](text) - marks for kind, marks in SHOWN[persona].items())

    for url in dict.fromkeys(everywhere(world, persona, whole=True)):
        yield Question(url, partial(fails_or, is_wrong, url), view=view_at(url))


def view_at(url: str) -> tuple[str, str]:
    """The module and the name of the view at an address, which may have parameters."""
    view = resolve(url.partition("?")[0]).func
    return view.__module__, view.__name__


def fails_or(ask: Callable, *given) -> bool:
    """What is answered; an error is a wrong answer."""
    try:
        return ask(*given)
    except Exception:
        return True
