"""The database of a test, for a process of its own."""

from urllib.parse import quote


def address(connection, name: str = "") -> str:
    """What DATABASE_URL must be, for another database of the same server where it is named."""
    settings = connection.settings_dict
    name = name or settings["NAME"]
    if connection.vendor == "postgresql":
        return f"postgres://{settings['USER']}@{quote(settings['HOST'], safe='')}/{name}"
    return f"sqlite:///{name}"
