"""What holds for all templates: nothing inline that the browser would refuse, components that are shown."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
PAGES = sorted(
    path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in ("documents", "emails")
)
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
FRAME = {
    "masthead",
    "footer",
    "messages",
    "sprite",
    "form_machinery",
    "keys",
}  # parts of every page: base.html shows them
REFUSED = r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\ssrc=)"


def name(path):
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_script_or_style_is_inline(path):
    assert re.findall(REFUSED, path.read_text(), re.IGNORECASE) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_block_uses_no_address_that_another_block_names(path):
    """A name that `{% url … as name %}` gives ends with its block: a link outside would lead nowhere."""
    blocks = re.findall(r"{% block \w+ %}(.*?){% endblock", path.read_text(), re.DOTALL)
    named = [set(re.findall(r"{% url [^%]* as (\w+) %}", block)) for block in blocks]
    used = [set(re.findall(r"href=\"[^\"]*{{ (\w+) }}", block)) for block in blocks]
    assert [use - own for own, use in zip(named, used, strict=True) if (use - own) & set().union(*named)] == []


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_each_component_is_in_the_gallery(path):
    shown = set(re.findall(r'include "components/(\w+)\.html"', (TEMPLATES / "site/gallery.html").read_text()))
    assert path.stem in shown | FRAME | {"error_summary"}


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_each_component_says_what_it_takes(path):
    assert path.stem == "sprite" or path.read_text().startswith("{#")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_components_get_what_they_are_given_and_nothing_else(path):
    """`only`, except where a part of the frame needs the page's context."""
    includes = re.findall(r'{% include "components/(\w+)\.html"([^%]*)%}', path.read_text())
    assert [part for part, rest in includes if part not in FRAME and " only " not in rest] == []
