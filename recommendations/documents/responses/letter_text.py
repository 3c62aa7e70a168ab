"""A letter as the text of an email: the subject, an empty line, then one paragraph a line, separated by empty
lines.
"""

from collections.abc import Iterator

from recommendations.documents.formats.export_cover import MARKING
from recommendations.documents.responses.letter_pdf import ATTACHED
from recommendations.domain.text.letters import Letter, LetterPart

SUBJECT = "Subject:"


def plain_letter(letter: Letter) -> str:
    """The whole email, ending with a newline, without the recipient's address."""
    return "\n\n".join(_paragraphs(letter)) + "\n"


def _paragraphs(letter: Letter) -> Iterator[str]:
    yield f"{SUBJECT} {_line(letter.subject)}"
    yield MARKING
    yield letter.greeting
    yield from map(_part, letter.parts)
    if letter.enclosures:
        yield "\n".join((f"{ATTACHED}:", *(f"- {_line(each)}" for each in letter.enclosures)))
    yield letter.sign_off
    yield "\n".join(letter.signed)
    office = [line for line in letter.sender if line not in letter.signed]
    yield "\n".join((*office, f"Our reference {letter.reference}"))


def _part(part: LetterPart) -> str:
    if part.kind == "paragraph":
        return _line("".join(run.plain for run in part.runs))
    if part.kind == "heading":
        return part.text
    between = ": " if part.kind == "days" else " "
    return "\n".join(f"{mark}{between}{_line(words)}" for mark, words in part.rows)


def _line(words: str) -> str:
    """The text in one line."""
    return " ".join(words.split())
