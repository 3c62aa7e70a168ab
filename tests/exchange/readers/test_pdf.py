import weasyprint

from recommendations.exchange.documents_in.lines import DocumentLine, read_lines
from tests.makers.pdf_file import lines_at, pdf_file

LONG = [
    "This paragraph fills its lines and goes on to the next one, since it has much to say",
    "about who does what, and by when, and it ends here.",
]


def drawn(left: float, bottom: float, width: float, height: float) -> bytes:
    """A filled rectangle: a rule, or a bullet that a browser draws."""
    return b"%.1f %.1f %.1f %.1f re f\n" % (left, bottom, width, height)


def read(*pages: bytes) -> list[DocumentLine]:
    return read_lines(pdf_file(*pages), "response.pdf")


def shown(*pages: bytes) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in read(*pages)]


def test_lines_become_paragraphs():
    assert shown(lines_at(700, *LONG) + lines_at(650, *LONG) + lines_at(600, "Short.", "Another short one.")) == [
        ("paragraph", " ".join(LONG)),
        ("paragraph", " ".join(LONG)),
        ("paragraph", "Short."),
        ("paragraph", "Another short one."),
    ]


def test_a_first_line_that_is_set_in_begins_a_paragraph():
    ends = "This line is as long as a line can be, and so full that no word at all would fit in it."
    page = lines_at(700, ends) + lines_at(686, ends, left=80) + lines_at(672, ends)
    assert [text for _, text in shown(page)] == [ends, f"{ends} {ends}"]


def test_a_list_item_begins_a_line():
    items = [LONG[0], "1. one", "2. two", "(a) part"]
    assert [text for _, text in shown(lines_at(700, *items))] == items


def test_large_and_bold_lines_are_headings():
    page = lines_at(740, "A large title", "over two lines", size=18, leading=22) + lines_at(
        660, "PCC response", font="B"
    )
    assert [(line.kind, line.level, line.text) for line in read(page + lines_at(640, *LONG))] == [
        ("heading", 1, "A large title over two lines"),
        ("heading", 0, "PCC response"),
        ("paragraph", 0, " ".join(LONG)),
    ]


def test_a_bold_label_before_words_stays_on_their_line():
    page = lines_at(700, "PCC response:", font="B") + lines_at(700, "We agree.", left=144)
    assert shown(page) == [("paragraph", "PCC response: We agree.")]


def test_a_smaller_raised_digit_is_a_mark():
    page = lines_at(700, "rated as raised") + lines_at(705, "1", left=133, size=6) + lines_at(700, "(so)", left=140)
    assert shown(page) == [("paragraph", "rated as raised¹ (so)")]


def test_page_numbers_and_markings_at_the_edge_are_margins():
    page = lines_at(780, "OFFICIAL") + lines_at(700, *LONG) + lines_at(30, "Page 1 of 1")
    assert shown(page) == [("paragraph", " ".join(LONG)), ("margin", "OFFICIAL"), ("margin", "Page 1 of 1")]


def test_words_at_the_edge_of_most_pages_are_margins():
    pages = [lines_at(780, "Marches PCC, response") + lines_at(600, f"Paragraph {n}.") for n in "abc"]
    assert shown(*pages) == [
        ("paragraph", "Paragraph a."),
        ("paragraph", "Paragraph b."),
        ("paragraph", "Paragraph c."),
        ("margin", "Marches PCC, response"),
    ]


def test_words_at_the_edge_of_one_page_are_kept():
    assert shown(lines_at(780, "Response from: Marches OPCC") + lines_at(700, *LONG))[0] == (
        "paragraph",
        "Response from: Marches OPCC",
    )


def test_a_paragraph_goes_on_over_the_page():
    assert shown(lines_at(120, LONG[0]), lines_at(690, LONG[1])) == [("paragraph", " ".join(LONG))]


def test_hyphens_at_the_end_of_a_line():
    first = "Where a word stands whole elsewhere, the page broke it: so this is one of the appoint-"
    second = "ments, as appointments are; but where it does not, the hyphen is its own, as in well-"
    third = "known."
    (line,) = read(lines_at(700, first, second, third))
    assert line.text == (
        "Where a word stands whole elsewhere, the page broke it: so this is one of the appointments, as appointments "
        "are; but where it does not, the hyphen is its own, as in well-known."
    )


def test_a_table_under_its_headings():
    page = (
        lines_at(700, "Recommendation")
        + lines_at(700, "Force response", left=260)
        + lines_at(700, "PCC comment", left=420)
    )
    for top, name in ((680, "x"), (640, "y")):
        page += lines_at(top, "The force should do the", f"thing called {name}.")
        page += lines_at(top, f"Done {name}.", left=260) + lines_at(
            top, "Good, and my visitors", "will look.", left=420
        )
    page += lines_at(580, "This line reaches over the columns, so that the table has ended before it stands.")
    assert [(line.cell, line.text) for line in read(page)] == [
        ((1, 0, 0), "Recommendation"),
        ((1, 0, 1), "Force response"),
        ((1, 0, 2), "PCC comment"),
        ((1, 1, 0), "The force should do the thing called x."),
        ((1, 1, 1), "Done x."),
        ((1, 1, 2), "Good, and my visitors will look."),
        ((1, 2, 0), "The force should do the thing called y."),
        ((1, 2, 1), "Done y."),
        ((1, 2, 2), "Good, and my visitors will look."),
        (None, "This line reaches over the columns, so that the table has ended before it stands."),
    ]


def test_a_word_with_a_line_through_it_is_not_read_and_an_underlined_one_is():
    page = lines_at(700, "By 1 October 1 December, all of it.") + lines_at(680, "Struck out.") + lines_at(660, "Kept.")
    page += drawn(76, 703, 48, 0.8) + drawn(128, 698.5, 50, 0.8) + drawn(60, 683, 60, 0.8) + drawn(60, 658.5, 30, 0.8)
    assert shown(page) == [("paragraph", "By 1 December, all of it."), ("paragraph", "Kept.")]


def test_bullets_that_a_browser_draws_mark_the_items_of_a_list():
    items = ["train officers and", "everybody else; and", "record calls", "last"]
    page = lines_at(700, "The force should:") + lines_at(680, *items, left=80)
    page += b"".join(drawn(69, 683.2 - 14 * n, 3.6, 3.6) for n in range(len(items)))
    assert [(line.kind, line.text) for line in read(page)] == [
        ("paragraph", "The force should:"),
        *[("bullet", item) for item in items],
    ]


def test_items_of_a_list_without_marks_stay_apart():
    items = ["train all of the officers who work there; and", "record calls for", "as long as it takes until the end"]
    full = "This line says how wide the page is, so that the others could have gone on for much longer."
    assert [text for _, text in shown(lines_at(700, full) + lines_at(670, *items))] == [full, *items]


def test_slanted_letters_that_reach_over_a_space_do_not_hide_it():
    page = "<p style='font: 11pt DejaVu Sans'>Of <i>half</i> <i>judged</i> and <i>f</i> <i>j</i>, <i>(f)</i>.</p>"
    assert [line.text for line in read_lines(weasyprint.HTML(string=page).write_pdf(), "a.pdf")] == [
        "Of half judged and f j, (f)."
    ]


def test_a_label_by_itself_is_no_end_of_the_line_above():
    page = lines_at(700, "Forces should give officers enough time for training", "Directed to", "All forces", "Due")
    assert [text for _, text in shown(page)] == [
        "Forces should give officers enough time for training",
        "Directed to",
        "All forces",
        "Due",
    ]
