"""A letter in Word and as the text of an email: the same words, the same order, and hostile texts stay texts."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from recommendations.documents.responses.letter_text import plain_letter
from recommendations.documents.responses.letter_word import letter_docx
from recommendations.domain.text.letters import LetterList, say_it
from tests.documents.responses import letters


def made(letter) -> bytes:
    return letter_docx(letter, by="Hannah Whitlock", at=letters.AT)


def opened(letter):
    return docx.Document(io.BytesIO(made(letter)))


def paragraphs(document) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in document.paragraphs if each.text]


@pytest.fixture(scope="module")
def invitation():
    return opened(letters.INVITATION)


def test_the_whole_letter_in_word(invitation):
    assert paragraphs(invitation) == [
        ("Letterhead", "Police and Crime Commissioner for Westmarch"),
        ("Under letterhead", "Westmarch OPCC, Tollgate House, 4 Castle Row, Aldermere, scrutiny@westmarch.example"),
        ("Heading 1", "HMICFRS: Calls for help at night. Your comments, please, by 24 June 2026"),
        ("Normal", "Dear Chief Constable,"),
        (
            "Normal",
            "HMICFRS published Calls for help at night (thematic inspection) on 28 May 2026. It is at "
            "https://www.example.org/calls-for-help-at-night.",
        ),
        ("Normal", "Under section 55(4) of the Police Act 1996, we invite you to comment on it by 24 June 2026."),
        ("Heading 2", "What we ask for"),
        ("Normal", "For each of these 5 recommendations, please tell us what has been done:"),
        ("Normal", "1. Clinical advice in the control room at night"),
        ("Normal", "2. Recontact when a caller rings off"),
        ("Normal", "3. Night-time review of unresourced incidents"),
        ("Normal", "4. Right care, right person: measuring harm"),
        ("Normal", "7.1. Silent and relay calls"),
        ("Normal", "Callum Tranter can enter them at https://oversight.example/comments/4/."),
        ("Sign-off", "Yours sincerely,"),
        ("Signed", "Eleanor Thackray"),
        ("Normal", "Police and Crime Commissioner for Westmarch"),
    ]


def test_who_it_is_to_stands_beside_what_it_is(invitation):
    head, days = ([[cell.text for cell in row.cells] for row in table.rows] for table in invitation.tables)
    assert head == [
        [
            "Marian Ashgrove\nChief Constable\nWestmarch Police\nWeir Road\nAldermere",
            "29 May 2026\nOur reference WM/R12\nAsk for Hannah Ostrow",
        ]
    ]
    assert days == [
        ["Day", "What happens"],
        ["24 June 2026", "Your comments reach us."],
        ["22 July 2026", "The deadline, the 56th."],
    ]


def test_short_numbers_hang_before_their_words():
    short = replace(letters.INVITATION, parts=(LetterList((("1.", "Bells"), ("12.", "Lights")), hangs=True),))
    assert [text for _, text in paragraphs(opened(short))][4:6] == ["1.\tBells", "12.\tLights"]


def test_links_are_words_own(invitation):
    linked = [link.address for each in invitation.paragraphs for link in each.hyperlinks]
    assert linked == [letters.REPORT, letters.FORM]


def test_what_is_enclosed_stands_at_the_end():
    assert paragraphs(opened(letters.COVERING))[-3:] == [
        ("Heading 2", "Enclosed"),
        ("List Bullet", "calls-for-help-at-night-version-1.pdf: the response as PDF"),
        ("List Bullet", "calls-for-help-at-night-version-1.txt: the response as plain text"),
    ]


def test_the_marking_and_the_page_number_are_on_every_page(invitation):
    section = invitation.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL"
    assert section.footer.paragraphs[0].text.startswith("Invitation to comment: Calls for help at night, 29 May 2026")
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    said = invitation.core_properties
    assert (said.title, said.author) == (letters.INVITATION.title, letters.INVITATION.sender[0])


def test_the_same_letter_gives_the_same_bytes():
    assert made(letters.LETTERS["large"]) == made(letters.LETTERS["large"])


def test_sixty_things_that_are_asked_are_all_there():
    texts = [text for _, text in paragraphs(opened(letters.LETTERS["large"]))]
    assert [text.split(":")[0] for text in texts if text.startswith("AFI ")] == [f"AFI {n}" for n in range(1, 61)]
    lines = plain_letter(letters.LETTERS["large"]).splitlines()
    assert [line.split(":")[0] for line in lines if line.startswith("AFI ")] == [f"AFI {n}" for n in range(1, 61)]


def test_the_whole_e_mail():
    assert plain_letter(letters.COVERING) == (
        "Subject: HMICFRS: Calls for help at night (thematic inspection). Our response\n\n"
        "OFFICIAL\n\n"
        "Dear Home Secretary,\n\n"
        "We send you a copy of our response.\n\n"
        "It holds our comments.\n\n"
        "Attached:\n"
        "- calls-for-help-at-night-version-1.pdf: the response as PDF\n"
        "- calls-for-help-at-night-version-1.txt: the response as plain text\n\n"
        "Yours sincerely,\n\n"
        "Eleanor Thackray\nPolice and Crime Commissioner for Westmarch\n\n"
        "Westmarch OPCC\nTollgate House\n4 Castle Row\nAldermere\nscrutiny@westmarch.example\n"
        "Our reference R12/1\n"
    )


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize("hostile", ["\x0b\ufffe control", "<w:t>&</w:t>", "=cmd|'/C calc'!A0", "x" * 70_000])
def test_a_hostile_text_stays_text(hostile):
    letter = replace(letters.INVITATION, subject=hostile, parts=(say_it(hostile),), recipient=(hostile,))
    texts = [text.strip() for _, text in paragraphs(opened(letter))]
    assert texts.count(hostile.strip("\x0b\ufffe ")) == 2


def test_a_title_over_several_lines_makes_no_line_of_an_e_mails_head():
    text = plain_letter(replace(letters.INVITATION, subject="One\r\nBcc: everybody@example.org"))
    assert text.splitlines()[:2] == ["Subject: One Bcc: everybody@example.org", ""]
