"""No screen of the demonstration shows more than was kept of it: links, buttons, fields and words (tests/screens)."""

import os

from django.utils.timezone import localdate

from recommendations.domain.sources import sources
from recommendations.domain.sources.queries import sources_in_use
from recommendations.models import User
from recommendations.sections import Section
from tests.makers.demonstration import LOADED_AT
from tests.screens.counting import Counts, counted
from tests.screens.kept import Place, read_kept, table, worse, write_kept
from tests.screens.places import ADMINISTRATOR, HEIGHTS, HMICFRS_ALONE, PEOPLE, PUBLIC, addresses

MODE = os.environ.get("SCREENS", "")  # of python -m tests.screens


def test_no_screen_shows_more_than_was_kept(demonstration, page, browse, settings):
    """After a change that is meant: python -m tests.screens --write, and look at the difference of kept.tsv."""
    found: dict[Place, Counts] = {}
    browsers = {PUBLIC: page}
    for screen, address in addresses():
        if screen.role not in browsers:
            browsers[screen.role] = browse(User.objects.get(email=PEOPLE[screen.role]))
        if screen.role == HMICFRS_ALONE and not settings.SECTIONS_OFF:
            _follow_hmicfrs_alone(settings)
        found |= _count(browsers[screen.role], address, screen)
    if MODE:
        print("", *table(found), sep="\n")
    if MODE == "write":
        write_kept(found)
    assert worse(found, read_kept()) == []


def _count(browser, address: str, screen) -> dict[Place, Counts]:
    """One screen at each width, loaded once."""
    found = {}
    for width, height in HEIGHTS.items():
        browser.set_viewport_size({"width": width, "height": height})
        if not found:
            assert browser.goto(address).status == 200, address
        found[Place(screen.role, screen.name, width)] = counted(browser)
    return found


def _follow_hmicfrs_alone(settings) -> None:
    """Switch off all that can be off, and end following the others."""
    settings.SECTIONS_OFF = tuple(Section)
    administrator = User.objects.get(email=PEOPLE[ADMINISTRATOR])
    for source in sources_in_use(localdate()):
        if source.key != "hmicfrs":
            sources.set_source(key=source.key, in_use=False, by=administrator, at=LOADED_AT)
