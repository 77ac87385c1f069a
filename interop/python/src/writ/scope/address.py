"""Addresses and networks (§5.6.2)."""

import ipaddress
import re
from dataclasses import dataclass

_NETWORK = re.compile(r"([0-9a-fA-F:.]+)/(0|[1-9][0-9]{0,2})")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Network:
    """An address block, and the text that it was written as."""

    text: str
    address: Address
    prefix: int

    def holds(self, address: Address) -> bool:
        """Whether an address is in this network, which is of its own family only."""
        if address.version != self.address.version:
            return False
        free = address.max_prefixlen - self.prefix
        return int(address) >> free == int(self.address) >> free

    def contains(self, inner: "Network") -> bool:
        """Whether another network lies in this one."""
        return self.prefix <= inner.prefix and self.holds(inner.address)


def parse_address(text: str) -> Address | None:
    """The address that a text is, or None; an address with a zone is none."""
    if "%" in text:
        return None
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def parse_network(text: str) -> Network | None:
    """The network that a text is, or None; bits behind the prefix must be zero."""
    found = _NETWORK.fullmatch(text)
    if found is None:
        return None
    address, prefix = parse_address(found[1]), int(found[2])
    if address is None or prefix > address.max_prefixlen:
        return None
    if int(address) & ((1 << (address.max_prefixlen - prefix)) - 1):
        return None
    return Network(text, address, prefix)
