"""Recording what a chief officer submitted: typed, or read of a file, shown first, and kept byte for byte."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations.domain.responses.chief_officers import comments
from recommendations.models import ChiefOfficerComments, FileDraft, IssuedFile
from recommendations.periods import say as say_day
from tests.makers.pdf_file import lines_at, pdf_file
from tests.makers.word_file import para, word_file
from tests.views.documents_in.responses.test_choosing import PROTECTED, WITHOUT_TEXT
from tests.views.hooks import lacking, number_of, wrong
from tests.views.responses.chief_officers.conftest import DAY, errors, page, say
from tests.views.responses.conftest import words

WORD = word_file(para("The force agrees.") + para("Bells are tested daily."), header="OFFICIAL")
SCAN = "scan.pdf has no text in it: it may be a scan. Type its words here; the file is kept with them."
BOTH = (
    "There are words in this box, and a file was read. Empty the box to use the file’s words. "
    "Or leave yours: they are recorded, and the file is kept beside them."
)


@pytest.fixture
def record(office, response, today):
    """Send the form: what was typed, over what a person fills in."""

    def send(client=office, **typed):
        facts = {"do": "record", "signed_by": "A. Rowe", "signed_as": "Chief constable", "dated_on": say_day(today)}
        return client.post(page(response, "record_comments", "westmarch"), facts | typed)

    return send


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def text_in(answer) -> str:
    return "".join(words(answer.content.decode(), "textarea"))


def token(answer) -> str:
    return answer.context["form"]["upload"].value()


def test_what_is_typed_is_recorded_as_it_is(record, response, officer, today):
    answer = record(text="  The force agrees. \r\n\r\nBells are tested daily.\r\n")
    assert (answer.status_code, answer.url) == (302, f"{page(response)}#westmarch")
    said = ChiefOfficerComments.objects.get()
    assert (said.text, said.signed_by, said.signed_as, said.dated_on, said.recorded_by) == (
        "The force agrees.\n\nBells are tested daily.",
        "A. Rowe",
        "Chief constable",
        today,
        officer,
    )
    assert (said.file, said.source_name) == (None, "")


def test_the_form_says_what_it_does(office, response):
    html = office.get(page(response, "record_comments", "westmarch")).content.decode()
    assert (number_of(html, ".app-panel li"), lacking(html, ".app-panel li", "OFFICIAL")) == (3, [])
    assert 'value="Chief constable"' in html


def test_the_words_of_a_file_are_shown_before_anything_is_recorded(record, office, response, officer):
    shown = record(document=file("comments.docx", WORD))
    assert (shown.status_code, text_in(shown)) == (200, "The force agrees. Bells are tested daily.")
    html = shown.content.decode()
    assert lacking(html, "[role=status]", "comments.docx", "“OFFICIAL”") == []
    assert (ChiefOfficerComments.objects.count(), FileDraft.objects.get().by) == (0, officer)
    assert record(text="The force agrees.\n\nBells are tested daily.", upload=token(shown)).status_code == 302
    said = ChiefOfficerComments.objects.get()
    assert (said.text, said.source_name) == ("The force agrees.\n\nBells are tested daily.", "comments.docx")
    assert bytes(said.file.content) == WORD
    assert FileDraft.objects.count() == 0
    answer = office.get(page(response, "comments_file", said.pk))
    assert (answer.content, answer["X-Content-Type-Options"]) == (WORD, "nosniff")
    assert answer["Content-Disposition"] == 'attachment; filename="comments.docx"'
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    head = office.head(page(response, "comments_file", said.pk))
    assert (head.status_code, head.content) == (200, b"")


def test_reading_a_file_asks_for_nothing_else_yet(record):
    shown = record(do="read", document=file("a.txt", b"We agree."), signed_by="", signed_as="", dated_on="")
    assert (shown.status_code, errors(shown.content.decode()), text_in(shown)) == (200, [], "We agree.")
    later = record(text="We agree.", upload=token(shown), signed_by="", signed_as="", dated_on="31/2/2026")
    assert wrong(later) == ["signed_by", "signed_as", "dated_on"]
    assert (token(later), text_in(later)) == (token(shown), "We agree.")
    assert wrong(record(do="read")) == ["document"]
    assert wrong(record()) == ["text"]


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        (
            "binary.txt",
            b"\x7fELF\x00\x01\x02\x03" * 99,
            "is a program",
        ),
        (
            "huge.txt",
            b"x " * (5 * 1024 * 1024 + 1),
            "10 MB",
        ),
        (
            "protected.docx",
            PROTECTED,
            "password",
        ),
        (
            "page.html",
            b"<p>We agree.</p>",
            "kind of file",
        ),
        ("blank.txt", b" \n \n", "no text"),
    ],
)
def test_a_bad_file_is_named_and_what_was_typed_stays(record, name, content, message):
    answer = record(document=file(name, content), text="We agree in part.", signed_as="Acting chief constable")
    html = answer.content.decode()
    assert (answer.status_code, wrong(answer), message in errors(html)[0]) == (422, ["document"], True)
    assert (text_in(answer), 'value="Acting chief constable"' in html) == ("We agree in part.", True)
    assert FileDraft.objects.count() == ChiefOfficerComments.objects.count() == 0


def test_a_scan_is_kept_beside_the_words_that_somebody_types(record):
    asked = record(document=file("scan.pdf", WITHOUT_TEXT))
    assert errors(asked.content.decode()) == [SCAN]
    assert errors(record(upload=token(asked)).content.decode()) == [SCAN]
    assert record(text="We agree.", upload=token(asked)).status_code == 302
    said = ChiefOfficerComments.objects.get()
    assert (said.text, bytes(said.file.content), said.file.media_type) == ("We agree.", WITHOUT_TEXT, "application/pdf")


def test_words_that_were_typed_give_way_to_no_file(record):
    answer = record(document=file("a.txt", b"We agree."), text="We agree in part.")
    assert (errors(answer.content.decode()), text_in(answer)) == ([BOTH], "We agree in part.")
    emptied = record(text=" ", upload=token(answer))
    assert (emptied.status_code, text_in(emptied)) == (200, "We agree.")
    other = record(document=file("b.txt", b"We disagree."), text="We agree.", upload=token(answer))
    assert (other.status_code, text_in(other), FileDraft.objects.get().name) == (200, "We disagree.", "b.txt")
    without = record(do="let_go", text="We disagree.", upload=token(other))
    assert (without.status_code, text_in(without), token(without)) == (200, "We disagree.", "")
    assert FileDraft.objects.count() == 0
    assert record(text="We disagree.").status_code == 302
    assert ChiefOfficerComments.objects.get().file is None


def test_a_file_that_got_lost_is_said_once(record, officer, at):
    shown = record(document=file("a.txt", b"We agree."))
    FileDraft.objects.update(at=at - 2 * DAY)
    lost = record(text="We agree.", upload=token(shown))
    assert wrong(lost) == ["document"]
    assert (token(lost), text_in(lost)) == ("", "We agree.")
    record(document=file("b.txt", b"We agree."))
    assert FileDraft.objects.get().name == "b.txt"


def test_nobody_uses_somebody_elses_file(record, client, sign_in, approver):
    shown = record(document=file("a.txt", b"Words of Hannah."))
    theirs = record(client=sign_in(approver), text="", upload=token(shown))
    assert ("Words of Hannah." in theirs.content.decode(), ChiefOfficerComments.objects.count()) == (False, 0)


def test_two_hundred_pages_are_read_whole(record):
    lines = [f"Paragraph {number} of what the force says." for number in range(1, 201)]
    long = pdf_file(*(lines_at(500, line) for line in lines))
    shown = record(document=file("long.pdf", long))
    found = shown.context["form"]["text"].value()
    assert [line for line in found.splitlines() if line] == lines
    assert record(text=found, upload=token(shown)).status_code == 302
    assert bytes(IssuedFile.objects.get().content) == long


def test_a_second_click_finds_it_recorded(record, response):
    shown = record(document=file("a.txt", b"We agree."))
    sent = {"text": "We agree.", "upload": token(shown), "once": "a"}
    first, second = record(**sent), record(**sent)
    assert (first.status_code, second.status_code, second.url) == (302, 302, f"{page(response)}#westmarch")
    assert ChiefOfficerComments.objects.count() == 1


def test_comments_that_are_here_are_not_written_over(record, response, westmarch, officer, at):
    say(response, westmarch, officer, at)
    answer = record(text="Others.")
    assert (errors(answer.content.decode()), text_in(answer)) == ([comments.HERE_ALREADY], "Others.")
    assert record().status_code == 422


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_the_file_is_the_offices_alone(request, sign_in, response, westmarch, officer, at, who):
    said = say(response, westmarch, officer, at, source_name="zqsecret.txt", content=b"zqsecret")
    client = sign_in(request.getfixturevalue(who))
    answers = [client.get(page(response, "comments_file", said.pk)), client.get(page(response))]
    assert [(answer.status_code, b"zqsecret" in answer.content) for answer in answers] == [(403, False)] * 2


def test_a_file_with_a_strange_name_cannot_write_headers(office, response, westmarch, officer, at):
    name = 'a";\r\nSet-Cookie: x=1; é.txt'
    said = say(response, westmarch, officer, at, source_name=name.replace("\r\n", " "), content=b"We agree.")
    answer = office.get(page(response, "comments_file", said.pk))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''a%22%3B%20")
    assert "x" not in answer.cookies
