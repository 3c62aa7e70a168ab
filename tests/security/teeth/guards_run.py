"""A plugin of pytest: take each guard of the domain away in turn, and see that a test which expects a refusal fails.

The tests are run once with every guard in place, and it is noted which guards each comes to. Without a guard only
those are run that come to it, the quickest first, until one fails. (Pytest loads this before the settings are read.)
"""

import inspect
from time import perf_counter

import pytest
from _pytest.runner import runtestprotocol

SURVIVES = "Survives: "


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if "NotAllowed" in inspect.getsource(item.function)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    from tests.security.teeth.guards import guards
    from tests.security.teeth.noticing import places, watched
    from tests.security.teeth.removals import taken_away

    chosen, comes_to, took = guards(), {}, {}
    with watched({code for removal in chosen for code in places(removal)}) as entered:
        for item in session.items:
            entered.clear()
            began = perf_counter()
            if not passes(item):
                pytest.exit(f"{item.nodeid} fails before anything is taken away.", pytest.ExitCode.INTERNAL_ERROR)
            comes_to[item], took[item] = set(entered), perf_counter() - began
    for removal in chosen:
        items = [item for item in session.items if comes_to[item] & places(removal)]
        with taken_away(removal):
            if all(map(passes, sorted(items, key=took.get))):
                print(f"\n{SURVIVES}{removal}")
                session.testsfailed += 1
    return True


def passes(item: pytest.Function) -> bool:
    """Run a test with fixtures of its own; only what is made once for a session stays."""
    item._initrequest()
    return all(report.passed for report in runtestprotocol(item, nextitem=item.session, log=False))
