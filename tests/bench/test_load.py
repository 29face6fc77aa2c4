import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import load


class Counter(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((body["id"], self.headers.get("Authorization")))
        answer = b'{"saved": true}'
        self.send_response(body.get("status", 200))
        self.send_header("content-LENGTH", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@contextmanager
def counter() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Counter) as server:
        server.heard = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def requests(*bodies):
    headers = [("Authorization", "Bearer tablet")]
    return [load.post("/counter/act", json.dumps(body).encode(), headers) for body in bodies]


def test_every_request_arrives_once_with_its_token_and_is_timed():
    with counter() as server:
        shares = [requests({"id": 1}, {"id": 2}), requests({"id": 3})]
        answers = load.send(server.server_port, shares)

    assert sorted(server.heard) == [(number, "Bearer tablet") for number in (1, 2, 3)]
    assert answers.require_success() == len(answers.latencies) == 3
    assert 0 < answers.p99 <= answers.elapsed
    assert answers.per_second == 3 / answers.elapsed


def test_one_refused_answer_spoils_the_window():
    with counter() as server:
        answers = load.send(server.server_port, [requests({"id": 1}, {"id": 2, "status": 503})])

    with pytest.raises(RuntimeError, match=r"not every answer was 2xx: \{503: 1\}"):
        answers.require_success()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", ConnectionError),
        (b"HTTP/1.1 200 OK\r\n\r\n", ValueError),
    ],
)
def test_half_an_answer_is_no_answer(said, error):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(said)
        theirs.shutdown(socket.SHUT_WR)

        with pytest.raises(error):
            load.read_status(ours)
