"""YAML as editors read it: the core schema of YAML 1.2, in which `2025-02-07` and `no` are text and `12:30` is too."""

import re
from typing import Any

import yaml


class Loader(yaml.SafeLoader):
    """PyYAML with the types of the core schema (YAML 1.2.2, section 10.3.2)."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), first)
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: _whole(node.value))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def _whole(text: str) -> int:
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


def read(text: str) -> Any:
    return yaml.load(text, Loader)
