"""The similarity of two recommendations, by their common words and word pairs. Pure functions.

Words in nearly every recommendation ("the force should make sure", "within six months") count little. Words are
compared by their first letters, so that "recorded" matches "recording". The weights and the limit were set with the
two hundred labelled pairs in tests/domain/similar/pairs.txt.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from recommendations.search_words import COMMON, normalise

LETTERS = 5  # of a word that are compared
USUAL_WEIGHT, PAIRS_WEIGHT = 0.15, 0.15
ALIKE = 0.42  # from this similarity on, recommendations are suggested
ENOUGH = 4  # the fewest telling words with which a text can be compared
# Words that nearly every recommendation has.
USUAL_WORDS = """
should must needs need make makes made making sure ensure ensures ensuring force forces police policing chief
constable constables officer officers staff recommend recommends recommended recommendation immediately immediate
effect within month months week weeks day days year years january february march april may june july august
september october november december all each every any other others both these those when where who whom whose how
what than then such only also more most less not no nor if but can could would might do does did done take takes
taken place out up about between through including included include includes use uses used using improve improves
improved improving improvement review reviews reviewed reviewing process processes effective effectively appropriate
appropriately provide provides provided give given gives having being able put carry carried set line against one
two three six twelve nine consider considered act action actions work working person people someone
"""
USUAL = frozenset(USUAL_WORDS.split())


@dataclass(frozen=True)
class TextWords:
    """The words of a text. `words` maps first letters to the word.

    `telling` are the words that few recommendations have, `pairs` successive telling words.
    """

    words: dict[str, str]
    telling: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @property
    def is_enough(self) -> bool:
        return len(self.telling) >= ENOUGH

    @property
    def weight(self) -> float:
        return len(self.telling) + USUAL_WEIGHT * (len(self.words) - len(self.telling))


@dataclass(frozen=True)
class Likeness:
    """The similarity of two texts, from 0 to 1, and their common telling words, as in the first text."""

    measure: float
    shared: tuple[str, ...]

    @property
    def is_alike(self) -> bool:
        return self.measure >= ALIKE


@lru_cache(maxsize=512)
def words_in(text: str) -> TextWords:
    """The words of a text, for comparison."""
    found = [word for word in normalise(text).split() if word not in COMMON]
    telling = [word[:LETTERS] for word in found if _is_telling(word)]
    words: dict[str, str] = {}
    for word in found:
        words.setdefault(word[:LETTERS], word)
    return TextWords(words, frozenset(telling), frozenset(pairwise(telling)))


def _is_telling(word: str) -> bool:
    return word not in USUAL and not word.isdecimal()


def likeness(one: TextWords, other: TextWords) -> Likeness:
    """The similarity of two texts: a weighted Dice coefficient of words and of word pairs."""
    shared = one.words.keys() & other.words.keys()
    telling = shared & one.telling & other.telling
    weight = len(telling) + USUAL_WEIGHT * (len(shared) - len(telling))
    by_words = 2 * weight / ((one.weight + other.weight) or 1)
    by_pairs = 2 * len(one.pairs & other.pairs) / ((len(one.pairs) + len(other.pairs)) or 1)
    measure = (1 - PAIRS_WEIGHT) * by_words + PAIRS_WEIGHT * by_pairs
    return Likeness(measure, tuple(word for key, word in one.words.items() if key in telling))
