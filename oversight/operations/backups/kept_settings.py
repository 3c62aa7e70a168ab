"""The settings in a backup: what is needed to set the office up again, without secrets."""

import re
from collections.abc import Iterable, Mapping

SECRET = re.compile(r"(^|_)(KEY|KEYS|SECRET|TOKEN|PASSWORD|FALLBACKS|DSN)$|SECRET_KEY")
PUBLIC = {"ORIGIN", "ENTRA_URL", "BACKUP_ENDPOINT", "SECURITY_CONTACT"}  # addresses that give nobody access
NOT_HERE = "(secret: not in a backup)"


def lines_of(names: Iterable[str], environment: Mapping[str, str]) -> str:
    """A settings file with those of the names that are set, sorted, without secrets."""
    found = {name: environment[name] for name in sorted(set(names)) if name in environment}
    return "".join(f"{name}={without_secrets(name, value)}\n" for name, value in found.items())


def without_secrets(name: str, value: str) -> str:
    """The value of a setting without its secrets: passwords in addresses, and the paths of web addresses."""
    if SECRET.search(name):
        return NOT_HERE
    if name in PUBLIC:
        return value
    return _plain(value) if name.endswith("_URL") else ",".join(_plain(each) for each in value.split(","))


def _plain(address: str) -> str:
    """An address without name, password and query, however written; of a web address only the host."""
    scheme, is_address, rest = address.partition("://")
    if not is_address:
        return address
    login = "***@" if "@" in rest else ""
    place, query, _ = rest.rpartition("@")[2].partition("?")
    if scheme.strip() in ("http", "https"):
        place = place.partition("/")[0] + "/***"
    return f"{scheme}://{login}{place}{query and '?***'}"
