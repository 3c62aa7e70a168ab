from recommendations.exchange.documents_in.lines import DocumentLine, read_lines
from tests.makers.pdf_file import lines_at, pdf_file

LONG = [
    "This paragraph fills its lines and goes on to the next one, since it has much to say",
    "about who does what, and by when, and it ends here.",
]


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
