"""Which addresses belong to everybody, also in the disguises of IPv6."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Prefixes that carry an IPv4 address at their end and lead to it through a translator.
TRANSLATED = [ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48")]


def is_public(typed: str) -> bool:
    address = _bare(typed)
    return address is not None and address.is_global and not address.is_multicast


def is_loopback(typed: str) -> bool:
    address = _bare(typed)
    return address is not None and address.is_loopback


def _bare(typed: str) -> Address | None:
    try:
        address = ipaddress.ip_address(typed.partition("%")[0])
    except ValueError:
        return None
    return _unwrapped(address) if isinstance(address, ipaddress.IPv6Address) else address


def _unwrapped(address: ipaddress.IPv6Address) -> Address:
    """The IPv4 address inside, where there is one."""
    if any(address in network for network in TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo:
        return address.teredo[1]
    compatible = int(address) >> 32 == 0 and int(address) > 1
    inner = address.ipv4_mapped or address.sixtofour
    return inner or (ipaddress.IPv4Address(int(address)) if compatible else address)
