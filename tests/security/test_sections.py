"""Sections that are off: nothing leads there, whoever clicks, and their addresses are not there for anybody."""

import re

import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils.timezone import localdate, now

from recommendations.domain.office_use.choice import choose_sections, current_choice
from recommendations.sections import Section
from tests.conftest import make_tracked
from tests.security.crawl import crawled
from tests.security.matrix import lines

# The paths of each section, said without asking the product.
PATHS = {
    "panels": r"/(published/|forces/\w+/)?panels/|/meetings/|/history/(meeting|member)/|/admin/panelmember/",
    "custody": r"/custody/|/history/(visit|suite)/|/admin/custodysuite/",
    "public-papers": r"/published/papers/|/papers/\d+/public/",
    "risk": r"/recommendations/\d+/(risk|delay)/$",
    "rechecks": r"/recommendations/\d+/(look-again|slip)/",
    "force-page": r"/published/forces/|/page-emails/|/forces/\w+/public-page/|/forces/releases/|/history/force-page/",
    "api": r"/api/|/you/tokens/|/security/tokens/",
    "rounds": r"/rounds/",
    "commitments": r"/commitments/(\d+/(check/|edit/|checks/|$)|$)|/responses/\d+/commitments/|/history/commitment/",
    "actions": r"/actions/|/recommendations/\d+/actions/|/history/action/",
    "saved-views": r"/register/views/",
    "indicators": r"/indicators/|/history/indicator/",
    "accountability": r"/accountability/|/published/meetings/|/history/(accountability|meeting-page)/",
    "files": r"/files/|/recommendations/\d+/files.zip",
}
WHO = ("officer", "approver", "lead_a", "member", "administrator", "anonymous")
# The approver has each section off once with another one on beside it, and may do what an officer may, and more.
BESIDE = [("approver", ("panels",)), ("approver", ("custody", "public-papers"))]
SOAK_ON_SQLITE = (pytest.mark.soak, pytest.mark.sqlite_alone)  # what is there is no question to a database
CASES = [
    pytest.param(persona, off, id=f"{persona} without {' '.join(off)}", marks=SOAK_ON_SQLITE if late else ())
    for persona, off, late in [
        *((persona, tuple(PATHS), persona not in ("lead_a", "anonymous")) for persona in WHO if persona != "approver"),
        *((*case, len(case[1]) > 1) for case in BESIDE),
    ]
]
IN_FULL = pytest.param(True, marks=SOAK_ON_SQLITE, id="in full")


def sections_of(paths) -> set[str]:
    """The sections that these paths are of."""
    return {name for name, pattern in PATHS.items() if any(re.match(pattern, path) for path in paths)}


def rich(world) -> list[str]:
    """Pages with something of every section on them."""
    records = (world.open_a, world.closed_a, world.commitment_a, world.final_a, world.draft_a, world.channel_a.force)
    found = [record.get_absolute_url() for record in records if hasattr(record, "get_absolute_url")]
    return [url for url in found if _is_there(url)]


@pytest.mark.parametrize("whole", [pytest.param(False, id="each address once"), IN_FULL])
@pytest.mark.parametrize(("persona", "off"), CASES)
def test_nothing_leads_to_a_section_that_is_off(world, settings, persona, off, whole):
    settings.SECTIONS_OFF = off
    crawl = crawled(world.clients[persona], *rich(world), whole=whole)
    assert crawl.missing == {}
    found = sections_of(crawl.led_from)
    if persona == "approver":  # the walk finds what is on: it would have found the others
        assert found == set(PATHS) - set(off) - {"risk"}  # its forms are parts of the record's address
    assert found & set(off) == set()


def lines_of(world, name: str):
    """The table's lines of a section."""
    return [line for line in lines(world) if re.match(PATHS[name], line.url)]


@pytest.mark.parametrize("whole", [pytest.param(False, id="everybody at one address"), IN_FULL])
@pytest.mark.parametrize("name", PATHS)
def test_the_addresses_of_a_section_that_is_off_are_not_there(world, settings, name, whole):
    """Of each address and kind of history one object, as who may most and as nobody; at one address as everybody."""
    settings.SECTIONS_OFF = (name,)
    urls = {(line.name, line.name == "history" and line.args[0]): line.url for line in lines_of(world, name)}
    cells = [(persona, method) for persona in ("approver", "anonymous") for method in ("get", "post")]
    others = [(persona, "get") for persona in WHO if persona not in ("approver", "anonymous")]
    answers = {
        (url, persona, method): getattr(world.clients[persona], method)(url).status_code
        for place, url in enumerate(urls.values())
        for persona, method in (cells if place and not whole else cells + others)
    }
    assert {cell: status for cell, status in answers.items() if status != 404} == {}
    assert len(urls) >= 2


def test_every_address_of_a_section_is_of_it(world, settings):
    """With everything off, what is not there is what the paths say, evidence, which needs one of three, and no more."""
    assert set(PATHS) == set(Section)
    settings.SECTIONS_OFF = tuple(Section)
    gone = {line.name for line in lines(world) if not _is_there(line.url)}
    named = {line.name for name in PATHS for line in lines_of(world, name)}
    evidence = {"point_from_commitment", "point_from_recommendation", "point_from_assurance", "withdraw_evidence"}
    assert gone == named | evidence


def _is_there(url: str) -> bool:
    try:
        resolve(url)
    except Resolver404:
        return False
    return True


def test_what_a_section_leads_to_is_led_to_from_elsewhere_while_it_is_off(world, settings):
    """Custody visits stand under panels, and public panels under public papers."""
    settings.SECTIONS_OFF = ("panels",)
    navigation = world.clients["officer"].get(reverse("account")).context["masthead"]["items"]
    assert [item["label"] for item in navigation if item["label"] in ("Panels", "Custody visits")] == ["Custody visits"]
    settings.SECTIONS_OFF = ("public-papers",)
    assert f'href="{reverse("public_panels")}"' in world.clients["anonymous"].get(reverse("public_responses")).text


def choose(*, off=(), followed=()):
    """The office's choice of everything but `off`, with these sources."""
    token = current_choice(localdate()).token
    on = [each for each in Section if each not in off]
    choose_sections(sections=on, source_keys=followed, token=token, by=None, at=now())


def test_what_administrators_switch_off_is_not_there_and_comes_back_as_it_was(world):
    client, address = world.clients["officer"], reverse("custody")
    before = len(client.get(address).context["page"])
    choose(off=[Section.CUSTODY], followed=["iopc"])
    assert client.get(address).status_code == 404
    choose(followed=["iopc"])
    assert len(client.get(address).context["page"]) == before > 0


def test_a_source_that_is_off_keeps_what_is_open_and_takes_no_more(world):
    """It stays in the register, on its own pages and in the calendar; only adding to it goes."""
    client, add = world.clients["officer"], reverse("add_source", args=["iopc"])
    choose(followed=["iopc", "audit"])
    tracked = make_tracked(world.iopc)
    pages = [world.iopc.get_absolute_url(), reverse("answer", args=[world.iopc.pk]), tracked.get_absolute_url()]
    assert client.get(add).status_code == 200
    listed = client.get(reverse("register"), {"source": "iopc", "show": "all"}).text
    choose(followed=["audit"])
    assert client.get(add).status_code == 404
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    assert tracked.reference in listed
    assert tracked.reference in client.get(reverse("register"), {"source": "iopc", "show": "all"}).text
