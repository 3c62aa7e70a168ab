"""A block of a document that was read: a line, or part of one, with what it was taken for."""

from dataclasses import dataclass
from functools import cached_property

from recommendations.exchange.documents_in.comment_labels import CommentLabel, read_label
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BEGINS, BlockRole
from recommendations.exchange.documents_in.recommendation_starts import Start, read_any_start, read_start

VOICES = ANSWERS | {BlockRole.CHIEF, BlockRole.REPLY}


@dataclass(frozen=True)
class Block:
    """A block. `id` counts from 1 in the order of the document; `line` has the block's own text.

    `of` are the first blocks of the recommendations that it is about, and empty where those are the one above it.
    `taken` are its words that only say what it is. `kind` is the reader's place for it, `doubt` why it might belong
    elsewhere. `by` is who took it for what it is: "" for the reader, "you" for a person, "like" for one that was read
    as block `like`, and "layout" for a layout that was remembered. `kept`: they took
    it for what the reader did.
    """

    id: int
    line: DocumentLine
    role: BlockRole
    of: tuple[int, ...] = ()
    taken: tuple[str, ...] = ()
    kind: str = ""
    doubt: str = ""
    by: str = ""
    like: int = 0
    kept: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it is something else than the reader took it for."""
        return bool(self.by) and not self.kept

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def printed(self) -> str:
        """The text with its bullet."""
        return f"{self.line.mark} {self.text}" if self.line.mark else self.text

    @cached_property
    def start(self) -> Start | None:
        """The number and kind that it begins with. What was marked may call it anything: "Point 3: ..."."""
        return read_any_start(self.text) if self.is_changed else read_start(self.text)

    @cached_property
    def label(self) -> CommentLabel | None:
        """The label that it begins with: "PCC comment:"."""
        return read_label(self.text)

    @cached_property
    def content(self) -> str:
        """Its words without those that only say what it is."""
        text = self.printed if self.role in VOICES | {BlockRole.NARRATIVE} else self.text
        if self.is_changed and (rest := self._without_label(text)) != text:
            return rest
        for words in self.taken:
            text = text.removeprefix(words).strip() if words != text else ""
        return text

    def _without_label(self, text: str) -> str:
        if self.role == BlockRole.NUMBER:
            return ""
        if self.role in BEGINS and self.start:
            return self.start.rest
        return self.label.rest if self.role in VOICES and self.label else text
