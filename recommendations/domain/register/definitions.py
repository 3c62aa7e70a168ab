"""The definition of each count and colour, with the thresholds in force, as the page and every paper print them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.rag import OVERDUE
from recommendations.enums import Rag, Stage
from recommendations.models import Thresholds


@dataclass(frozen=True, kw_only=True)
class Definition:
    """The definition of a count or a colour. `rag` is the colour's key, or "" for a count."""

    term: str
    words: str
    rag: str = ""


STAGES: dict[str, str] = {
    Stage.AWAITING_ALLOCATION: "the force has not said who does it, or has given no update.",
    Stage.IN_PROGRESS: "the force says that it is being done.",
    Stage.PENDING_SIGN_OFF: "the force says that it is done and waits to be signed off.",
}


def definitions(
    rule: Thresholds, source: str = "HMICFRS", stages: Mapping[str, str] = MappingProxyType({})
) -> tuple[Definition, ...]:
    """The definitions of all counts, stages and colours under a rule, in reading order.

    `source` is the body whose recommendations they are, as at the start of a sentence: "HMICFRS", or "The source".
    `stages` are the office's labels, by default the program's. A stage that the office added has no definition.
    """
    return (*_counts(rule, source), *_stages(stages), *_colours(rule), *_flags(rule))


def _counts(rule: Thresholds, source: str) -> list[Definition]:
    within = in_sentence(source)
    words = {
        "Counted": "A recommendation or an area for improvement, once for each force. "
        "A cause of concern is followed through the recommendations under it, and sub-recommendations with theirs: "
        "neither is counted again. Innovative practice asks for nothing and is not counted.",
        "Open": "Tracked, and not closed on the day.",
        "Overdue": f"Open and {in_sentence(rule.word(OVERDUE))}: {_past(rule)}",
        "The date that it counts from": f"{source}’s deadline; where {within} gave none, the force’s first target. "
        "Moving the target does not change it.",
        "Close-down date": f"The latest forecast; else the force’s target; else {within}’s deadline; else none given. "
        "An immediate deadline has no day of its own.",
        "No date set": "Open, for the force to do, with no deadline and no target.",
        "Closure requested": "One person has asked to close it (pending closure), and another has not decided yet. "
        "It stays open, in the stage that the force last gave.",
        "Closed": "Closure was asked for by one person and approved by another, as implemented or not implemented. "
        "Superseded and withdrawn ones are counted apart.",
        f"{source} agrees": "Its status is complete, no further action needed or superseded.",
        "Added late from older reports": "Open before the period began, but added to the register only after the last "
        "paper was finalised.",
        "Withdrawn": "Closed as withdrawn, or taken out of the register, where it should never have been.",
        "Transferred": "It came from another force’s register, or went into another’s, for example in a merger of "
        "forces. What was closed by then goes along and is not counted.",
        "Restricted": "Kept out of open papers by the office when the figures were compiled. "
        "It stands in the closed paper, and what moves between the two papers is a term of the sum.",
        "Opened and closed, by quarter": "Opened: it came to be tracked, was reopened, or was transferred in, in those "
        "three months. Closed: every closure in them, superseded and withdrawn ones too, and every transfer out. "
        "Open: not closed on their last day. What is restricted is in no column of an open paper. "
        "All by the day on which it happened, using entries made by the time the paper was compiled.",
        "Age": "From the day on which its report was published to the period’s last day, in whole months.",
    }
    return [Definition(term=term, words=text) for term, text in words.items()]


def _past(rule: Thresholds) -> str:
    """When an open recommendation is overdue, in words (as rag.colour computes it)."""
    return f"past the date that it counts from, or immediate and open for more than {rule.immediate_days} days."


def _stages(labels: Mapping[str, str]) -> Iterator[Definition]:
    """The program's stages: what the force last said of an open recommendation."""
    for key, words in STAGES.items():
        yield Definition(term=labels.get(key, Stage(key).label), words=f"Stage: {words}")


def _colours(rule: Thresholds) -> list[Definition]:
    past = _past(rule)
    words = {
        Rag.BLUE: "Closed.",
        Rag.GREY: "Directed to others, or not accepted by the force. Listed until it is closed.",
        Rag.RED: past[:1].upper() + past[1:],
        Rag.AMBER: "The forecast is past the date that it counts from, or no date is set.",
        Rag.GREEN: "None of these.",
    }
    return [Definition(term=rule.word(colour), rag=str(colour), words=text) for colour, text in words.items()]


def _flags(rule: Thresholds) -> list[Definition]:
    return [
        Definition(
            term=f"Due within {rule.due_soon_days} days", words="Open, and the date that it counts from is that near."
        ),
        Definition(
            term=f"No update for {rule.no_update_days} days",
            words="Open, for the force to do, and its last update is that old or older; where it gave none, tracking "
            "began that long ago.",
        ),
    ]
