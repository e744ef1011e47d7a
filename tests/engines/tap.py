"""A path to the server that can stop at one request: before it, in the middle of it, or when its answer comes back."""

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from tests.live import PathToServer

HALF = 200_000


@dataclass
class Stop:
    """Where to stop: at the first request that begins so, with so many bytes of it let through; or at its answer."""

    begins: bytes
    through: int = 0
    answer: bool = False
    reached: Event = field(default_factory=Event)
    caught: socket.socket | None = None


class Tap(PathToServer):
    """Carries bytes until it is told where to stop; what is stopped stays so until the path is cut."""

    stop: Stop | None = None

    def stop_at(self, begins: bytes, *, through: int = 0, answer: bool = False) -> Stop:
        """Stop at the next request of that kind."""
        self.stop = Stop(begins, through, answer)
        return self.stop

    def cut(self) -> None:
        self.stop = None
        super().cut()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        carried = 0
        with suppress(OSError):
            while data := source.recv(65536):
                stop = self.stop
                if stop and stop.caught is None and data.startswith(stop.begins):
                    stop.caught, carried = source, 0
                if stop and stop.caught is source and not stop.answer:
                    data, carried = data[:max(stop.through - carried, 0)], carried + len(data)
                    if carried >= stop.through:
                        stop.reached.set()
                elif stop and stop.caught is target and stop.answer:
                    stop.reached.set()
                    continue
                target.sendall(data)
        self._let_go(source, target)
