"""A recommendation as it will be saved, as the check of a document shows it."""

from dataclasses import dataclass, field
from functools import cached_property

from recommendations.deadlines import Deadline
from recommendations.enums import RecommendationKind
from recommendations.exchange.documents_in.summary import reading
from recommendations.forms.documents_in.check_rows import CommentForm, ReadRecommendationForm
from recommendations.forms.documents_in.check_values import CommentRow, RecommendationRow, day_of, paragraphs
from recommendations.views.documents_in.check_lines import signature


@dataclass
class ReadPart:
    """A recommendation as it will be saved, with the comments on it and the force's or chief officer's words."""

    row: RecommendationRow
    label: str
    cause: str
    lines: str
    is_now: bool
    corrected: list[tuple[str, str]]  # the names of typed fields, and what each is called
    comments: list[CommentRow]
    elsewhere: list[str]  # what else a comment below another recommendation is on
    force: str
    force_words: str = ""
    form: ReadRecommendationForm | None = field(default=None, repr=False)
    comment_forms: tuple[tuple[CommentRow, CommentForm], ...] = field(default=(), repr=False)
    shown: str = ""
    is_same: bool = field(default=False, repr=False)  # the script has it so

    @cached_property
    def signature(self) -> str:
        return signature(self)

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def name(self) -> str:
        kind = self.row.kind
        if kind == RecommendationKind.RECOMMENDATION or kind not in RecommendationKind.values:
            name = f"Recommendation {self.label}"
            return name if self.row.number.strip() else f"{name} (unnumbered)"
        return self.label

    @property
    def parts(self) -> tuple[str, ...]:
        return paragraphs(self.row.parts)

    @property
    def addressees(self) -> list[str]:
        return [line.strip() for line in self.row.addressees.splitlines() if line.strip()]

    @property
    def deadline(self) -> str:
        """How the deadline's words are read, or ""."""
        if not self.row.deadline_words and self.row.deadline_kind == "none":
            return ""
        return reading(Deadline(kind=self.row.deadline_kind, due_on=day_of(self.row.deadline_on)))


def lines_in_words(ids: list[int]) -> str:
    """ "line 13", "lines 13 and 14", "lines 13 to 20"."""
    if not ids:
        return ""
    if len(ids) == 1:
        return f"line {ids[0]}"
    return f"lines {ids[0]} and {ids[1]}" if len(ids) == 2 else f"lines {ids[0]} to {ids[-1]}"
