"""What people look for in the demonstration, and whether they find it among the first five."""

from pathlib import Path

from recommendations.domain.search import following
from recommendations.domain.search.find import SearchAnswer, SearchQuery
from recommendations.domain.search.spelling import correct_spelling
from recommendations.models import SearchEntry, User
from recommendations.search_words import read_words

QUESTIONS = Path(__file__).with_name("search_questions.txt")


def check_search(today) -> None:
    """Nine of ten of sixty questions have their answer among the first five, and search reads what the records say."""
    officer = User.objects.get(email="hannah.whitlock@marches.example")
    missing = not_found(officer, today)
    assert (len(questions()), len(missing) <= 6) == (60, True), missing
    assert list(following.wrong()) == []


def questions() -> list[tuple[str, str, str]]:
    """What is typed, the kind of what should be found, and words that stand in it."""
    lines = [line for line in QUESTIONS.read_text().splitlines() if not line.startswith("#")]
    return [tuple(part.strip() for part in line.split("|")) for line in lines]


def not_found(user, day) -> list[str]:
    """The questions whose answer is not among the first five."""
    return [typed for typed, kind, words in questions() if not _is_found(user, day, typed, kind, words)]


def _is_found(user, day, typed: str, kind: str, words: str) -> bool:
    query = SearchQuery(words=read_words(typed), day=day)
    if not SearchAnswer(query, user).count():
        query = correct_spelling(query, user) or query
    return any(entry.kind == kind and words in f"{entry.title} {entry.text}" for entry in first_five(query, user))


def first_five(query: SearchQuery, user) -> list[SearchEntry]:
    return SearchAnswer(query, user)[0:5]
