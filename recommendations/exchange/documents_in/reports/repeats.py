"""Merge recommendations that a report repeats: in its summary and its chapters, or in a list at the front or the end.

With the same number, nearly the same text is a repeat; without a number, the text or its first sentences must be equal.
The fuller text is kept, at the position of the first; anything only in the other (a number, a cause) is added.
"""

import re
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import product

from recommendations.exchange.documents_in.parts import SAID_AGAIN, UNPLACED, DocumentParts, Rec
from recommendations.exchange.documents_in.recommendation_starts import LIMB
from recommendations.exchange.documents_in.reports.report_state import OWN
from recommendations.exchange.documents_in.vocabulary import plain

NEARLY_THE_SAME = 0.75
FEWEST_WORDS = 5  # a shorter text is too short to be the beginning of another
LONGEST_COMPARED = 1_000  # words
WORD_OR_END = re.compile(r"[^\W_]+|[.!?](?=[\s”\"'’)]|$)")
ENDS = {".", "!", "?"}


def bring_together(parts: DocumentParts) -> None:
    """Keep each recommendation once, and redirect the lines of repeats to it. Those without text are dropped."""
    kept = DistinctRecommendations()
    for rec in [each for each in parts.recs if each.text or each.limbs]:
        kept.take(rec)
    parts.recs = _causes_first(kept)
    _redirect_again(parts, kept)


class DistinctRecommendations:
    """The distinct recommendations, found by number or text; `instead` maps a repeat's id to the one kept."""

    def __init__(self) -> None:
        self.recs: list[Rec] = []
        self.instead: dict[int, Rec] = {}
        self.numbered: dict[tuple[str, ...], list[Rec]] = defaultdict(list)
        self.worded: dict[tuple[str, tuple[str, ...]], list[Rec]] = defaultdict(list)

    def take(self, rec: Rec) -> None:
        """Keep a recommendation, or merge it into an earlier one."""
        before = self._earlier_mention(rec)
        if before is None:
            self.recs.append(rec)
            self._remember(rec)
            return
        fuller = _merge(before, rec)
        self.recs[self.recs.index(before)] = fuller
        self.instead[id(before if fuller is rec else rec)] = fuller
        self._remember(fuller)

    def standing(self, rec: Rec) -> Rec:
        """Return the recommendation kept in place of this one."""
        while id(rec) in self.instead:
            rec = self.instead[id(rec)]
        return rec

    def _earlier_mention(self, rec: Rec) -> Rec | None:
        for other in self.numbered[rec.kind, _number(rec)] if rec.number else ():
            if _likeness(self.standing(other), rec) >= NEARLY_THE_SAME:
                return self.standing(other)
        for words in _beginnings(rec):
            for other in map(self.standing, self.worded[rec.kind, words]):
                unlike = rec.number and other.number and _number(rec) != _number(other)
                if not unlike and (words in _wholes(rec) or words in _wholes(other)):
                    return other
        return None

    def _remember(self, rec: Rec) -> None:
        if rec.number:
            self.numbered[rec.kind, _number(rec)].append(rec)
        for words in _beginnings(rec):
            self.worded[rec.kind, words].append(rec)


def _number(rec: Rec) -> str:
    return rec.number.casefold().removeprefix("afi ")


def _wordings(rec: Rec) -> list[list[str]]:
    """Return its words, also with its heading in front: a summary may print only the heading."""
    said = [rec.text, *(LIMB.sub("", limb) for limb in rec.limbs)]
    return [_words(said)] + ([_words([rec.heading, ".", *said])] if rec.heading else [])


def _words(texts: list[str]) -> list[str]:
    """Return lower-case words and sentence ends, without footnote marks."""
    printed = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", plain(" ".join(texts)).lower())
    return WORD_OR_END.findall(printed)


def _wholes(rec: Rec) -> set[tuple[str, ...]]:
    """Return all its words, in each wording."""
    return {tuple(word for word in wording if word not in ENDS) for wording in _wordings(rec)}


def _beginnings(rec: Rec) -> set[tuple[str, ...]]:
    """Return all its words, and those of its first sentences."""
    found = _wholes(rec)
    for wording in _wordings(rec):
        words: tuple[str, ...] = ()
        for word in wording[:LONGEST_COMPARED]:
            if word not in ENDS:
                words += (word,)
            elif len(words) >= FEWEST_WORDS:
                found.add(words)
    return found


def _likeness(one: Rec, other: Rec) -> float:
    """Return how much of the shorter text is in the longer one, in order, from 0 to 1."""
    alike = 0.0
    for ours, theirs in product(_wholes(one), _wholes(other)):
        pair = (ours[:LONGEST_COMPARED], theirs[:LONGEST_COMPARED])
        same = sum(block.size for block in SequenceMatcher(None, *pair, autojunk=False).get_matching_blocks())
        alike = max(alike, same / max(min(map(len, pair)), 1))
    return alike


def _merge(first: Rec, second: Rec) -> Rec:
    """Return the fuller one, completed from the other; the first one if they are equal."""
    lengths = [len(_words([rec.text, *rec.limbs])) for rec in (first, second)]
    fuller, other = (second, first) if lengths[1] > lengths[0] else (first, second)
    for name in ("number", "heading", "deadline_words", "addressees", "to_all"):
        setattr(fuller, name, getattr(fuller, name) or getattr(other, name))
    fuller.cause = fuller.cause or other.cause
    return fuller


def _causes_first(distinct: DistinctRecommendations) -> list[Rec]:
    """Return them in order of first mention, but none before its cause of concern."""
    for rec in distinct.recs:
        rec.cause = distinct.standing(rec.cause) if rec.cause else None
    place = {id(rec): number for number, rec in enumerate(distinct.recs)}

    def order(rec: Rec) -> tuple[int, int, int]:
        cause = place.get(id(rec.cause), -1)
        return (cause, 1, place[id(rec)]) if cause > place[id(rec)] else (place[id(rec)], 0, 0)

    return sorted(distinct.recs, key=order)


def _redirect_again(parts: DocumentParts, distinct: DistinctRecommendations) -> None:
    """Redirect the places of repeats, and of names without text."""
    stay = {id(rec) for rec in parts.recs}
    numbers = {(rec.kind, _number(rec)) for rec in parts.recs if rec.number}
    for place in parts.places:
        if place.rec is None:
            continue
        own, rec = place.rec, distinct.standing(place.rec)
        if id(rec) in stay:
            place.rec = rec
            if own is not rec and not (place.where == "Heading" and own.heading == rec.heading):
                place.where, place.limb = SAID_AGAIN, None
            continue
        known = not rec.number or (rec.kind, _number(rec)) in numbers
        place.rec, place.where, place.taken = None, OWN if known else UNPLACED, ()
        parts.unplaced += [] if known else [place.line.text]
