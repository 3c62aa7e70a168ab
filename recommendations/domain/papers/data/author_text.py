"""What the office says on a scrutiny report's first two pages and under its charts: plain frozen values. No queries."""

from dataclasses import dataclass

NAMED = 6  # references that a matter names on page 1


@dataclass(frozen=True, kw_only=True)
class PaperMatter:
    """A matter that needs attention. `words` are the sentence made from the figures, or the office's own.

    `rests_on` says which figures it rests on and how many they count; `references` are the recommendations counted.
    """

    heading: str
    words: str
    rests_on: str
    references: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        """How many references there are besides the few that page 1 has room for."""
        return max(len(self.references) - NAMED, 0)


@dataclass(frozen=True, kw_only=True)
class FrontWords:
    """Page 1, its questions and the remarks on the charts.

    `version` is that of the words as they were read, 0 where nobody wrote any.
    `view` is the label of the office's view, empty where there is none; `chief_officer` whom the questions are for.
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
