"""Connections to hosts of the public net only: names are resolved, all addresses checked, and a checked one used."""

import ipaddress
import socket
import time
from collections.abc import Callable

from briefing.importing.refused import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Prefixes that carry an address of version 4: the real target is the one inside.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether an address is of the public net: not loopback, private, link-local, shared, reserved or multicast."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """The address of version 4 that one of version 6 carries."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    if address.teredo:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


def connected(host: str, port: int, is_allowed: Callable[[Address], bool], deadline: float) -> socket.socket:
    """A connection to one of the addresses of a host, all of which must be allowed. OSError, or `Refused`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Refused(f"there is no host {host}", "check the address and the connection", "not-fetched") from None
    addresses = [(family, place) for family, _, _, _, place in found]
    for _, place in addresses:
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not is_allowed(address):
            told = host if host == str(address) else f"{host} ({address})"
            message = f"its host {told} is not of the public net"
            raise Refused(message, "save the page in a browser, and import the file", "not-fetched")
    error: OSError = OSError("it has no address")
    for family, place in addresses:
        connection = socket.socket(family, socket.SOCK_STREAM)
        connection.settimeout(max(0.1, min(10.0, deadline - time.monotonic())))
        try:
            connection.connect(place)
        except OSError as failed:
            connection.close()
            error = failed
        else:
            return connection
    raise error
