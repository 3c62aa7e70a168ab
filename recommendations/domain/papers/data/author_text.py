"""The office's own text on a scrutiny report's first two pages and under its charts, as frozen values. No queries."""

from dataclasses import dataclass

NAMED = 6  # references listed for each matter on page 1


@dataclass(frozen=True, kw_only=True)
class PaperMatter:
    """A matter that needs attention. `words` are a sentence made from the figures, or the office's own.

    `rests_on` names the figures behind it, with their count; `references` are the recommendations counted.
    """

    heading: str
    words: str
    rests_on: str
    references: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        """How many references do not fit on page 1."""
        return max(len(self.references) - NAMED, 0)


@dataclass(frozen=True, kw_only=True)
class FrontWords:
    """Page 1, its questions and the remarks on the charts.

    `version` is the version of the text that was read, or 0 if none was written. `view` is the label of the office's
    view, or ""; `chief_officer` is the person to whom the questions are addressed.
    """

    version: int = 0
    item: str = ""
    purpose: str = ""
    asked: tuple[str, ...] = ()
    view: str = ""
    view_words: str = ""
    matters: tuple[PaperMatter, ...] = ()
    questions: tuple[str, ...] = ()
    chief_officer: str = "chief constable"
    remark_colours: str = ""
    remark_quarters: str = ""
    remark_ages: str = ""
