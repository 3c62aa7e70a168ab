"""Hold the office's sentences against the figures that they lean on.

A short list of claims, each with the words that make it and its figure. It does not understand prose: a sentence that
no pattern fits is never contradicted, and a person decides what becomes of one that is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from recommendations.domain.papers.data.author_text import FrontWords
from recommendations.domain.papers.data.charts import REMARKED
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.sections.matters import overdue_without_recovery
from recommendations.domain.text import quotations
from recommendations.enums import Rag

OLD = 3  # index of the first age band of two years or more
SEVERAL = 2  # a plural speaks of at least so many
HOW_MANY = r"(?P<how_many>all|every|each|most|the majority|none|no|nothing|some|several|many)\b"
NEGATION = re.compile(r"\b(no|not|never|none|nobody|nothing|without|cannot)\b|n[’']t\b", re.IGNORECASE)
WITHIN = r"[^.;:,?!]*"  # the rest of a part of a sentence


class Share(NamedTuple):
    """So many of so many: "4 of 8 closures in the period name their evidence". `part` is the anchor that shows it."""

    counted: int
    of: int
    words: str
    part: str

    def __str__(self) -> str:
        return f"{self.counted} of {self.of} {self.words}"


class Contradiction(NamedTuple):
    """A sentence, where it stands in the paper, and the figure that says otherwise."""

    place: str
    sentence: str
    share: Share

    def __str__(self) -> str:
        return f"{self.place}: “{self.sentence}” {self.share}."


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a sentence says about one figure, if `pattern` finds it in a sentence.

    `implied` is how many it says where the pattern names no number: "any", "several" or "all". `asks` says whether a
    question makes the claim too, as "Why are targets moved after their day?" does.
    """

    share: str
    pattern: re.Pattern[str]
    implied: str = ""
    asks: bool = False


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


CLAIMS = (
    Claim(
        share="moved_late",
        pattern=_pattern(rf"\bmov(e|es|ed|ing)\b{WITHIN}\bafter (their|its|the) (days?|dates?|targets?)\b"),
        implied="any",
        asks=True,
    ),
    Claim(
        share="evidence",
        pattern=_pattern(
            r"\b(looked at|saw|seen|read|checked) (the |its |their )?evidence\b[^.;:?!]*\bclos(ed|ures?)\b"
            r"|\bclos(ed|ures?)\b[^.;:?!]*\b(with|on|by) (the )?evidence\b"
        ),
        implied="all",
    ),
    Claim(
        share="old",
        pattern=_pattern(r"\boldest\b(?! (recommendation|item|one|of|is|was|has)\b)|\b(older|more) than two years\b"),
        implied="several",
        asks=True,
    ),
    Claim(
        share="overdue",
        pattern=_pattern(
            rf"\b{HOW_MANY}( of)?( (what is|the|its|our|these|those))? (open|recommendations?)( recommendations?)?"
            r" (is|are|remains?) (still |now )?(overdue|late)\b"
        ),
    ),
    Claim(
        share="no_plan",
        pattern=_pattern(rf"\b{HOW_MANY}{WITHIN}\boverdue\b{WITHIN}\b(has|have) no (forecast|recovery plan)\b"),
    ),
    Claim(share="amber_undated", pattern=_pattern(rf"\b{HOW_MANY}{WITHIN}\bamber\b{WITHIN}\b(has|have) no date\b")),
    Claim(
        share="undated",
        pattern=_pattern(rf"\b{HOW_MANY}{WITHIN}\b(open|recommendations?)\b{WITHIN}\b(has|have) no date\b"),
    ),
    Claim(
        share="assessed",
        pattern=_pattern(
            rf"\b{HOW_MANY}{WITHIN}\b(open|recommendations?)\b{WITHIN}\b(is|are|was|were|been) (assessed|weighed)\b"
            rf"|\b(assessed|weighed)\b{WITHIN}\b(?P<also>all|every|each|most)\b{WITHIN}\b(open|recommendations?)\b"
        ),
    ),
    Claim(
        share="agrees",
        pattern=_pattern(rf"\b(HMICFRS|inspectorate)\b{WITHIN}\bagree[sd]?\b{WITHIN}\b{HOW_MANY}{WITHIN}\bclos\w+"),
    ),
)


def shares_of(all_figures: Sequence[Figures]) -> dict[str, Share]:
    """Return the figures that sentences lean on, by the names in CLAIMS, over one paper or the parts of a joint one."""
    open_now, overdue = (
        (sum(each) for each in zip(*map(_open_and_overdue, all_figures), strict=True)) if all_figures else (0, 0)
    )
    moves = [move for figures in all_figures for move in figures.moved if move.was_on]
    closures = [line for figures in all_figures for line in figures.closed if line.is_closure]
    charts = [figures.charts for figures in all_figures if figures.charts]
    undated = sum(len(figures.undated or ()) for figures in all_figures)
    weighed = [figures for figures in all_figures if figures.risk]
    assessed = sum(figures.risk.assessed for figures in weighed if figures.risk)
    no_plan = sum(len(overdue_without_recovery(figures)) for figures in all_figures)
    agrees = sum(line.hmicfrs.endswith(" agrees") for line in closures)
    late = sum(move.was_on is not None and move.was_on < move.moved_on for move in moves)
    shares = {
        "moved_late": Share(late, len(moves), "moves of a target in the period came after its day", "moved"),
        "evidence": Share(
            sum(bool(line.evidence) for line in closures),
            len(closures),
            "closures in the period name their evidence",
            "closed",
        ),
        "old": Share(
            sum(band.open for each in charts for band in each.ages[OLD:]),
            sum(band.open for each in charts for band in each.ages),
            "open are from reports two years old or older",
            "charts",
        ),
        "overdue": Share(overdue, open_now, "open are overdue", "overdue"),
        "no_plan": Share(no_plan, overdue, "overdue have no forecast that is still to come", "overdue"),
        "amber_undated": Share(undated, sum(each.of(Rag.AMBER) for each in charts), "amber have no date", "dates"),
        "undated": Share(undated, open_now, "open have no deadline and no target", "dates"),
        "assessed": Share(assessed, sum(each.sum.closing for each in weighed), "open have a risk", "register"),
        "agrees": Share(agrees, len(closures), "closures in the period have the source’s agreement", "closed"),
    }
    return {name: share for name, share in shares.items() if share.of or name == "moved_late"}


def contradictions(all_figures: Sequence[Figures], texts: Mapping[str, str]) -> list[Contradiction]:
    """Return the sentences of `texts` (place → text) that a figure of these papers contradicts."""
    shares = shares_of(all_figures)
    found = [
        Contradiction(place, sentence, share)
        for place, text in texts.items()
        for line in text.splitlines()
        for sentence in (each.text for each in quotations.sentences(line))
        for share in _contradicting_shares(sentence, shares)
    ]
    return list(dict.fromkeys(found))


def texts_by_place(front: FrontWords | None) -> dict[str, str]:
    """Return what the office wrote in a paper, by where it stands."""
    if front is None:
        return {}
    remarks = {
        f"Remark on chart {number}": getattr(front, f"remark_{key}") for number, key in enumerate(REMARKED, start=1)
    }
    matters = {f"Page 1, matter {number}": each.words for number, each in enumerate(front.matters, start=1)}
    return {
        "Page 1, the office’s view": front.view_words,
        **matters,
        "Page 2, questions": "\n".join(front.questions),
        **remarks,
    }


def _open_and_overdue(figures: Figures) -> tuple[int, int]:
    return figures.then_and_now.open_now, figures.then_and_now.overdue_now


def _contradicting_shares(sentence: str, shares: Mapping[str, Share]) -> Iterator[Share]:
    for claim in CLAIMS:
        match, share = claim.pattern.search(sentence), shares.get(claim.share)
        if match is None or share is None or (sentence.rstrip().endswith("?") and not claim.asks):
            continue
        groups = match.groupdict()
        how_many = (groups.get("how_many") or groups.get("also") or claim.implied).lower()
        before = re.split("[,;:]", sentence[: match.start()])[-1]
        if not NEGATION.search(before) and not _agrees(how_many, share):
            yield share


def _agrees(how_many: str, share: Share) -> bool:
    """Whether a share is what the word says: "most" of it, "all" of it, "none"."""
    counted, of = share.counted, share.of
    match how_many:
        case "all" | "every" | "each":
            return counted == of
        case "most" | "the majority":
            return 2 * counted > of
        case "none" | "no" | "nothing":
            return counted == 0
        case "any":
            return counted > 0
    return counted >= SEVERAL
