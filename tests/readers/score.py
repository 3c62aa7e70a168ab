"""How well a document was read: each fact found or not, and each word in the mouth that it belongs to."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from recommendations.exchange.documents_in.results import ReadRecommendation, ReadResponse
from tests.readers.source import Source

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SAME = 0.5  # how much of two texts' words must be alike for one to be the other
MEASURES = ("recall", "precision", "number", "text", "comment", "addressees", "title", "body", "facts")
ASKED, OFFICE, FORCE, OWN, ASIDE, OPEN = "asked", "office", "force", "own text", "aside", "unplaced"
WITHHELD = "not read"  # names a person, and is taken into nothing
LABEL = "label"
MOUTHS = {
    "rec": ASKED, "part": ASKED, "head": ASKED, "com": OFFICE, "narr": OFFICE, "reply": OFFICE, "note": OFFICE,
    "chief": FORCE, "own": OWN, "cut": OPEN, "label": LABEL, "name": WITHHELD,
}  # fmt: skip
SPOKEN = (ASKED, OFFICE, FORCE)


@dataclass
class Score:
    """Pairs of right and all by measure; words that are lost, in another mouth, or in none yet."""

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    unplaced: int = 0
    words: int = 0
    wrong: list[str] = field(default_factory=list)


def words_of(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def score(source: Source, facts: dict[str, Any], read: ReadResponse) -> Score:
    """The document's score."""
    found = Score()
    pairs = _pairs(facts["recommendations"], read)
    _count(found, "recall", len(pairs), len(facts["recommendations"]))
    _count(found, "precision", len(pairs), len(read.recommendations))
    found.wrong += [f"missed {rec['key']}" for rec in facts["recommendations"] if rec["key"] not in _keys(pairs)]
    taken = {id(rec) for _, rec in pairs}
    found.wrong += [f"none is {rec.text[:60]!r}" for rec in read.recommendations if id(rec) not in taken]
    for measure, right in RIGHT.items():
        wrong = [(rec["key"], each) for rec, each in pairs if not right(rec, each)]
        _count(found, measure, len(pairs) - len(wrong), len(pairs))
        found.wrong += [f"{measure} {key}: {_shown(measure, each)}" for key, each in wrong]
    _count(found, "title", int(words_of(read.title) == words_of(facts["title"])), 1)
    found.wrong += [] if found.counts["title"][0] else [f"title: {read.title!r}"]
    if not source.is_report:
        _count(found, "body", int(_same_body(read.body, facts["body"])), 1)
        found.wrong += [] if found.counts["body"][0] else [f"body: {read.body!r}"]
    _source_facts(source, read, pairs, found)
    _words(source, read, found)
    return found


def _source_facts(source: Source, read: ReadResponse, pairs: list, found: Score) -> None:
    """Of another source: its reference, basis, days and addressees, and the priority and day of each that it asks."""
    own = read.source
    said = {
        "reference": own.reference,
        "basis": own.basis,
        "made": str(own.made_on),
        "answer by": str(own.answer_by),
        "responds to": str(own.responds_to),
        "sent to": "; ".join(own.addressees),
        "from": read.body,
    }
    said |= {f"priority {rec['key']}": each.priority for rec, each in pairs}
    said |= {f"due {rec['key']}": str(each.deadline.due_on) for rec, each in pairs}
    asked = {
        name: fact for name, fact in source.facts.items() if name in said or name.split()[0] in ("priority", "due")
    }
    wrong = [f"{name}: {said.get(name)!r}" for name, fact in asked.items() if said.get(name) != fact]
    if asked:
        _count(found, "facts", len(asked) - len(wrong), len(asked))
    found.wrong += wrong


def _count(found: Score, measure: str, right: int, of: int) -> None:
    found.counts[measure] = (right, of)


def _keys(pairs: list[tuple[dict[str, Any], ReadRecommendation]]) -> set[str]:
    return {rec["key"] for rec, _ in pairs}


def _shown(measure: str, rec: ReadRecommendation) -> str:
    shown = {"number": rec.number, "text": rec.text, "addressees": str(rec.addressees)}
    return shown.get(measure, f"{rec.comment[:90]!r} / force {rec.chief_officer_comments[:90]!r}")[:160]


def _pairs(facts: list[dict[str, Any]], read: ReadResponse) -> list[tuple[dict[str, Any], ReadRecommendation]]:
    """Each recommendation with the one that was read for it: the likeliest first, each once."""
    likely = []
    for n, rec in enumerate(facts):
        for m, each in enumerate(read.recommendations):
            alike = _alike(
                _whole(rec["heading"], rec["text"], rec["limbs"]), _whole(each.heading, each.text, each.limbs)
            )
            if alike >= SAME or _named_alone(rec, each):
                likely.append((alike, -abs(n - m), n, m))
    pairs: dict[int, int] = {}
    for _, _, n, m in sorted(likely, reverse=True):
        if n not in pairs and m not in pairs.values():
            pairs[n] = m
    return [(facts[n], read.recommendations[m]) for n, m in sorted(pairs.items())]


def _named_alone(rec: dict[str, Any], read: ReadRecommendation) -> bool:
    """Whether an answer names a recommendation by its number and repeats none of its words."""
    said = [rec["heading"], rec["text"], *rec["limbs"], read.heading, read.text, *read.limbs]
    return not any(said) and bool(rec["number"]) and rec["number"] == read.number


def _whole(heading: str, text: str, limbs) -> list[str]:
    return words_of(" ".join([heading, text, *limbs]))


def _alike(one: list[str], other: list[str]) -> float:
    same = sum((Counter(one) & Counter(other)).values())
    return 2 * same / max(len(one) + len(other), 1)


def _text(rec: dict[str, Any], read: ReadRecommendation) -> bool:
    return _whole(rec["heading"], rec["text"], rec["limbs"]) == _whole(read.heading, read.text, read.limbs)


def _comment(rec: dict[str, Any], read: ReadRecommendation) -> bool:
    ours = words_of(rec["comment"]) == words_of(read.comment)
    return ours and words_of(rec["chief_officer_comments"]) == words_of(read.chief_officer_comments)


def _addressees(rec: dict[str, Any], read: ReadRecommendation) -> bool:
    if not rec["addressees"]:
        return True
    named = [
        {re.sub(r"^the ", "", name.lower().replace("’", "'")) for name in names}
        for names in (rec["addressees"], read.addressees)
    ]
    return named[0] == named[1]


def _number(rec: dict[str, Any], read: ReadRecommendation) -> bool:
    return rec["number"] == read.number.removeprefix("AFI ") and rec["kind"] == read.kind


def _same_body(read: str, fact: str) -> bool:
    return words_of(read.removeprefix("the ")) == words_of(fact)


RIGHT = {"number": _number, "text": _text, "comment": _comment, "addressees": _addressees}


# -- words and mouths


def _words(source: Source, read: ReadResponse, found: Score) -> None:
    """Each word of the document beside the same word of the reading, in the document's order."""
    truth = [(word, mouth) for word, mouth in _true_mouths(source)]
    given = [(word, mouth) for word, mouth in _read_mouths(read)]
    found.words = len(truth)
    matcher = SequenceMatcher(None, [word for word, _ in truth], [word for word, _ in given], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag in ("delete", "replace"):
            found.lost += [word for word, _ in truth[a:b]]
        if tag in ("insert", "replace"):
            found.elsewhere += [f"{word} ({mouth}, of the page)" for word, mouth in given[c:d] if mouth in SPOKEN]
        if tag == "equal":
            for (word, true), (_, said) in zip(truth[a:b], given[c:d], strict=True):
                _compare(found, word, true, said)


def _compare(found: Score, word: str, true: str, said: str) -> None:
    if WITHHELD in (true, said) and true != said:
        found.elsewhere.append(f"{word} ({said}, not {true})")
        return
    if true == LABEL and said == OFFICE:  # a heading of what the office says
        return
    if true in SPOKEN and said == OPEN:
        found.unplaced += 1
    elif true in SPOKEN and said in (ASIDE, OWN):
        found.lost.append(word)
    elif said in SPOKEN and true != said:
        found.elsewhere.append(f"{word} ({said}, not {true})")


def _true_mouths(source: Source) -> list[tuple[str, str]]:
    lines = [line for line in source.lines if line.setting not in ("raw", "box", "endbox", "foot")]
    return [
        (word, MOUTHS.get(line.role, ASIDE) if content or line.role == "label" else ASIDE)
        for line in lines
        for words, content in line.runs
        for word in words_of(words)
    ]


def _read_mouths(read: ReadResponse) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for placed in read.placed:
        words = words_of(placed.line.text)
        mouths = [_mouth(placed.where)] * len(words)
        for taken in placed.taken:
            _aside(words, mouths, words_of(taken))
        pairs += zip(words, mouths, strict=True)
    return pairs


def _aside(words: list[str], mouths: list[str], taken: list[str]) -> None:
    """The words that only say what a line is are nobody's."""
    for start in range(len(words) - len(taken) + 1):
        if words[start : start + len(taken)] == taken:
            mouths[start : start + len(taken)] = [ASIDE] * len(taken)
            return


def _mouth(where: str) -> str:
    known = {"Not read": WITHHELD, "Not used yet": OPEN, "The report’s own text": OWN, "Reply": OFFICE}
    if where in known:
        return known[where]
    for start, mouth in (("Narrative", OFFICE), ("Comment,", OFFICE), ("Footnote", OFFICE), ("Chief officer", FORCE)):
        if where.startswith(start):
            return mouth
    asked = re.match(r"Rec |Heading,|AFI |Cause of concern|Accelerated|Innovative|.* part$", where)
    return ASKED if asked else ASIDE
