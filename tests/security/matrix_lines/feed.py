"""The addresses of feeds: a table each, as CSV and as OData; what is in one is of what the person may see."""

from tests.security.line import Line

TABLES = ("register", "updates", "responses", "commitments", "papers")


def feeds() -> list[Line]:
    """Every table in both forms, and what says which tables there are."""
    names = ["odata", "odata_metadata", *(f"{form}_{table}" for form in ("feed", "odata") for table in TABLES)]
    return [Line(name, post=405) for name in names]
