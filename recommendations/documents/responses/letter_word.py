"""A letter as a Word document, for offices that use their own letterhead or edit the text before sending it."""

import datetime

from recommendations.documents.formats.docx import SERIF, WordFile, WordParagraph
from recommendations.documents.formats.export_cover import ExportCover
from recommendations.documents.responses.letter_pdf import DAY, ENCLOSED, WHAT, facts
from recommendations.domain.text.letters import Letter, LetterList, LetterPart
from recommendations.domain.text.markdown import TextRun

MARGIN = 26  # millimetres
DAYS = (34, 124)
HEAD = (98, 60)
LONGEST_HUNG = 3  # letters of a mark that fits in the margin: "12."


def letter_docx(letter: Letter, *, by: str, at: datetime.datetime) -> bytes:
    """The document of a letter, exported at `at` (UTC) by `by`."""
    file = WordFile(_cover(letter, by, at), titled=False, margin=MARGIN)
    _hand(file)
    name, *head = letter.sender
    file.say(name, "Letterhead")
    file.say(", ".join(head), "Under letterhead")
    file.side_by_side(HEAD, [WordParagraph("\n".join(letter.recipient), "Normal")], _side_paragraphs(letter))
    file.heading(" ".join(letter.subject.split()))
    file.say(letter.greeting)
    for part in letter.parts:
        _part(file, part)
    file.say(letter.sign_off, "Sign-off")
    first, *others = letter.signed
    file.say_in([TextRun(first, strong=True)], "Signed")
    file.say("\n".join(others))
    if letter.enclosures:
        file.heading(ENCLOSED, 2)
    for each in letter.enclosures:
        file.say(each, "List Bullet")
    return file.bytes()


def _hand(file: WordFile) -> None:
    """Add the styles that only a letter has: its ruled letterhead, and its end."""
    file.style("Letterhead", 15, bold=True, font=SERIF)
    file.style("Under letterhead", 9, after=14, ruled=True)
    file.style("Sign-off", 10.5, before=10)
    file.style("Signed", 10.5, before=34)


def _cover(letter: Letter, by: str, at: datetime.datetime) -> ExportCover:
    office, title, day = letter.sender[0], letter.title, letter.day
    return ExportCover(
        office=office, title=title, asked=(), order="", rows=0, as_at=day, at=at, by=by, trail_count=0, trail_head=""
    )


def _side_paragraphs(letter: Letter) -> list[WordParagraph]:
    day, *others = facts(letter)
    return [WordParagraph(day, "Cell strong"), *(WordParagraph(each) for each in others)]


def _part(file: WordFile, part: LetterPart) -> None:
    if part.kind == "paragraph":
        file.say_in(part.runs)
    elif part.kind == "heading":
        file.heading(part.text, 2)
    elif part.kind == "days":
        rows = [[[WordParagraph(day, "Cell strong")], [WordParagraph(what)]] for day, what in part.rows]
        file.table((DAY, WHAT), DAYS, rows)
    else:
        _write_list(file, part)


def _write_list(file: WordFile, part: LetterList) -> None:
    """Short numbers hang in the margin; others are in the line, in bold."""
    hangs = part.hangs and all(len(mark) <= LONGEST_HUNG for mark, _ in part.rows)
    for mark, words in part.rows:
        if hangs:
            file.listed([TextRun(mark), TextRun(words)], 0)
        else:
            file.say_in([TextRun(f"{mark} ", strong=True), TextRun(words)])
