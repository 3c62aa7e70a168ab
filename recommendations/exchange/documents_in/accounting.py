"""Check that every word of a document is accounted for: none lost, none added.

A line's words are in the part it was assigned to, except those that only identify it (`taken`); a part has no words
other than those of its lines. A line that is only a fact or a label has no word that is not in that fact or known to
be a label. "Every line is used" is shown only if this holds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from recommendations.exchange.documents_in.known_words import OF_FACTS, is_known_label
from recommendations.exchange.documents_in.letter_boilerplate import is_of_a_letter
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import AROUND
from recommendations.exchange.documents_in.results import Placed, ReadRecommendation, ReadResponse

ADDRESS = re.compile(r"\s*<(?:https?|mailto):[^<>\s]+>")  # of a link, behind its words
WORD = re.compile(r"[^\W_]+")
OF_A_RECOMMENDATION = ("heading", "text", "part")
# Places whose words must be in a field or known to be a label, in words.
FACTS = {
    "addressees": "an addressee",
    "deadline": "a deadline",
    "label": "a label",
    "body": "the responding body",
    "signature": "a signature",
    "furniture": "an address or greeting",
    "number": "a number",
    "priority": "a priority",
}
# Of a coroner’s report or an answer to one, where names are left out.
PERSONS = ("addressees", "body", "signature", "furniture")
LONGEST_SHOWN = 12  # lost words shown for each part

type Words = Counter[str]


def accounting_problems(lines: Iterable[DocumentLine], read: ReadResponse) -> list[str]:
    """Return a sentence for each problem, or nothing if every word is accounted for."""
    return [*_lines_without_a_place(lines, read.placed), *_parts_that_differ(read), *_facts_that_say_more(read)]


def _lines_without_a_place(lines: Iterable[DocumentLine], placed: Sequence[Placed]) -> list[str]:
    given: defaultdict[int, list[str]] = defaultdict(list)
    for each in placed:
        given[each.line.number].append(each.line.text)
    divided = [line for line in lines if line.text not in given[line.number]]
    lost = [(line, _words(line.text) - _words(" ".join(given[line.number]))) for line in divided]
    return [f"Line {line.number} is in no list: {_quote_words(words)}." for line, words in lost if words]


def _parts_that_differ(read: ReadResponse) -> list[str]:
    """Compare the words of each part with those of its lines."""
    problems = []
    for name, text, lines in _parts(read):
        if not lines or _is_verbatim(text, lines):
            continue
        said, given = _words(text), Counter[str]()
        for placed in lines:
            given.update(_words_without_labels(placed))
        if lost := given - said:
            problems.append(f"{name} lost words: {_quote_words(lost)}.")
        if extra := said - given:
            problems.append(f"{name} has words of no line of its own: {_quote_words(extra)}.")
    return problems


def _is_verbatim(text: str, lines: Sequence[Placed]) -> bool:
    """Whether a part is the text of its lines, so that its words need not be counted."""
    return not any(placed.taken for placed in lines) and text == " ".join(placed.line.text for placed in lines)


def _facts_that_say_more(read: ReadResponse) -> list[str]:
    """Compare the lines placed as facts and labels with the facts and with the words known to be labels."""
    recs = {rec.label: rec for rec in read.recommendations}
    problems, names_persons = [], read.source.source == "coroner"
    for placed in read.placed:
        if placed.kind not in FACTS or (names_persons and placed.kind in PERSONS) or _is_known(placed):
            continue
        about = [recs[label] for label in placed.of if label in recs] or read.recommendations
        said = set().union(*map(_words, _facts(read, about))) | OF_FACTS
        if lost := Counter({word: n for word, n in _words(placed.line.text).items() if word not in said}):
            problems.append(
                f"Line {placed.line.number} was read as {FACTS[placed.kind]}, without: {_quote_words(lost)}."
            )
    return problems


def _is_known(placed: Placed) -> bool:
    """Whether the line is a label on its own, of a letter's head or end, or of the page."""
    if placed.kind == "furniture" and placed.where != AROUND:
        return True
    if placed.kind in ("signature", "furniture"):
        return is_of_a_letter(placed.line.text)
    return placed.kind in ("label", "number") and is_known_label(ADDRESS.sub("", placed.line.text))


def _facts(read: ReadResponse, recs: Sequence[ReadRecommendation]) -> Iterable[str]:
    """Yield the fields that a line read as a fact can be in."""
    yield from (read.body, read.title, read.inspectorate, *read.source.addressees)
    for rec in recs:
        yield from (rec.number, rec.heading, rec.deadline.words, rec.priority, *rec.addressees)


def _parts(read: ReadResponse) -> Iterable[tuple[str, str, list[Placed]]]:
    """Yield each part's name, its text, and the lines assigned to it."""
    yield "The title", read.title, _places_of_kind(read, "title")
    yield "The narrative", " ".join(read.narrative), _places_of_kind(read, "narrative")
    yield "The reply", read.reply, _places_of_kind(read, "reply")
    yield "The footnotes", " ".join(note.text for note in read.footnotes), _places_of_kind(read, "note")
    yield "What has no place", " ".join(read.unplaced), _places_of_kind(read, "unplaced")
    asked = _places_by_label(read, *OF_A_RECOMMENDATION)
    for rec in read.recommendations:
        yield f"Recommendation {rec.label}", _recommendation_text(rec), asked[rec.label]
    texts: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for comment in read.comments:
        texts[comment.answers].append(comment.text)
    answered: dict[tuple[str, ...], list[Placed]] = {}
    for placed in _places_of_kind(read, "comment"):
        answered.setdefault(placed.of, []).append(placed)
    for labels, lines in answered.items():
        yield f"The comment on {', '.join(labels)}", " ".join(texts[labels]), lines
    yield from _chief_officer(read)


def _chief_officer(read: ReadResponse) -> Iterable[tuple[str, str, list[Placed]]]:
    """Yield the chief officer's words on each recommendation, and on the report."""
    places = _places_by_label(read, "chief_officer_comments")
    for rec in read.recommendations:
        lines = places[rec.label]
        yield f"The chief officer on {rec.label}", rec.chief_officer_comments if lines else "", lines
    whole = [placed for placed in _places_of_kind(read, "chief_officer_comments") if not placed.of]
    apart = " ".join(f"{rec.name}: {rec.chief_officer_comments}" for rec in read.recommendations if _speaks(rec))
    left = _words(read.chief_officer_comments) - _words(apart)
    yield "The chief officer’s comments", " ".join(left.elements()), whole


def _speaks(rec: ReadRecommendation) -> bool:
    return bool(rec.chief_officer_comments)


def _places_of_kind(read: ReadResponse, *kinds: str) -> list[Placed]:
    return [placed for placed in read.placed if placed.kind in kinds]


def _places_by_label(read: ReadResponse, *kinds: str) -> defaultdict[str, list[Placed]]:
    """Return the lines of these kinds by the recommendations that they are about."""
    found: defaultdict[str, list[Placed]] = defaultdict(list)
    for placed in _places_of_kind(read, *kinds):
        for label in dict.fromkeys(placed.of):
            found[label].append(placed)
    return found


def _recommendation_text(rec: ReadRecommendation) -> str:
    return " ".join([rec.heading, rec.text, *rec.limbs])


def _words_without_labels(placed: Placed) -> Words:
    """Return a line's words without those that only identify it."""
    words = _words(placed.line.text)
    return words - _words(" ".join(placed.taken)) if placed.taken else words


def _words(text: str) -> Words:
    return Counter(WORD.findall(text.casefold()))


def _quote_words(words: Words) -> str:
    shown = list(words.elements())
    return " ".join(shown[:LONGEST_SHOWN]) + (" …" if len(shown) > LONGEST_SHOWN else "")
