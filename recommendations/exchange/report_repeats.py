"""What a report says twice comes in once: in its summary and its chapters, in a list at the front or the end.

The fuller wording stays, where it was said first; what only the other has (a number, a heading, a cause) is kept.
"""

import re
from difflib import SequenceMatcher
from itertools import product

from recommendations.exchange.parts import UNPLACED, Parts, Rec
from recommendations.exchange.report_grammar import OWN
from recommendations.exchange.vocabulary import plain

NEARLY_THE_SAME, OF_ONE_NUMBER = 0.9, 0.6
FEWEST_WORDS = 5  # a shorter text says too little to be the beginning of another


def bring_together(parts: Parts) -> None:
    """Leave each recommendation once; the lines of the others lead to it. One without a text is none."""
    kept: list[Rec] = []
    instead: dict[int, Rec] = {}
    for rec in [each for each in parts.recs if each.text or each.limbs]:
        same = next((each for each in kept if is_the_same(each, rec)), None)
        if same is None:
            kept.append(rec)
        else:
            fuller = _merged(same, rec)
            kept[kept.index(same)] = fuller
            instead[id(same if fuller is rec else rec)] = fuller
    parts.recs = _behind_their_causes(kept, instead)
    _lead_on(parts, instead)


def is_the_same(one: Rec, other: Rec) -> bool:
    """The same kind, and the same number and nearly the same words, or one of them without a number."""
    if one.kind != other.kind:
        return False
    numbered = bool(one.number and other.number)
    if numbered and _number(one) != _number(other):
        return False
    pairs = list(product(_wordings(one), _wordings(other)))
    if any(_begins(ours, theirs) or _begins(theirs, ours) for ours, theirs in pairs):
        return True
    enough = OF_ONE_NUMBER if numbered else NEARLY_THE_SAME
    return any(_likeness(ours, theirs) >= enough for ours, theirs in pairs)


def _number(rec: Rec) -> str:
    return rec.number.casefold().removeprefix("afi ")


def _wordings(rec: Rec) -> list[list[str]]:
    """Its words, and those with its heading before them: a summary can print the heading and no more."""
    return [_words(rec.text, *rec.limbs)] + ([_words(rec.heading, rec.text, *rec.limbs)] if rec.heading else [])


def _words(*texts: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", plain(" ".join(texts)).lower()))


def _begins(short: list[str], long: list[str]) -> bool:
    return (len(short) >= FEWEST_WORDS and long[: len(short)] == short) or short == long


def _likeness(ours: list[str], theirs: list[str]) -> float:
    """How much of two texts is the same words in the same order, from 0 to 1."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= OF_ONE_NUMBER else 0.0


def _merged(first: Rec, second: Rec) -> Rec:
    """The fuller of the two, with what only the other says; the first one where they say the same."""
    longer = len(_words(second.text, *second.limbs)) > len(_words(first.text, *first.limbs))
    fuller, other = (second, first) if longer else (first, second)
    for name in ("number", "heading", "deadline_words", "addressees", "to_all"):
        setattr(fuller, name, getattr(fuller, name) or getattr(other, name))
    fuller.cause = fuller.cause or other.cause
    return fuller


def _behind_their_causes(recs: list[Rec], instead: dict[int, Rec]) -> list[Rec]:
    """In the order in which they were said first, but none before the cause of concern that it belongs to."""
    for rec in recs:
        rec.cause = _followed(rec.cause, instead) if rec.cause else None
    place = {id(rec): number for number, rec in enumerate(recs)}

    def order(rec: Rec) -> tuple:
        cause = place.get(id(rec.cause), -1)
        return (cause, 1, place[id(rec)]) if cause > place[id(rec)] else (place[id(rec)], 0, 0)

    return sorted(recs, key=order)


def _followed(rec: Rec, instead: dict[int, Rec]) -> Rec:
    while id(rec) in instead:
        rec = instead[id(rec)]
    return rec


def _lead_on(parts: Parts, instead: dict[int, Rec]) -> None:
    """The places of what was said twice, and of names that nothing stands under."""
    kept = {id(rec) for rec in parts.recs}
    numbers = {(rec.kind, _number(rec)) for rec in parts.recs if rec.number}
    for place in parts.places:
        if place.rec is None:
            continue
        rec = _followed(place.rec, instead)
        if id(rec) in kept:
            place.rec = rec
            place.limb = place.limb if place.limb is None or place.limb < len(rec.limbs) else None
            continue
        known = not rec.number or (rec.kind, _number(rec)) in numbers
        place.rec, place.where, place.taken = None, OWN if known else UNPLACED, ()
        parts.unplaced += [] if known else [place.line.text]
