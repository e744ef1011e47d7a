"""How phones in the same room reach this machine: its names and private addresses, the likeliest first."""

import socket

import psutil

from fieldapp.config import ConfigError
from fieldapp.demo.authority import speaks_for

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - what people type to be reached from all sides
BRIDGES = ("docker", "br-", "veth", "virbr", "tun", "tap", "wg")


def names(host: str) -> list[str]:
    """What the server's certificate stands for when it listens on `host`; the first is the one to print."""
    if host not in EVERYWHERE:
        if not speaks_for(host):
            raise ConfigError(f"HTTPS=1 is for private addresses and this machine's own names, not for {host!r}")
        return list(dict.fromkeys([host, "127.0.0.1", "localhost"]))
    return [*addresses(), "127.0.0.1", "localhost", *_own_name()]


def addresses() -> list[str]:
    """The private IPv4 addresses of this machine but the loopback, those of bridges and tunnels last."""
    found = [(name.startswith(BRIDGES), name, one.address) for name, all_of_it in psutil.net_if_addrs().items()
             for one in all_of_it if one.family == socket.AF_INET]
    return list(dict.fromkeys(address for _, _, address in sorted(found)
                              if speaks_for(address) and not address.startswith("127.")))


def _own_name() -> list[str]:
    name = socket.gethostname().split(".")[0].lower()
    return [f"{name}.local"] if name and name.isascii() and name != "localhost" else []
