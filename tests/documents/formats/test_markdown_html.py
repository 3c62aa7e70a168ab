"""Markdown on a page and in plain words: nothing hostile is left, no word is lost, footnotes are told apart."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from recommendations.documents.formats.markdown_html import TAGS, clean, render_comment, render_markdown, to_html
from recommendations.domain.text.markdown import (
    PARAGRAPHS,
    Note,
    blocks_of,
    plain_paragraphs,
    plain_text,
    plain_to_markdown,
    problems,
)
from recommendations.templatetags.words import markdown
from tests.documents.formats.hostile_markdown import ELEMENTS, PAYLOADS

ALLOWED = {"a": {"href", "id", "aria-label"}, "ol": {"start"}, "li": {"id"}}
ADDRESS = re.compile(r"(?:https?://|mailto:).+|#note-\d+", re.DOTALL)


def faults(html: str) -> list[str]:
    """Elements, attributes and addresses that have no place on a page."""
    found = []
    for node in LexborHTMLParser(f"<body>{html}</body>").body.traverse():
        found += [node.tag] if node.tag not in TAGS | {"body"} else []
        for name, value in node.attributes.items():
            known = name in ALLOWED.get(node.tag, set())
            found += [] if known and (name != "href" or ADDRESS.fullmatch(value)) else [f"{node.tag} {name}={value}"]
    return found


def test_there_are_enough_hostile_texts():
    assert len(PAYLOADS) >= 500


def test_a_hostile_text_would_be_noticed():
    assert [faults(element) != [] for element in ELEMENTS[:5]] == [True] * 5
    assert faults("<a href='javascript:alert(1)'>x</a><p onclick='x'>y</p>") != []


@pytest.mark.parametrize("show", [to_html, lambda text: render_comment(text).html], ids=["narrative", "comment"])
def test_nothing_hostile_is_left(show):
    assert {payload: found for payload in PAYLOADS if (found := faults(show(payload)))} == {}


def test_what_is_not_markdown_is_let_through_by_the_same_list():
    assert {element: found for element in ELEMENTS if (found := faults(clean(element)))} == {}


def test_a_text_is_shown_whole():
    text = "# One\n\nWe *will* **look** at [it](https://example.org/a?b=c&d).\n\n- a\n- b\n\n3. c\n\n> said"
    assert to_html(text) == (
        "<h2>One</h2>\n"
        '<p>We <em>will</em> <strong>look</strong> at <a href="https://example.org/a?b=c&amp;d">it</a>.</p>\n'
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        '<ol start="3">\n<li>c</li>\n</ol>\n'
        "<blockquote>\n<p>said</p>\n</blockquote>"
    )


def test_what_is_left_out_of_markdown_is_printed_as_typed():
    assert to_html("Use `x`.\n\n    set in\n\nUnder\n---\n\n![a](b.png)") == (
        "<p>Use `x`.</p>\n<p>set in</p>\n<p>Under\n---</p>\n<p>!<a>a</a></p>"
    )


def test_bullets_pasted_from_word_are_a_list():
    assert (
        to_html("We ask:\n•\tthat; and\n• this.") == "<p>We ask:</p>\n<ul>\n<li>that; and</li>\n<li>this.</li>\n</ul>"
    )


@pytest.mark.parametrize(
    ("text", "top", "levels"),
    [
        ("# a\n\n## b\n\n### c", 2, "h2 h3 h4"),
        ("### a\n\n# b\n\n#### c", 2, "h2 h2 h3"),
        ("# a\n\n#### b\n\n###### c", 3, "h3 h4 h4"),
        ("###### a", 4, "h4"),
    ],
)
def test_headings_begin_where_the_page_needs_them_and_skip_no_level(text, top, levels):
    assert " ".join(re.findall(r"<(h\d)>", to_html(text, top=top))) == levels
    assert markdown(text, top) == to_html(text, top=top)


def test_a_comment_has_no_headings_and_no_footnotes():
    shown = render_comment("# Loud\n\nA mark[^1].\n\n[^1]: Words.")
    assert shown.html == "<p>Loud</p>\n<p>A mark[^1].</p><p>Words.</p>"
    assert (shown.first, shown.rest, shown.notes) == ("Loud", "<p>A mark[^1].</p><p>Words.</p>", ())


def test_a_comment_that_begins_with_a_list_has_no_first_paragraph():
    shown = render_comment("- one\n- two")
    assert (shown.first, shown.rest) == ("", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>")


def test_footnotes_are_numbered_by_their_marks_and_linked_both_ways():
    shown = render_markdown(
        "B[^b], a[^a], b again[^b].\n\n[^a]: First *typed*.\n[^b]: <https://example.org/b>", prefix="n-"
    )
    assert re.findall(r'href="#([\w-]+)" id="([\w-]+)"', shown.html) == [
        ("n-note-1", "n-mark-1"),
        ("n-note-2", "n-mark-2"),
        ("n-note-1", "n-mark-1-2"),
    ]
    assert [(note.number, note.anchor, note.mark, note.html) for note in shown.notes] == [
        ("1", "n-note-1", "n-mark-1", '<a href="https://example.org/b">https://example.org/b</a>'),
        ("2", "n-note-2", "n-mark-2", "First <em>typed</em>."),
    ]


def test_a_footnotes_mark_stands_against_its_word():
    html = to_html("Read by this office [^a].\n\n[^a]: In May.")
    assert LexborHTMLParser(html).css_first("p").text() == "Read by this office1."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Fine[^1].\n\n[^1]: Words.", []),
        ("A[^1] b[^2].\n\n[^1]: Words.", [("2", "The mark [^2] has no note.")]),
        ("A.\n\n[^lost]: Words.", [("lost", "The note [^lost] has no mark in the text.")]),
        ("A[^1].\n\n[^1]: One.\n[^1]: Two.", [("1", "The mark [^1] has two notes.")]),
        ("A[^1].\n\n[^1]: See[^2].", [("2", "The mark [^2] has no note.")]),
        ("- A[^1]\n\n> [^2]", [("1", "The mark [^1] has no note."), ("2", "The mark [^2] has no note.")]),
        ("Costs [£5] and [^ not a mark] and \\[^9].", []),
    ],
)
def test_marks_and_notes_that_miss_each_other_are_told_with_the_mark(text, told):
    assert [(each.mark, each.words) for each in problems(text)] == told


def test_a_mark_without_a_note_and_a_second_note_stay_in_sight():
    assert to_html("A[^2].") == "<p>A[^2].</p>"
    assert plain_paragraphs("A[^1].\n\n[^1]: One.\n[^1]: Two.")[1] == (Note("1", "One.\nTwo."),)


def test_plain_words_keep_marks_bullets_numbers_and_addresses():
    paragraphs, notes = plain_paragraphs(
        "We ask[^x] [them](https://example.org/x):\n\n- one\n- **two**\n\n1. see\n2. <https://example.org/>\n\n[^x]: N."
    )
    assert paragraphs == (
        "We ask¹ them <https://example.org/x>:\n• one\n• two",
        "1. see",
        "2. https://example.org/",
    )
    assert notes == (Note("1", "N."),)


def test_blocks_say_what_they_are():
    blocks, _ = blocks_of("# H\n\nP *e*\n\n- i\n  - j\n\n> q")
    assert [(block.kind, block.level, block.sign, block.plain) for block in blocks] == [
        ("heading", 2, "", "H"),
        ("paragraph", 0, "", "P e"),
        ("item", 0, "•", "• i"),
        ("item", 1, "•", "• j"),
        ("quote", 0, "", "q"),
    ]


PLAIN = (
    "Rated *substantial*¹ [see below] a_b & <b>; 1. not a list.",
    "1. A number\n• and a bullet\n• another",
    "# no heading, > no quotation, - no list, [no](link), `no code`, \\no escape",
    "Âi’r ŵyn i’r tŷ: https://example.org/ŵyl_a_b.",
)


def test_plain_words_made_markdown_say_the_same():
    made = plain_to_markdown(PLAIN, (Note("1", "Ffynhonnell <https://example.org/a_b>"),))
    assert plain_paragraphs(made) == (PLAIN, (Note("1", "Ffynhonnell https://example.org/a_b"),))
    assert problems(made) == []
    assert faults(to_html(made)) == []


@pytest.mark.parametrize("payload", PAYLOADS[::25])
def test_plain_words_made_markdown_stay_words(payload):
    lines = tuple(line.strip() for line in payload.split("\n") if line.strip())
    assert plain_text(plain_to_markdown(lines)).split() == PARAGRAPHS.join(lines).split()


def test_the_letters_of_wales_stay():
    assert to_html("Mae’r **ŵyl** a’r *ŷd* yn Ŵyr Ŷ.") == "<p>Mae’r <strong>ŵyl</strong> a’r <em>ŷd</em> yn Ŵyr Ŷ.</p>"


LONG = {
    "200 pages": "We will **look** at this[^1] with [them](https://example.org/x). " * 50 + "\n\n",
    "brackets": "[" * 300,
    "marks": "[^" * 150,
    "stars": "*a" * 150,
    "quotations": ">" * 300,
    "lists": "- " * 150,
    "links": "[a](" * 75,
    "pictures": "![" * 150,
}


@pytest.mark.parametrize(
    ("name", "times"),
    [(name, 40) for name in LONG] + [pytest.param(name, 200, marks=pytest.mark.soak) for name in LONG],
)
def test_a_text_of_200_pages_is_shown_whole(name, times):
    """And what makes slow readers of Markdown slow."""
    text = LONG[name] * times
    html = to_html(text + "\n\n[^1]: z")
    assert faults(html) == []
    assert name != "200 pages" or html.count("<strong>look</strong>") == 50 * times
