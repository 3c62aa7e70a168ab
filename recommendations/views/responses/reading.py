"""An imported response for reading: marks link to their footnotes; each comment is printed once, below what it
answers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from recommendations.domain.responses.published_text import text_of_version
from recommendations.models import Comment, Recommendation, ResponseVersion

SUPERSCRIPT = str.maketrans("0123456789*†‡", "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡")


@dataclass(frozen=True)
class ParagraphPiece:
    """A part of a paragraph: its text, or a footnote mark. `first` marks the one to which the footnote links back."""

    text: str = ""
    mark: str = ""
    note: int = 0
    first: bool = False


@dataclass
class AnsweredRecommendation:
    """A recommendation with the comments printed below it, and references to those printed below another one."""

    recommendation: Recommendation
    comments: list[dict] = field(default_factory=list)
    elsewhere: list[dict] = field(default_factory=list)


class FootnotedText:
    """Paragraphs whose marks link to their footnotes. `notes` are marks and texts."""

    def __init__(self, paragraphs: Iterable[str], notes: Iterable[dict]) -> None:
        self.notes = [{"number": number, **note} for number, note in enumerate(notes, start=1)]
        self._seen: set[int] = set()
        self.narrative = [self.pieces(text) for text in paragraphs]

    def pieces(self, text: str) -> list[ParagraphPiece]:
        """A paragraph in pieces: each footnote mark is a piece by itself, without the space before it."""
        marks = {form: note for note in self.notes for form in _forms(note["mark"])}
        if not marks:
            return [ParagraphPiece(text)]
        pattern = "|".join(re.escape(form) for form in sorted(marks, key=len, reverse=True))
        parts = re.split(f"[ \\t\\xa0]*((?<![⁰¹²³⁴⁵⁶⁷⁸⁹])(?:{pattern})(?![⁰¹²³⁴⁵⁶⁷⁸⁹]))", text)
        return [self._piece(part, marks.get(part)) for part in parts if part]

    def _piece(self, part: str, note: dict | None) -> ParagraphPiece:
        if note is None:
            return ParagraphPiece(part)
        first = note["number"] not in self._seen
        self._seen.add(note["number"])
        return ParagraphPiece(part, mark=note["mark"], note=note["number"], first=first)

    @property
    def marked(self) -> set[int]:
        """The numbers of the footnotes that a mark links to: only these can link back to the text."""
        return self._seen


class Reading(FootnotedText):
    """The contents of a response's page, in order."""

    def __init__(
        self, *, version: ResponseVersion, recommendations: list[Recommendation], comments: list[Comment]
    ) -> None:
        self.text = text_of_version(version)
        notes = [{"mark": note.mark, "text": note.text} for note in self.text.footnotes]
        super().__init__(self.text.narrative, notes)
        self.answered = [AnsweredRecommendation(each) for each in recommendations]
        self._places = {each.pk: place for place, each in enumerate(recommendations)}
        self.general: list[Comment] = []
        for comment in comments:
            self._place(comment)

    def _place(self, comment: Comment) -> None:
        """Place a comment below the last of the recommendations it answers if they are consecutive, otherwise
        below the first."""
        answers = [answer.recommendation for answer in comment.answers.all()]
        places = sorted(self._places[each.pk] for each in answers if each.pk in self._places)
        if not places:
            self.general.append(comment)
            return
        together = places == list(range(places[0], places[-1] + 1))
        home = places[-1] if together else places[0]
        on = [self.answered[place].recommendation for place in places]
        self.answered[home].comments.append({"comment": comment, "on": on if len(on) > 1 else []})
        for place in places:
            if place != home:
                self.answered[place].elsewhere.append(
                    {"recommendation": self.answered[home].recommendation, "words": "below" if together else "above"}
                )


def _forms(mark: str) -> list[str]:
    """How a footnote's mark is printed in a text: ¹ or [1] for 1, a sign as it is."""
    mark = mark.strip()
    if not mark:
        return []
    return [mark.translate(SUPERSCRIPT), f"[{mark}]"] if mark.isdecimal() else [mark]
