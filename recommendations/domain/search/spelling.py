"""Spelling suggestions: words from texts that the user may read.

Words with the same first letter and a similar length are compared in Python by their common letters in order, so that
both databases suggest the same. Trigrams miss swapped letters in short words: "gorup" and "group" share two of ten.
"""

from dataclasses import replace
from difflib import get_close_matches

from django.db.models import Q
from django.db.models.functions import Length

from recommendations.domain.search.find import SearchQuery, readable
from recommendations.models import SearchWord, User
from recommendations.search_words import SearchTerm, SearchWords, normalise

ALIKE = 0.72


def correct_spelling(query: SearchQuery, user: User) -> SearchQuery | None:
    """The query with its unknown words replaced by known ones, or None if there are none or one has no replacement."""
    words = query.words
    for term in words.asked:
        for word in () if term.reference else term.words:
            if not _is_indexed(word, query, user):
                if (meant := _closest_word(word, query, user)) is None:
                    return None
                words = words.with_word(_typed_form(term, word), meant)
    return replace(query, words=words) if words.typed != query.words.typed else None


def _is_indexed(word: str, query: SearchQuery, user: User) -> bool:
    return readable(query, user).matching(SearchWords((SearchTerm((word,)),))).exists()


def _closest_word(word: str, query: SearchQuery, user: User) -> str | None:
    """The most similar word that this user may read, or None.

    Every similar word is looked at, so that those of other texts push none of theirs out.
    """
    lengths = Q(letters__gte=len(word) - 2, letters__lte=len(word) + 4)
    first = Q(word__gte=word[0], word__lt=chr(ord(word[0]) + 1))
    near = SearchWord.objects.annotate(letters=Length("word")).filter(first, lengths)
    words = list(near.values_list("word", flat=True))
    alike = get_close_matches(word, words, len(words) or 1, ALIKE)
    return next((each for each in alike if _is_indexed(each, query, user)), None)


def _typed_form(term: SearchTerm, word: str) -> str:
    """The part of a term, as typed, that was folded to this word."""
    start = normalise(term.typed).find(word)
    return term.typed[start : start + len(word)]
