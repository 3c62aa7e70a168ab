"""A printed letter: the text of domain/text/letters.py under the office's letterhead, in the style of the other
documents."""

import datetime
import re
from dataclasses import dataclass

from recommendations.documents.formats.export_cover import MARKING
from recommendations.documents.pdf.render import Document
from recommendations.domain.text.letters import Letter
from recommendations.periods import say

TEMPLATE = "documents/letter.html"
STYLESHEETS = ("print.css", "letter.css")
ENCLOSED, ATTACHED = "Enclosed", "Attached"
DATE = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})$")
DAY, WHAT = "Day", "What happens"


def facts(letter: Letter) -> tuple[str, ...]:
    """The details beside the recipient: day, reference, contact."""
    return tuple(filter(None, (say(letter.day), reference(letter), letter.contact and f"Ask for {letter.contact}")))


def reference(letter: Letter) -> str:
    return f"Our reference {letter.reference}"


@dataclass(frozen=True, kw_only=True)
class LetterDocument(Document):
    """A letter. Its template prints the parts in order."""

    letter: Letter

    @property
    def marking(self) -> str:
        return MARKING

    @property
    def foot(self) -> str:
        return reference(self.letter)

    @property
    def subject(self) -> str:
        """In one line; a day is not separated from its month."""
        return DATE.sub("\\1\u00a0\\2\u00a0\\3", " ".join(self.letter.subject.split()))

    @property
    def facts(self) -> tuple[str, ...]:
        return facts(self.letter)

    @property
    def head(self) -> str:
        """Below the sender's name: address and contact details, in one line."""
        return ", ".join(self.letter.sender[1:])

    @property
    def columns(self) -> tuple[str, str]:
        return DAY, WHAT

    @property
    def enclosed(self) -> str:
        return ENCLOSED


def letter_document(letter: Letter, *, created_at: datetime.datetime) -> LetterDocument:
    """The document of a letter. `created_at` (UTC) is when it was made."""
    return LetterDocument(
        template=TEMPLATE,
        stylesheets=STYLESHEETS,
        title=letter.title,
        author=letter.sender[0],
        created_at=created_at,
        letter=letter,
    )
