"""The office's networks by name, so that an address says where it is. Pure: the settings are read with it."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class NamedNetwork:
    """Addresses that the office has a name for."""

    name: str
    addresses: ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(given: Iterable[str]) -> tuple[NamedNetwork, ...]:
    """The networks of a setting, each `name=addresses`. Raises ValueError with words for what is none."""
    return tuple(_network(each) for each in given if each.strip())


def _network(given: str) -> NamedNetwork:
    name, _, addresses = (part.strip() for part in given.partition("="))
    try:
        if not name or name == ELSEWHERE:
            raise ValueError(name)
        return NamedNetwork(name, ipaddress.ip_network(addresses))
    except ValueError:
        raise ValueError(f"“{given.strip()}” is no name and network, such as Office=192.0.2.0/24.") from None


def network_of(address: str | None, networks: Iterable[NamedNetwork]) -> str:
    """The name of the network that an address is in; empty for one that has none, or no address."""
    if not address:
        return ""
    found = ipaddress.ip_address(address)
    return next((each.name for each in networks if found in each.addresses), "")
