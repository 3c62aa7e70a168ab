"""What of the domain PostgreSQL is asked: everything but what puts texts together from a few rows, read in any way."""

from pathlib import Path

import pytest

TEXTS = {
    "home/test_chief_officers.py",
    "papers/test_author_text.py",
    "papers/test_beside_text.py",
    "papers/test_charts.py",
    "register/test_rows.py",
    "register/test_timeline.py",
    "responses/test_covering_letter.py",
    "responses/test_draft_commitments.py",
    "responses/test_draft_completeness.py",
    "responses/test_draft_differences.py",
    "responses/test_invitation_letter.py",
    "responses/test_published_words.py",
    "responses/test_text_builders.py",
}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Leave the others to SQLite."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).as_posix() in TEXTS:
            item.add_marker(pytest.mark.sqlite_alone)
