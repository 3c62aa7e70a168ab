"""The source of a fictional document: its lines, how each is set, and what each is.

    as: web:elementor word:plain          the files that are made of it
    published: 2025-03-04
    title: Custody in Eastvale            the facts that no line says
    body: Police and Crime Commissioner for Eastvale
    to r2: chief constables; Home Office
    apart: yes                            no rule is mended on it
    after: custody-letter                 the twin of another: what the same body publishes a year later
    family: strange                       a layout that the corpus does not have, as are "third", "fourth" and "fifth"
    ---
    h2 label | Recommendations
    p rec r1 | [[Recommendation 1:]] @ask
    li part r1 | officers; and
    p com r1,r2 | [[PCC comment:]] @office

Before the bar: how the line is set and what it is. Recommendations are named by kind (r, a, c, p) and number; "a-1"
has no number. Behind the bar: its words, the words that only say what it is in double brackets, and sentences from
the pools ("@ask").
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.readers.sentences import Pools

DOCUMENTS = Path(__file__).parent / "documents"
KINDS = {
    "r": "recommendation",
    "a": "area_for_improvement",
    "c": "cause_of_concern",
    "x": "accelerated_cause_of_concern",
    "p": "innovative_practice",
}
FROM_A_POOL = re.compile(r"@(\w+)")
BRACKETS = re.compile(r"(\[\[.*?\]\])")
ASKING = ("ask", "list", "afi")
CONTENT = ("title", "body", "narr", "rec", "part", "head", "com", "chief", "reply", "note", "cut")


@dataclass(frozen=True)
class SourceLine:
    """One line: setting ("h2"), role ("rec"), the recommendations that it is about, and runs of (words, content)."""

    setting: str
    role: str
    about: tuple[str, ...]
    runs: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return " ".join(words for words, _ in self.runs)

    @property
    def content(self) -> str:
        return " ".join(words for words, is_content in self.runs if is_content)


@dataclass
class Source:
    """A whole document. `folder` is where its own files are, if they are not made of the source."""

    name: str
    facts: dict[str, str]
    lines: list[SourceLine] = field(default_factory=list)
    to: dict[str, tuple[str, ...]] = field(default_factory=dict)
    folder: Path | None = None

    @property
    def files(self) -> list[str]:
        return self.facts["as"].split()

    @property
    def is_apart(self) -> bool:
        return self.facts.get("apart") == "yes"

    @property
    def twin_of(self) -> str:
        """The name of the document after which the same body publishes this one, in the same layout; "" for none."""
        return self.facts.get("after", "")

    @property
    def family(self) -> str:
        """The family of its layout ("strange", "third", "fourth", "fifth") if it is none of the corpus's, else ""."""
        return self.facts.get("family", "")

    @property
    def is_only_measured(self) -> bool:
        """Whether it only measures: no rule is mended on it, no layout learnt from it, no mark required of it."""
        return bool(self.twin_of or self.family)

    @property
    def form(self) -> str:
        """What it is: "response", "report", or the kind of another source ("iopc", "coroner", "audit")."""
        return self.facts.get("form", "response")

    @property
    def is_report(self) -> bool:
        """Whether it has no body whose response it is."""
        return self.form != "response"


def sources() -> list[Source]:
    """The corpus, in the order of the names: all documents but those that only measure."""
    return [each for each in _all() if not each.is_only_measured]


def measured_sources() -> list[Source]:
    """The twins and the documents of the other families, in the order of their names."""
    return [each for each in _all() if each.is_only_measured]


def _all() -> list[Source]:
    return [source(path.stem) for path in sorted(DOCUMENTS.glob("*.txt"))]


@cache
def source(name: str, folder: Path = DOCUMENTS) -> Source:
    head, _, body = (folder / f"{name}.txt").read_text().partition("---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    read = Source(name, facts)
    read.to = {key[3:]: tuple(value.split("; ")) for key, value in facts.items() if key.startswith("to ")}
    pools = Pools(name, apart=read.is_apart)
    for line in body.splitlines():
        if line.strip():
            read.lines += _lines(read, line, pools)
    return read


def _lines(read: Source, line: str, pools: Pools) -> list[SourceLine]:
    """A line, and the parts of what it asks where the pool's sentence has some and the line says how they are set."""
    what, _, text = line.partition("|")
    setting, role, *about = what.split() + ([] if " " in what.strip() else ["site"])
    keys = tuple(about[0].split(",")) if about else ()
    parts: tuple[str, ...] = ()
    for match in FROM_A_POOL.finditer(text):
        sentence = pools.next(match[1])
        text = text.replace(match[0], sentence.text, 1)
        parts = sentence.parts
        if match[1] in ASKING:
            read.to.setdefault(keys[0], sentence.to)
    runs = tuple(
        (piece.strip("[] "), not piece.startswith("[[")) for piece in BRACKETS.split(text) if piece.strip("[] ")
    )
    limb = {"ci": "ci", "c": "ci", "c+": "ci"}.get(setting, "li")
    below = [SourceLine(limb, "part", keys, ((part, True),)) for part in parts]
    return [SourceLine(setting, role, keys, runs), *below]
