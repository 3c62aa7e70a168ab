"""The database of a test, for a process of its own."""

from urllib.parse import quote


def address(connection) -> str:
    """What DATABASE_URL must be."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgres://{settings['USER']}@{quote(settings['HOST'], safe='')}/{settings['NAME']}"
    return f"sqlite:///{settings['NAME']}"
