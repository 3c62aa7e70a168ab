"""What every page says, held word for word in one file a page: `make golden` writes them again after a change of words.

A file has the page in its main states, and what is wrong with its form when it is sent empty. Where another kind of
person reads something else at the same address, that is in a file of its own: paper.txt, paper.force.txt. No id is used
twice on any of them, as each reader gets it, and every control has a name (markup.py). What a page does is asked of it
in tests/views.
"""

import datetime
import os
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from tests.golden.markup import faults
from tests.golden.page_text import errors_text, page_text
from tests.golden.pages import READERS, Asked, asked, browsers, subjects
from tests.per_module import per_module
from tests.security.world import build_world
from tests.snapshots import undone

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NOW = datetime.datetime(2026, 11, 13, 9, 30, tzinfo=datetime.UTC)  # a Friday: six days after what the world records
SUBJECTS = subjects()
# One names the database server, which an office on SQLite has not.
PAGES = [pytest.param(name, marks=pytest.mark.sqlite_only) if name == "data_protection" else name for name in SUBJECTS]
IN_TROUBLE = sorted(path.stem for path in (ROOT / "templates").glob("[0-9]*.html"))
WRITES = bool(os.environ.get("WRITE_GOLDEN"))
MARKUP_TO = os.environ.get("MARKUP_TO")  # a folder for the pages as they are sent, for a validator: make nu
MOST_DISTINCT = 6  # columns


def _stand_still(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(timezone, "now", lambda: NOW)


def _built():
    with pytest.MonkeyPatch.context() as patch:
        _stand_still(patch)
        world = build_world()
        found = browsers(world)  # first: their pages name what they have set up
        return SimpleNamespace(pages=asked(world), browsers=found)


site = per_module(_built, "site")


@pytest.fixture(autouse=True)
def _clock(monkeypatch, settings):
    _stand_still(monkeypatch)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60  # a run of all pages may take longer than five minutes


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_its_golden_text_says(site, name):
    """Asked for by who has a text of their own; in the soak, and where texts are written, by everybody who reads it."""
    pages = site.pages[name]
    hold(SUBJECTS[name], name, texts_of(site, pages if WRITES or MARKUP_TO else _with_texts_of_their_own(name, pages)))


def test_pages_without_a_golden_text_are_marked_up_as_the_others_are(site, settings):
    """What they say is of the moment, and the gallery is of the demonstration alone."""
    settings.DEMO = True
    for name in ("gallery", "security_events", "own_sessions", "own_tokens", "all_tokens"):
        _answered(site, Asked("", "administrator", reverse(name)))


@pytest.mark.soak
@pytest.mark.parametrize("name", PAGES)
def test_whoever_has_no_text_of_their_own_reads_what_another_reads(site, name):
    hold(SUBJECTS[name], name, texts_of(site, site.pages[name]))


def _with_texts_of_their_own(name: str, pages: list[Asked]) -> list[Asked]:
    """What the first reader asks for, and each reader whose text is in a file of its own."""
    stem = _stem(name)
    files = [path.name for path in _written(SUBJECTS[name], stem)]
    readers = {pages[0].reader, *(file.removeprefix(f"{stem}.").removesuffix(".txt") for file in files)}
    return [page for page in pages if page.reader in readers]


def test_the_frame_of_every_page_says_who_is_signed_in_and_where_they_can_go(site):
    pages = [Asked(reader, "office", reverse("home")) for reader in READERS if reader != "public"]
    pages.append(Asked("public", "office", reverse("public_responses")))
    frames = {page.state: _frame(site, page) for page in pages}
    hold("site", "frame", {"": _joined(frames)})


@pytest.mark.parametrize("name", IN_TROUBLE)
def test_a_page_for_trouble_says_what_its_golden_text_says(name):
    hold("site", name, {"": page_text(render_to_string(f"{name}.html"))})


def test_every_golden_text_is_of_a_page():
    pages = {("site", name) for name in ("frame", *IN_TROUBLE)}
    pages |= {(subject, _stem(name)) for name, subject in SUBJECTS.items()}
    files = {path: (path.parent.name, path.name.split(".")[0]) for path in sorted(HERE.glob("*/*.txt"))}
    if WRITES:
        for path in [path for path, page in files.items() if page not in pages]:
            path.unlink()
    assert set(files.values()) == pages or WRITES


def hold(folder: str, name: str, texts: dict[str, str]) -> None:
    """Each text is the one in its file, and there is no other file of this page; or all are written."""
    stem = _stem(name)
    files = {HERE / folder / f"{stem}{reader}.txt": text for reader, text in texts.items()}
    if WRITES:
        _write(files, _written(folder, stem))
    assert files != {}
    assert _written(folder, stem) == sorted(files)
    for path, text in files.items():
        assert path.read_text().splitlines() == text.splitlines(), f"{path.name}: make golden writes it again"


def _stem(name: str) -> str:
    return name.replace(":", "_")


def _written(folder: str, stem: str) -> list[Path]:
    return [path for path in sorted((HERE / folder).glob(f"{stem}.*")) if path.name.split(".")[0] == stem]


def _write(files: dict[Path, str], before: list[Path]) -> None:
    for path in before:
        path.unlink()
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def texts_of(site, pages: list[Asked]) -> dict[str, str]:
    """The text for each file: the first reader's in the one without a suffix, and whoever reads something else."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for page in pages:
        text = _answered(site, page)
        if all(states.get(page.state) != text for states in found.values()):
            found[page.reader][page.state] = text
    first = next(iter(found), "")
    return {"" if reader == first else f".{reader}": _joined(states) for reader, states in found.items()}


def _joined(states: dict[str, str]) -> str:
    return "\n".join(f"======== {state}\n{text}" if state else text for state, text in states.items())


def _answered(site, page: Asked) -> str:
    """What somebody reads who asks for it."""
    browser = site.browsers[page.reader]
    with undone(), connection.execute_wrapper(narrow_distinct):
        answer = browser.get(page.url) if page.sent is None else browser.post(page.url, page.sent)
    assert answer["Content-Type"].startswith("text/html")
    html = answer.content.decode()
    assert faults(html) == [], page.url
    if MARKUP_TO and html.lstrip().startswith("<!DOCTYPE"):
        Path(MARKUP_TO, f"{slugify(f'{page.reader} {page.url} {page.state}')}.html").write_text(html)
    return errors_text(html) if page.state == "empty form" else page_text(html)


def narrow_distinct(run, sql: str, params, many, context):
    """No page asks for distinct wide rows: PostgreSQL plans that for as long as it has columns to compare.

    The rows whose ids are among those found are the same rows.
    """
    columns = sql.partition(" FROM ")[0]
    assert not columns.startswith("SELECT DISTINCT") or columns.count(",") < MOST_DISTINCT, sql
    return run(sql, params, many, context)


def _frame(site, page: Asked) -> str:
    return page_text(site.browsers[page.state].get(page.url).content.decode(), "header.app-masthead, footer")
