"""The public files of draws as they were made, the last few in memory: what they hang on is asked anew each time."""

import threading
from collections import OrderedDict

MOST_BYTES = 32 * 1024 * 1024
_lock = threading.Lock()
_made: OrderedDict[str, bytes] = OrderedDict()


def made(version: str) -> bytes | None:
    """The bytes that were made under this version, if they are still here."""
    with _lock:
        if version in _made:
            _made.move_to_end(version)
        return _made.get(version)


def keep(version: str, content: bytes) -> None:
    """Keep what was made; what was not asked for longest makes room, what is too large is made anew each time."""
    if len(content) > MOST_BYTES:
        return
    with _lock:
        _made[version] = content
        _made.move_to_end(version)
        while sum(map(len, _made.values())) > MOST_BYTES:
            _made.popitem(last=False)
