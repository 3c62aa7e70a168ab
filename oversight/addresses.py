"""Addresses in settings: which are safe to send something to."""

from urllib.parse import SplitResult, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address with a host, or None if it is not one."""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:  # a port or a bracket
        return None


def is_safe(address: str) -> bool:
    """Whether nobody can listen on the way: an https:// address, or an http:// one on this machine."""
    parts = parts_of(address)
    if parts is None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def wrong_about_origin(origin: str) -> str:
    """What is wrong with ORIGIN, as a sentence, or ""."""
    parts = parts_of(origin)
    if parts is None or parts.scheme not in ("http", "https"):
        return "Let ORIGIN be the https:// address that people open, such as https://oversight.example.org."
    if not is_safe(origin):
        return "Set ORIGIN to the https:// address that people open: sign-in over http is not safe."
    if origin != f"{parts.scheme}://{parts.netloc}" or "@" in parts.netloc:
        return (
            f"ORIGIN has more than a host: let it be {parts.scheme}://{parts.netloc.rpartition('@')[2]}, because the "
            "program is at the root of its host."
        )
    return ""
