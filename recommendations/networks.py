"""The office's named networks, which show where an address is. Pure functions; the settings module uses them too."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class NamedNetwork:
    """A network that the office has named."""

    name: str
    addresses: ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(entries: Iterable[str]) -> tuple[NamedNetwork, ...]:
    """Parse a setting's networks, each `name=addresses`. Raises ValueError naming an entry that is wrong."""
    return tuple(_network(each) for each in entries if each.strip())


def _network(entry: str) -> NamedNetwork:
    name, _, addresses = (part.strip() for part in entry.partition("="))
    try:
        if not name or name == ELSEWHERE:
            raise ValueError(name)
        return NamedNetwork(name, ipaddress.ip_network(addresses))
    except ValueError:
        raise ValueError(f"“{entry.strip()}” is no name and network, such as Office=192.0.2.0/24.") from None


def network_of(address: str | None, networks: Iterable[NamedNetwork]) -> str:
    """The name of the network that contains the address, or "" if there is none or no address."""
    if not address:
        return ""
    found = ipaddress.ip_address(address)
    return next((each.name for each in networks if found in each.addresses), "")
