"""Where each line of a document was placed, and placing lines by hand.
A place is a word with, in some cases, the part that it belongs to: "narrative", "text:r0", "comment:c1", "out".
Lines are numbered as read, from 0; a reader may split one line of the document into two.
"""

from recommendations.exchange.documents_in.footnotes import read_note
from recommendations.exchange.documents_in.recommendation_starts import read_start
from recommendations.exchange.documents_in.results import Placed, ReadResponse
from recommendations.exchange.documents_in.titles import read_title
from recommendations.forms.documents_in.check_draft import PARAGRAPHS, CommentRow, Draft, NoteRow, RecommendationRow

NONE, OUT, OWN = "none", "out", "own"
TEXTS = {"narrative": "narrative", "chief": "chief_officer_comments", "reply": "reply"}
# Place in the reader's terms → code here; every other place is "aside".
CODES = {
    "title": "title", "narrative": "narrative", "note": "note", "chief_officer_comments": "chief", "reply": "reply",
    "text": "text", "number": "text", "heading": "text", "said_again": "text", "part": "part",
    "own_text": OWN, "unplaced": NONE,
}  # fmt: skip
CHOICES = (
    ("narrative", "Narrative"),
    ("note", "Footnote"),
    ("title", "Title"),
    ("chief", "Chief officer’s comments"),
    ("reply", "Reply to the chief officer"),
    ("rec", "A recommendation of its own"),
)
TURNED = ("office", "force")  # the voice to which a line on one recommendation was changed (turning.py)
OF_ONE = (("comment", "Comment on"), ("part", "Part of"), ("text", "Text of"))


def places_as_read(read: ReadResponse) -> list[str]:
    """The place of each line as read; "aside" for labels and for text around the response."""
    recs = {rec.label: f"r{place}" for place, rec in enumerate(read.recommendations)}
    comments = {comment.answers: f"c{place}" for place, comment in reversed([*enumerate(read.comments)])}
    return [_code(placed, recs, comments) for placed in read.placed]


def _code(placed: Placed, recs: dict[str, str], comments: dict[tuple[str, ...], str]) -> str:
    if placed.kind == "comment":
        return f"comment:{comments[placed.of]}" if placed.of in comments else "aside"
    word = CODES.get(placed.kind, "aside")
    return f"{word}:{recs[placed.of[0]]}" if word in ("text", "part") and placed.of else word


def line_text(placed: Placed) -> str:
    """A line as printed, with its bullet."""
    return f"{placed.line.mark} {placed.line.text}".strip()


class Places:
    """The lines of one document, the draft that they were placed in, and moving them.
    Lines can be moved by hand from the places in `free`; a line goes to `lost` when its part is removed.
    """

    choices: tuple[tuple[str, str], ...] = CHOICES
    of_one: tuple[tuple[str, str], ...] = OF_ONE
    free: tuple[str, ...] = (NONE,)
    lost: str = NONE

    def __init__(self, read: ReadResponse, draft: Draft) -> None:
        self.read, self.lines = read, read.placed
        self.draft = draft
        self.as_read = places_as_read(read)
        draft.places = {index: self._known(code) for index, code in draft.places.items() if index < len(self.lines)}

    def _known(self, code: str) -> str:
        """The place, if it exists. A line anywhere else goes to `lost`: it is shown, never dropped."""
        word, _, target = code.partition(":")
        if word in dict(self.of_one) or word in TURNED:
            return code if self.draft.recommendation(target) else self.lost
        return code if code in (OUT, *self.free, *dict(self.choices)) else self.lost

    def of(self, index: int) -> str:
        return self.draft.places.get(index, self.as_read[index])

    @property
    def unplaced(self) -> list[int]:
        return [index for index in range(len(self.lines)) if self.of(index) == NONE]

    @property
    def left_out(self) -> list[str]:
        return [line_text(self.lines[index]) for index in range(len(self.lines)) if self.of(index) == OUT]

    def place(self, index: int, code: str) -> None:
        """Move a line to where the user says; if that is impossible, it stays where it is."""
        if not 0 <= index < len(self.lines) or self.of(index) not in self.free:
            return
        word, _, target = code.partition(":")
        if self._place(index, word, target, self.lines[index].line.text):
            self.draft.places[index] = code

    def _place(self, index: int, word: str, target: str, text: str) -> bool:
        row = self.draft.recommendation(target)
        if word in TEXTS:
            self.draft.facts[TEXTS[word]] = self._into(self.draft.facts[TEXTS[word]], index, word, text)
        elif word == "title":
            title = self.draft.facts["title"]
            self.draft.facts["title"] = f"{title} {text}" if title else read_title(text).title
        elif word == "note":
            self.draft.notes.append(_note(f"l{index}", self.lines[index]))
        elif word == "rec":
            self._add_recommendation(index, text)
        elif word == "comment" and row:
            _comment_on(self.draft, target, text)
        elif word == "text" and row:
            row.text = _join_texts(row.text, text)
        elif word == "part" and row:
            row.parts = _join_texts(row.parts, text)
        else:
            return word == OUT
        return True

    def _into(self, whole: str, index: int, word: str, text: str) -> str:
        """Insert a paragraph in document order, if the paragraphs are still those of the lines; otherwise append it."""
        paragraphs = [each for each in whole.split(PARAGRAPHS) if each.strip()]
        before = sum(self.of(each) == word for each in range(index))
        after = sum(self.of(each) == word for each in range(index + 1, len(self.lines)))
        place = before if before + after == len(paragraphs) else len(paragraphs)
        return PARAGRAPHS.join([*paragraphs[:place], text, *paragraphs[place:]])

    def _add_recommendation(self, index: int, text: str) -> None:
        start = read_start(text)
        number, rest = (start.number, start.rest) if start and start.rest else ("", text)
        row = RecommendationRow(f"l{index}", number=number, text=rest, directed="on")
        rows = self.draft.recommendations
        before = [place for place, each in enumerate(rows) if self._first_line(each.key) < index]
        rows.insert(before[-1] + 1 if before else 0, row)

    def _first_line(self, key: str) -> int:
        if key.startswith("l"):
            return int(key[1:])
        codes = (f"text:{key}", f"part:{key}")
        return next((index for index in range(len(self.lines)) if self.as_read[index] in codes), len(self.lines))

    def take_back(self, index: int) -> bool:
        """Undo a move by hand. Returns False if the text was edited since: then it stays in the draft."""
        code = self.draft.places.get(index, "")
        if code in ("", *self.free):
            return True
        word, _, target = code.partition(":")
        self.draft.places[index] = self.lost
        taken = self._take(index, word, target, self.lines[index].line.text)
        if self.as_read[index] in self.free:
            del self.draft.places[index]
        return taken

    def _take(self, index: int, word: str, target: str, text: str) -> bool:
        facts, row = self.draft.facts, self.draft.recommendation(target)
        if word in TEXTS:
            return _cut(facts, TEXTS[word], text)
        if word == "title":
            return _cut_end(facts, "title", text) or _cut_end(facts, "title", read_title(text).title)
        if word == "note":
            before = len(self.draft.notes)
            self.draft.notes = [note for note in self.draft.notes if note.key != f"l{index}"]
            return len(self.draft.notes) < before
        if word == "rec":
            self.remove(f"l{index}")
            return True
        if word == "comment":
            comments = [each for each in self.draft.comments if target in each.answers]
            return any(_cut(vars(each), "text", text) for each in comments)
        if word in ("text", "part") and row:
            return _cut(vars(row), "text" if word == "text" else "parts", text)
        return True

    def remove(self, key: str) -> None:
        """Remove a recommendation. Its lines, and those of a comment on nothing else, then have no place."""
        draft = self.draft
        draft.recommendations = [row for row in draft.recommendations if row.key != key]
        for row in draft.recommendations:
            row.cause = "" if row.cause == key else row.cause
        turned = {f"{word}:{key}" for word in TURNED}
        gone = {f"text:{key}", f"part:{key}", *turned, *self._remove_comments(key)}
        for index in range(len(self.lines)):
            if self.of(index) in gone or (self.of(index) == "rec" and key == f"l{index}"):
                draft.places[index] = self.lost

    def _remove_comments(self, key: str) -> set[str]:
        """Move a comment that answers others too to the next of them; remove the rest, and return the places of
        their lines."""
        gone, kept = set(), []
        for comment in self.draft.comments:
            others = [each for each in comment.answers if each != key]
            if comment.answers and not others:
                gone |= {f"comment:{comment.key}", f"comment:{key}"}
                continue
            comment.host, comment.also_keys = (others or [""])[0], " ".join(others[1:])
            kept.append(comment)
        self.draft.comments = kept
        return gone


class ReportPlaces(Places):
    """The lines of a report: those in no part are the report's own text, and each of them can be made a part."""

    choices = tuple(each for each in CHOICES if each[0] in ("title", "rec"))
    of_one = OF_ONE[1:]
    free, lost = (NONE, OWN), OWN


def _join_texts(whole: str, text: str) -> str:
    return f"{whole}{PARAGRAPHS}{text}" if whole.strip() else text


def _comment_on(draft: Draft, key: str, text: str) -> None:
    """Append text to the first comment that answers a recommendation, or to a new one."""
    found = next((each for each in draft.comments if key in each.answers), None)
    if found is None:
        found = CommentRow(f"c{key}", host=key)
        draft.comments.append(found)
    found.text = _join_texts(found.text, text)


def _note(key: str, placed: Placed) -> NoteRow:
    mark, text, _ = read_note(placed.line, set(), in_notes=True) or ("", placed.line.text, "")
    return NoteRow(key, mark, text)


def _cut(holder: dict, name: str, text: str) -> bool:
    """Remove one paragraph from a text, if it is there verbatim; returns whether it was."""
    parts = holder[name].split(PARAGRAPHS)
    if text not in parts:
        return False
    parts.remove(text)
    holder[name] = PARAGRAPHS.join(parts)
    return True


def _cut_end(holder: dict, name: str, text: str) -> bool:
    if not text or not holder[name].endswith(text):
        return False
    holder[name] = holder[name].removesuffix(text).strip()
    return True
