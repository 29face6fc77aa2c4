"""Sends a fixed number of requests to a server on this machine and times every answer.

The requests are made beforehand and the client reads no more of an answer than it must: what it spends
itself would count for both sides and pull their ratio towards one.
"""

import multiprocessing
import socket
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from bench.rounds import percentile

LIMIT = 60.0  # seconds that one window may take
HEAD_START = 0.7  # seconds to start the clients in


@dataclass(frozen=True)
class Load:
    """One window's answers: the seconds each took, how often each status came, the seconds of them all."""

    latencies: tuple[float, ...]
    statuses: dict[int, int]
    elapsed: float
    begun: tuple[float, ...] = ()

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.elapsed

    @property
    def p99(self) -> float:
        """Seconds within which 99 of 100 answers came."""
        return percentile(self.latencies, 0.99)

    def while_running(self, start: float, end: float) -> tuple[float, ...]:
        """Return the seconds that those answers took that were waited for between two moments."""
        both = zip(self.begun, self.latencies, strict=True)
        return tuple(taken for begun, taken in both if begun < end and begun + taken > start)

    def require_success(self) -> int:
        """Return how many requests were answered; raise RuntimeError unless every answer was 2xx."""
        refused = {status: count for status, count in self.statuses.items() if not 200 <= status < 300}
        if refused:
            raise RuntimeError(f"not every answer was 2xx: {refused}")
        return len(self.latencies)


def post(path: str, body: bytes, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a POST of JSON as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode() + body


def send(port: int, shares: Sequence[Sequence[bytes]]) -> Load:
    """Send each share of the requests over a connection of its own, all at once, each in its order."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    # The clients start together once all have connected; the clock is the same in every process.
    start = time.monotonic() + HEAD_START
    with ProcessPoolExecutor(len(shares), mp_context=context) as pool:
        answers = list(pool.map(_client, [port] * len(shares), shares, [start] * len(shares)))
    begun, latencies, statuses = zip(*(answer for one in answers for answer in one[0]), strict=True)
    return Load(latencies, dict(Counter(statuses)), max(end for _, end in answers) - start, begun)


def _client(
    port: int, requests: Sequence[bytes], start: float
) -> tuple[list[tuple[float, float, int]], float]:
    answers = []
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        time.sleep(max(0.0, start - time.monotonic()))
        for request in requests:
            begun = time.monotonic()
            connection.sendall(request)
            status = read_status(connection)
            ended = time.monotonic()
            answers.append((begun, ended - begun, status))
            if ended - start > LIMIT:
                raise TimeoutError(f"the window took longer than {LIMIT:g} s")
    return answers, time.monotonic()


def read_status(connection: socket.socket) -> int:
    """Read one whole answer, whose length its header names, and return its status."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    left = _content_length(head) - len(body)
    while left > 0:
        left -= len(_some(connection))
    return int(head[9:12])


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("the server closed the connection in the middle of an answer")
    return data


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise ValueError("the answer does not say how long it is")
