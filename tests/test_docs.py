"""The documentation: its links lead somewhere, its index and its lists are whole."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
COMMANDS = DOCS / "operations/commands.md"


def prose(path: Path) -> str:
    """The text of a page without its blocks of code."""
    return re.sub(r"^```[\s\S]*?^```|^ {4}.*$", "", path.read_text(), flags=re.MULTILINE)


@cache
def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def leads_somewhere(page: Path, link: str) -> bool:
    """Whether a relative link of a page leads to a file or folder, and to a heading of it where it names one."""
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.exists() and (not anchor or anchor in anchors(target))


def test_every_link_leads_to_a_page_and_a_heading():
    links = [(page, link) for page in PAGES for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text())]
    inside = [(page, link) for page, link in links if not re.match(r"[a-z]+:", link)]
    assert len(inside) > 200
    broken = [f"{page.relative_to(ROOT)}: {link}" for page, link in inside if not leads_somewhere(page, link)]
    assert broken == []


@pytest.mark.parametrize("link", ["missing.md", "index.md#missing", "#missing"])
def test_a_link_to_nothing_is_found(link):
    assert not leads_somewhere(DOCS / "glossary.md", link)


def test_the_index_lists_every_page():
    linked = {(DOCS / link).resolve() for link in re.findall(r"\]\(([\w/.-]+)\)", (DOCS / "index.md").read_text())}
    pages = {page for page in DOCS.rglob("*.md") if page.parent.name != "adr"} | {DOCS / "adr"}
    assert linked == pages - {DOCS / "index.md"}


def test_the_page_on_operating_leads_to_every_page_of_operations():
    linked = re.findall(r"\]\((operations/[\w-]+\.md)\)", (DOCS / "operating.md").read_text())
    pages = [str(page.relative_to(DOCS)) for page in (DOCS / "operations").glob("*.md")]
    assert sorted(linked) == sorted(pages)


def commands_of_ours() -> set[str]:
    """The commands that the program adds to Django's or changes, but those for developers."""
    ours = {name for name, app in get_commands().items() if app in ("oversight", "recommendations")}
    return ours - {"load_demo", "states"} | {"version"}


def test_every_command_is_listed():
    rows = re.findall(r"^\| (`.+`) \|", COMMANDS.read_text(), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([a-z_]+)", row)} == commands_of_ours()


def test_the_options_in_the_list_exist():
    rows = re.findall(r"^\| `([a-z_]+)( .+)` \|", COMMANDS.read_text(), re.MULTILINE)
    commands = {name: load_command_class(get_commands()[name], name) for name, _ in rows}
    helps = {name: command.create_parser("manage.py", name).format_help() for name, command in commands.items()}
    missing = [
        f"{name} {option}"
        for name, options in rows
        for option in re.findall(r"--[\w-]+", options)
        if not re.search(rf"{option}\b", helps[name])
    ]
    assert (len(rows) > 25, missing) == (True, [])


def test_pages_name_commands_that_exist():
    named = re.compile(r"(?:manage\.py|oversight) ([a-z]+_[a-z_]+)")
    assert {name for page in PAGES for name in named.findall(page.read_text())} - set(get_commands()) == set()


def test_a_control_of_the_page_on_security_is_one_short_sentence():
    controls = re.findall(r"^\| (.+?) \| `tests", (DOCS / "security.md").read_text(), re.MULTILINE)
    assert len(controls) > 150
    assert [control for control in controls if len(control) > 180 or ". " in control] == []
