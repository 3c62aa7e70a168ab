"""A second opinion on what a block is, from a corpus that was read right. It decides nothing: it says what to look at.

A linear model, an averaged perceptron: `second_opinion.json` has what each feature speaks for, and
`python -m tests.readers --second-opinion` makes it of the documents in tests/readers.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.features import Features, features_of
from recommendations.exchange.documents_in.marking.roles import BlockRole

WEIGHTS = Path(__file__).with_name("second_opinion.json")
VOICES = ("asked", "office", "force", "chief", "narrative", "aside", "title", "note")
CLEARLY = 20  # by how much the other voice must be stronger
VOICE_OF_ROLE = {
    BlockRole.RECOMMENDATION: "asked", BlockRole.MORE: "asked", BlockRole.PART: "asked", BlockRole.HEADING: "asked",
    BlockRole.COMMENT: "office", BlockRole.REPLY: "narrative", BlockRole.NARRATIVE: "narrative",
    BlockRole.FORCE: "force", BlockRole.CHIEF: "chief", BlockRole.TITLE: "title", BlockRole.NOTE: "note",
}  # fmt: skip
# What may be something else is doubted only where the other opinion is seldom wrong.
DOUBTED = {
    "narrative": ("asked", "office", "force", "chief", "aside", "title"),
    "asked": ("office", "force", "aside"),
    "office": ("asked", "force", "chief"),
    "force": ("asked", "office"),
    "chief": ("asked", "office", "force", "narrative", "aside"),
    "aside": ("asked", "office", "force", "narrative", "title"),
    "title": ("narrative", "aside"),
}
REASONS = {
    "asked": "it reads like a recommendation, or part of one",
    "office": "it reads like an answer of the office",
    "force": "it reads like the words of the force or chief officer on one recommendation",
    "chief": "it reads like the words of the chief officer on the whole report",
    "narrative": "it reads like narrative",
    "aside": "it reads like a label, or like what is left out",
    "title": "it reads like the title",
}
NO_PLACE = "it is not used yet"
NOT_COMPARED = ("guess", "guess_of", "doubted")
WITH_VOICE_BEFORE = ("kind", "is_label", "asks", "kind/asks/person", "kind/is_label")
WORD = re.compile(r"[a-z']+")
# Whom a text speaks of, and what they did: the office, the force, an inspectorate.
ACTOR = re.compile(
    r"\b(?:(?P<office>I|[Mm]y|OPF?CC|PF?CC|[Cc]ommissioner|[Mm]ayor|[Bb]oard|[Pp]anel)"
    r"|(?P<force>[Tt]he force|[Ff]orce’?s?|[Cc]onstabulary|Police(?! and Crime)"
    r"|(?:[Dd]eputy |[Aa]ssistant )?[Cc]hief [Cc]onstable|DCC|ACC|[Oo]fficers|[Ii]nvestigators|[Ss]ergeants?)"
    r"|(?P<we>[Ww]e|[Oo]ur)|(?P<inspectorate>HMICFRS|[Ii]nspectorate|IOPC|[Ii]nspectors|[Aa]uditors?))\b"
)
VERB = re.compile(
    r"\b(?:has|have|was|were|had|is|are|will|would|should|must|welcome[sd]?|accept(?:s|ed)?|agree[sd]?|support(?:s|ed)?"
    r"|asked|expects?|reported|told)\b"
)
OPENING = 45  # characters
MOST_ACTORS = 3
LONG = ("long", "very long")


def voice_of(role: BlockRole) -> str:
    """Return whose words a block of this role has, or "aside"."""
    return VOICE_OF_ROLE.get(role, "aside")


def doubts(blocks: Sequence[Block], form: str = "response") -> dict[int, str]:
    """Return the blocks to look at, by id, with the reason in words. `form` is "response" or a report's DocumentKind.

    What a person marked is in no doubt.
    """
    return SecondOpinion(blocks, form).doubts(blocks)


class SecondOpinion:
    """What speaks for each block of a document, whatever it was taken for: how it looks, its words, its column.

    `form` is as in `doubts`.
    """

    def __init__(self, blocks: Sequence[Block], form: str) -> None:
        weights = _weights()
        features = opinion_features(blocks, form)
        self.strengths = [strengths_of(weights, each) for each in features]
        self.with_voice_before = [[each for each in those if _counts_with_voice_before(each)] for those in features]

    def doubts(self, blocks: Sequence[Block]) -> dict[int, str]:
        """Return the blocks to look at, as `doubts` does, of this document as its blocks are taken now."""
        found = {block.id: block.doubt or NO_PLACE for block in blocks if block.doubt or block.role == BlockRole.UNSURE}
        for block, (voice, clearly) in zip(blocks, self.voices(blocks), strict=True):
            if block.by in ("", "layout") and clearly > CLEARLY and voice in DOUBTED.get(voice_of(block.role), ()):
                found.setdefault(block.id, REASONS[voice])
        return {block.id: found[block.id] for block in blocks if block.id in found and block.by != "you"}

    def voices(self, blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
        """Yield, for each block, whose words it has in the second opinion, and by how much more that voice is spoken
        for than the one that the block has.
        """
        weights = _weights()
        before = before_that = ""
        for block, strengths, features in zip(blocks, self.strengths, self.with_voice_before, strict=True):
            with_voices = strengths_of(weights, voices_before(features, before, before_that), strengths)
            voice = max(VOICES, key=with_voices.__getitem__)
            yield voice, with_voices[voice] - with_voices[voice_of(block.role)]
            before_that, before = before, voice_of(block.role) if block.by else voice


@cache
def _weights() -> dict[str, dict[str, int]]:
    weights: dict[str, dict[str, int]] = json.loads(WEIGHTS.read_text())
    return weights


def strengths_of(
    weights: dict[str, dict[str, int]], features: Sequence[str], before: dict[str, int] | None = None
) -> dict[str, int]:
    """Return how much these features speak for each voice, and those `before` them."""
    strengths = dict(before or dict.fromkeys(VOICES, 0))
    for feature in features:
        for voice, weight in weights.get(feature, {}).items():
            strengths[voice] += weight
    return strengths


def _counts_with_voice_before(feature: str) -> bool:
    return feature.partition("=")[0] in WITH_VOICE_BEFORE


def with_voices_before(features: list[str], before: str, before_that: str) -> list[str]:
    """Return a block's features with those of the voices above it."""
    return [*features, *voices_before(filter(_counts_with_voice_before, features), before, before_that)]


def voices_before(features: Iterable[str], before: str, before_that: str) -> list[str]:
    """Return the features of the voices above a block, alone and with these of its own."""
    together = [f"{each}&{before}" for each in features]
    return [*together, f"voice before={before}", f"voices before={before}/{before_that}"]


def opinion_features(blocks: Sequence[Block], form: str) -> list[list[str]]:
    """Return what speaks for what each block is: how it looks, its first words, and those in its column."""
    looks = features_of(blocks)
    alike = _alike(blocks, looks)
    return [_features(block, look, alike, form) for block, look in zip(blocks, looks, strict=True)]


def _features(block: Block, look: Features, alike: dict[tuple[object, ...], str], form: str) -> list[str]:
    words = WORD.findall(block.text.lower())
    found = [f"{name}={value}" for name, value in look.items() if name not in NOT_COMPARED]
    found += [f"first words={' '.join(words[:number])}" for number in (1, 2, 3)]
    found += [f"word={word}" for word in sorted(set(words))]
    plain = f"{look['kind']}/{look['asks']}/{look['person']}"
    found += [f"kind/asks/person={plain}", f"kind/is_label={look['kind']}/{look['is_label']}"]
    found += [f"form={form}", f"form/kind/asks/person={form}/{plain}"]
    found += _actor_features(block.text, str(look["kind"]), form)
    return found + [f"{key[0]}={alike[key]}" for key in _keys(block, look)]


def _actor_features(text: str, kind: str, form: str) -> list[str]:
    """Return whom a text speaks of, who opens it, and with which verb."""
    found = [*islice(ACTOR.finditer(text), MOST_ACTORS)]
    actors = [str(each.lastgroup) for each in found]
    opens = actors[0] if found and found[0].start() < OPENING else "none"
    verb = each[0].lower() if (each := VERB.search(text)) else "none"
    return [
        f"actor={actors[0] if actors else 'none'}",
        f"actors={'/'.join(actors)}",
        f"opens with={opens}",
        f"actor/verb={opens}/{verb}",
        f"opens/kind={opens}/{kind}",
        f"verb={verb}",
        f"form/opens={form}/{opens}",
    ]


def _keys(block: Block, look: Features) -> list[tuple[object, ...]]:
    """Return what a block shares with others: its column, the label of its row, the label at its head."""
    keys: list[tuple[object, ...]] = []
    if block.line.cell and look["first_row"] == "no":
        table, _, column = block.line.cell
        keys += [("column of", table, column), ("row label of", table, column, look["row_label"])]
    if "head" in look:
        keys.append(("head of", look["head"]))
    return keys


def _alike(blocks: Sequence[Block], looks: Sequence[Features]) -> dict[tuple[object, ...], str]:
    """Return, for what blocks share, how many of them ask and are long, and who speaks in most."""
    shared: dict[tuple[object, ...], list[Features]] = defaultdict(list)
    for block, look in zip(blocks, looks, strict=True):
        for key in _keys(block, look):
            shared[key].append(look)
    return {key: _summary(each) for key, each in shared.items()}


def _summary(looks: Sequence[Features]) -> str:
    asking = sum(look["asks"] == "yes" for look in looks) / len(looks)
    long = sum(look["length"] in LONG for look in looks) / len(looks)
    person = Counter(look["person"] for look in looks).most_common(1)[0][0]
    return (
        f"{'none' if not asking else 'few' if asking < 0.5 else 'most'}/{'long' if long >= 0.3 else 'short'}/{person}"
    )
