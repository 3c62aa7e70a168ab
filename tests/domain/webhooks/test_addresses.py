"""Which IP addresses messages may go to: those of the internet, and none that leads into this network."""

import ipaddress

import pytest

from recommendations.domain.webhooks.addresses import is_let_through

PUBLIC = ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2a01:4f8::1", "::ffff:93.184.216.34")
NOT_PUBLIC = {
    "private": ("10.0.0.5", "172.16.0.1", "192.168.1.1", "fd00::1", "::ffff:10.0.0.5"),
    "loopback": ("127.0.0.1", "::1", "::ffff:127.0.0.1"),
    "link-local, where clouds keep their metadata": ("169.254.169.254", "fe80::1"),
    "site-local": ("fec0::1", "feff::1"),
    "IPv4-compatible": ("::127.0.0.1", "::93.184.216.34"),
    "IPv4-translated": ("::ffff:0:127.0.0.1", "64:ff9b::a00:5", "64:ff9b:1::a00:5"),
    "6to4, Teredo and their relays": ("2002:a00:5::", "2001:0:a00:5::", "192.88.99.1"),
    "segment routing": ("5f00::1",),
    "documentation": ("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"),
    "shared, benchmarks, reserved": ("100.64.0.1", "198.18.0.1", "240.0.0.1", "255.255.255.255", "0.0.0.0", "::"),
    "discarded": ("100::1",),
    "multicast": ("224.0.0.1", "ff02::1", "ff0e::1"),
}


@pytest.mark.parametrize("kind", NOT_PUBLIC)
def test_no_address_that_is_not_of_the_internet_is_let_through(kind):
    assert [each for each in NOT_PUBLIC[kind] if is_let_through(ipaddress.ip_address(each))] == []


def test_addresses_of_the_internet_are_let_through():
    assert [each for each in PUBLIC if not is_let_through(ipaddress.ip_address(each))] == []


def test_what_the_installation_allows_is_let_through(settings):
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("fec0::/64")]
    allowed = ("10.1.2.3", "::ffff:10.1.2.3", "fec0::1", "10.2.0.1")
    assert [is_let_through(ipaddress.ip_address(each)) for each in allowed] == [True, True, True, False]
