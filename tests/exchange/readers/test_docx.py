import pytest

from recommendations.exchange.documents_in.lines import DocumentLine, read_lines
from tests.makers.word_file import W, link, listing, note, para, table, word_file

NUMBERS = listing(1, ("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%3.")) + listing(
    2, ("bullet", "•"), ("bullet", "o")
)


def read(body: str, **parts) -> list[DocumentLine]:
    return read_lines(word_file(body, **parts), "response.docx")


def shown(lines: list[DocumentLine]) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in lines]


def test_headings_by_style_and_by_bold_type():
    body = para("The title", style="Title") + para("A part", style="Heading2") + para("PCC response", bold=True)
    body += para("A whole sentence in bold type is no heading.", bold=True) + para("Words.")
    assert [(line.kind, line.level, line.text) for line in read(body)] == [
        ("heading", 1, "The title"),
        ("heading", 2, "A part"),
        ("heading", 0, "PCC response"),
        ("paragraph", 0, "A whole sentence in bold type is no heading."),
        ("paragraph", 0, "Words."),
    ]


def test_words_own_numbers_are_printed():
    body = para("One", number=(1, 0)) + para("part", number=(1, 1)) + para("deep", number=(1, 2))
    body += para("part", number=(1, 1)) + para("Two", number=(1, 0)) + para("part", number=(1, 1))
    assert [(line.text, line.level) for line in read(body, numbering=NUMBERS)] == [
        ("1. One", 0),
        ("(a) part", 1),
        ("i. deep", 2),
        ("(b) part", 1),
        ("2. Two", 0),
        ("(a) part", 1),
    ]


@pytest.mark.parametrize(
    ("form", "text", "start", "printed"),
    [
        ("decimal", "Recommendation %1:", 4, "Recommendation 4: x"),
        ("upperLetter", "%1)", 27, "AA) x"),
        ("upperRoman", "%1.", 9, "IX. x"),
        ("decimalZero", "%1", 3, "03 x"),
        ("none", "", 1, "x"),
    ],
)
def test_forms_of_numbers(form, text, start, printed):
    lines = read(para("x", number=(7, 0)), numbering=listing(7, (form, text), start=start))
    assert [line.text for line in lines] == [printed]


def test_a_list_that_a_second_list_starts_again():
    again = '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    again += '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = para("a", number=(1, 0)) + para("b", number=(1, 0)) + para("c", number=(9, 0)) + para("d", number=(9, 0))
    lines = read(body, numbering=NUMBERS + again)
    assert [line.text for line in lines] == ["1. a", "2. b", "1. c", "2. d"]


def test_bullets_and_nested_bullets():
    body = para("one", number=(2, 0)) + para("two", number=(2, 1)) + para("• typed by hand")
    assert [(line.kind, line.level, line.mark, line.text) for line in read(body, numbering=NUMBERS)] == [
        ("bullet", 0, "•", "one"),
        ("bullet", 1, "•", "two"),
        ("bullet", 0, "•", "typed by hand"),
    ]


def test_footnotes_stand_at_the_end_with_the_mark_of_their_place():
    body = para("First", note(5), " and second", note(3), ".")
    lines = read(body, footnotes={3: "The second note.", 5: "https://www.example.org/first"})
    assert shown(lines) == [
        ("paragraph", "First¹ and second²."),
        ("note", "¹ https://www.example.org/first"),
        ("note", "² The second note."),
    ]


def test_raised_digits_are_marks_and_other_raised_letters_are_not():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    assert shown(read(para("Words", raised.format("12"), " of the 1", raised.format("st"), "."))) == [
        ("paragraph", "Words¹² of the 1st.")
    ]


def test_links_keep_their_address():
    body = para("See ", link("rIdA", "the report"), " and ", link("rIdB", "www.example.org/shown"), ".")
    links = {"rIdA": "https://www.example.org/report", "rIdB": "https://www.example.org/shown"}
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.example.org" '
    field += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>here</w:t></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert [line.text for line in read(body + para("Or ", field, "."), links=links)] == [
        "See the report <https://www.example.org/report> and www.example.org/shown <https://www.example.org/shown>.",
        "Or here <https://a.example.org>.",
    ]


def test_cells_know_where_they_stand():
    body = table(["a", "b"], [para("c") + para("d"), "e"])
    assert [(line.kind, line.text, line.cell, line.rows) for line in read(body)] == [
        ("cell", "a", (1, 0, 0), 1),
        ("cell", "b", (1, 0, 1), 1),
        ("cell", "c", (1, 1, 0), 1),
        ("cell", "d", (1, 1, 0), 1),
        ("cell", "e", (1, 1, 1), 1),
    ]


def test_a_cell_over_several_rows_and_columns():
    def merged(text: str, how: str) -> str:
        return f"<w:tc><w:tcPr>{how}</w:tcPr>{para(text)}</w:tc>"

    rows = [
        merged("wide", '<w:gridSpan w:val="2"/>') + merged("tall", '<w:vMerge w:val="restart"/>'),
        merged("a", "") + merged("b", "") + merged("", "<w:vMerge/>"),
    ]
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert [(line.text, line.cell, line.rows) for line in read(body)] == [
        ("wide", (1, 0, 0), 1),
        ("tall", (1, 0, 2), 2),
        ("a", (1, 1, 0), 1),
        ("b", (1, 1, 1), 1),
    ]


def test_deleted_words_are_left_out_and_inserted_ones_are_read():
    deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t> and chosen</w:t></w:r></w:sdtContent></w:sdt>"
    around = f"<w:sdt><w:sdtContent>{para('Inside a control.')}</w:sdtContent></w:sdt>"
    assert [line.text for line in read(para("The ", deleted, inserted, control, ".") + around)] == [
        "The new and chosen.",
        "Inside a control.",
    ]


def struck(text: str, tag: str, value: str = "") -> str:
    return f'<w:r><w:rPr><w:{tag}{value}/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("tag", ["strike", "dstrike", "vanish"])
def test_what_is_struck_out_or_hidden_is_not_read(tag):
    body = para("By ", struck("1 October ", tag), "1 December", struck(" 2026", tag, ' w:val="false"'), ".")
    assert [line.text for line in read(body + para(struck("All of it.", tag)))] == ["By 1 December 2026."]


def test_what_a_style_strikes_out_is_not_read():
    styles = '<w:style w:type="character" w:styleId="Out"><w:name w:val="Out"/><w:rPr><w:strike/></w:rPr></w:style>'
    styles += '<w:style w:type="character" w:styleId="Old"><w:name w:val="Old"/><w:basedOn w:val="Out"/></w:style>'
    body = para("By ", struck("1 October ", "rStyle", ' w:val="Old"'), "1 December.")
    lines = read(body, more={"word/styles.xml": f"<w:styles {W}>{styles}</w:styles>".encode()})
    assert [line.text for line in lines] == ["By 1 December."]


def test_a_paragraph_mark_that_was_deleted_joins_and_counts_nothing():
    deleted = '<w:p><w:pPr>{}<w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{}</w:p>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    body = deleted.format(number, gone) + para("One", number=(1, 0))
    body += deleted.format(number, struck("Two ", "b")) + para("goes on", number=(1, 0)) + para("Three", number=(1, 0))
    assert [line.text for line in read(body, numbering=NUMBERS)] == ["1. One", "2. Two goes on", "3. Three"]


def test_words_of_several_runs_stay_apart():
    slanted = '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = para(slanted.format("State"), " ", slanted.format("of\n Policing"), "<w:r><w:t> </w:t></w:r>", "2023")
    assert [line.text for line in read(body)] == ["State of Policing 2023"]


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{para('Boxed.')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice>'
    both += f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    assert [line.text for line in read(para("Around.", both))] == ["Around.", "Boxed."]


def test_a_line_break_parts_lines_and_a_page_header_is_marked():
    lines = read(para("PCC response:", "<w:r><w:br/></w:r>", "We agree."), header="OFFICIAL")
    assert shown(lines) == [("margin", "OFFICIAL"), ("paragraph", "PCC response:"), ("paragraph", "We agree.")]
