"""JSON-LD (W3C, version 1.1): nodes as mappings, as a file and as an element of a page."""

import json
from collections.abc import Mapping
from typing import Any

MEDIA_TYPE = "application/ld+json"
Node = dict[str, Any]
# What could end the element that it stands in, or a line of the script that it may be read by.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def node(kind: str, **values: object) -> Node:
    """A node of a type: `id` is its address; what is None or empty is left out."""
    made: Node = {"@type": kind}
    for name, value in values.items():
        if value or value == 0:
            made["@id" if name == "id" else name] = value
    return made


def reference(address: str) -> Node:
    """A node that is told of elsewhere."""
    return {"@id": address}


def as_file(data: Mapping[str, Any]) -> bytes:
    """A document in UTF-8."""
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def in_page(data: Mapping[str, Any]) -> str:
    """A document as the content of a `script` element, which nothing in it can end."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
