"""The addresses of feeds: a table each, as CSV; what is in one is of what the person may see."""

from tests.security.line import Line

TABLES = ("register", "updates", "responses", "commitments", "papers")


def feeds() -> list[Line]:
    """Every table."""
    return [Line(f"feed_{table}", post=405) for table in TABLES]
