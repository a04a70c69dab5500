"""News as server-sent events (WHATWG HTML, section 9.2)."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from briefing.serve.news import Board

# A line that says nothing, after so many seconds without news, keeps the connection open and finds out who has gone.
HEARTBEAT = 10
# A browser that has lost the connection asks again after so many milliseconds.
AGAIN = 1000


def events(board: Board) -> Iterator[bytes]:
    """How things stand, then what is news, and in between signs of life; without end."""
    yield f"retry: {AGAIN}\n\n".encode()
    number = -1
    while True:
        found = board.after(number, HEARTBEAT)
        if found is None:
            yield b":\n\n"
            continue
        number, news = found
        yield f"data: {json.dumps(asdict(news))}\n\n".encode()
