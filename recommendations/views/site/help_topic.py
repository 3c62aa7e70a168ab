"""One topic of the help."""

from dataclasses import dataclass

from recommendations.permissions import May
from recommendations.sections import Section


@dataclass(frozen=True)
class HelpTopic:
    """How a main page works, in a few sentences. With a section, it is only shown while that is on."""

    key: str
    title: str
    words: tuple[str, ...]
    may: May
    section: Section | None = None

    @property
    def is_on(self) -> bool:
        return self.section is None or self.section.is_on
