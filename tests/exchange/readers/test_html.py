import pytest

from recommendations.exchange.documents_in.lines import read_lines


def read(body: str, head: str = '<meta charset="utf-8">') -> list[tuple]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_lines(page.encode(), "response.html")


def shown(body: str) -> list[tuple]:
    return [(line.kind, line.level, line.text) for line in read(body)]


def test_headings_paragraphs_and_bold_lines():
    assert shown("<h1>Title</h1><h3>Part</h3><p><b>PCC response</b></p><p>We <b>agree</b>.<br>Fully.</p>Loose") == [
        ("heading", 1, "Title"),
        ("heading", 3, "Part"),
        ("heading", 0, "PCC response"),
        ("paragraph", 0, "We agree."),
        ("paragraph", 0, "Fully."),
        ("paragraph", 0, "Loose"),
    ]


def test_numbers_as_a_browser_prints_them():
    lists = (
        '<ol start="4"><li>four<ol type="a"><li>a</li><li>b</li></ol></li><li value="7"><p>seven</p><p>more</p></li>'
    )
    assert shown(f'{lists}<li>eight</li></ol><ol type="I"><li>first</li></ol>') == [
        ("paragraph", 0, "4. four"),
        ("paragraph", 1, "a. a"),
        ("paragraph", 1, "b. b"),
        ("paragraph", 0, "7. seven"),
        ("paragraph", 0, "more"),
        ("paragraph", 0, "8. eight"),
        ("paragraph", 0, "I. first"),
    ]


def test_bullets_nest():
    assert shown("<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>") == [
        ("bullet", 0, "one"),
        ("bullet", 1, "two"),
        ("bullet", 0, "three"),
    ]


def test_the_page_around_the_content_is_read_as_its_head_and_foot():
    body = (
        '<header>Site</header><nav>Menu</nav><div class="cookie-banner">Cookies</div><script>x()</script>'
        '<style>p{}</style><div id="breadcrumbs">Home</div><form><p>Kept.</p><button>Send</button></form>'
        '<p hidden>Hidden</p><p style="display: none">Hidden</p><p class="shareholders">Kept too.</p>'
        "<footer>Foot</footer>"
    )
    assert [(kind, text) for kind, _, text in shown(body)] == [
        ("margin", "Site"),
        ("margin", "Menu"),
        ("margin", "Cookies"),
        ("margin", "Home"),
        ("paragraph", "Kept."),
        ("paragraph", "Kept too."),
        ("margin", "Foot"),
    ]


def test_what_a_press_opens_is_read_with_its_heading():
    body = (
        '<h3><button aria-controls="a">Recommendation 1</button></h3><div id="a" hidden><p>It should act.</p></div>'
        '<h3><button aria-controls="b c">Recommendation 2</button></h3><p id="c" aria-hidden="true">It should wait.</p>'
        '<p id="d" style="display:none">Never shown.</p>'
    )
    assert [text for _, _, text in shown(body)] == [
        "Recommendation 1",
        "It should act.",
        "Recommendation 2",
        "It should wait.",
    ]


def test_only_the_main_part_with_its_title():
    body = "<h1>Title</h1><div>Side</div><main><p>All that the office says is in here.</p></main>"
    assert [text for _, _, text in shown(body)] == ["Title", "All that the office says is in here."]


def test_marks_and_links():
    body = (
        '<p>Words<sup><a href="#f1">1</a></sup> in <a href="https://example.org/r">the report</a>, 1<sup>st</sup>.</p>'
        '<p><a href="javascript:x()">Not this</a> <a href="mailto:a@example.org">a@example.org</a></p>'
    )
    assert [text for _, _, text in shown(body)] == [
        "Words¹ in the report <https://example.org/r>, 1st.",
        "Not this a@example.org",
    ]


def test_tables():
    body = (
        '<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td rowspan="2">c<br>d</td><td>e</td></tr><tr><td>'
        "<table><tr><td>inner</td></tr></table></td></tr></table>"
    )
    assert [(line.text, line.cell, line.rows) for line in read(body)] == [
        ("A", (1, 0, 0), 1),
        ("B", (1, 0, 1), 1),
        ("c", (1, 1, 0), 2),
        ("d", (1, 1, 0), 2),
        ("e", (1, 1, 1), 1),
        ("inner", (1, 2, 1), 1),
    ]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="windows-1252">', "cp1252"),
        ("", "cp1252"),
        ('<meta charset="no-such-thing">', "utf-8"),
        ("", "utf-16"),
    ],
)
def test_encodings(head, encoding):
    page = f"<html><head>{head}</head><body><p>The commissioner’s words – all of them</p></body></html>"
    assert [line.text for line in read_lines(page.encode(encoding), "a.htm")] == [
        "The commissioner’s words – all of them"
    ]


@pytest.mark.parametrize(
    "struck",
    [
        "<s>1 October</s>",
        "<strike>1 October</strike>",
        "<del>1 <b>Oct</b>ober</del>",
        '<span style="text-decoration: underline line-through">1 October</span>',
        '<i style="text-decoration-line:line-through">1 October</i>',
        '<span class="c5 other">1 October</span>',
    ],
)
def test_what_is_struck_out_is_not_read(struck):
    lines = read(
        f"<p>By {struck} 1 December 2026.</p>", "<style>p { color: red } .c4, .c5{text-decoration:line-through}</style>"
    )
    assert [line.text for line in lines] == ["By 1 December 2026."]


def test_a_line_that_is_wholly_struck_out_is_gone_and_inserted_words_stay():
    assert [text for _, _, text in shown("<p><s>No.</s></p><ul><li><del>a</del></li><li><ins>b</ins></li></ul>")] == [
        "b"
    ]


def test_words_between_elements_stay_apart_as_a_browser_prints_them():
    body = (
        "<p><i>State</i> <em>of</em>\n<i>Policing</i> says <q>we agree</q>.</p>"
        '<p><span style="display: block">One</span><span style="display:block">Two</span></p>'
    )
    assert [text for _, _, text in shown(body)] == ["State of Policing says “we agree”.", "One", "Two"]
