"""What the page "What you use" says of each section and source, in a sentence each."""

from collections.abc import Mapping
from dataclasses import dataclass

from recommendations.enums.sources import FIRE, SUPER_COMPLAINT
from recommendations.models import SourceFacts
from recommendations.models.sources.shipped import SOURCES
from recommendations.sections import Section


@dataclass(frozen=True)
class UseWords:
    """`hides` follows “Will be hidden:”; `noun` and `nouns` name what its records are."""

    name: str
    sentence: str
    hides: str
    noun: str
    nouns: str

    def number_words(self, number: int) -> str:
        """ "1 visit", "14 visits"; "" for none."""
        return f"{number:,} {self.noun if number == 1 else self.nouns}" if number else ""

    def hidden_words(self, number: int) -> str:
        """What is hidden when it is switched off, and that its records are kept."""
        kept = f"{self.all_words(number)} kept and {'comes' if number == 1 else 'come'} back when you tick it."
        return f"Will be hidden: {self.hides}.{f' {kept}' if number else ''}"

    def all_words(self, number: int) -> str:
        """ "The visit is", "Both visits are", "All 14 visits are"."""
        few = {1: f"The {self.noun} is", 2: f"Both {self.nouns} are"}
        return few.get(number, f"All {self.number_words(number)} are")


SECTION_WORDS: Mapping[Section, UseWords] = {
    Section.PANELS: UseWords(
        "Panels",
        "Their members and meetings, and who came.",
        "panels in the menu, their meetings and members, attendance in papers and as evidence",
        "panel",
        "panels",
    ),
    Section.CUSTODY: UseWords(
        "Custody visits",
        "What visitors found in each suite, as evidence beside a recommendation.",
        "visits in the menu and on records",
        "visit",
        "visits",
    ),
    Section.ROUNDS: UseWords(
        "Update rounds",
        "Ask a force for all its updates at once and accept its answers.",
        "rounds in the menu and on the first page, asking a force, and the force’s reminders",
        "round",
        "rounds",
    ),
    Section.ACCOUNTABILITY: UseWords(
        "Accountability meetings",
        "The chief officer answers to you: agenda, minutes, what was agreed. Tick actions too.",
        "meetings in the menu, on the first page and in the calendar, and the public pages about them",
        "meeting",
        "meetings",
    ),
    Section.RECHECKS: UseWords(
        "Looking again",
        "Ask some months after closing whether it lasted.",
        "the question in the form that closes, and days to look again",
        "closure",
        "closures",
    ),
    Section.INDICATORS: UseWords(
        "Indicators",
        "Numbers that show whether the work helped, month by month, with a target.",
        "indicators in the register’s menu, on records, on the first page, in papers and on public pages",
        "indicator",
        "indicators",
    ),
    Section.RISK: UseWords(
        "Risk, themes and delay",
        "How high the risk is, why something is late, and what protects the public until then.",
        "risk, themes, cause of delay and mitigation on records, in the register, rounds and papers",
        "recommendation",
        "recommendations",
    ),
    Section.SAVED_VIEWS: UseWords(
        "Saved views",
        "Keep filters and columns under a name, share them, see what changed.",
        "the views above the register, and saving one",
        "view",
        "views",
    ),
    Section.COMMITMENTS: UseWords(
        "Checks of commitments",
        "Promises in your published responses, and whether they were kept.",
        "commitments in the menu, on the first page and in papers, and marking them in drafts",
        "commitment",
        "commitments",
    ),
    Section.FILES: UseWords(
        "Files",
        "Documents attached to updates, closures and checks.",
        "attaching files, and the files on records",
        "file",
        "files",
    ),
    Section.FORCE_PAGE: UseWords(
        "A public page for each force",
        "Grades, what is open and what was promised, for everyone.",
        "the public pages of forces, their emails, and preparing them",
        "release",
        "releases",
    ),
    Section.PUBLIC_PAPERS: UseWords(
        "Papers for everyone",
        "Committee papers that the public may open.",
        "papers on the public pages, and making one public",
        "public paper",
        "public papers",
    ),
    Section.ACTIONS: UseWords(
        "Actions",
        "The steps of the work on a recommendation: what, who, by when, and what each waits for.",
        "actions in the menu, on records, on the first page, in rounds and in papers",
        "action",
        "actions",
    ),
    Section.API: UseWords(
        "Other programs",
        "Let a program of yours read the register with a token, or fetch it as tables.",
        "tokens. Programs get no answer until you tick it",
        "token",
        "tokens",
    ),
}
SECTION_GROUPS: Mapping[str, tuple[Section, ...]] = {
    "Who else reads it": (Section.FORCE_PAGE, Section.PUBLIC_PAPERS, Section.API),
    "What your office does": (
        Section.PANELS,
        Section.CUSTODY,
        Section.ACCOUNTABILITY,
        Section.ROUNDS,
        Section.ACTIONS,
        Section.INDICATORS,
        Section.RECHECKS,
    ),
    "How you write it down": (Section.RISK, Section.SAVED_VIEWS, Section.COMMITMENTS, Section.FILES),
}
SOURCE_GROUP = "Who else recommends"

# Name and sentence by the key of a shipped source; an office's own have none.
SOURCE_SENTENCES: Mapping[str, tuple[str, str]] = {
    "iopc": ("IOPC", "Recommendations of the Independent Office for Police Conduct, and the 56 days to answer them."),
    "coroner": ("Coroners", "Reports to prevent future deaths, and the answer that is due."),
    FIRE: ("Fire and rescue inspections", "If your commissioner is the fire authority too."),
    SUPER_COMPLAINT: ("Super-complaints", "What a designated body asks of police forces."),
    "audit": ("Internal audit", "Agreed actions of the auditors, with their dates."),
    "review": ("Safeguarding and homicide reviews", "What reviews of deaths and serious harm recommend."),
    "ico": ("Information Commissioner", "Audits of how the force handles personal data."),
    "inquiry": ("Inquiries", "What public and other inquiries recommend."),
    "direction": (
        "Directions to a force",
        "What a minister directs a force to do. Its rule is off until you put it in use under Sources and their rules.",
    ),
    "other": ("Others", "Anyone else who writes recommendations to you."),
}
# Few offices have these: the page folds them while they are off and have nothing on file.
SELDOM_SOURCES = frozenset({"review", "inquiry", "direction", "other"})


class SourceWords(UseWords):
    """What is said of a source: only adding to it goes, and what is on file stays."""

    def hidden_words(self, number: int) -> str:
        it = "it is" if number == 1 else "they are"
        kept = f"{self.all_words(number)} kept, in the register and papers until {it} closed."
        return f"Will be hidden: {self.hides}.{f' {kept}' if number else ''}"


def source_words(source: SourceFacts) -> SourceWords:
    """What is said of a source. One that the office added or renamed has the office's name for it."""
    name, sentence = SOURCE_SENTENCES.get(source.key, (source.name, "A source that your office added."))
    if source.key in SOURCES and source.name != SOURCES[source.key].name:
        name = source.name
    return SourceWords(
        name, sentence, f"adding {source.publications} of this source", "recommendation", "recommendations"
    )
