"""Parsing of search words and folding of searched texts, the same on every database. Pure functions.

A text is folded letter by letter: lower case, no accents, a space for anything but letters and digits. A folded text
is as long as the original, so a position in one is a position in the other.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST_LETTERS, MOST_TERMS = 200, 12
REMEMBERED = 4096  # letters whose folding is cached
# Letters with a stroke, which Unicode does not decompose.
STROKES = str.maketrans("øłđħŧØŁĐĦŦ", "oldhtOLDHT")
REFERENCE = re.compile(r"\b([^\W\d_]{1,8})-?0*([1-9]\d*)\b")  # WM-0020, wm20
TYPED = re.compile(r'(-?)"([^"]*)"?|(\S+)')
QUOTES = str.maketrans("“”„«»″", '""""""')
# Words found in nearly every text: searched for only in quotation marks, or if there is nothing else to search for.
COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "which",
        "will",
        "with",
    ]
)


def _fold_letter(letter: str) -> str:
    if not letter.isalnum():
        return " "
    plain = unicodedata.normalize("NFKD", letter.translate(STROKES))[0].lower()
    return plain if len(plain) == 1 and plain.isalnum() else letter


class _FoldedLetters(dict[int, str]):
    """What each letter (by code point) is folded to, cached as letters are met."""

    def __missing__(self, letter: int) -> str:
        folded = _fold_letter(chr(letter))
        if len(self) < REMEMBERED:
            self[letter] = folded
        return folded


FOLDED = _FoldedLetters()


def normalise(text: str) -> str:
    """The text as lower-case letters and digits without accents, letter by letter. Combining accents become spaces."""
    return text.translate(FOLDED)


def whole(text: str) -> str:
    """The text as it is stored for search: composed (NFC), without NUL characters."""
    return unicodedata.normalize("NFC", text).replace("\x00", "")


def references_in(text: str) -> Iterable[str]:
    """The references in a text as people type them: "wm20" for WM-0020."""
    return dict.fromkeys(f"{normalise(letters)}{number}" for letters, number in REFERENCE.findall(text))


@dataclass(frozen=True)
class SearchTerm:
    """One thing that results must contain, or must not if `excluded`.

    It is found by its `words` (adjacent and in order if `together`, else anywhere), or by the one word `reference`.
    """

    words: tuple[str, ...]
    together: bool = False
    reference: str = ""
    excluded: bool = False
    typed: str = ""


@dataclass(frozen=True)
class SearchWords:
    """A whole search: results match all of these terms."""

    terms: tuple[SearchTerm, ...] = ()
    typed: str = ""

    def __bool__(self):
        return any(not each.excluded for each in self.terms)

    @property
    def asked(self) -> tuple[SearchTerm, ...]:
        """The terms that results must contain."""
        return tuple(each for each in self.terms if not each.excluded)

    @property
    def reference(self) -> str:
        """The reference, if it is all that was typed, else ""."""
        return self.terms[0].reference if len(self.terms) == 1 and not self.terms[0].excluded else ""

    def only(self, term: SearchTerm) -> "SearchWords":
        return SearchWords((term,), term.typed)

    def with_word(self, wrong: str, right: str) -> "SearchWords":
        """The same search with one word replaced."""
        pattern = re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)", re.IGNORECASE)
        return read_words(" ".join(pattern.sub(right, each.typed) for each in self.terms))


NO_WORDS = SearchWords()


def plain(typed: str) -> str:
    """A search as one line of printable characters, cut to MOST_LETTERS."""
    return " ".join("".join(each if each.isprintable() else " " for each in typed[:MOST_LETTERS]).split())


def read_words(typed: str) -> SearchWords:
    """Parse a search: words, "words in this order", -words that must not occur, references however typed."""
    typed = plain(whole(typed))
    terms = list(_terms(typed.translate(QUOTES)))[: MOST_TERMS * 2]
    telling = [each for each in terms if each.together or each.excluded or not COMMON.issuperset(each.words)]
    kept = telling if any(not each.excluded for each in telling) else terms
    return SearchWords(tuple(_merge_references(list(dict.fromkeys(kept))))[:MOST_TERMS], typed)


def _terms(typed: str) -> Iterable[SearchTerm]:
    for minus, quoted, word in TYPED.findall(typed):
        excluded = bool(minus) or (word.startswith("-") and len(word) > 1)
        text = quoted or word.lstrip("-")
        if words := tuple(normalise(text).split()):
            found = REFERENCE.fullmatch(text)
            yield SearchTerm(
                words,
                together=bool(quoted) or len(words) > 1,
                reference=f"{normalise(found[1])}{found[2]}" if found and not quoted else "",
                excluded=excluded,
                typed=f'{"-" if excluded else ""}"{quoted.strip()}"' if quoted else word,
            )


def _merge_references(terms: list[SearchTerm]) -> Iterable[SearchTerm]:
    """Merge a reference typed as two words ("WM 20") into one term, which the two words on their own match too."""
    while terms:
        first = terms.pop(0)
        pair = (
            f"{first.typed}{terms[0].typed}" if terms and first.typed.isalpha() and terms[0].typed.isdecimal() else ""
        )
        if pair and (found := REFERENCE.fullmatch(pair)):
            number = terms.pop(0)
            words, typed = (*first.words, *number.words), f"{first.typed} {number.typed}"
            yield SearchTerm(words, reference=f"{normalise(found[1])}{found[2]}", typed=typed)
        else:
            yield first
