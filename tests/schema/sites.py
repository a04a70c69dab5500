"""Sites without mistakes, and their files with the schemas that they are for."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from briefing.model.edition import EVERYTHING
from briefing.read.content import read_content
from briefing.schema.files import schema_files, schemas
from tests.schema import yaml12

SITES = Path(__file__).parents[1] / "sites"
FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
FRONTS = {"articles": "article", "summits": "summit", "topics": "topic", "pages": "page"}


def good_sites() -> list[str]:
    """The golden sites that are published, by their names."""
    cases = (
        path for path in sorted(SITES.iterdir()) if (path / "content").is_dir() and (path / "config.yaml").is_file()
    )
    return [path.name for path in cases if _is_published(path)]


def _is_published(case: Path) -> bool:
    told = case / "expected.txt"
    return (case / "expected").is_dir() or told.read_text(encoding="utf-8").endswith("\nexit 0\n")


def documents(root: Path) -> Iterator[tuple[str, str, str]]:
    """The YAML of a site: path, the name of its schema, and text."""
    for path in [root / "config.yaml", *sorted((root / "content").rglob("*.*"))]:
        name = path.relative_to(root).as_posix()
        if schema := schema_of(name):
            yield name, schema, path.read_text(encoding="utf-8-sig")
        elif name.endswith(".md") and name.split("/")[1] in FRONTS:
            front = FRONT.match(path.read_text(encoding="utf-8-sig"))
            yield name, FRONTS[name.split("/")[1]], front[1] if front else ""


def schema_of(path: str) -> str | None:
    """The schema that the patterns say is for a path."""
    found = [file.name for file in schema_files() for pattern in file.patterns if _matches(path, pattern)]
    assert len(found) <= 1, (path, found)
    return found[0] if found else None


def _matches(path: str, pattern: str) -> bool:
    return fnmatch(path, pattern) or fnmatch(path, pattern.replace("**/", ""))


class Schemas:
    """The schemas of a site, as a validator that is not ours understands them."""

    def __init__(self, root: Path) -> None:
        content, _ = read_content(root, EVERYTHING)
        self.whole = {name.removesuffix(".json"): json.loads(data) for name, data in schemas(content).items()}

    @cache  # noqa: B019 - as long as a test
    def validator(self, name: str) -> Draft7Validator:
        Draft7Validator.check_schema(self.whole[name])
        return Draft7Validator(self.whole[name])

    def wrong(self, name: str, text: str) -> list[str]:
        """The ways to the values that are wrong in a YAML text, as `claims.0.topics`."""
        data: Any = yaml12.read(text)
        errors = [] if data is None else self.validator(name).iter_errors(data)
        return [".".join(map(str, way)) for way in sorted({tuple(map(str, _deepest(error))) for error in errors})]


def _deepest(error: ValidationError) -> list[Any]:
    """The way to what is wrong: into the alternative that nearly fits."""
    inner = [one for one in error.context or [] if len(one.absolute_path) > len(error.absolute_path)]
    return max((_deepest(one) for one in inner), key=len, default=list(error.absolute_path))
