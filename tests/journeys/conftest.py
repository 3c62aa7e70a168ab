"""Stories in a browser: Chromium, a live server, people who are signed in, and pages that must keep their promises."""

import os
import subprocess
from functools import partial
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import connection, connections
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from oversight.settings import DEMO_KEY
from tests.database import fill_from, sqlite_demonstration
from tests.environment import SOAK
from tests.makers.builds import run_builds
from tests.makers.demonstration import LOADED_AT

ROOT = Path(__file__).resolve().parent.parent.parent
LIBREOFFICE = Path(__file__).parent / "libreoffice.py"
AXE = ROOT / "node_modules/axe-core"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# It need not read our style sheets, a fifth of a check: the one rule that asks for them is none of these.
BROKEN = """rules => axe.run({runOnly: rules, resultTypes: ["violations"], preload: {assets: ["media"]}})
  .then(found => found.violations.map(each => [each.id, each.nodes.map(node => node.html)]))"""
VIEWPORT = {"width": 1366, "height": 768}
WIDTHS = (320, 375, 800, 1280)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Playwright waits in an event loop of its own, in this thread; our queries are not part of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
_checked: set[tuple] = set()
expect.set_options(timeout=15_000)  # a save on a busy machine takes more than Playwright's own five seconds


def pytest_collection_modifyitems(items):
    """Everything in this folder is a journey."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ROOT / "scripts/chromium.sh", args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite in a file, as in an office: the server's threads each have their own connection. It need not last."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "journeys.sqlite3")
        connection.settings_dict["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
        connection.settings_dict["CONN_MAX_AGE"] = None  # to open one takes a third of what a page takes the server


@pytest.fixture(scope="session", autouse=True)
def _axe_is_served():
    """By the live server, whose scripts every page may load."""
    with override_settings(STATICFILES_DIRS=[*settings.STATICFILES_DIRS, AXE]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(chromium, django_db_setup):
    """The browser first: Django keeps one connection for code inside an event loop and another outside."""


@pytest.fixture
def page(chromium, live_server):
    """A page on the live server; a script error or a refusal of the content security policy fails the test."""
    wrong = []
    page = _watched(chromium.new_context(base_url=live_server.url, viewport=VIEWPORT), wrong)
    yield page
    page.context.close()
    assert wrong == []


def _watched(context, wrong: list):
    page = context.new_page()
    page.set_default_timeout(60_000)  # a paper's file is made meanwhile, perhaps on a busy machine
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    return page


@pytest.fixture
def browse(chromium, live_server):
    """A browser of their own for each person, signed in with a second factor; they are open at the same time.

    Without a person it is the browser of somebody who is still to sign in.
    """
    wrong, contexts = [], []

    def signed_in(person=None, **options):
        context = chromium.new_context(base_url=live_server.url, viewport=VIEWPORT, **options)
        contexts.append(context)
        if person is not None:
            _give_session(context, Client(), person, live_server.url)
        return _watched(context, wrong)

    yield signed_in
    for context in contexts:
        context.close()
    assert wrong == []


def _give_session(context, client, person, url: str) -> None:
    if not is_mfa_enabled(person):
        TOTP.activate(person, generate_totp_secret())
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


@pytest.fixture
def demonstration(live_server, settings, monkeypatch):
    """The demonstration as it was loaded, at the moment when it was."""
    settings.DEMO, settings.SECRET_KEY = True, DEMO_KEY
    fill_from(sqlite_demonstration())
    monkeypatch.setattr(timezone, "now", lambda: LOADED_AT)


@pytest.fixture
def worker(live_server):
    """What makes the files of papers, beside the live server."""
    over = Event()

    def work():
        while not over.wait(0.2):
            run_builds()
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.fixture(scope="session")
def with_libreoffice(tmp_path_factory):
    """Type into cells (reference, heading, words, …) of a spreadsheet as a person does in LibreOffice."""
    profile = tmp_path_factory.mktemp("libreoffice")

    def fill_in(file: Path, *cells: str) -> None:
        subprocess.run(["/usr/bin/python3", LIBREOFFICE, profile, file, *cells], check=True, timeout=180)

    return fill_in


@pytest.fixture
def sign_in(page, client, live_server):
    """Sign a person in, with a second factor, without the pages of the sign-in."""

    def signed_in(person):
        _give_session(page.context, client, person, live_server.url)
        return page

    return signed_in


@pytest.fixture
def assert_accessible(page):
    """Check the page that is open: the automated rules of WCAG 2.2 AA, and no sideways scroll at any width.

    It is the page of another browser where one is given. In the soak each state that a journey comes to is checked, in
    the suite each kind of page once in a process.
    """

    def check(page=page, widths=()):
        page.wait_for_load_state()
        if _is_checked(page):
            return
        _assert_no_rule_is_broken(page)
        size = page.viewport_size
        for width in widths if SOAK else ():
            page.set_viewport_size({"width": width, "height": 768})
            _assert_no_rule_is_broken(page)
        too_wide = [width for width in WIDTHS if _scrolls_sideways(page, width)]
        page.set_viewport_size(size)
        assert too_wide == [], page.url

    return check


@pytest.fixture
def assert_accessible_at_both(assert_accessible):
    """The same check; in the soak of a page as it is laid out for a desk and for a phone."""
    return partial(assert_accessible, widths=(1280, 375))


def _is_checked(page) -> bool:
    """Whether a page of this address, with such a question and with or without errors, need not be checked again."""
    address = urlsplit(page.url)
    try:
        name = resolve(address.path).view_name
    except Resolver404:
        name = ""
    kind = (name, *sorted(parse_qs(address.query)), page.locator(".govuk-error-summary").count())
    known = kind in _checked and not SOAK
    _checked.add(kind)
    return known


def _assert_no_rule_is_broken(page):
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(url="/static/axe.min.js")
    assert page.evaluate(BROKEN, RULES) == [], page.url


def _scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 768})
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
