"""What holds for all templates: nothing inline that the browser would refuse, components that are shown."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
PAGES = {
    str(path.relative_to(TEMPLATES)): path.read_text()
    for path in sorted(TEMPLATES.rglob("*.html"))
    if path.relative_to(TEMPLATES).parts[0] not in ("documents", "emails")
}
COMPONENTS = {path.stem: path.read_text() for path in sorted((TEMPLATES / "components").glob("*.html"))}
FRAME = {
    "masthead",
    "footer",
    "messages",
    "sprite",
    "form_machinery",
    "keys",
}  # parts of every page: base.html shows them
REFUSED = r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\ssrc=)"


def test_the_templates_are_found():
    assert [len(PAGES) > 500, len(COMPONENTS) > 20] == [True, True]


def test_no_script_or_style_is_inline():
    found = {name: re.findall(REFUSED, text, re.IGNORECASE) for name, text in PAGES.items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_a_block_uses_no_address_that_another_block_names():
    """A name that `{% url … as name %}` gives ends with its block: a link outside would lead nowhere."""
    assert {name: lost for name, text in PAGES.items() if (lost := _leading_nowhere(text))} == {}


def _leading_nowhere(text: str) -> list[set[str]]:
    blocks = re.findall(r"{% block \w+ %}(.*?){% endblock", text, re.DOTALL)
    named = [set(re.findall(r"{% url [^%]* as (\w+) %}", block)) for block in blocks]
    used = [set(re.findall(r"href=\"[^\"]*{{ (\w+) }}", block)) for block in blocks]
    return [use - own for own, use in zip(named, used, strict=True) if (use - own) & set().union(*named)]


def test_each_component_is_in_the_gallery():
    shown = set(re.findall(r'include "components/(\w+)\.html"', PAGES["site/gallery.html"]))
    assert COMPONENTS.keys() - shown - FRAME - {"error_summary"} == set()


def test_each_component_says_what_it_takes():
    assert [name for name, text in COMPONENTS.items() if name != "sprite" and not text.startswith("{#")] == []


def test_components_get_what_they_are_given_and_nothing_else():
    """`only`, except where a part of the frame needs the page's context."""
    includes = [
        (name, *found)
        for name, text in PAGES.items()
        for found in re.findall(r'{% include "components/(\w+)\.html"([^%]*)%}', text)
    ]
    assert [each for each in includes if each[1] not in FRAME and " only " not in each[2]] == []


def test_what_a_template_says_that_it_takes_is_there():
    """A class or a function as `domain.panels.queries.PanelRow`, a module as `views/papers/files.py`."""
    comments = [
        (str(path.relative_to(TEMPLATES)), "".join(re.findall(r"{#(.*?)#}", path.read_text(), re.DOTALL)))
        for path in sorted(TEMPLATES.rglob("*.html"))
    ]
    named = [
        (template, found)
        for template, words in comments
        for found in re.findall(r"(?<![\w./])(?:domain|documents|forms|models|views)(?:[./]\w+)+", words)
    ]
    assert len(named) > 200
    assert [each for each in named if not _is_there(each[1])] == []


def _is_there(name: str) -> bool:
    if "/" in name:
        return (ROOT / "recommendations" / name).exists()
    module, _, member = f"recommendations.{name}".rpartition(".")
    try:
        return find_spec(module) is not None and hasattr(import_module(module), member)
    except ModuleNotFoundError:
        return False
