"""Sections that an office switches off by a setting, and the registries of what pages gather."""

import re
import subprocess
import sys

import pytest

from recommendations.domain.calendar.entries import SOURCES
from recommendations.domain.home.first_page import LINES
from recommendations.sections import Registry, Section, read_names, switched_off_sections
from recommendations.views.site.navigation import PLACES
from tests.test_setup import ROOT


def test_the_names_of_sections_are_read_in_their_order_each_once():
    assert read_names([]) == read_names([""]) == ()
    assert read_names([" public-papers", "panels ", "panels"]) == (Section.PANELS, Section.PUBLIC_PAPERS)


def test_an_unknown_name_is_refused_with_those_that_there_are():
    words = f"There is no section custody-visits, papers. The sections are: {', '.join(Section)}."
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        read_names(["panels", "papers", "custody-visits"])


def test_nothing_starts_with_an_unknown_name():
    command = [sys.executable, "-c", "import oversight.settings"]
    env = {"OVERSIGHT_DEMO": "1", "SECTIONS_OFF": "panels,custdy", "PATH": "/usr/bin:/bin"}
    found = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert found.returncode == 1
    said = "ImproperlyConfigured: SECTIONS_OFF: There is no section custdy. The sections are: panels, "
    assert said in found.stderr


def test_what_goes_with_each_section_is_written_down():
    text = (ROOT / "docs/operations/sections.md").read_text()
    assert re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE) == list(Section)


def test_all_is_on_unless_the_setting_says_otherwise(settings):
    assert (settings.SECTIONS_OFF, switched_off_sections()) == ((), ())
    settings.SECTIONS_OFF = ("custody",)
    assert switched_off_sections() == (Section.CUSTODY,)
    assert [each for each in Section if not each.is_on] == [Section.CUSTODY]


def test_items_are_in_order_without_those_of_a_section_that_is_off(settings):
    registry: Registry[str] = Registry()
    registry.add(20, "second")
    registry.add(30, "third", Section.PANELS)
    registry.add(10, "first", Section.CUSTODY)
    assert list(registry) == ["first", "second", "third"]
    settings.SECTIONS_OFF = ("panels",)
    assert list(registry) == ["first", "second"]
    assert list(registry.without([Section.CUSTODY])) == ["second", "third"]


def test_no_two_items_share_a_place(client):
    client.get("/")
    assert len(list(PLACES)) == 12
    found = [[place for place, _, _ in registry._added] for registry in (PLACES, SOURCES) if list(registry)]
    lines = [(place, each.desk, each.part) for place, each, _ in LINES._added if list(LINES)]
    assert [len(places) for places in (*found, lines)] == [len(set(places)) for places in (*found, lines)]
