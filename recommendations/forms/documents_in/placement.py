"""Where each line of a document went, and putting those by hand that have no place.

A place is a word and, where it has one, the part that it leads to: "narrative", "text:r0", "comment:c1", "out".
Lines are named by their place in the reading, from 0: a reader can take one line of the document as two.
"""

from recommendations.exchange.documents_in.footnotes import read_note
from recommendations.exchange.documents_in.recommendation_starts import read_start
from recommendations.exchange.documents_in.results import Placed, ReadResponse
from recommendations.exchange.documents_in.titles import read_title
from recommendations.forms.documents_in.check_draft import PARAGRAPHS, CommentRow, Draft, NoteRow, RecommendationRow

NONE, OUT, OWN = "none", "out", "own"
TEXTS = {"narrative": "narrative", "chief": "chief_officer_comments", "reply": "reply"}
# What the reader calls a place, and its code here; every other place is "aside".
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
TURNED = ("office", "force")  # whose words a line on one recommendation was turned into (turning.py)
OF_ONE = (("comment", "Comment on"), ("part", "Part of"), ("text", "Text of"))


def places_as_read(read: ReadResponse) -> list[str]:
    """The place of each line as the reader gave it; "aside" for labels and for what stands around the response."""
    recs = {rec.label: f"r{place}" for place, rec in enumerate(read.recommendations)}
    comments = {comment.answers: f"c{place}" for place, comment in reversed([*enumerate(read.comments)])}
    return [_code(placed, recs, comments) for placed in read.placed]


def _code(placed: Placed, recs: dict[str, str], comments: dict[tuple[str, ...], str]) -> str:
    if placed.kind == "comment":
        return f"comment:{comments[placed.of]}" if placed.of in comments else "aside"
    word = CODES.get(placed.kind, "aside")
    return f"{word}:{recs[placed.of[0]]}" if word in ("text", "part") and placed.of else word


def printed(placed: Placed) -> str:
    """A line as it is printed, with its bullet."""
    return f"{placed.line.mark} {placed.line.text}".strip()


class Places:
    """The lines of one document, the draft that they went into, and the moves between them.

    `free` are the places that a line can be put from by hand; `lost` is where it goes when its part is taken off.
    """

    choices, of_one = CHOICES, OF_ONE
    free, lost = (NONE,), NONE

    def __init__(self, read: ReadResponse, draft: Draft):
        self.read, self.lines = read, read.placed
        self.draft = draft
        self.as_read = places_as_read(read)
        draft.places = {index: self._known(code) for index, code in draft.places.items() if index < len(self.lines)}

    def _known(self, code: str) -> str:
        """A place that there is. A line that was put anywhere else has none: it is shown, never dropped."""
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
        return [printed(self.lines[index]) for index in range(len(self.lines)) if self.of(index) == OUT]

    def put(self, index: int, code: str) -> None:
        """Put a line without a place where a person says; what cannot be done leaves it without."""
        if not 0 <= index < len(self.lines) or self.of(index) not in self.free:
            return
        word, _, target = code.partition(":")
        if self._put(index, word, target, self.lines[index].line.text):
            self.draft.places[index] = code

    def _put(self, index: int, word: str, target: str, text: str) -> bool:
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
            row.text = _joined(row.text, text)
        elif word == "part" and row:
            row.parts = _joined(row.parts, text)
        else:
            return word == OUT
        return True

    def _into(self, whole: str, index: int, word: str, text: str) -> str:
        """A paragraph in the document's order, where the paragraphs are still those of its lines; else at the end."""
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
        """Take a line that was put by hand from its place. False where its words were changed since: they stay."""
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
        """Take a recommendation off. Its lines, and those of a comment on nothing else, have no place then."""
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
        """A comment on others too moves to the next of them; one on nothing else goes, and its places are told."""
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
    """The lines of a report: what is in no part is the report's own text, and each line of it can be made one."""

    choices = tuple(each for each in CHOICES if each[0] in ("title", "rec"))
    of_one = OF_ONE[1:]
    free, lost = (NONE, OWN), OWN


def _joined(whole: str, text: str) -> str:
    return f"{whole}{PARAGRAPHS}{text}" if whole.strip() else text


def _comment_on(draft: Draft, key: str, text: str) -> None:
    """Add words to the comment that answers a recommendation; the first where there are several."""
    found = next((each for each in draft.comments if key in each.answers), None)
    if found is None:
        found = CommentRow(f"c{key}", host=key)
        draft.comments.append(found)
    found.text = _joined(found.text, text)


def _note(key: str, placed: Placed) -> NoteRow:
    mark, text, _ = read_note(placed.line, set(), in_notes=True) or ("", placed.line.text, "")
    return NoteRow(key, mark, text)


def _cut(holder: dict, name: str, text: str) -> bool:
    """Cut one paragraph out of a text, if it is there word for word."""
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
