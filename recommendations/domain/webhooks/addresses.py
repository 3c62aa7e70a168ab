"""The addresses that webhooks may use: only https, and in the local network only what the installation allows."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings

from recommendations.domain.writing.refusals import Refusal

type IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

HTTPS = 443
LONGEST = 500
UNICAST = ipaddress.IPv6Network("2000::/3")  # the IPv6 addresses given out for the internet; all others are refused
# Relays and translators, which could lead back into this network, and documentation (RFC 9637), which leads nowhere.
NOT_ENDPOINTS = tuple(map(ipaddress.ip_network, ("192.88.99.0/24", "2001::/32", "2002::/16", "3fff::/20")))
NOT_OUTSIDE = "This address is inside a private network. Enter one that is reached over the internet."


def check_address(url: str) -> None:
    """Raise Refusal for an unusable address: not https, with a name and password, or an IP address in this network.

    Host names are resolved only when a message is sent (`is_let_through`), since they can change by then.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Refusal("This is no web address. Enter one such as https://example.org/webhook.", "url") from None
    if parts.scheme != "https" or not host or len(url) > LONGEST or not url.isascii() or not url.isprintable():
        raise Refusal("Enter an address that begins with https://, of at most 500 characters.", "url")
    if parts.username is not None or parts.fragment or " " in url:
        raise Refusal("Enter the address without a name, a password, a space or a #.", "url")
    literal = read_ip("127.0.0.1" if host == "localhost" else host)
    if literal is not None and not is_let_through(literal):
        raise Refusal(NOT_OUTSIDE, "url")


def read_ip(host: str) -> IPAddress | None:
    """Return the IP address that a host is written as, or None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_let_through(address: IPAddress) -> bool:
    """Whether messages may go to this IP address: on the internet, or in a network listed in WEBHOOK_NETWORKS."""
    plain = getattr(address, "ipv4_mapped", None) or address
    if any(plain in network for network in settings.WEBHOOK_NETWORKS):
        return True
    if any(plain in network for network in NOT_ENDPOINTS) or (plain.version == 6 and plain not in UNICAST):
        return False
    return plain.is_global and not plain.is_multicast
