"""The addresses that belong to the server and not to the site: what is asked at one, and what is answered."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from briefing.serve.addresses import JSON, type_of
from briefing.serve.live import LiveSite

# They are all below this path. No page can be there: ids have no underscore at their beginning.
OWN = "_briefing/"
CLIENT = Path(__file__).with_name("client")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: of which site, the query of the address, and for POST the object in the body."""

    site: LiveSite
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered: bytes, of a media type; `etag` tells them from any other."""

    data: bytes
    kind: str
    status: HTTPStatus = HTTPStatus.OK
    etag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: Any, status: HTTPStatus = HTTPStatus.OK) -> "Reply":
        """A value as JSON."""
        return cls(json.dumps(value, ensure_ascii=False).encode(), JSON, status)


Handle = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Routes:
    """By the names below `OWN` what answers GET and what answers POST; who may POST is seen to before."""

    gets: Mapping[str, Handle] = field(default_factory=dict)
    posts: Mapping[str, Handle] = field(default_factory=dict)


def client_files() -> dict[str, Handle]:
    """The scripts and style sheets that run in pages; `main.js` is the one that pages name."""

    def give(reply: Reply, _: Call) -> Reply:
        return reply

    files = sorted(CLIENT.iterdir())
    return {file.name: partial(give, Reply(file.read_bytes(), type_of(file.name))) for file in files}
