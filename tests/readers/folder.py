"""Documents of another folder: sources as the corpus has them, and documents as they are with their facts beside them.

NAME.json beside NAME.docx, .pdf, .html or .txt has the facts in the form that `import_response --json` and
`import_report --json` print. Beside these it may have `form`, `published` and `after`, as a source says them.
"""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from recommendations.exchange.documents_in.lines import read_lines
from tests.readers.facts import PARAGRAPHS
from tests.readers.score import WORD, words_of
from tests.readers.source import KINDS, Source, SourceLine, source

SUFFIXES = ("docx", "pdf", "html", "htm", "txt")
LETTERS = {kind: letter for letter, kind in KINDS.items()}
FACTS = ("form", "published", "after", "title", "body")


def documents_in(folder: Path) -> list[Source]:
    """All documents in a folder, in the order of their names."""
    names = sorted({path.stem for suffix in ("txt", "json") for path in folder.glob(f"*.{suffix}")})
    return [_document(name, folder) if (folder / f"{name}.json").exists() else source(name, folder) for name in names]


def _document(name: str, folder: Path) -> Source:
    """A document with the facts beside it: its lines are what the facts say, in the order in which it says them."""
    said = json.loads((folder / f"{name}.json").read_text())
    files = [suffix for suffix in SUFFIXES if (folder / f"{name}.{suffix}").exists()]
    if not files:
        raise FileNotFoundError(f"There is no document beside {name}.json.")
    read = Source(name, {key: said[key] for key in FACTS if said.get(key)} | {"as": " ".join(files)}, folder=folder)
    file = f"{name}.{files[0]}"
    lines = _Lines([line.text for line in read_lines((folder / file).read_bytes(), file)])
    for role, key in (("title", "title"), ("body", "body"), ("narr", "narrative"), ("chief", "chief_officer_comments")):
        lines.add(role, "", said.get(key))
    lines.add("reply", "", said.get("reply"))
    lines.add("note", "", [each if isinstance(each, str) else each["text"] for each in said.get("footnotes", ())])
    for place, rec in enumerate(said["recommendations"], start=1):
        key = LETTERS[rec["kind"]] + (rec.get("number") or f"-{place}")
        while key in read.to:
            key += "~"
        read.to[key] = tuple(rec.get("addressees", ()))
        begins = lines.add("rec", key, rec.get("text"))
        lines.add("head", key, rec.get("heading"))
        for role, part in (("part", "limbs"), ("com", "comment"), ("chief", "chief_officer_comments")):
            lines.add(role, key, rec.get(part), after=begins)
    read.lines = lines.in_order()
    return read


class _Lines:
    """The lines of a document, each at the place where its words are. What no fact says is a label."""

    def __init__(self, printed: list[str]) -> None:
        self.printed = printed
        self.words = [word for text in printed for word in words_of(text)]
        self.matcher = SequenceMatcher(None, [], self.words, autojunk=False)
        self.about: dict[tuple[int, str, str], list[str]] = {}  # (place, role, text) → recommendations

    def add(self, role: str, key: str, texts: Any, *, after: int = 0) -> int:
        """Add the paragraphs of a fact. Returns where it begins, or `after` if it has no words."""
        places = [after]
        for text in [texts] if isinstance(texts, str) else texts or ():
            for paragraph in text.split(PARAGRAPHS):
                if words_of(paragraph):
                    places.append(self._place(role, paragraph, after))
                    self.about.setdefault((places[-1], role, paragraph), []).extend([key] * bool(key))
        return places[1] if places[1:] else after

    def _place(self, role: str, text: str, after: int) -> int:
        """Return where a text is: first where no other fact has it, after this place if it can be."""
        words = words_of(text)
        found = [
            place
            for place, word in enumerate(self.words)
            if word == words[0] and self.words[place : place + len(words)] == words
        ]
        taken = [place for place, of, said in self.about if (of, said) == (role, text)]
        for place in [*(each for each in found if each >= after and each not in taken), *taken, *found]:
            return place  # what two recommendations share stands once
        self.matcher.set_seq1(words)
        match = self.matcher.find_longest_match()
        return match.b - match.a if match.size else len(self.words)

    def in_order(self) -> list[SourceLine]:
        said = [
            (place, SourceLine("p", role, tuple(keys), ((text, True),)))
            for (place, role, text), keys in self.about.items()
        ]
        return [line for _, line in sorted([*said, *self._labels()], key=itemgetter(0))]

    def _labels(self) -> Iterator[tuple[int, SourceLine]]:
        """The words of each printed line that no fact has, with their places."""
        taken = {place + each for place, _, text in self.about for each in range(len(words_of(text)))}
        place = 0
        for text in self.printed:
            found = [(place + number, match) for number, match in enumerate(WORD.finditer(text))]
            place += len(found)
            for is_taken, run in groupby(found, key=lambda each: each[0] in taken):
                (first, start), *_, (_, end) = [*run] * 2
                if not is_taken:
                    words = text[start.start() : end.end()]
                    yield first, SourceLine("p", "label", (), ((words, False),))
